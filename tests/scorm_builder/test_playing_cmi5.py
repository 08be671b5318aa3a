"""cmi5 units in a real browser against a small LRS; the rules of sessions are tested in tests/player."""

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.cmi5_playing import (
    OVER,
    answer_check,
    launch,
    leave,
    until,
    until_kept,
    until_state,
    write,
    written,
)
from tests.scorm_builder.lrs import ACTOR, SESSION, Lrs
from tests.scorm_builder.playing import NOT_SAVED, activity, choose, kill, saved, turn_to

pytestmark = pytest.mark.journey
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
WAY_BACK = "Save and go back to the course"
LEAVING = "One moment, until everything has arrived"
NOT_LEFT = "Not everything has reached your course."
AWAY = "Your course does not answer just now."
VERBS = ["initialized", "completed", "passed", "terminated"]


def answered(lrs: Lrs) -> list[dict[str, Any]]:
    return [one for one in lrs.statements if one["verb"]["id"].endswith("/answered")]


def without_answers(lrs: Lrs) -> list[str]:
    return [verb for verb in lrs.verbs() if verb != "answered"]


def test_a_unit_is_played_to_passed_and_left_and_is_there_again(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    write(frame, "audit")
    answer_check(frame, right=True)
    until_kept(lrs, "passed")
    leave(page, lrs)
    assert without_answers(lrs) == VERBS
    assert (lrs.verbs()[0], lrs.verbs()[-1], lrs.tokens) == ("initialized", "terminated", 1)
    for statement in lrs.statements:
        assert statement["actor"] == ACTOR
        assert statement["context"]["registration"] == lrs.registration
        assert statement["context"]["extensions"][SESSION] == "session-1"
    told = dict(zip(lrs.verbs(), lrs.statements, strict=True))
    assert told["passed"]["result"]["score"] == {"raw": 100, "min": 0, "max": 100, "scaled": 1}
    lrs.statements.clear()
    frame = launch(page, lrs)
    assert frame.get_by_role("heading", name="Check", exact=True).is_visible()
    turn_to(frame, "Welcome")
    assert written(frame) == "audit"
    saved(page)
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "terminated"], "a verb is said once"


@pytest.mark.parametrize(
    ("mastery", "needed", "state"),
    [
        (0.501, 50.1, "failed"),
        pytest.param(0.5, 50, "passed", marks=pytest.mark.thorough),
        pytest.param(1, 100, "failed", marks=pytest.mark.thorough),
    ],
)
def test_the_mastery_score_of_the_launch_is_kept_to_and_shown(
    page: Page, lrs: Lrs, mastery: float, needed: float, state: str
) -> None:
    lrs.begin(masteryScore=mastery)
    frame = launch(page, lrs)
    answer_check(frame, right=True, wrong=1)
    saved(page)
    assert frame.locator("[data-result]").get_attribute("data-state") == state
    assert frame.get_by_text(f"{needed} % needed to pass").is_visible()
    assert frame.get_by_text(f"{needed} % right passes.").is_visible()
    leave(page, lrs)
    judged = next(one for one in lrs.statements if one["verb"]["id"].rpartition("/")[2] in ("passed", "failed"))
    assert judged["context"]["extensions"][MASTERY] == mastery
    assert judged["context"]["extensions"][SESSION] == "session-1"
    assert (judged["result"]["score"]["scaled"] >= mastery) == judged["result"]["success"]


def test_a_token_that_was_used_before_ends_the_visit_and_loses_nothing(page: Page, lrs: Lrs) -> None:
    launch(page, lrs)
    saved(page)
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text(OVER).is_visible()
    assert lrs.tokens == 2
    write(page.main_frame, "audit")
    until(lrs, "terminated")
    assert lrs.verbs() == ["initialized", "terminated"], "after its last word a session says nothing"
    frame = launch(page, lrs)
    assert written(frame) == "audit"
    until(lrs, "answered")
    assert page.get_by_text(OVER).count() == 0


def test_work_larger_than_browsers_send_after_a_page_is_gone_is_saved(page: Page, lrs: Lrs) -> None:
    large = {"word": {"given": "λέξη " * 15_000, "checked": False, "points": None}}
    unit = {"v": 1, "page": "welcome", "seen": ["welcome"], "answers": large, "status": "incomplete", "seconds": 0}
    lrs.state["partnerwise"] = {"whole": {"current": "m1u1", "units": {"m1u1": unit}}, "at": "then"}
    frame = launch(page, lrs)
    turn_to(frame, "Talk")
    until_state(lrs, lambda unit: unit["page"] == "talk")
    assert frame.get_by_text(NOT_SAVED).count() == 0


def test_the_way_back_is_the_lmss_and_ends_the_session(page: Page, lrs: Lrs) -> None:
    lrs.begin(returnURL=f"{lrs.address}/blank?from={quote('a unit')}")
    frame = launch(page, lrs)
    lrs.slow = 0.2
    write(frame, "audit")
    frame.get_by_role("link", name=WAY_BACK).click()
    assert frame.get_by_text(LEAVING).is_visible()
    page.wait_for_url("**/blank?from=a%20unit")
    assert lrs.verbs() == ["initialized", "answered", "terminated"], "it was gone before all had arrived"
    assert lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]["word"]["given"] == "audit"


def test_the_result_offers_the_way_back_and_who_insists_goes_at_once(page: Page, lrs: Lrs) -> None:
    lrs.begin(returnURL="/blank?relative")
    frame = launch(page, lrs)
    saved(page)
    turn_to(frame, "Check")
    saved(page)
    lrs.faults = {"PUT activities/state": [503] * 50}
    below = frame.locator("[data-result]").get_by_role("link", name=WAY_BACK)
    question = frame.locator("[data-pool]:not([hidden])").first.get_attribute("data-activity") or ""
    choose(frame, question, f"Wrong {question[1:]}")
    below.click()
    frame.get_by_text(NOT_LEFT).wait_for()
    below.click()
    page.wait_for_url("**/blank?relative")
    until(lrs, "terminated")


