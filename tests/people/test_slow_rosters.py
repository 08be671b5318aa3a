"""Rosters and groups that take long, never end or name too many: the worker is let go, and the trainer is told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from lti_tool.database import now
from lti_tool.people.models import Context, TeamMember
from lti_tool.platforms.rosters import reading, schedule
from tests.fixtures.school import School
from tests.lti.far_side import Asked, FarSide, Reply, far_side

LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
A_PAGE = 100


@dataclass
class EndlessClass:
    """A platform whose lists have as many pages as one likes; each takes `pause` of a clock that all workers see."""

    school: School
    side: FarSide
    members: int = 10**9
    groups: int = 0
    pause: timedelta = timedelta(minutes=4)
    passed: timedelta = timedelta()
    taken_over: list[str] = field(default_factory=list)
    """What was being read when another worker could claim the roster."""

    def now(self) -> datetime:
        """The present moment, by that clock."""
        return now() + self.passed

    def answer(self, asked: Asked) -> Reply:
        """A token, or the next page."""
        if asked.path == "/token":
            return Reply(body=b'{"access_token": "t", "expires_in": 3600}')
        path, _, query = asked.path.partition("?")
        self.passed += self.pause
        with self.school.database.transaction() as session:
            if schedule.claim(session) is not None:
                self.taken_over.append(path)
        kind, size, describe = KINDS[path]
        start = int(query.rpartition("from=")[2]) if "from=" in query else 0
        end = min(start + A_PAGE, getattr(self, size))
        following = f'<{self.side.url}{path}?from={end}>; rel="next"'
        body = json.dumps({kind: [describe(number) for number in range(start, end)]}).encode()
        return Reply(200, {"Link": following} if end < getattr(self, size) else {}, body)

    def pages(self, path: str) -> int:
        """How many pages of this list were asked for."""
        return sum(asked.path.startswith(path) for asked in self.side.asked)


def member(number: int) -> dict[str, object]:
    return {
        "user_id": f"person-{number}",
        "name": f"Person {number} of the class",
        "roles": [LEARNER],
        "group_enrollments": [{"group_id": str(number)}],
    }


KINDS: dict[str, tuple[str, str, Callable[[int], dict[str, object]]]] = {
    "/members": ("members", "members", member),
    "/groups": ("groups", "groups", lambda number: {"id": number, "name": f"School {number}"}),
}


@pytest.fixture
def endless(school: School, monkeypatch: pytest.MonkeyPatch) -> Iterator[EndlessClass]:
    """The course's roster and groups are there, and due."""
    school.walk_in("tina", "desk")
    with far_side() as side:
        endless = EndlessClass(school, side)
        side.answer = endless.answer
        monkeypatch.setattr(schedule, "now", endless.now)
        school.allow(token_url=f"{side.url}/token")
        with school.database.transaction() as session:
            session.execute(update(Context).values(roster_url=f"{side.url}/members"))
        yield endless


def told(endless: EndlessClass) -> str:
    """The members page as Tina sees it."""
    return endless.school.walk_in("tina", "desk").get("members/").text


@pytest.mark.both_databases
def test_a_reading_that_takes_too_long_ends_is_told_and_tried_another_night(endless: EndlessClass) -> None:
    again = endless.school.read_rosters()
    assert endless.pages("/members") == 4, "sixteen minutes of fifteen"
    assert endless.taken_over == []
    assert endless.school.context().roster_problem == "roster_too_slow"
    assert again is not None
    assert again > endless.now()
    assert [one for one in endless.school.members().values() if one.left_at] == []
    assert "took too long" in told(endless)


def test_a_roster_of_too_many_ends_is_told_and_tried_another_night(
    endless: EndlessClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_MEMBERS", 250)
    endless.pause = timedelta()
    again = endless.school.read_rosters()
    assert endless.pages("/members") == 3
    assert endless.school.context().roster_problem == "roster_too_large"
    assert again is not None
    assert again > endless.now()
    assert "more people than" in told(endless)


@pytest.mark.both_databases
def test_groups_are_kept_page_by_page_under_a_lease_that_is_renewed(endless: EndlessClass) -> None:
    endless.members, endless.groups, endless.pause = 150, 250, timedelta(minutes=2)
    with endless.school.database.transaction() as session:
        session.execute(update(Context).values(groups_url=f"{endless.side.url}/groups"))
    endless.school.read_rosters()
    assert endless.taken_over == []
    assert (endless.pages("/groups"), endless.pages("/members")) == (3, 2)
    assert endless.school.context().roster_problem == ""
    assert len(endless.school.teams()) == 250


def test_groups_without_end_cost_no_roster(endless: EndlessClass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_GROUPS", 150)
    endless.members, endless.groups, endless.pause = 20, 10**9, timedelta()
    with endless.school.database.transaction() as session:
        session.execute(update(Context).values(groups_url=f"{endless.side.url}/groups"))
    endless.school.read_rosters()
    assert endless.pages("/groups") == 2
    assert endless.school.context().roster_problem == ""
    assert len(endless.school.members()) == 21


def test_slow_groups_leave_a_roster_its_time_and_are_read_another_time(endless: EndlessClass) -> None:
    endless.members, endless.groups, endless.pause = 150, 10**9, timedelta(minutes=2)
    with endless.school.database.transaction() as session:
        session.execute(update(Context).values(groups_url=f"{endless.side.url}/groups"))
    endless.school.read_rosters()
    context = endless.school.context()
    assert (context.roster_problem, context.roster_read_at is None) == ("", False)
    assert (endless.pages("/groups"), endless.pages("/members")) == (4, 2), "half the time is the members'"
    assert len(endless.school.members()) == 151
    assert members_of_teams(endless) == 0, "who is in which group is not known before all groups are"
    endless.groups = 150
    endless.school.let_time_pass()
    endless.school.read_rosters()
    assert members_of_teams(endless) == 150


def members_of_teams(endless: EndlessClass) -> int:
    """How many people are in a team."""
    with endless.school.database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(TeamMember)) or 0
