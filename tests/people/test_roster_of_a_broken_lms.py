"""An LMS whose roster hangs holds one worker for as long as one reading may take, and no other LMS's roster up."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.lti.platform import Platform
from lti_tool.people.models import Context
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.platforms.rosters.reading import read_due_rosters
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.team_membership import note_move
from tests.fixtures.school import School
from tests.fixtures.waiting import until
from tests.lti.far_side import Asked, FarSide, Reply, far_side

pytestmark = pytest.mark.both_databases
COURSES = 3


@dataclass
class Hanging:
    """A second LMS with some courses, whose rosters are due and do not come."""

    school: School
    side: FarSide
    goes_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, asked: Asked) -> Reply:
        """A token, or a roster when it is time for that."""
        if asked.path == "/token":
            return Reply(body=b'{"access_token": "t", "expires_in": 3600}')
        self.goes_on.wait(30)
        return Reply(body=b'{"members": [{"user_id": "1", "roles": ["Learner"]}]}')

    def rosters(self) -> list[str]:
        """Which it was asked for."""
        return [asked.path.partition("?")[0] for asked in self.side.asked if asked.path != "/token"]

    def problems(self) -> list[str]:
        """What became of the readings."""
        with self.school.database.transaction(write=False) as session:
            theirs = select(Context).where(Context.roster_url.startswith(self.side.url)).order_by(Context.id)
            return [context.roster_problem for context in session.scalars(theirs)]


@pytest.fixture
def hanging(school: School) -> Iterator[Hanging]:
    """The hanging LMS; its rosters wait longer than the school's."""
    school.walk_in("tina", "desk")
    with far_side() as side:
        hanging = Hanging(school, side)
        side.answer = hanging.answer
        with school.database.transaction() as session:
            platform = Platform("https://hanging.example", "c", side.url, f"{side.url}/token", side.url)
            deployment = add_registration(session, platform, "1", "Hanging LMS").deployments[0].id
            due = now() - timedelta(minutes=10)
            for number in range(COURSES):
                url = f"{side.url}/{number}"
                session.add(Context(deployment_id=deployment, lti_id=url, roster_url=url, roster_due_at=due))
        yield hanging
        hanging.goes_on.set()


def test_another_schools_roster_is_read_while_one_hangs(hanging: Hanging) -> None:
    with ThreadPoolExecutor(2) as workers:
        waiting = workers.submit(hanging.school.read_rosters)
        until(hanging.rosters)
        hanging.school.read_rosters()
        assert len(hanging.school.members()) == 4
        assert not waiting.done()
        assert hanging.rosters() == ["/0"], "its other courses wait for their turn"
        hanging.goes_on.set()
        waiting.result(30)
    assert hanging.rosters() == ["/0", "/1", "/2"], "and got it"
    assert hanging.problems() == ["", "", ""]


def test_a_reading_that_hangs_is_cut_off_and_the_next_registration_has_its_turn(hanging: Hanging) -> None:
    began = time.monotonic()
    read_due_rosters(hanging.school.database, hanging.school.services_for, create_map, note_move, timedelta(seconds=1))
    assert time.monotonic() - began < 15
    assert hanging.rosters()[0] == "/0"
    assert hanging.problems()[0] == "roster_too_slow"
    assert len(hanging.school.members()) == 4


def test_a_reading_that_is_cut_off_while_groups_hang_leaves_the_roster_its_time(hanging: Hanging) -> None:
    with hanging.school.database.transaction() as session:
        theirs = Context.roster_url.startswith(hanging.side.url)
        session.execute(
            update(Context)
            .where(theirs, Context.roster_url.endswith("/0"))
            .values(groups_url=f"{hanging.side.url}/groups")
        )
        session.execute(update(Context).where(theirs, ~Context.roster_url.endswith("/0")).values(roster_due_at=None))
    hung = hanging.answer

    def answer(asked: Asked) -> Reply:
        if not asked.path.startswith("/groups"):
            hanging.goes_on.set()
        return hung(asked)

    hanging.side.answer = lambda asked: hung(asked) if asked.path.startswith(("/groups", "/token")) else answer(asked)
    read_due_rosters(hanging.school.database, hanging.school.services_for, create_map, note_move, timedelta(seconds=4))
    assert hanging.rosters()[:2] == ["/groups", "/0"]
    assert hanging.problems()[0] == ""
