"""More time for one person or one school team: whose it is, what it moves, and where everybody meets it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.course.extensions import give_team_time, times_of
from lti_tool.course.models import PlacedActivity
from lti_tool.course.placed_activities import Placing, place
from lti_tool.people.teams import found_team, join_team, leave_team
from lti_tool.web.application import Application
from tests.fixtures.pieces import entry_of, hand_in, write
from tests.fixtures.tool import Arrive, Visitor

NOW = datetime.now(UTC).replace(microsecond=0)
LAST_WEEK, YESTERDAY, TOMORROW = NOW - timedelta(days=7), NOW - timedelta(days=1), NOW + timedelta(days=1)
NEXT_WEEK = NOW + timedelta(days=7)


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def bob(visitor: Arrive) -> Visitor:
    return visitor("bob", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def place_piece(app: Application, who: Visitor, **chosen: Any) -> int:
    with app.parts.database.transaction() as session:
        return place(session, who.context_id, Placing("journal/j3", **chosen)).id


def address(placed_id: int, who: Visitor) -> str:
    return f"course/placed/{placed_id}/more-time/person/{who.user_id}"


def give(tina: Visitor, placed_id: int, who: Visitor, until: datetime) -> int:
    return tina.post(address(placed_id, who), {"until": until.isoformat()}).status_code


def submit(who: Visitor, version: int) -> str:
    who.post("journal/j3", {"do": "submit", "version": version})
    return entry_of_user(who)


def entry_of_user(who: Visitor) -> str:
    return str(entry_of(who).state)


@pytest.mark.both_databases
def test_who_has_more_time_hands_in_after_closing_and_the_others_do_not(
    app: Application, alice: Visitor, bob: Visitor, tina: Visitor
) -> None:
    for who in (alice, bob):
        write(who)
    placed_id = place_piece(app, tina, due_at=LAST_WEEK, closes_at=YESTERDAY)
    assert give(tina, placed_id, alice, TOMORROW) == 302
    page = alice.get("journal/j3").text
    assert "your trainer gave you more time" in page
    assert TOMORROW.isoformat() in page
    assert "The time to hand it in is over" not in page
    overview = alice.get("journal/").text
    assert "you have more time" in overview
    assert "Overdue" not in overview
    assert "The time to hand it in is over" in bob.get("journal/j3").text
    assert (submit(alice, 1), submit(bob, 1)) == ("submitted", "draft")
    assert "<strong>late</strong>" not in tina.get("desk/").text


def test_a_piece_that_came_after_the_extension_is_late(app: Application, alice: Visitor, tina: Visitor) -> None:
    placed_id = place_piece(app, tina, due_at=LAST_WEEK)
    assert give(tina, placed_id, alice, YESTERDAY) == 302
    hand_in(alice)
    assert "<strong>late</strong>" in tina.get("desk/").text
    assert give(tina, placed_id, alice, TOMORROW) == 302
    assert "<strong>late</strong>" not in tina.get("desk/").text


@pytest.mark.both_databases
def test_a_school_team_has_time_together_and_who_leaves_it_has_not(
    app: Application, alice: Visitor, bob: Visitor, tina: Visitor
) -> None:
    placed_id = place_piece(app, tina, due_at=LAST_WEEK, closes_at=YESTERDAY)
    with app.parts.database.transaction() as session:
        team = found_team(session, alice.context_id, alice.user_id, "Primary School 12")
        join_team(session, bob.context_id, bob.user_id, team.id)
    assert "Primary School 12" in tina.get(f"course/placed/{placed_id}/more-time").text
    path = f"course/placed/{placed_id}/more-time/team/{team.id}"
    assert tina.post(path, {"until": TOMORROW.isoformat()}).status_code == 302
    assert "Primary School 12" in tina.get(f"course/placed/{placed_id}").text
    for who in (alice, bob):
        assert TOMORROW.isoformat() in who.get("journal/j3").text
    with app.parts.database.transaction() as session:
        leave_team(session, bob.context_id, bob.user_id)
    assert "The time to hand it in is over" in bob.get("journal/j3").text
    write(alice)
    assert submit(alice, 1) == "submitted"


def test_of_ones_own_and_the_teams_time_the_longer_holds(app: Application, alice: Visitor, tina: Visitor) -> None:
    placed_id = place_piece(app, tina, closes_at=YESTERDAY)
    with app.parts.database.transaction() as session:
        team = found_team(session, alice.context_id, alice.user_id, "Primary School 12")
        placed = session.get_one(PlacedActivity, placed_id)
        give_team_time(session, placed, team.id, NEXT_WEEK, given_by_id=tina.user_id)
    assert give(tina, placed_id, alice, TOMORROW) == 302
    assert NEXT_WEEK.isoformat() in alice.get("journal/j3").text


def test_time_is_given_from_the_activitys_page_changed_and_taken_away(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    placed_id = place_piece(app, tina, due_at=YESTERDAY)
    page = f"course/placed/{placed_id}"
    assert "Give somebody more time" in tina.get(page).text
    whom = tina.get(f"{page}/more-time").text
    assert alice.user_id
    assert f"/{address(placed_id, alice)}" in whom
    assert "Tina Trainer" not in whom.partition("<main")[2]
    assert give(tina, placed_id, alice, TOMORROW) == 302
    assert give(tina, placed_id, alice, NEXT_WEEK) == 302
    shown = tina.get(page).text
    assert "Alice Adams" in shown
    assert NEXT_WEEK.isoformat() in shown
    assert TOMORROW.isoformat() not in shown
    assert tina.post(f"{page}/more-time/1/end").status_code == 302
    assert "Alice Adams" not in tina.get(page).text
    assert "Overdue" in alice.get("journal/").text


def test_time_is_given_from_the_piece_and_leads_back_to_it(app: Application, alice: Visitor, tina: Visitor) -> None:
    placed_id = place_piece(app, tina, due_at=YESTERDAY)
    piece = hand_in(alice)
    link = tina.at(address(placed_id, alice)) + "?back=piece"
    assert link in tina.get(f"desk/{piece}").text
    answer = tina.post(f"{address(placed_id, alice)}?back=piece", {"until": TOMORROW.isoformat()})
    assert answer.location == tina.at(f"desk/pieces/j3/{alice.user_id}")


def test_of_who_has_handed_in_nothing_time_is_given_as_well(app: Application, alice: Visitor, tina: Visitor) -> None:
    placed_id = place_piece(app, tina, due_at=YESTERDAY)
    assert tina.at(address(placed_id, alice)) in tina.get(f"desk/pieces/j3/{alice.user_id}").text


@pytest.mark.parametrize("typed", ["", "?", "tomorrow", LAST_WEEK.isoformat()])
def test_what_is_no_more_time_is_said_at_the_field_and_changes_nothing(
    app: Application, alice: Visitor, tina: Visitor, typed: str
) -> None:
    placed_id = place_piece(app, tina, due_at=YESTERDAY)
    answer = tina.post(address(placed_id, alice), {"until": typed})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert "Alice Adams" not in tina.get(f"course/placed/{placed_id}").text


def test_where_there_is_no_date_there_is_no_time_to_add(app: Application, alice: Visitor, tina: Visitor) -> None:
    placed_id = place_piece(app, tina)
    assert "Give somebody more time" not in tina.get(f"course/placed/{placed_id}").text
    assert give(tina, placed_id, alice, TOMORROW) == 409


def test_an_extension_outlives_a_change_of_the_dates_and_a_copy_has_none(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    placed_id = place_piece(app, tina, due_at=YESTERDAY)
    give(tina, placed_id, alice, TOMORROW)
    place_piece(app, tina, due_at=NEXT_WEEK)
    assert NEXT_WEEK.isoformat() in alice.get("journal/j3").text
    assert "more time" not in alice.get("journal/j3").text
    place_piece(app, tina, due_at=LAST_WEEK)
    assert TOMORROW.isoformat() in alice.get("journal/j3").text


TIMES = st.none() | st.datetimes(timezones=st.just(UTC))


@given(times=st.tuples(TIMES, TIMES, TIMES), until=TIMES)
def test_an_extension_never_takes_time_away_and_keeps_the_order(times: tuple[Any, ...], until: datetime | None) -> None:
    opens, due, closes = times
    if due and closes and due > closes:
        due, closes = closes, due
    placed: Any = SimpleNamespace(opens_at=opens, due_at=due, closes_at=closes)
    for_one = times_of(placed, until)
    for before, after in ((due, for_one.due_at), (closes, for_one.closes_at)):
        assert (before is None) == (after is None)
        if before and after:
            assert after >= before
            assert until is None or after >= until
    if for_one.due_at and for_one.closes_at:
        assert for_one.due_at <= for_one.closes_at
    assert for_one.opens_at == opens
