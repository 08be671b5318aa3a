"""Reads rosters that are due: page by page, one transaction a page, and no reading twice at once (NRPS 2.0)."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from lti_tool.database import Database
from lti_tool.lti.errors import RateLimited, ServiceFailed
from lti_tool.lti.network.deadlines import time_left, within
from lti_tool.lti.roles import is_test_user, role_of
from lti_tool.lti.services.calls import PlatformServices, ServicesFor
from lti_tool.lti.services.groups import read_groups
from lti_tool.lti.services.members import Member, read_members
from lti_tool.people.course_groups import Move, follow_groups, join_groups
from lti_tool.people.models import Role, SchoolTeam
from lti_tool.people.roster import Listed, list_members
from lti_tool.platforms.launches.ending import end_of_changed
from lti_tool.platforms.rosters.schedule import (
    GROUPS_SHARE,
    LONGEST,
    TOO_SLOW,
    Overtaken,
    Reading,
    claim,
    hold,
    next_due,
    settle,
)

log = logging.getLogger("lti_tool.rosters")

MOST_MEMBERS, MOST_GROUPS = 50_000, 5_000
"""Of one course: a list that goes on beyond that is out of order."""
TOO_LARGE = "roster_too_large"

OnTeam = Callable[[Session, SchoolTeam], object]
OnMove = Callable[[Session, Move], object]


def read_due_rosters(
    database: Database, services_for: ServicesFor, on_team: OnTeam, on_move: OnMove, longest: timedelta = LONGEST
) -> datetime | None:
    """Read every roster that is due; one that fails stops no other. Gives the moment of the next.

    `on_team` is what another room does with each team that is a course group, whenever that is read, and `on_move` what
    it does where somebody came into such a team; `longest` is what one reading may take. Registrations take turns, a
    roster each.
    """
    while True:
        with database.transaction() as session:
            reading = claim(session)
        if reading is None:
            break
        with within(longest.total_seconds()):
            failed = _read(_Step(database, services_for(reading.platform), reading, on_team, on_move, longest))
        with database.transaction() as session:
            settle(session, reading, failed)
    with database.transaction(write=False) as session:
        return next_due(session)


@dataclass(frozen=True)
class _Step:
    """One reading with what it needs."""

    database: Database
    services: PlatformServices
    reading: Reading
    on_team: OnTeam
    on_move: OnMove
    longest: timedelta


def _read(step: _Step) -> ServiceFailed | None:
    """Read it to the end; gives what went wrong, if anything did."""
    reading = step.reading
    try:
        with_groups = bool(reading.groups_url) and _read_groups(step)
        for page in _pages(step.services, reading, with_groups=with_groups):
            with step.database.transaction() as session:
                hold(session, reading, step.longest)
                for move in _keep(session, reading, page):
                    step.on_move(session, move)
    except ServiceFailed as failed:
        log.warning("roster of course %s: %s", reading.context_id, failed)
        return ServiceFailed(TOO_SLOW, permanent=True) if time_left() <= 0 else failed
    except Overtaken:
        return ServiceFailed("overtaken", permanent=False)
    except Exception:
        # Nothing may stop the rosters behind this one; the log says what to mend.
        log.exception("roster of course %s failed", reading.context_id)
        return ServiceFailed("fault_of_ours", permanent=True)
    return None


def _read_groups(step: _Step) -> bool:
    """Let the course's groups be teams; says whether all of them are.

    Where a platform refuses them, fails or takes too long over them, its roster is read all the same, and whoever reads
    it the next time tries them again.
    """
    context_id, longest = step.reading.context_id, step.longest * GROUPS_SHARE
    count = 0
    try:
        with within(longest.total_seconds()):
            for groups in read_groups(step.services, step.reading.groups_url):
                count += len(groups)
                _check_size(count, MOST_GROUPS)
                with step.database.transaction() as session:
                    hold(session, step.reading, longest)
                    for team in follow_groups(session, context_id, [(group.id, group.name) for group in groups]):
                        step.on_team(session, team)
    except RateLimited:
        raise  # a pause is from all calls
    except ServiceFailed as failed:
        log.warning("groups of course %s: %s", context_id, failed)
        return False
    return True


def _pages(services: PlatformServices, reading: Reading, *, with_groups: bool) -> Iterator[list[Listed]]:
    """The members in parts, also where the platform knows no pages: so nobody else who writes is held up for long."""
    role, link_id = reading.query.get("role"), reading.query.get("rlid")
    count = 0
    for part in read_members(services, reading.roster_url, role=role, link_id=link_id, with_groups=with_groups):
        count += len(part)
        _check_size(count, MOST_MEMBERS)
        yield [_listed(member, reading.by_institution, with_groups=with_groups) for member in part]


def _check_size(count: int, most: int) -> None:
    if count > most:
        raise ServiceFailed(TOO_LARGE, permanent=True)


def _listed(member: Member, by_institution: bool, *, with_groups: bool) -> Listed:
    is_test = is_test_user(member.roles)
    # Some rosters give a test student no other role.
    role = Role.TRAINEE if is_test else Role(role_of(member.roles, by_institution=by_institution))
    # Before all groups are known, somebody of two would join the wrong one, and who is in a team stays in it.
    return Listed(member.user_id, member.name, role, is_test, member.groups if with_groups else ())


def _keep(session: Session, reading: Reading, page: list[Listed]) -> list[Move]:
    reading.named.update(member.role.value for member in page if not member.is_test)
    kept = list_members(
        session,
        registration_id=reading.registration_id,
        context_id=reading.context_id,
        members=page,
        at=reading.begun_at,
    )
    trainees = (member for member in page if member.groups and member.role is Role.TRAINEE)
    end_of_changed(session, reading.context_id, kept.changed, reading.begun_at)
    return join_groups(session, reading.context_id, {kept.ids[member.subject]: member.groups for member in trainees})