def test_an_lrs_that_hangs_is_named_while_the_page_waits(page: Page, lrs: Lrs) -> None:
    lrs.hangs = ("GET activities/state",)
    lrs.open_session()
    page.goto(lrs.launch_address("m1u1.html"))
    page.get_by_text("Your course has not answered yet.").wait_for()
    lrs.hangs = ()
    lrs.released.set()
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text("Your course has not answered yet.").count() == 0
    saved(page)


def test_an_lms_that_does_not_say_what_a_session_needs_is_told_of(page: Page, lrs: Lrs) -> None:
    lrs.launch = None
    frame = launch(page, lrs)
    assert frame.get_by_text("(LMS.LaunchData)").is_visible()
    write(frame, "audit")
    assert frame.locator("[data-saved]").text_content() == ""
    assert lrs.statements == []


def test_answers_are_told_in_words(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    write(frame, "audit")
    answer_check(frame, right=True)
    until_kept(lrs, "passed")
    told = {one["object"]["id"].rpartition("/")[2]: one["object"]["definition"] for one in answered(lrs)}
    assert told["word"]["description"] == {"en": "What is it called?"}
    for name, definition in told.items():
        if name.startswith("q"):
            number = name[1:]
            options = [f"{word} {number}" for word in ("Right", "Wrong", "Other", "Last")]
            assert definition["description"] == {"en": f"Question {number}?"}
            assert [part["description"]["en"] for part in definition["choices"]] == options
            assert definition["correctResponsesPattern"] == ["a"]


@pytest.mark.thorough
def test_a_review_promises_to_save_nothing_on_the_way_back(page: Page, lrs: Lrs) -> None:
    lrs.begin(returnURL=f"{lrs.address}/blank", launchMode="Review")
    frame = launch(page, lrs)
    assert frame.get_by_role("link", name=WAY_BACK).count() == 0
    frame.get_by_role("link", name="Go back to the course").first.click()
    page.wait_for_url("**/blank")
    assert lrs.verbs() == ["initialized", "terminated"]


@pytest.mark.thorough
@pytest.mark.parametrize("address", ["javascript:alert(1)", ""])
def test_a_way_back_that_is_no_address_is_not_offered(page: Page, lrs: Lrs, address: str) -> None:
    lrs.begin(returnURL=address)
    assert launch(page, lrs).get_by_role("link", name=WAY_BACK).count() == 0


@pytest.mark.thorough
def test_without_a_launch_the_browser_keeps_the_work(page: Page, lrs: Lrs) -> None:
    page.goto(f"{lrs.address}/unit/m1u1.html")
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text("No LMS was found").is_visible()
    assert lrs.statements == []


@pytest.mark.thorough
def test_an_lrs_that_stays_away_is_named_and_what_was_done_is_sent_at_the_next_launch(page: Page, lrs: Lrs) -> None:
    lrs.faults = {"GET activities/state": [400] * 20}
    frame = launch(page, lrs)
    assert frame.get_by_text(AWAY).is_visible()
    write(frame, "audit")
    page.goto("about:blank")
    assert lrs.statements == []
    lrs.faults = {}
    assert written(launch(page, lrs)) == "audit"
    until(lrs, "answered")


@pytest.mark.thorough
def test_an_abandoned_session_is_gone_on_with_by_the_next(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    turn_to(frame, "Talk")
    until_state(lrs, lambda unit: unit["page"] == "talk")
    second = page.context.new_page()
    kill(page)
    assert "terminated" not in lrs.verbs(), "the tab was told that it ends"
    lrs.statements.clear()
    frame = launch(second, lrs)
    assert frame.get_by_role("heading", name="Talk", exact=True).is_visible()
    assert lrs.verbs() == ["initialized"]


@pytest.mark.thorough
def test_a_slow_lrs_plays_like_any_other(page: Page, lrs: Lrs) -> None:
    lrs.slow = 0.4
    frame = launch(page, lrs)
    write(frame, "audit")
    turn_to(frame, "Talk")
    until(lrs, "answered")
    saved(page)
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "answered", "terminated"]


@pytest.mark.thorough
def test_leaving_words_reach_an_lrs_that_takes_nothing_beside_what_it_has(page: Page, lrs: Lrs) -> None:
    lrs.once = True
    frame = launch(page, lrs)
    saved(page)
    lrs.slow = 0.5
    with page.expect_request(lambda sent: "verbs/passed" in (sent.post_data or "")):
        answer_check(frame, right=True)
    page.goto("about:blank")  # while `passed` is under way: the last word could overtake it
    until(lrs, "passed")
    assert without_answers(lrs) == VERBS[:-1]


@pytest.mark.thorough
def test_what_was_said_while_leaving_is_said_once(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    saved(page)
    lrs.slow = 0.5
    answer_check(frame, right=True)
    page.goto("about:blank")
    until_state(lrs, lambda unit: unit["status"] == "passed")
    until(lrs, "passed")
    lrs.slow = 0
    launch(page, lrs)
    until(lrs, "passed")
    saved(page)
    leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


@pytest.mark.thorough
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
    until(lrs, "answered")
    page.wait_for_function("!document.querySelector('[data-notices] p')")
    leave(second_page, lrs)
    answers = lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]
    assert answers["word"]["given"] == "audit"
    assert answers["ready"]["given"] == [1]
