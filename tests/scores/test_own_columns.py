"""Columns that the tool makes itself: found or made once per activity and course, whoever tries, dies or deletes."""

import threading

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.demo.models import LineItem as Column
from lti_tool.people.models import Context
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.fixtures.school import School
from tests.scores.marking import FORM, POINTS, hand_in, release


@pytest.fixture
def columnless(school: School) -> School:
    """A course whose think piece has no column: its link was not graded, or came with a cartridge."""
    school.lms.drop_column()
    return school


def grades(school: School) -> dict[str, list[float | None]]:
    """The gradebook: column to scores."""
    return {column.label: [grade.score for grade in column.grades] for column in school.lms.columns()}


@pytest.mark.both_databases
def test_a_grade_without_a_column_makes_one_and_arrives(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    assert columnless.deliver() is None
    assert grades(columnless) == {"Think piece": [POINTS]}
    (column,) = columnless.lms.columns()
    assert (column.resource_id, column.tag, column.score_maximum) == ("journal/j3", "partnerwise", 15)
    assert column.review_url == f"{columnless.tool_url}/activities/journal/j3"


def test_the_second_grade_goes_into_the_same_column(columnless: School) -> None:
    for number, person in enumerate(("alice", "bob"), 1):
        hand_in(columnless, person)
        release(columnless, number)
        columnless.deliver()
    assert grades(columnless) == {"Think piece": [POINTS, POINTS]}


def test_a_column_that_was_made_before_is_found_also_on_a_later_page(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.deliver()
    columnless.lms.become(most_per_page=1)
    with columnless.lms.demo.store.transaction() as session:
        for number in range(3):
            session.add(another_column(number))
        made = columnless.lms.columns()[0]
        session.merge(made).resource_id = "something else"
        session.add(another_column(9, "journal/j3", "partnerwise"))
    with columnless.database.transaction() as session:
        session.execute(update(LineItem).values(url=""))
    hand_in(columnless, "bob")
    release(columnless, 2)
    columnless.deliver()
    assert len(columnless.lms.columns()) == 5
    assert grades(columnless)["Column 9"] == [POINTS]


def test_a_column_that_somebody_else_made_keeps_its_name_and_its_maximum(columnless: School) -> None:
    with columnless.lms.demo.store.transaction() as session:
        session.add(Column(label="The trainer's", score_maximum=60, resource_id="journal/j3", tag=""))
    for number, person in enumerate(("alice", "bob"), 1):
        hand_in(columnless, person)
        release(columnless, number)
        columnless.deliver()
    assert [(one.label, one.score_maximum) for one in columnless.lms.columns()] == [("The trainer's", 60)]
    assert grades(columnless) == {"The trainer's": [POINTS * 4, POINTS * 4]}


def test_a_column_that_is_found_keeps_both_also_where_the_points_have_changed_since_the_release(
    columnless: School,
) -> None:
    hand_in(columnless)
    release(columnless)
    with columnless.lms.demo.store.transaction() as session:
        session.add(Column(label="The trainer's", score_maximum=60, resource_id="journal/j3", tag=""))
    with columnless.database.transaction() as session:
        session.execute(update(LineItem).values(maximum=30))
    columnless.deliver()
    assert [(one.label, one.score_maximum) for one in columnless.lms.columns()] == [("The trainer's", 60)]
    assert grades(columnless) == {"The trainer's": [POINTS * 4]}


def another_column(number: int, resource_id: str = "", tag: str = "") -> Column:
    """A column of the gradebook that somebody else made."""
    return Column(label=f"Column {number}", score_maximum=15, resource_id=resource_id, tag=tag)


@pytest.mark.both_databases
def test_a_worker_that_died_after_making_the_column_leaves_one_that_is_found(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.lms.faults("lineitems", "slow", seconds=0)  # the look, which finds nothing
    columnless.lms.faults("lineitems", "accept_then_drop")  # and the making, whose answer never comes
    again = columnless.deliver()
    assert again is not None
    assert columnless.deliveries()[-1].state is DeliveryState.WAITING
    assert len(columnless.lms.columns()) == 1
    columnless.let_time_pass()
    columnless.deliver()
    assert grades(columnless) == {"Think piece": [POINTS]}


@pytest.mark.both_databases
def test_nobody_tries_again_while_a_column_may_just_be_coming_into_being(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.lms.faults("lineitems", "slow", seconds=0)
    columnless.lms.faults("lineitems", "500")
    columnless.deliver()
    with columnless.database.transaction() as session:
        session.execute(update(Delivery).values(next_try_at=now()))
    columnless.deliver()
    assert columnless.lms.columns() == []
    assert columnless.deliveries()[-1].problem == "column_being_made"
    columnless.let_time_pass()
    columnless.deliver()
    assert grades(columnless) == {"Think piece": [POINTS]}


@pytest.mark.both_databases
def test_two_workers_at_once_make_one_column(columnless: School) -> None:
    for number, person in enumerate(("alice", "bob"), 1):
        hand_in(columnless, person)
        release(columnless, number)
    columnless.lms.faults("lineitems", "slow", times=2, seconds=0.5)
    workers = [threading.Thread(target=columnless.deliver) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    columnless.let_time_pass()
    columnless.deliver()
    assert grades(columnless) == {"Think piece": [POINTS, POINTS]}


def test_a_column_that_was_deleted_is_made_anew(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.deliver()
    with columnless.lms.demo.store.transaction() as session:
        session.delete(session.merge(columnless.lms.columns()[0]))
    hand_in(columnless, "bob")
    release(columnless, 2)
    assert columnless.deliver() is None
    assert grades(columnless) == {"Think piece": [POINTS]}
    states = [(delivery.state, delivery.problem) for delivery in columnless.deliveries()]
    # What the former column held is in no gradebook any more.
    assert states == [(DeliveryState.REFUSED, "column_deleted"), (DeliveryState.SENT, "")]


def test_a_column_that_is_listed_but_takes_no_score_is_a_refusal_in_the_end(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.deliver()
    hand_in(columnless, "bob")
    release(columnless, 2)
    with columnless.database.transaction() as session:
        session.execute(update(LineItem).values(url=f"{columnless.lms.url}/lti/services/2/lineitems/1/gone"))
        session.execute(update(Context).values(lineitems_url=f"{columnless.lms.url}/nothing/here"))
    columnless.deliver()
    newest = columnless.deliveries()[-1]
    assert (newest.state, newest.problem) == (DeliveryState.REFUSED, "http_404")


def test_a_column_of_ours_follows_another_maximum(columnless: School) -> None:
    hand_in(columnless)
    release(columnless)
    columnless.deliver()
    with columnless.lms.demo.store.transaction() as session:
        session.merge(columnless.lms.columns()[0]).score_maximum = 30
    with columnless.database.transaction() as session:
        session.execute(update(LineItem).values(maximum=30))
    hand_in(columnless, "bob")
    release(columnless, 2)
    columnless.deliver()
    (column,) = columnless.lms.columns()
    assert (column.score_maximum, column.label, column.resource_id) == (15, "Think piece", "journal/j3")


def test_where_columns_may_not_be_made_the_desk_says_that_there_is_none(columnless: School) -> None:
    hand_in(columnless)
    tina = columnless.walk_in("tina", "desk")
    with columnless.database.transaction() as session:
        session.execute(update(Context).values(grade_scopes=""))
    page = tina.post("desk/1", {**FORM, "version": 0, "do": "release"})
    assert page.status_code == 200
    assert columnless.deliveries() == []
    assert "No gradebook column" in tina.get("desk/?state=released").text
