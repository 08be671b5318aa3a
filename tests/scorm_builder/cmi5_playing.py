"""What the cmi5 tests do again and again with a unit and its LRS."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Frame, Page

from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import activity, choose, turn_to

OVER = "Your session has ended."


def launch(page: Page, lrs: Lrs, file: str = "m1u1.html") -> Frame:
    """Launch a unit as the LMS does, with a token of its own."""
    lrs.tokens = 0
    page.goto("about:blank")
    page.goto(lrs.launch_address(file))
    page.locator("[data-ready]").wait_for()
    return page.main_frame


def until(page: Page, lrs: Lrs, verb: str, times: int = 1) -> None:
    """Wait until the LRS has heard a verb, or so often."""
    for _ in range(100):
        if lrs.verbs().count(verb) >= times:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{verb} never came: {lrs.verbs()}")


def until_state(page: Page, lrs: Lrs, fits: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what the LRS keeps of the unit is as it must be."""
    for _ in range(100):
        unit = lrs.state["partnerwise"]["whole"]["units"]["m1u1"]
        if fits(unit):
            return
        page.wait_for_timeout(100)
    raise AssertionError(unit)


def answer_check(frame: Frame, right: bool, wrong: int = 0) -> None:
    """See every page and answer the drawn questions; `wrong` of them wrongly all the same."""
    for title in ("Talk", "At the gate", "Check"):
        turn_to(frame, title)
    for place, question in enumerate(frame.locator("[data-pool]:not([hidden])").all()):
        name = question.get_attribute("data-activity") or ""
        choose(frame, name, f"{'Right' if right and place >= wrong else 'Wrong'} {name[1:]}")


def leave(page: Page, lrs: Lrs) -> None:
    """Leave the unit, and wait for its last word."""
    page.goto("about:blank")
    until(page, lrs, "terminated")


def write(frame: Frame, text: str) -> None:
    """Write and hand over the short answer on the first page."""
    word = activity(frame, "word")
    word.get_by_role("textbox").fill(text)
    word.get_by_role("button", name="Check my answer").click()


def written(frame: Frame) -> str:
    """What stands in the short answer."""
    text: str = activity(frame, "word").get_by_role("textbox").input_value()
    return text
