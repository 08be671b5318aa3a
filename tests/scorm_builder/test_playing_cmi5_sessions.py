"""cmi5 sessions that end badly, and several at once: each verb is said as often as cmi5 allows, and no work is lost."""

import pytest
from playwright.sync_api import Page, Route

from tests.scorm_builder.cmi5_playing import OVER, answer_check, launch, leave, until, until_state, write, written
from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import activity, choose, drawn, saved, turn_to

pytestmark = pytest.mark.journey


def test_a_new_enrolment_begins_with_nothing_and_passes_by_itself(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    write(frame, "audit")
    answer_check(frame, right=True)
    lrs.slow = 0.5
    turn_to(frame, "Welcome")
    page.goto("about:blank")  # so soon that the page never hears whether its last save arrived
    until(page, lrs, "terminated")
    lrs.begin()
    lrs.registration = "7f1f0f5a-0000-4000-8000-000000000002"
    frame = launch(page, lrs)
    saved(page)
    assert frame.get_by_role("heading", name="Welcome", exact=True).is_visible()
    assert written(frame) == ""
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


def test_a_reload_in_an_ended_session_forgets_no_verb_that_was_said_while_leaving(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    saved(page)
    lrs.faults = {"PUT activities/state": [500] * 20}
    answer_check(frame, right=True)
    leave(page, lrs)
    assert lrs.verbs().count("passed") == 1, "said with the last word, though the state could not be written"
    lrs.faults = {}
    page.goto(lrs.launch_address("m1u1.html"))  # with the token of the session that has ended
    page.get_by_text(OVER).wait_for()
    page.locator("[data-ready]").wait_for()
    launch(page, lrs)
    saved(page)
    leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


def test_a_damaged_entry_in_the_browser_spoils_no_launch(page: Page, lrs: Lrs) -> None:
    write(launch(page, lrs), "audit")
    saved(page)
    damage = """() => {
      const key = Object.keys(localStorage).find((one) => one.includes(':unsent:'));
      const whole = { units: { m1u1: { v: 1, seen: 5 } } };
      localStorage.setItem(key.concat('x'), JSON.stringify({ whole, at: '2030-01-01T00:00:00.000Z' }));
    }"""
    lrs.slow = 0.5
    page.goto("about:blank")
    page.goto(f"{lrs.address}/blank")
    page.evaluate(damage)
    lrs.slow = 0
    frame = launch(page, lrs)
    assert written(frame) == "audit"
    saved(page)
    assert frame.locator("[data-notices] p").count() == 0


def test_what_an_abandoned_session_could_not_say_is_said_by_the_next(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    turn_to(frame, "Talk")
    turn_to(frame, "Check")
    for name in drawn(frame):
        choose(frame, name, f"Right {name[1:]}")
    until(page, lrs, "answered", times=2)
    lrs.faults = {"POST statements": [500] * 20}
    turn_to(frame, "At the gate")  # the last of the pages: the unit is passed
    until_state(page, lrs, lambda unit: unit["status"] == "passed")
    page.goto("about:blank")
    page.wait_for_timeout(500)  # until its last word was refused, too
    lrs.faults = {"POST statements": [0, *[403] * 20]}  # the LMS takes `initialized`, and then abandons the session
    launch(page, lrs)
    saved(page)
    page.goto("about:blank")
    assert "passed" not in lrs.verbs()
    lrs.faults = {}
    for _ in range(2):
        launch(page, lrs)
        until(page, lrs, "passed")
        saved(page)
        leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


def test_the_last_word_is_heard_by_an_lrs_that_takes_nothing_beside_what_it_has(page: Page, lrs: Lrs) -> None:
    lrs.once = True
    frame = launch(page, lrs)
    saved(page)
    lrs.slow = 0.5
    with page.expect_request(lambda sent: "verbs/passed" in (sent.post_data or "")):
        answer_check(frame, right=True)
    page.goto("about:blank")  # while `passed` is under way
    until(page, lrs, "terminated")
    assert [verb for verb in lrs.verbs() if verb != "answered"] == ["initialized", "completed", "passed", "terminated"]


def test_nothing_fails_after_another_window_has_passed(page: Page, lrs: Lrs) -> None:
    lrs.guarded = True
    first = launch(page, lrs)
    saved(page)
    second_page = page.context.new_page()
    second = launch(second_page, lrs)
    saved(second_page)
    answer_check(first, right=True)
    until(page, lrs, "passed")
    answer_check(second, right=False)
    until(second_page, lrs, "answered", times=4)
    leave(second_page, lrs)
    assert "failed" not in lrs.verbs()


def test_what_another_window_saves_between_a_save_and_its_tag_is_kept(page: Page, lrs: Lrs) -> None:
    lrs.guarded = True
    first = launch(page, lrs)
    saved(page)
    second_page = page.context.new_page()
    second = launch(second_page, lrs)
    saved(second_page)
    write(first, "audit")
    until(page, lrs, "answered")
    held: list[Route] = []

    def hold_one_reading(route: Route) -> None:
        if route.request.method == "GET" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/activities/state?stateId=partnerwise&*", hold_one_reading)
    turn_to(first, "Talk")
    while not held:
        page.wait_for_timeout(50)
    activity(second, "ready").get_by_label("I told").check()
    until_state(second_page, lrs, lambda unit: "ready" in unit["answers"])
    held[0].continue_()
    turn_to(first, "At the gate")
    until_state(page, lrs, lambda unit: unit["page"] == "gate")
    answers = lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]
    assert (answers["word"]["given"], answers["ready"]["given"]) == ("audit", [1])


def test_a_verb_is_heard_though_another_window_has_said_the_one_beside_it(page: Page, lrs: Lrs) -> None:
    lrs.guarded = lrs.once = True
    frame = launch(page, lrs)
    saved(page)
    refuse(page, "statements")
    answer_check(frame, right=True)
    until_state(page, lrs, lambda unit: unit["status"] == "passed")
    second = page.context.new_page()
    refuse(second, "verbs/passed")
    launch(second, lrs)
    until(second, lrs, "completed")
    page.unroute_all()
    frame.get_by_role("button", name="Try now").click()
    until(page, lrs, "passed")
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]


def refuse(page: Page, what: str) -> None:
    """Let the LRS refuse this window's requests that name this in their address or their body."""

    def answer(route: Route) -> None:
        if what in route.request.url + (route.request.post_data or ""):
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route("**/xapi/statements", answer)
