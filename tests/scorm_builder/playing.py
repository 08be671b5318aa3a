"""What the browser tests do again and again with a unit inside the strict LMS."""

from typing import Any

from playwright.sync_api import Frame, Page

from tests.scorm_builder.site import Site


def open_unit(page: Page, site: Site, lms: str = "lms", **options: str) -> Frame:
    """Open the LMS and wait until the unit plays; `options` as lms/strict.js knows them."""
    query = "&".join(f"{name}={value}" for name, value in options.items())
    page.goto(f"{site.address}/lms/{lms}.html?{query}")
    page.wait_for_function("document.querySelector('iframe').contentDocument?.querySelector('[data-ready]')")
    frame = page.frames[1]
    frame.wait_for_selector("[data-ready]")
    return frame


def tracked(page: Page) -> dict[str, Any]:
    """What the LMS has kept as of the last commit."""
    kept: dict[str, Any] = page.evaluate("window.tracked()")
    return kept


def breaches(page: Page) -> list[str]:
    """What a strict LMS would have refused."""
    found: list[str] = page.evaluate("window.breaches")
    return found


def calls(page: Page) -> list[list[str]]:
    """All calls to the API so far."""
    made: list[list[str]] = page.evaluate("window.calls")
    return made


def activity(frame: Frame, name: str) -> Any:
    """The locator of an activity."""
    return frame.locator(f'[data-activity="{name}"]')


def choose(frame: Frame, name: str, *labels: str) -> None:
    """Choose options of an activity and check the answer."""
    for label in labels:
        activity(frame, name).get_by_label(label, exact=True).check()
    activity(frame, name).get_by_role("button", name="Check my answer").click()


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
