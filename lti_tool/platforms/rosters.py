"""Reads rosters that are due: page by page, one transaction a page, and no reading twice at once (NRPS 2.0)."""

import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, case, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.groups import CourseGroup, read_groups
from lti_tool.lti.members import Member, read_members
from lti_tool.lti.platform import Platform
from lti_tool.lti.roles import is_test_user, role_of
from lti_tool.lti.services import PlatformServices, ServicesFor
from lti_tool.people.grouping import follow_groups, join_groups
from lti_tool.people.listing import Listed, list_members, mark_left
from lti_tool.people.models import Context, Membership, Role, SchoolTeam
from lti_tool.platforms.models import Deployment, Registration
from lti_tool.platforms.pausing import may_be_called, pause_after
from lti_tool.platforms.registering import platform_of

log = logging.getLogger("lti_tool.rosters")

LEASE = timedelta(minutes=5)
"""Taken anew with each page; longer than all time-outs of one page together."""
FIRST_TRY_AGAIN, LATER_TRY_AGAIN = timedelta(minutes=5), timedelta(hours=1)
ASLEEP = timedelta(days=60)
"""A course that nobody has opened for so long is not read at night any more; the next launch wakes it."""
NIGHT = (time(1), 3 * 3600)
"""From when (UTC), and over how many seconds readings are spread."""

OnTeam = Callable[[Session, SchoolTeam], object]


@dataclass
class Reading:
    """A roster that this worker alone reads now."""

    context_id: int
    registration_id: int
    platform: Platform
    roster_url: str
    groups_url: str
    query: dict[str, str]
    begun_at: datetime
    claimed_until: datetime


class _Overtaken(Exception):
    """The lease ran out and another worker reads the roster."""


def read_due_rosters(database: Database, services_for: ServicesFor, on_team: OnTeam) -> datetime | None:
    """Read every roster that is due; one that fails stops no other. Gives the moment of the next.

    `on_team` is what another room does with each team that is a course group, whenever that is read.
    """
    while True:
        with database.transaction() as session:
            reading = _claim(session)
        if reading is None:
            break
        failed = _read(database, services_for, reading, on_team)
        with database.transaction() as session:
            _settle(session, reading, failed)
    with database.transaction(write=False) as session:
        return _next_due(session)


def _claim(session: Session) -> Reading | None:
    due = (
        select(Context, Registration)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(
            Context.roster_url != "",
            Context.roster_due_at <= now(),
            or_(Context.roster_claimed_until.is_(None), Context.roster_claimed_until <= now()),
            may_be_called(),
        )
        .order_by(Context.roster_due_at, Context.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Context)
    )
    found = session.execute(due).first()
    if found is None:
        return None
    context, registration = found
    begun_at = now()
    context.roster_claimed_until = begun_at + LEASE
    return Reading(
        context.id,
        registration.id,
        platform_of(registration),
        context.roster_url,
        context.groups_url,
        dict([context.roster_query.split("=", 1)] if context.roster_query else []),
        begun_at,
        context.roster_claimed_until,
    )


def _read(database: Database, services_for: ServicesFor, reading: Reading, on_team: OnTeam) -> ServiceFailed | None:
    """Read it to the end; gives what went wrong, if anything did."""
    try:
        services = services_for(reading.platform)
        with_groups = bool(reading.groups_url) and _read_groups(database, services, reading, on_team)
        for page in _pages(services, reading, with_groups=with_groups):
            with database.transaction() as session:
                _hold(session, reading)
                _keep(session, reading, page)
    except ServiceFailed as failed:
        log.warning("roster of course %s: %s", reading.context_id, failed)
        return failed
    except _Overtaken:
        return ServiceFailed("overtaken", permanent=False)
    except Exception:
        # Nothing may stop the rosters behind this one; the log says what to mend.
        log.exception("roster of course %s failed", reading.context_id)
        return ServiceFailed("fault_of_ours", permanent=True)
    return None


