"""A worker whose claim ran out, since its machine was asleep, say, makes and sends nothing any more."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import Context
from lti_tool.platforms import turns
from lti_tool.scores import columns, delivery_claims, sending
from lti_tool.scores.models import Delivery
from tests.fixtures.school import School
from tests.lti.far_side import Asked, FarSide, Reply, far_side
from tests.scores.marking import hand_in, release

pytestmark = pytest.mark.both_databases

PAGES = 8


@dataclass
class SlowGradebook:
    """A gradebook of many pages; each answer takes `pause` of a clock that all workers look at."""

    school: School
    side: FarSide
    pause: timedelta
    passed: timedelta = timedelta()
    taken_over: list[int] = field(default_factory=list)
    """The pages during which another worker could claim the delivery."""

    def now(self) -> datetime:
        """The present moment, by that clock."""
        return now() + self.passed

    def answer(self, asked: Asked) -> Reply:
        """Pages without our column, then a column that is made, then a score that is taken."""
        if asked.method == "POST":
            made = {"id": f"{self.side.url}/column"} if asked.path == "/columns" else {}
            return Reply(200, {"Content-Type": "application/json"}, json.dumps(made).encode())
        page = int(asked.path.partition("page=")[2] or 1)
        self.passed += self.pause
        with self.school.database.transaction() as session:
            if delivery_claims.claim_next(session) is not None:
                self.taken_over.append(page)
        following = f'<{self.side.url}/columns?page={page + 1}>; rel="next"'
        return Reply(200, {"Link": following} if page < PAGES else {}, b"[]")

    def posted(self) -> list[str]:
        """Where something was posted to."""
        return [asked.path for asked in self.side.asked if asked.method == "POST"]


@pytest.fixture
def gradebook(school: School, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowGradebook]:
    """A released grade whose column is to be looked for there."""
    school.lms.drop_column()
    hand_in(school)
    release(school)
    with far_side() as side:
        slow = SlowGradebook(school, side, delivery_claims.LEASE + timedelta(seconds=1))
        side.answer = slow.answer
        for module in (delivery_claims, columns, sending, turns):
            monkeypatch.setattr(module, "now", slow.now)
        with school.database.transaction() as session:
            session.execute(update(Context).values(lineitems_url=f"{side.url}/columns"))
            session.execute(update(Delivery).values(next_try_at=now() - timedelta(seconds=1)))
        yield slow


def test_a_worker_that_lost_its_claim_makes_and_sends_nothing(gradebook: SlowGradebook) -> None:
    gradebook.school.deliver()
    assert gradebook.taken_over == [1]
    assert gradebook.posted() == []
    newest = gradebook.school.deliveries()[-1]
    assert (newest.state.value, newest.tries) == ("sending", 2), "the other worker has it"
