"""One LMS that is broken, slow or busy costs the others nothing: their scores go out, and its own end in time."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.database import Database, now
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.line_items import LINE_ITEM_SCOPE
from lti_tool.lti.services.scores import SCORE_SCOPE
from lti_tool.people.models import Context, User
from lti_tool.platforms.models import PlatformTurn, Registration
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.scores import delivery_claims
from lti_tool.scores.column_checks import look_for_columns
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.scores.sending import deliver_due
from tests.fixtures.school import School
from tests.fixtures.waiting import until
from tests.lti.far_side import Asked, FarSide, Reply, far_side
from tests.scores.marking import POINTS, hand_in, release

pytestmark = pytest.mark.both_databases
COURSES = 3


@dataclass
class Broken:
    """A second LMS with a grade waiting in each of its courses; its column list never ends."""

    school: School
    side: FarSide
    pause: float = 0.0
    """Seconds before each answer."""
    goes_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, asked: Asked) -> Reply:
        """A token, or one more page without our column, when it is time for that."""
        if asked.path == "/token":
            return Reply(body=b'{"access_token": "t", "expires_in": 3600}')
        self.goes_on.wait(30)
        time.sleep(self.pause)
        course, _, page = asked.path.partition("?")
        number = int(page.rpartition("=")[2]) if "page=" in page else 0
        return Reply(200, {"Link": f'<{self.side.url}{course}?page={number + 1}>; rel="next"'}, b"[]")

    def pages(self) -> int:
        """How many pages of column lists it was asked for."""
        return sum(asked.path.startswith("/course") for asked in self.side.asked)

    def deliveries(self) -> list[Delivery]:
        """The grades on their way to it."""
        with self.school.database.transaction(write=False) as session:
            theirs = select(Delivery).join(User).join(Registration, Registration.id == User.registration_id)
            return list(
                session.scalars(theirs.where(Registration.issuer == "https://broken.example").order_by(Delivery.id))
            )


@pytest.fixture
def broken(school: School) -> Iterator[Broken]:
    """The broken LMS, whose grades wait longer than anybody's."""
    with far_side() as side:
        broken = Broken(school, side)
        side.answer = broken.answer
        with school.database.transaction() as session:
            platform = Platform("https://broken.example", "c", side.url, f"{side.url}/token", side.url)
            registration = add_registration(session, platform, "1", "Broken LMS")
            user = User(registration_id=registration.id, subject="7", name="Carla Costa")
            session.add(user)
            session.flush()
            for number in range(COURSES):
                context = Context(
                    deployment_id=registration.deployments[0].id,
                    lti_id=str(number),
                    lineitems_url=f"{side.url}/course{number}",
                    grade_scopes=f"{LINE_ITEM_SCOPE} {SCORE_SCOPE}",
                )
                session.add(context)
                session.flush()
                column = LineItem(context_id=context.id, registration_id=registration.id, activity="journal/j3")
                session.add(column)
                session.flush()
                due = now() - timedelta(minutes=10)
                score = {"points": 5, "maximum": 15, "score_at": due.replace(microsecond=0), "next_try_at": due}
                session.add(
                    Delivery(line_item_id=column.id, user_id=user.id, source=f"submission/{90 + number}", **score)
                )
        yield broken
        broken.goes_on.set()


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Where it is not about their number."""
    monkeypatch.setattr("lti_tool.lti.services.line_items.MOST_PAGES", 2)
    return 2


def test_a_column_list_that_never_ends_is_left_after_twenty_pages(broken: Broken) -> None:
    broken.goes_on.set()
    broken.school.deliver()
    assert broken.pages() == 20 * COURSES
    assert {(one.state.value, one.problem) for one in broken.deliveries()} == {("refused", "pages_without_end")}


def test_a_delivery_ends_when_its_time_is_over(broken: Broken) -> None:
    broken.pause = 0.15
    broken.goes_on.set()
    began = time.monotonic()
    deliver_due(broken.school.database, broken.school.services_for, longest=0.4)
    assert time.monotonic() - began < 3, "twenty pages take as long by themselves"
    first, *others = broken.deliveries()
    assert first.problem in {"too_slow", "timed_out"}
    assert (first.state.value, first.tries) == ("waiting", 1)
    assert [one.tries for one in others] == [0, 0], "it is left alone for a while"


def test_a_call_that_hangs_is_cut_off_when_the_time_of_the_delivery_is_over(broken: Broken) -> None:
    began = time.monotonic()
    deliver_due(broken.school.database, broken.school.services_for, longest=0.3)
    assert time.monotonic() - began < 3
    assert broken.deliveries()[0].problem == "timed_out"


def test_three_courses_of_a_hanging_lms_hold_one_worker_and_no_other_schools_grade(
    broken: Broken, few_pages: int
) -> None:
    hand_in(broken.school)
    release(broken.school)
    with ThreadPoolExecutor(2) as workers:
        hanging = workers.submit(broken.school.deliver)
        until(broken.pages, "the first course's column list")
        broken.school.deliver()
        assert broken.school.lms.results() == {"alice": POINTS}
        assert not hanging.done()
        assert broken.pages() == 1, "its other courses wait for their turn"
        broken.goes_on.set()
        hanging.result(30)
    assert broken.pages() == few_pages * COURSES, "and got it"


def test_a_school_with_one_grade_waits_for_one_of_a_school_with_many(broken: Broken, few_pages: int) -> None:
    hand_in(broken.school)
    release(broken.school)
    broken.goes_on.set()
    seen: list[int] = []
    served = broken.answer

    def count(asked: Asked) -> Reply:
        seen.append(len(broken.school.lms.scores()))
        return served(asked)

    broken.side.answer = count
    broken.school.deliver()
    calls = [count for asked, count in zip(broken.side.asked, seen, strict=True) if asked.path.startswith("/course")]
    assert calls == [0] * few_pages + [1] * few_pages * 2, "the second course's turn comes after the other school's"


def test_however_many_workers_there_are_an_lms_gets_one_call_at_a_time(broken: Broken, few_pages: int) -> None:
    under_way: list[Asked] = []
    most: list[int] = []

    def answer(asked: Asked) -> Reply:
        under_way.append(asked)
        most.append(len(under_way))
        time.sleep(0.02)
        under_way.remove(asked)
        return broken.answer(asked)

    broken.goes_on.set()
    broken.side.answer = answer
    with ThreadPoolExecutor(4) as workers:
        for one in [workers.submit(broken.school.deliver) for _ in range(4)]:
            one.result(30)
    # Whoever finds the turn taken has ended; whoever has it goes on until nothing is due.
    assert broken.pages() == few_pages * COURSES
    assert max(most) == 1


def test_looking_for_columns_of_a_hanging_lms_ends_in_time_and_other_schools_are_looked_for(
    broken: Broken, few_pages: int
) -> None:
    hand_in(broken.school)
    release(broken.school)
    broken.goes_on.set()
    broken.school.deliver()
    broken.goes_on.clear()
    with broken.school.database.transaction() as session:
        theirs = session.scalars(select(LineItem).where(LineItem.url == "").order_by(LineItem.id)).all()
        for number, column in enumerate(theirs):
            column.url = f"{broken.side.url}/course{number}"
        session.flush()
        session.execute(update(LineItem).values(is_doubted=True))
    broken.side.asked.clear()
    began = time.monotonic()
    look_for_columns(broken.school.database, broken.school.services_for, longest=0.3)
    assert time.monotonic() - began < 5
    assert broken.pages() == 1, "it is left alone for a while then"
    with broken.school.database.transaction(write=False) as session:
        doubted = session.scalars(select(LineItem.url).where(LineItem.is_doubted).order_by(LineItem.id)).all()
    assert doubted == [f"{broken.side.url}/course1", f"{broken.side.url}/course2"], "the school's own was looked for"


def test_a_worker_that_begins_asks_for_another_where_another_school_waits(broken: Broken) -> None:
    hand_in(broken.school)
    release(broken.school)
    asked_for: list[frozenset[str]] = []
    database = Database(
        broken.school.app.parts.database.engine.url.render_as_string(hide_password=False), asked_for.append
    )
    with database.transaction() as session:
        assert delivery_claims.claim_next(session) is not None
    assert asked_for == [frozenset({delivery_claims.JOB})]
    with database.transaction() as session:
        assert delivery_claims.claim_next(session) is not None
    assert len(asked_for) == 1, "nobody else waits"
    with database.transaction() as session:
        assert delivery_claims.claim_next(session) is None, "of each school one is under way"


def test_a_worker_that_died_in_its_turn_holds_its_lms_up_no_longer_than_its_hold(broken: Broken) -> None:
    with broken.school.database.transaction() as session:
        assert delivery_claims.claim_next(session) is not None
    with broken.school.database.transaction(write=False) as session:
        due = delivery_claims.next_due(session)
    assert due is not None
    assert now() < due <= now() + delivery_claims.LEASE, "nobody is woken up for nothing meanwhile"
    with broken.school.database.transaction() as session:
        session.execute(update(PlatformTurn).values(held_until=now()))
        assert delivery_claims.claim_next(session) is not None
