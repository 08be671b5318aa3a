"""What the cmi5 tests do again and again with a unit and its LRS."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Frame, Page

from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import activity, choose, saved, turn_to

OVER = "Your session has ended."


def launch(page: Page, lrs: Lrs, file: str = "m1u1.html") -> Frame:
    """Launch a unit as the LMS does, with a token of its own."""
    lrs.open_session()
    page.goto("about:blank")
    page.goto(lrs.launch_address(file))
    page.locator("[data-ready]").wait_for()
    return page.main_frame


def until(lrs: Lrs, verb: str) -> None:
    """Wait until the LRS has heard a verb."""
    lrs.changes.until(lambda: verb in lrs.verbs(), lambda: f"{verb} never came: {lrs.verbs()}")


def until_kept(lrs: Lrs, verb: str) -> None:
    """Wait until the LRS's state knows that a verb was said: later sessions will not say it again."""

    def is_there() -> bool:
        return verb in lrs.state.get("partnerwise", {}).get("told", {}).get("verbs", [])

    lrs.changes.until(is_there, lambda: f"the LRS keeps {lrs.state}")


def until_state(lrs: Lrs, fits: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what the LRS keeps of the unit is as it must be."""

    def is_there() -> bool:
        whole = lrs.state.get("partnerwise", {}).get("whole")
        return bool(whole and fits(whole["units"]["m1u1"]))

    lrs.changes.until(is_there, lambda: f"the LRS keeps {lrs.state}")


def answer_check(frame: Frame, right: bool, wrong: int = 0) -> None:
    """See every page and answer the drawn questions; `wrong` of them wrongly all the same."""
    for title in ("Talk", "At the gate", "Check"):
        turn_to(frame, title)
    for place, question in enumerate(frame.locator("[data-pool]:not([hidden])").all()):
        name = question.get_attribute("data-activity") or ""
        choose(frame, name, f"{'Right' if right and place >= wrong else 'Wrong'} {name[1:]}")


def leave(page: Page, lrs: Lrs) -> None:
    """Leave the unit when all of it has arrived, and wait for its last word: sooner it would say none."""
    saved(page)
    before = lrs.verbs().count("terminated")
    page.goto("about:blank")
    lrs.changes.until(lambda: lrs.verbs().count("terminated") > before, lambda: f"no last word: {lrs.verbs()}")


def write(frame: Frame, text: str) -> None:
    """Write and hand over the short answer on the first page."""
    word = activity(frame, "word")
    word.get_by_role("textbox").fill(text)
    word.get_by_role("button", name="Check my answer").click()


def written(frame: Frame) -> str:
    """What stands in the short answer."""
    text: str = activity(frame, "word").get_by_role("textbox").input_value()
    return text
