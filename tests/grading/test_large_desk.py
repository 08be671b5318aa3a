"""A desk with many pieces asks the database as often as one with few, and counts scores as the page tells them."""

from itertools import product

import pytest
from sqlalchemy import event, select, update

from lti_tool.grading.desk import Desk
from lti_tool.grading.unsent import count_unsent, refused_scores, unsent_submissions
from lti_tool.grading.views.delivery_status import REFUSED, describe_delivery
from lti_tool.journal.models import Entry, EntryState, PieceStatus, Submission
from lti_tool.people.members import memberships_of
from lti_tool.people.models import Membership, Role, User
from lti_tool.scores.columns import COLUMN_DELETED
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from lti_tool.scores.outbox import latest_deliveries
from lti_tool.web.application import Application
from tests.fixtures.pieces import hand_in, release
from tests.fixtures.tool import Arrive, Visitor, give_column


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def hand_in_many(app: Application, first: int, count: int, status: PieceStatus = PieceStatus.WAITING) -> list[int]:
    """As many pieces of other people as this first one."""
    with app.parts.database.transaction() as session:
        piece = session.get_one(Submission, first)
        made = []
        for number in range(count):
            user = User(registration_id=1, subject=f"{status} {number}", name=f"Person {number:03}")
            entry = Entry(context_id=piece.context_id, user=user, prompt="j3", state=EntryState.SUBMITTED)
            same = {"context_id": piece.context_id, "prompt": "j3", "number": 1, "words": 6, "text": piece.text}
            made.append(Submission(entry=entry, status=status, **same))
        session.add_all(made)
        session.flush()
        return [one.id for one in made]


def queries_of(app: Application, who: Visitor, path: str) -> int:
    queries: list[object] = []

    def count(*_: object) -> None:
        queries.append(None)

    who.get(path)
    event.listen(app.parts.database.engine, "before_cursor_execute", count)
    assert who.get(path).status_code == 200
    event.remove(app.parts.database.engine, "before_cursor_execute", count)
    return len(queries)


@pytest.mark.both_databases
@pytest.mark.parametrize("state", ["waiting", "released"])
def test_more_pieces_are_no_more_queries(app: Application, visitor: Arrive, tina: Visitor, state: str) -> None:
    alice, bob = (visitor(name, activity="journal/j3") for name in ("alice", "bob"))
    first = hand_in(alice)
    hand_in(bob)
    if state == "released":
        release(tina, first)
    hand_in_many(app, first, 2, PieceStatus(state))
    paths = [f"desk/?state={state}&prompt=j3", f"desk/{first}?state={state}", f"desk/{first}"]
    few = [queries_of(app, tina, path) for path in paths]
    with app.parts.database.transaction() as session:
        session.execute(update(User).where(User.name.startswith("Person")).values(subject=User.subject + " of before"))
    hand_in_many(app, first, 95, PieceStatus(state))
    assert [queries_of(app, tina, path) for path in paths] == few


def spoil_scores(app: Application, context_id: int) -> int:
    """Released pieces of people and scores of every kind that there may be; gives how many."""
    kinds = list(
        product([None, *DeliveryState], ["", "http_404", COLUMN_DELETED], [False, True], ["", "test", "left", "staff"])
    )
    with app.parts.database.transaction() as session:
        column = session.scalars(select(LineItem)).one()
        for number, (state, problem, is_trial, kind) in enumerate(kinds):
            user = User(
                registration_id=1, subject=f"kind {number}", name=f"Kind {number:03}", is_anonymous=number % 5 == 4
            )
            entry = Entry(context_id=context_id, user=user, prompt="j3", state=EntryState.GRADED)
            piece = {"context_id": context_id, "prompt": "j3", "number": 1, "words": 6, "text": "<p>x</p>"}
            submission = Submission(entry=entry, status=PieceStatus.RELEASED, is_trial=is_trial, **piece)
            session.add(submission)
            session.flush()
            if number % 7:
                role = Role.TRAINER if kind == "staff" else Role.TRAINEE
                member = Membership(context_id=context_id, user_id=user.id, role=role, is_test=kind == "test")
                member.left_at = submission.submitted_at if kind == "left" else None
                session.add(member)
            scores = {
                "line_item_id": column.id,
                "user_id": user.id,
                "source": f"submission/{submission.id}",
                "maximum": 15.0,
            }
            if state:
                # An older one, of which nobody wants to hear any more.
                old = Delivery(**scores, state=DeliveryState.REFUSED, problem="http_500", score_at=entry.begun_at)
                session.add_all([old])
                session.flush()
                session.add(
                    Delivery(**scores, state=state, problem=problem, score_at=entry.saved_at.replace(year=2030))
                )
        return len(kinds)


@pytest.mark.both_databases
def test_what_is_counted_in_the_database_is_what_the_page_says_of_each_piece(
    app: Application, visitor: Arrive, tina: Visitor
) -> None:
    alice = visitor("alice", activity="journal/j3")
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    assert spoil_scores(app, alice.context_id) > 100
    desk = Desk(alice.context_id)
    with app.parts.database.transaction(write=False) as session:
        pieces = session.scalars(select(Submission)).all()
        found = latest_deliveries(session, desk.context_id, [f"submission/{one.id}" for one in pieces])
        members = memberships_of(session, desk.context_id, [one.entry.user_id for one in pieces])
        told = {
            one.id: describe_delivery(
                found.get(f"submission/{one.id}"), members.get(one.entry.user_id), is_trial=one.is_trial
            )
            for one in pieces
        }
        anonymous = {one.id for one in pieces if one.entry.user.is_anonymous and f"submission/{one.id}" not in found}
        sendable = {one for one, status in told.items() if status.sendable} - anonymous
        waiting_for_deleted = {
            one.id
            for one in pieces
            if (delivery := found.get(f"submission/{one.id}"))
            and (delivery.state, delivery.problem) == (DeliveryState.WAITING, COLUMN_DELETED)
        }
        assert {one.id for one in unsent_submissions(session, desk)} == sendable - waiting_for_deleted
        assert count_unsent(session, desk) == len(sendable - waiting_for_deleted)
        refused = refused_scores(session, desk, 1000)
        assert {one.submission.id for one in refused} == {
            one for one, status in told.items() if status.kind == REFUSED and one not in waiting_for_deleted
        }
        first_of_each = refused_scores(session, desk, 1)
        assert sum(one.alike for one in first_of_each) == len(refused)
        assert len({one.reason for one in first_of_each}) == len(first_of_each)
