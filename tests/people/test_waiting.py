"""Rosters that are read while people arrive, and two at once: nobody may wait in a ring, on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Context, Role
from lti_tool.people.roster import Listed, list_members
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from tests.fixtures.databases import on_postgresql
from tests.fixtures.tool import Arrive


@on_postgresql
def test_somebody_arrives_while_the_roster_that_names_them_is_read(app: Application, visitor: Arrive) -> None:
    database, alice = app.parts.database, visitor("alice")
    with database.transaction(write=False) as session:
        launch = session.get_one(Launch, alice.launch_id)
        context = session.get_one(Context, alice.context_id)
        subject = launch.user.subject
    again = Arrival(subject, "Alice Adams", Role.TRAINEE, context.lti_id, "Parents", "link", "Piece", "journal/j3")
    has_course, goes_on = threading.Event(), threading.Event()

    def read() -> None:
        with database.transaction() as session:
            session.execute(update(Context).where(Context.id == context.id).values(roster_claimed_until=now()))
            has_course.set()
            goes_on.wait(1)  # the launch comes as far as it can without the course
            list_one(session, launch.registration_id, context.id, [subject])

    def come() -> None:
        has_course.wait(5)
        with database.transaction() as session:
            arrive(session, launch.registration_id, launch.deployment_id, again)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(read), pool.submit(come)]:
            one.result(20)


@on_postgresql
def test_two_courses_of_the_same_people_are_read_at_once(app: Application, visitor: Arrive) -> None:
    database, alice = app.parts.database, visitor("alice")
    with database.transaction() as session:
        launch = session.get_one(Launch, alice.launch_id)
        other = Context(deployment_id=launch.deployment_id, lti_id="another course")
        session.add(other)
        session.flush()
        courses = [(alice.context_id, list(range(400))), (other.id, list(range(399, -1, -1)))]
    together = threading.Barrier(2)

    def read(context_id: int, people: list[int]) -> None:
        with database.transaction() as session:
            together.wait(5)
            list_one(session, launch.registration_id, context_id, [f"person-{number:03}" for number in people])

    for _ in range(3):
        with ThreadPoolExecutor(2) as pool:
            for one in [pool.submit(read, *course) for course in courses]:
                one.result(20)


def list_one(session: Session, registration_id: int, context_id: int, subjects: list[str]) -> None:
    members = [Listed(subject, f"Name of {subject}", Role.TRAINEE) for subject in subjects]
    list_members(session, registration_id=registration_id, context_id=context_id, members=members, at=now())
