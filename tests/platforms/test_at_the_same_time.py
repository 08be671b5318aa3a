"""Several at once, on both databases: people who arrive, workers who claim, scores that are released, keys."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Membership, Role, User
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.launches.ending import end_of_former
from lti_tool.platforms.models import Ending, Launch, ToolKeyRecord
from lti_tool.scores.delivery_claims import Claimed, claim_next, finish
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.scores.outbox import queue_score
from lti_tool.web.application import Application
from tests.fixtures.databases import on_postgresql
from tests.fixtures.tool import Arrive, Visitor, give_column

pytestmark = pytest.mark.both_databases
MANY = 6
SECRET = "a secret for tests, long enough to be one"
Result = TypeVar("Result")


def at_once(number: int, work: Callable[[], Result]) -> list[Result]:
    """What the work gives in so many threads that begin at the same moment."""
    ready = threading.Barrier(number)

    def begin() -> Result:
        ready.wait(10)
        return work()

    with ThreadPoolExecutor(number) as pool:
        return [one.result(20) for one in [pool.submit(begin) for _ in range(number)]]


def release(database: Database, visitor: Visitor, source: str = "submission/1") -> Delivery | None:
    with database.transaction() as session:
        return queue(session, visitor, source)


def queue(session: Session, visitor: Visitor, source: str = "submission/1") -> Delivery | None:
    return queue_score(
        session,
        context_id=visitor.context_id,
        activity="journal/j3",
        user_id=visitor.user_id,
        source=source,
        points=9,
        maximum=15,
    )


def test_people_who_come_and_go_in_one_browser_at_once_wait_in_no_ring(app: Application, visitor: Arrive) -> None:
    made = [visitor(who) for who in ("alice", "bob", "carla", "alice", "bob", "carla")]
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).values(computer_hash="one"))
    turns = iter(made)

    def come() -> None:
        mine = next(turns)
        with app.parts.database.transaction() as session:
            end_of_former(session, session.get_one(Launch, mine.launch_id), is_anonymous=False)

    at_once(MANY, come)
    with app.parts.database.transaction(write=False) as session:
        assert set(session.scalars(select(Launch.ending))) == {Ending.NEXT_PERSON}


def test_a_new_person_who_arrives_in_two_tabs_at_once_is_one_person(app: Application, visitor: Arrive) -> None:
    before = visitor("alice")
    with app.parts.database.transaction(write=False) as session:
        known = session.get_one(Launch, before.launch_id)
    new = Arrival("bob", "Bob Brown", Role.TRAINEE, "another course", "Parents", "link", "Piece", "journal/j3")

    def come() -> int:
        with app.parts.database.transaction() as session:
            return arrive(session, known.registration_id, known.deployment_id, new).user_id

    assert len(set(at_once(MANY, come))) == 1
    with app.parts.database.transaction(write=False) as session:
        assert session.scalar(select(func.count()).select_from(User).where(User.subject == "bob")) == 1
        assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_of_an_lms_one_score_is_claimed_at_a_time_and_by_one_worker_alone(app: Application, visitor: Arrive) -> None:
    database = app.parts.database
    alice, bob = visitor("alice"), visitor("bob")
    give_column(database, alice, "journal/j3", "https://lms.school.example/1")
    release(database, alice)
    release(database, bob)

    def claim() -> Claimed | None:
        with database.transaction() as session:
            return claim_next(session)

    (first,) = [one for one in at_once(MANY, claim) if one]
    with database.transaction() as session:
        finish(session, first, state=DeliveryState.SENT)
    (second,) = [one for one in at_once(MANY, claim) if one]
    assert first.id != second.id


def test_scores_of_one_person_that_are_released_at_once_get_a_second_each(app: Application, visitor: Arrive) -> None:
    database, alice = app.parts.database, visitor("alice")
    give_column(database, alice, "journal/j3", "https://lms.school.example/1")
    made = at_once(4, lambda: release(database, alice))
    assert len({one.score_at for one in made if one}) == 4


@on_postgresql
def test_a_release_of_many_does_not_hold_up_another_persons_score(app: Application, visitor: Arrive) -> None:
    """On PostgreSQL: a lock on the column would let two trainers wait for each other's pieces until one fails."""
    database, alice, bob = app.parts.database, visitor("alice"), visitor("bob")
    give_column(database, alice, "journal/j3", "https://lms.school.example/1")
    release(database, alice)  # the first one of all writes down what the course calls the column
    with ThreadPoolExecutor(1) as pool, database.transaction() as session:
        queue(session, alice)
        assert pool.submit(release, database, bob, "submission/2").result(5)


@on_postgresql
def test_somebody_without_a_name_arrives_while_their_score_is_being_released(app: Application, visitor: Arrive) -> None:
    """On PostgreSQL: who waits for a person's row while holding the course's could wait in a ring."""
    database, alice = app.parts.database, visitor("alice")
    give_column(database, alice, "journal/j3", "https://lms.school.example/1")
    with database.transaction(write=False) as session:
        known = session.get_one(Launch, alice.launch_id)
    nameless = Arrival("alice", "", Role.TRAINEE, "c1", "", "", "", "journal/j3")

    def come() -> int:
        with database.transaction() as session:
            return arrive(session, known.registration_id, known.deployment_id, nameless).user_id

    with ThreadPoolExecutor(1) as pool, database.transaction() as session:
        queue(session, alice)
        assert pool.submit(come).result(10) == alice.user_id


def test_a_key_that_another_process_made_at_the_same_moment_is_published(database: Database) -> None:
    ours, theirs = ToolKeys(database, SECRET), ToolKeys(database, SECRET)
    first = ours.current().kid
    with database.transaction() as session:
        record = session.scalars(select(ToolKeyRecord)).one()
        kept = {"kid": record.kid, "encrypted_pem": record.encrypted_pem, "created_at": record.created_at}
        session.execute(delete(ToolKeyRecord))
    second = theirs.current().kid
    with database.transaction() as session:
        session.add(ToolKeyRecord(**kept))
    assert {key["kid"] for key in ours.public()["keys"]} == {first, second}


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), database.transaction(write=False) as session:
        session.add(ToolKeyRecord(kid="k", encrypted_pem="p", created_at=now()))
    with database.transaction() as session:
        session.add(ToolKeyRecord(kid="k", encrypted_pem="p", created_at=now()))


def test_an_error_of_the_database_names_no_value(database: Database) -> None:
    same = {"kid": "k", "encrypted_pem": "Alice Adams writes", "created_at": now()}
    with pytest.raises(DBAPIError) as caught, database.transaction() as session:
        session.execute(insert(ToolKeyRecord), [same, same])
    assert "Alice Adams" not in str(caught.value)
