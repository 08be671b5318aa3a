"""cmi5 work that its session could not hand over, and sessions that know nothing of each other: all is said, once."""

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.cmi5_playing import OVER, answer_check, launch, leave, until, until_state, write, written
from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import NOT_SAVED, activity, drawn, saved, turn_to

pytestmark = pytest.mark.journey


def test_a_token_that_was_used_before_ends_the_visit_and_loses_nothing(page: Page, lrs: Lrs) -> None:
    launch(page, lrs)
    saved(page)
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text(OVER).is_visible()
    assert lrs.tokens == 2
    write(page.main_frame, "audit")
    assert lrs.verbs() == ["initialized", "terminated"], "after its last word a session says nothing"
    frame = launch(page, lrs)
    assert written(frame) == "audit"
    until(page, lrs, "answered")
    assert page.get_by_text(OVER).count() == 0


@pytest.mark.parametrize("refusal", [401, 403])
def test_a_session_that_is_over_says_so_and_loses_nothing(page: Page, lrs: Lrs, refusal: int) -> None:
    frame = launch(page, lrs)
    saved(page)
    lrs.refuse = refusal
    write(frame, "audit")
    frame.get_by_text(OVER).wait_for()
    assert frame.get_by_text(NOT_SAVED).count() == 0
    page.goto("about:blank")
    lrs.refuse = 0
    lrs.statements.clear()
    frame = launch(page, lrs)
    assert written(frame) == "audit"
    until(page, lrs, "answered")
    saved(page)
    assert lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]["word"]["given"] == "audit"


def test_a_visit_that_began_without_the_former_work_takes_nothing_from_it(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    write(frame, "audit")
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    saved(page)
    questions = drawn(frame)
    page.goto("about:blank")
    page.goto(lrs.launch_address("m1u1.html"))
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text(OVER).is_visible()
    frame = launch(page, lrs)
    assert frame.get_by_role("heading", name="Check", exact=True).is_visible()
    assert drawn(frame) == questions
    turn_to(frame, "Welcome")
    assert written(frame) == "audit"
    saved(page)
    whole = lrs.state["partnerwise"]["whole"]
    assert (whole["status"], whole["score"]["raw"]) == ("passed", 100)


@pytest.mark.parametrize("guarded", [False, True])
@pytest.mark.parametrize("lost", [False, True])
def test_what_was_said_while_leaving_is_said_once(page: Page, lrs: Lrs, lost: bool, guarded: bool) -> None:
    lrs.guarded = guarded
    frame = launch(page, lrs)
    saved(page)
    lrs.slow = 0.5
    answer_check(frame, right=True)
    lrs.faults = {"POST statements": [500] * 9} if lost else {}
    page.goto("about:blank")
    if not lost:
        until(page, lrs, "terminated")
    page.wait_for_timeout(1500)  # whatever is under way arrives, or fails
    lrs.slow, lrs.faults = 0, {}
    launch(page, lrs)
    until(page, lrs, "passed")
    saved(page)
    leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


def test_another_attempt_is_kept_by_an_lrs_that_guards_what_it_has(page: Page, lrs: Lrs) -> None:
    lrs.guarded = True
    frame = launch(page, lrs)
    answer_check(frame, right=True, wrong=1)
    until_state(page, lrs, lambda unit: unit["score"] == {"raw": 50, "min": 0, "max": 100, "scaled": 0.5})
    frame.get_by_role("button", name="Try again with other questions").click()
    questions = drawn(frame)
    until_state(page, lrs, lambda unit: unit["check"]["drawn"] == questions and not unit["answers"].keys() & questions)
    until_state(page, lrs, lambda unit: unit["check"]["best"] == 50)


def test_two_windows_take_nothing_from_each_other(page: Page, lrs: Lrs) -> None:
    lrs.guarded = True
    first = launch(page, lrs)
    saved(page)
    second_page = page.context.new_page()
    second = launch(second_page, lrs)
    activity(second, "ready").get_by_label("I told").check()
    turn_to(second, "Talk")
    saved(second_page)
    write(first, "audit")
    until(page, lrs, "answered")
    page.wait_for_function("!document.querySelector('[data-notices] p')")
    leave(second_page, lrs)
    answers = lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]
    assert answers["word"]["given"] == "audit"
    assert answers["ready"]["given"] == [1]
