"""The SCORM 2004 player in a real browser, inside scorm-again behind strict checks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import activity, breaches, calls, choose, leave, open_unit, tracked, turn_to
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey


@pytest.fixture
def modern(rich: Path) -> Iterator[Site]:
    """The first unit of the rich course as SCORM 2004."""
    with serving(Site(rich / "rich-m1u1-scorm2004-4th-en.zip", rich)) as running:
        yield running


def answer_check(frame: Frame, right: bool) -> None:
    names: list[str] = frame.locator("[data-pool]:not([hidden])").evaluate_all(
        "all => all.map(one => one.dataset.activity)"
    )
    for name in names:
        choose(frame, name, f"{'Right' if right else 'Wrong'} {name[1:]}")


def settled(page: Page) -> None:
    """Wait until nothing follows that was put off."""
    page.wait_for_function("tracked()['cmi.objectives.1.score.raw'] !== undefined")


def see_all(frame: Frame) -> None:
    for title in ("Talk", "At the gate", "Check"):
        turn_to(frame, title)


def test_opening_begins_a_unit_in_at_most_twelve_calls_and_a_page_turn_takes_six(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    assert len(calls(page)) <= 12, calls(page)
    assert tracked(page)["cmi.completion_status"] == "incomplete"
    for title in ("Talk", "At the gate", "Check"):
        before = len(calls(page))
        turn_to(frame, title)
        assert len(calls(page)) - before <= 6, calls(page)[before:]
    assert breaches(page) == []


def test_a_passed_unit_is_complete_with_scaled_and_raw_score(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    see_all(frame)
    answer_check(frame, right=True)
    settled(page)
    kept = tracked(page)
    assert (kept["cmi.completion_status"], kept["cmi.success_status"]) == ("completed", "passed")
    assert (kept["cmi.score.scaled"], kept["cmi.score.raw"]) == ("1", "100")
    assert (kept["cmi.score.min"], kept["cmi.score.max"]) == ("0", "100")
    assert kept["cmi.progress_measure"] == "1"
    assert (kept["cmi.objectives.1.id"], kept["cmi.objectives.1.success_status"]) == ("m1u1", "passed")
    assert breaches(page) == []


def test_a_failed_unit_stays_open_and_can_be_made_good(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    see_all(frame)
    answer_check(frame, right=False)
    assert (tracked(page)["cmi.completion_status"], tracked(page)["cmi.success_status"]) == ("incomplete", "failed")
    frame = open_unit(page, modern, "lms2004")
    frame.get_by_role("button", name="Try again with other questions").click()
    answer_check(frame, right=True)
    assert (tracked(page)["cmi.completion_status"], tracked(page)["cmi.success_status"]) == ("completed", "passed")
    assert breaches(page) == []


def test_page_and_answers_come_back(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    activity(frame, "word").get_by_role("textbox").fill("a sum")
    activity(frame, "word").get_by_role("button", name="Check my answer").click()
    turn_to(frame, "At the gate")
    frame = open_unit(page, modern, "lms2004")
    assert frame.get_by_role("heading", name="At the gate").is_visible()
    turn_to(frame, "Welcome")
    assert activity(frame, "word").get_by_role("textbox").input_value() == "a sum"
    assert breaches(page) == []


def test_answers_are_reported_with_the_separators_of_2004(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    turn_to(frame, "At the gate")
    story = activity(frame, "at-the-gate").locator("[data-story]")
    story.get_by_role("button", name="Wave").click()
    story.get_by_role("button", name="Talk").click()
    told = {
        element.split(".")[-1]: value
        for name, element, *rest in calls(page)
        if "interactions" in element
        for value in rest
    }
    assert (told["type"], told["learner_response"], told["result"]) == ("performance", "a[.]a[,]b[.]a", "neutral")
    assert breaches(page) == []


def test_leaving_saves_all_that_was_put_off_and_terminates_once(page: Page, modern: Site) -> None:
    frame = open_unit(page, modern, "lms2004")
    see_all(frame)
    answer_check(frame, right=True)
    leave(frame)
    assert [name for name, *_ in calls(page)].count("Terminate") == 1
    assert tracked(page)["cmi.objectives.1.score.raw"] == "100"
    assert tracked(page)["cmi.session_time"].startswith("PT0H0M")
    assert breaches(page) == []


def test_the_manifests_own_objective_never_takes_a_units_status(page: Page, rich: Path) -> None:
    with serving(Site(rich / "rich-m1-scorm2004-4th-en.zip", rich)) as module:
        frame = open_unit(page, module, "lms2004")
        frame.locator("[data-units]").get_by_text("Looking again", exact=True).click()
        frame.locator(".pw-unit[data-ready]").wait_for()
        turn_to(frame, "Welcome")
        choose(frame, "q1", "This one")
        leave(frame)
        kept = tracked(page)
        assert (kept["cmi.objectives.0.id"], kept["cmi.objectives.1.id"]) == ("whole", "m1u2")
        assert kept["cmi.objectives.1.success_status"] == "passed"
        assert kept.get("cmi.objectives.0.success_status", "unknown") == "unknown"
        assert (kept["cmi.completion_status"], kept.get("cmi.success_status", "unknown")) == ("incomplete", "unknown")
        assert breaches(page) == []
