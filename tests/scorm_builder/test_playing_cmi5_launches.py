"""cmi5 launches that go differently: abandoned sessions, busy and slow LRSs, ways back, looking on."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.cmi5_playing import answer_check, launch, leave, until, write, written
from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import NOT_SAVED, kill, saved, turn_to

pytestmark = pytest.mark.journey
AWAY = "Your course does not answer just now."


def test_an_abandoned_session_is_gone_on_with_by_the_next(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    turn_to(frame, "Talk")
    write_state(page, lrs, lambda: turn_to(frame, "Talk"))
    second = page.context.new_page()
    kill(page)
    assert "terminated" not in lrs.verbs(), "the tab was told that it ends"
    lrs.statements.clear()
    frame = launch(second, lrs)
    assert frame.get_by_role("heading", name="Talk", exact=True).is_visible()
    assert lrs.verbs() == ["initialized"]


def write_state(page: Page, lrs: Lrs, act: Callable[[], None]) -> None:
    """Do something and wait until the LRS has the state that follows."""
    act()
    for _ in range(60):
        if lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["page"] == "talk":
            return
        page.wait_for_timeout(100)
    raise AssertionError(lrs.state)


@pytest.mark.parametrize(
    ("request_name", "busy"),
    [
        ("POST token", 503),
        ("GET activities/state", 429),
        ("GET agents/profile", 403),
        ("POST statements", 500),
    ],
)
def test_a_launch_waits_for_what_is_busy(page: Page, lrs: Lrs, request_name: str, busy: int) -> None:
    lrs.faults = {request_name: [busy]}
    frame = launch(page, lrs)
    write(frame, "audit")
    until(page, lrs, "answered")
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "answered", "terminated"]


def test_an_lrs_that_stays_away_is_named_and_what_was_done_is_sent_at_the_next_launch(page: Page, lrs: Lrs) -> None:
    lrs.faults = {"GET activities/state": [400] * 20}
    frame = launch(page, lrs)
    assert frame.get_by_text(AWAY).is_visible()
    write(frame, "audit")
    page.goto("about:blank")
    assert lrs.statements == []
    lrs.faults = {}
    assert written(launch(page, lrs)) == "audit"
    until(page, lrs, "answered")


@pytest.mark.parametrize("busy", [429, 500])
def test_a_busy_lrs_is_told_again_by_itself_in_the_right_order(page: Page, lrs: Lrs, busy: int) -> None:
    frame = launch(page, lrs)
    saved(page)
    lrs.faults = {"POST statements": [busy]}
    write(frame, "sums")
    frame.get_by_text(NOT_SAVED).wait_for()
    frame.get_by_text(NOT_SAVED).wait_for(state="detached")
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", *["answered"] * 3, "completed", "passed", "terminated"]
    assert len({statement["id"] for statement in lrs.statements}) == len(lrs.statements)


def test_a_slow_lrs_plays_like_any_other(page: Page, lrs: Lrs) -> None:
    lrs.slow = 0.4
    frame = launch(page, lrs)
    write(frame, "audit")
    turn_to(frame, "Talk")
    until(page, lrs, "answered")
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "answered", "terminated"]


def test_work_larger_than_browsers_send_after_a_page_is_gone_is_saved(page: Page, lrs: Lrs) -> None:
    large = {"word": {"given": "λέξη " * 15_000, "checked": False, "points": None}}
    unit = {"v": 1, "page": "welcome", "seen": ["welcome"], "answers": large, "status": "incomplete", "seconds": 0}
    lrs.state["partnerwise"] = {"whole": {"current": "m1u1", "units": {"m1u1": unit}}, "at": "then"}
    frame = launch(page, lrs)
    write_state(page, lrs, lambda: turn_to(frame, "Talk"))
    assert frame.get_by_text(NOT_SAVED).count() == 0


def test_an_lms_without_https_is_served_too(page: Page, lrs: Lrs) -> None:
    page.add_init_script("delete Crypto.prototype.randomUUID")
    launch(page, lrs)
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "terminated"]
    pattern = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    assert page.evaluate("([ids, form]) => ids.every(id => RegExp(form).test(id))", [ids_of(lrs), pattern])


def ids_of(lrs: Lrs) -> list[str]:
    return [statement["id"] for statement in lrs.statements]


def test_the_way_back_is_the_lmss_and_ends_the_session(page: Page, lrs: Lrs) -> None:
    lrs.begin(returnURL=f"{lrs.address}/blank?from={quote('a unit')}")
    frame = launch(page, lrs)
    frame.get_by_role("link", name="Save and go back to the course").click()
    page.wait_for_url("**/blank?from=a%20unit")
    until(page, lrs, "terminated")
    assert lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["page"] == "welcome"


@pytest.mark.parametrize("address", ["javascript:alert(1)", ""])
def test_a_way_back_that_is_no_address_is_not_offered(page: Page, lrs: Lrs, address: str) -> None:
    lrs.begin(returnURL=address)
    assert launch(page, lrs).get_by_role("link", name="Save and go back to the course").count() == 0


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_who_only_looks_changes_nothing(page: Page, lrs: Lrs, mode: str) -> None:
    answer_check(launch(page, lrs), right=False)
    saved(page)
    leave(page, lrs)
    kept = lrs.state["partnerwise"]
    lrs.statements.clear()
    lrs.launch = {**lrs.launch, "launchMode": mode}
    frame = launch(page, lrs)
    assert frame.get_by_text("You are looking back").is_visible()
    frame.get_by_role("button", name="Try again with other questions").click()
    answer_check(frame, right=True)
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "terminated"]
    assert lrs.state["partnerwise"] == kept
