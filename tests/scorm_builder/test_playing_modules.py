"""A module as one SCO: its units open one by one, each keeps its place, and the module is passed when all are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import activity, breaches, choose, open_unit, tracked, turn_to
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey


@pytest.fixture
def module(rich: Path) -> Iterator[Site]:
    """The first module of the rich course in one SCO."""
    with serving(Site(rich / "rich-m1-scorm12-en.zip", rich)) as running:
        yield running


def open_part(frame: Frame, title: str) -> None:
    if frame.locator("[data-units]").get_attribute("open") is None:
        frame.locator("[data-units] summary").click()
    frame.locator("[data-units]").get_by_text(title, exact=True).click()
    frame.locator(".pw-unit[data-ready]").get_by_role("heading", name=title, level=1, exact=True).wait_for()


def statuses(frame: Frame) -> list[str]:
    told: list[str] = frame.locator("[data-unit-status]").all_text_contents()
    return told


def pass_first(frame: Frame) -> None:
    for title in ("Talk", "At the gate", "Check"):
        turn_to(frame, title)
    for question in frame.locator("[data-pool]:not([hidden])").all():
        name = question.get_attribute("data-activity") or ""
        choose(frame, name, f"Right {name[1:]}")


def pass_second(frame: Frame) -> None:
    open_part(frame, "Looking again")
    turn_to(frame, "Welcome")
    choose(frame, "q1", "This one")


def test_a_module_is_passed_when_all_its_units_are(page: Page, module: Site) -> None:
    frame = open_unit(page, module)
    assert statuses(frame) == ["not begun", "not begun"]
    assert tracked(page).get("cmi.core.lesson_status", "incomplete") == "incomplete"
    open_part(frame, "Looking")
    assert statuses(frame) == ["in progress", "not begun"]
    pass_first(frame)
    assert statuses(frame) == ["passed", "not begun"]
    assert tracked(page)["cmi.core.lesson_status"] == "incomplete"
    assert tracked(page).get("cmi.core.score.raw", "") == ""
    pass_second(frame)
    assert statuses(frame) == ["passed", "passed"]
    assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("passed", "100")
    page.wait_for_function("lms.tracked()['cmi.objectives.1.status'] === 'passed'")
    assert [tracked(page)[f"cmi.objectives.{place}.id"] for place in (0, 1)] == ["m1u1", "m1u2"]
    assert breaches(page) == []


@pytest.mark.thorough
def test_the_unit_page_and_answers_come_back(page: Page, module: Site) -> None:
    frame = open_unit(page, module)
    open_part(frame, "Looking")
    activity(frame, "ready").get_by_label("I asked").check()
    turn_to(frame, "Talk")
    open_part(frame, "Looking again")
    activity(frame, "can-do-now").get_by_label("High").first.check()
    turn_to(frame, "Welcome")
    frame = open_unit(page, module)
    assert frame.get_by_role("heading", name="Looking again", level=1).is_visible()
    assert frame.get_by_role("heading", name="Welcome", level=2).is_visible()
    open_part(frame, "Looking")
    assert frame.get_by_role("heading", name="Talk", level=2).is_visible()
    turn_to(frame, "Welcome")
    assert activity(frame, "ready").get_by_label("I asked").is_checked()
    assert breaches(page) == []


def test_a_unit_that_cannot_be_loaded_is_named_and_can_be_opened_later(page: Page, module: Site) -> None:
    frame = open_unit(page, module)
    gone = module.unit.pop("m1u2.html")
    frame.locator("[data-units]").get_by_role("link", name="Looking again").click()
    frame.get_by_text("This unit could not be loaded.").wait_for()
    module.unit["m1u2.html"] = gone
    open_part(frame, "Looking again")
    assert frame.get_by_text("This unit could not be loaded.").is_hidden()


@pytest.mark.thorough
def test_a_second_look_in_the_same_module_shows_the_first(page: Page, module: Site) -> None:
    frame = open_unit(page, module)
    open_part(frame, "Looking")
    turn_to(frame, "At the gate")
    for row in activity(frame, "can-do").locator("[data-statement]").all():
        row.get_by_label("Low").check()
    activity(frame, "can-do").get_by_role("button", name="Keep my answers").click()
    open_part(frame, "Looking again")
    for row in activity(frame, "can-do-now").locator("[data-statement]").all():
        row.get_by_label("High").check()
    activity(frame, "can-do-now").get_by_role("button", name="Keep my answers").click()
    assert activity(frame, "can-do-now").get_by_role("table", name="Before and now").is_visible()