def _read_groups(database: Database, services: PlatformServices, reading: Reading, on_team: OnTeam) -> bool:
    """Let the course's groups be teams; a platform that refuses them still has its roster read."""
    try:
        groups: list[CourseGroup] = list(read_groups(services, reading.groups_url))
    except ServiceFailed as failed:
        if not failed.permanent:
            raise
        log.warning("groups of course %s: %s", reading.context_id, failed)
        return False
    with database.transaction() as session:
        _hold(session, reading)
        for team in follow_groups(session, reading.context_id, [(group.id, group.name) for group in groups]):
            on_team(session, team)
    return True


def _pages(services: PlatformServices, reading: Reading, *, with_groups: bool) -> Iterator[list[Listed]]:
    role, link_id = reading.query.get("role"), reading.query.get("rlid")
    for page in read_members(services, reading.roster_url, role=role, link_id=link_id, with_groups=with_groups):
        yield [_listed(member) for member in page]


def _listed(member: Member) -> Listed:
    is_test = is_test_user(member.roles)
    # Some rosters give a test student no other role.
    role = Role.TRAINEE if is_test else Role(role_of(member.roles))
    return Listed(member.user_id, member.name, role, is_test, member.groups)


def _hold(session: Session, reading: Reading) -> None:
    """Take the lease anew; raises _Overtaken where another worker has it."""
    until = now() + LEASE
    held = session.execute(
        update(Context)
        .where(Context.id == reading.context_id, Context.roster_claimed_until == reading.claimed_until)
        .values(roster_claimed_until=until)
    )
    if cast("CursorResult[Any]", held).rowcount != 1:
        raise _Overtaken
    reading.claimed_until = until


def _keep(session: Session, reading: Reading, page: list[Listed]) -> None:
    ids = list_members(
        session,
        registration_id=reading.registration_id,
        context_id=reading.context_id,
        members=page,
        at=reading.begun_at,
    )
    trainees = (member for member in page if member.groups and member.role is Role.TRAINEE)
    join_groups(session, reading.context_id, {ids[member.subject]: member.groups for member in trainees})


def _settle(session: Session, reading: Reading, failed: ServiceFailed | None) -> None:
    held = select(Context).where(
        Context.id == reading.context_id, Context.roster_claimed_until == reading.claimed_until
    )
    # The course before its people, as launches lock them.
    context = session.scalar(held.with_for_update())
    if context is None:
        return
    if failed is None:
        _settle_success(session, reading, context)
    else:
        _settle_failure(session, reading, context, failed)
    context.roster_claimed_until = None


def _settle_success(session: Session, reading: Reading, context: Context) -> None:
    if not reading.query:
        mark_left(session, context.id, reading.begun_at)
        context.roster_read_at = now()
    context.roster_problem = ""
    # Whoever asked once more while it was being read is answered by another reading.
    if context.roster_due_at is not None and context.roster_due_at <= reading.begun_at:
        context.roster_due_at, context.roster_query = _next_night(session, context.id), ""


def _settle_failure(session: Session, reading: Reading, context: Context, failed: ServiceFailed) -> None:
    pause_after(session, reading.registration_id, failed)
    again = LATER_TRY_AGAIN if context.roster_problem else FIRST_TRY_AGAIN
    wished = timedelta(seconds=failed.retry_after or 0)
    later = _next_night(session, context.id) if failed.permanent else now() + max(again, wished)
    context.roster_due_at, context.roster_problem = later, _code(failed)
    if failed.permanent:
        context.roster_query = ""


def _code(failed: ServiceFailed) -> str:
    return failed.reason[:100]


def _next_night(session: Session, context_id: int) -> datetime | None:
    last = session.scalar(select(func.max(Membership.seen_at)).where(Membership.context_id == context_id))
    if last is None or last < now() - ASLEEP:
        return None
    begins, seconds = NIGHT
    tomorrow = now().date() + timedelta(days=1)
    return datetime.combine(tomorrow, begins, UTC) + timedelta(seconds=random.uniform(0, seconds))  # noqa: S311


def _next_due(session: Session) -> datetime | None:
    later = case(
        (Registration.quiet_until > Context.roster_due_at, Registration.quiet_until), else_=Context.roster_due_at
    )
    wanted = (
        select(func.min(later))
        .select_from(Context)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(Context.roster_url != "", Registration.enabled, Context.roster_claimed_until.is_(None))
    )
    found: datetime | None = session.scalar(wanted)
    return found
