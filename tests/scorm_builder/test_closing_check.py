"""The closing check: some questions of a pool, others at the next attempt, the best attempt counts, all of it kept."""

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import activity, breaches, choose, drawn, open_unit, tracked, turn_to
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey
PAGES = ("Talk", "At the gate", "Check")


def answer(frame: Frame, right: bool) -> None:
    for name in drawn(frame):
        choose(frame, name, f"{'Right' if right else 'Wrong'} {name[1:]}")


def reach_check(page: Page, site: Site) -> Frame:
    frame = open_unit(page, site)
    for title in PAGES:
        turn_to(frame, title)
    return frame


@pytest.mark.thorough
def test_the_draw_survives_a_new_visit(page: Page, rich_site: Site) -> None:
    frame = reach_check(page, rich_site)
    first = drawn(frame)
    choose(frame, first[0], f"Wrong {first[0][1:]}")
    for _ in range(3):
        frame = open_unit(page, rich_site)
        assert drawn(frame) == first
        assert activity(frame, first[0]).get_by_text(f"No {first[0][1:]}.").is_visible()
    assert breaches(page) == []


def test_another_attempt_brings_questions_not_met_before(page: Page, rich_site: Site) -> None:
    frame = reach_check(page, rich_site)
    first = drawn(frame)
    assert len(first) == 2
    assert frame.get_by_text("0 of 2 answered in this attempt.").is_visible()
    assert frame.get_by_role("button", name="Try again with other questions").is_hidden()
    answer(frame, right=False)
    assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("incomplete", "0")
    assert activity(frame, first[0]).get_by_role("button", name="Try again").is_hidden()
    frame.get_by_role("button", name="Try again with other questions").click()
    second = drawn(frame)
    assert len(second) == 2
    assert not set(first) & set(second)
    assert frame.evaluate("document.activeElement.dataset.activity") == second[0]
    answer(frame, right=True)
    assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("passed", "100")
    frame.get_by_role("button", name="Try again with other questions").click()
    assert set(drawn(frame)) - set(first) - set(second), "the one question not met yet was left out"
    assert breaches(page) == []


@pytest.mark.thorough
def test_a_worse_attempt_takes_nothing_away(page: Page, rich_site: Site) -> None:
    frame = reach_check(page, rich_site)
    names = drawn(frame)
    choose(frame, names[0], f"Right {names[0][1:]}")
    choose(frame, names[1], f"Wrong {names[1][1:]}")
    assert tracked(page)["cmi.core.score.raw"] == "50"
    frame.get_by_role("button", name="Try again with other questions").click()
    answer(frame, right=False)
    assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("passed", "50")
    assert frame.get_by_text("This attempt: 0 % right. Best attempt: 50 %.").is_visible()


@pytest.mark.thorough
def test_a_question_met_before_is_blank_when_it_comes_again(page: Page, rich_site: Site) -> None:
    frame = reach_check(page, rich_site)
    for _ in range(3):
        answer(frame, right=False)
        frame.get_by_role("button", name="Try again with other questions").click()
        assert frame.locator("[data-pool]:not([hidden]) input:checked").count() == 0
        assert frame.locator("[data-pool]:not([hidden]) [data-check]:not([hidden])").count() == 2
