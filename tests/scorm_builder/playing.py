"""What the browser tests do again and again with a unit inside the strict LMS."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from tests.scorm_builder.site import Site

NOT_SAVED = "Not saved yet."


@dataclass(frozen=True)
class Edition:
    """How an edition of SCORM names what the tests look at; `lms` is the strict LMS's page."""

    format: str
    lms: str
    prefix: str
    location: str
    status: str
    raw: str
    failed: str
    """A check that was not passed: what is failed some LMSs of SCORM 1.2 call finished."""

    def called(self, name: str) -> str:
        """A function of the API: `SetValue`, `Commit`, …"""
        finish = "Finish" if self.prefix else "Terminate"
        return self.prefix + (finish if name == "Finish" else name)

    def outcome(self, kept: dict[str, Any]) -> str:
        """Status and success as one word, as SCORM 1.2 has it."""
        success = str(kept.get("cmi.success_status", "unknown"))
        return success if success not in ("unknown", "") else str(kept[self.status])

    def score(self, kept: dict[str, Any]) -> str:
        """The raw score, "" where there is none."""
        return str(kept.get(self.raw, ""))


SCORM12 = Edition(
    "scorm12", "lms", "LMS", "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.core.score.raw", "incomplete"
)
SCORM2004 = Edition("scorm2004-4th", "lms2004", "", "cmi.location", "cmi.completion_status", "cmi.score.raw", "failed")


def open_unit(page: Page, site: Site, lms: str = "lms", **options: str) -> Frame:
    """Open the LMS and wait until the unit plays; `options` as lms/strict.js and lms/hostile.js know them."""
    query = "&".join(f"{name}={value}" for name, value in options.items())
    page.goto(f"{site.address}/lms/{lms}.html?{query}")
    page.wait_for_function("document.querySelector('iframe').contentDocument?.querySelector('[data-ready]')")
    frame = page.frames[1]
    frame.wait_for_selector("[data-ready]")
    return frame


def tracked(page: Page) -> dict[str, Any]:
    """What the LMS has kept as of the last commit."""
    kept: dict[str, Any] = page.evaluate("lms.tracked()")
    return kept


def breaches(page: Page) -> list[str]:
    """What a strict LMS would have refused."""
    found: list[str] = page.evaluate("lms.breaches")
    return found


def calls(page: Page) -> list[list[str]]:
    """All calls to the API so far."""
    made: list[list[str]] = page.evaluate("lms.calls")
    return made


def sets(page: Page, element: str = "") -> list[list[str]]:
    """All that was offered to the LMS for elements whose names contain a text: [element, value]."""
    return [call[1:] for call in calls(page) if call[0].endswith("SetValue") and element in call[1]]


def kill(page: Page) -> None:
    """End the renderer as a crash does: nothing runs any more, no page is told."""
    with pytest.raises(PlaywrightError):
        page.goto("chrome://crash", timeout=5000)


def leave(frame: Frame) -> None:
    """What a page that goes away is told; some browsers tell it twice."""
    for _ in range(2):
        frame.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")


def activity(frame: Frame, name: str) -> Any:
    """The locator of an activity."""
    return frame.locator(f'[data-activity="{name}"]')


def choose(frame: Frame, name: str, *labels: str) -> None:
    """Choose options of an activity and check the answer."""
    for label in labels:
        activity(frame, name).get_by_label(label, exact=True).check()
    activity(frame, name).get_by_role("button", name="Check my answer").click()


def drawn(frame: Frame) -> list[str]:
    """The questions of the closing check that are shown."""
    names: list[str] = frame.locator("[data-pool]:not([hidden])").evaluate_all(
        "questions => questions.map(question => question.dataset.activity)"
    )
    return names


def turn_to(frame: Frame, title: str) -> None:
    """Turn to a page by the unit's menu."""
    if frame.get_by_role("button", name="Pages in this unit").is_visible():
        frame.get_by_role("button", name="Pages in this unit").click()
    frame.locator(".pw-menu-list").get_by_role("link", name=title).click()
    frame.get_by_role("heading", name=title, level=2).wait_for()


def answer_everything(frame: Frame, right: bool) -> None:
    """Answer all that counts, and see every page."""
    choose(frame, "one", "This one" if right else "That one")
    turn_to(frame, "Second page")
    choose(frame, "some", *(("Alpha", "Beta") if right else ("Gamma",)))
    turn_to(frame, "Third page")
    turn_to(frame, "Last page")


def saved(page: Page | Frame) -> None:
    """Wait until the unit says that it is saved."""
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")


def write(frame: Frame, text: str) -> None:
    """Write and hand over the short text on the last page."""
    turn_to(frame, "Last page")
    activity(frame, "words").get_by_role("textbox").fill(text)
    activity(frame, "words").get_by_role("button", name="I have written my answer").click()


def written(frame: Frame) -> str:
    """What stands in the short text on the last page."""
    text: str = activity(frame, "words").get_by_role("textbox").input_value()
    return text
