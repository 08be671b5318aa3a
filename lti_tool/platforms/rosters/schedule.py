"""Which worker may read which roster, until when, and when it is read next."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.database import ask_for, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.platform import Platform
from lti_tool.people.models import Context, Membership
from lti_tool.people.roster import mark_left
from lti_tool.platforms.launches.ending import end_of_left
from lti_tool.platforms.models import Deployment, Registration
from lti_tool.platforms.pauses import may_be_called, not_before_pause, pause_after
from lti_tool.platforms.registrations.records import platform_of
from lti_tool.platforms.roles import stand_in
from lti_tool.platforms.turns import (
    Turn,
    end_turn,
    has_no_turn,
    keep_turn,
    longest_without,
    not_before_turn,
    somebody_waits,
    take_turn,
    turns_at,
)

JOB = "read_rosters"
LEASE = timedelta(minutes=5)
"""Taken anew with each page; longer than all time-outs of one page together."""
LONGEST = timedelta(minutes=15)
"""What one reading may take, in which a class of 10,000 has nine seconds for each of its hundred pages."""
GROUPS_SHARE = 0.5
"""How much of it the groups may take: who is in the course matters more than who is in which group."""
TOO_SLOW = "roster_too_slow"
FIRST_TRY_AGAIN, LATER_TRY_AGAIN = timedelta(minutes=5), timedelta(hours=1)
ASLEEP = timedelta(days=60)
"""A course that nobody has opened for so long is not read at night any more; the next launch wakes it."""
NIGHT = (time(1), 3 * 3600)
"""From when (UTC), and over how many seconds readings are spread."""


@dataclass
class Reading:
    """A roster that this worker alone reads now."""

    context_id: int
    registration_id: int
    platform: Platform
    roster_url: str
    groups_url: str
    query: dict[str, str]
    by_institution: bool
    """Whether roles in the institution count where none in the course is named."""
    begun_at: datetime
    claimed_until: datetime
    turn: Turn
    """The registration's: no other roster of it is read meanwhile."""
    named: Counter[str] = field(default_factory=Counter)
    """How many people of each role it has named so far."""


class Overtaken(Exception):
    """The lease ran out and another worker reads the roster."""


def claim(session: Session) -> Reading | None:
    """Claim the roster that has been due longest, for the registration whose turn it is; nothing where none is due.

    Asks for another worker where another registration waits.
    """
    turn = None
    while turn is None:
        found = session.execute(_due().limit(1).with_for_update(skip_locked=True, of=Context)).first()
        if found is None:
            return None
        context, registration = found
        turn = take_turn(session, registration.id, JOB, now() + LEASE)
    if session.scalar(select(_due().where(somebody_waits(turn)).exists())):
        ask_for(session, JOB)
    return _claim(context, registration, turn)


def _due() -> Select[Context, Registration]:
    return (
        select(Context, Registration)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .outerjoin(*turns_at(JOB))
        .where(
            Context.roster_url != "",
            Context.roster_due_at <= now(),
            or_(Context.roster_claimed_until.is_(None), Context.roster_claimed_until <= now()),
        )
        .where(may_be_called(), has_no_turn())
        .order_by(longest_without(), Context.roster_due_at, Context.id)
    )


def _claim(context: Context, registration: Registration, turn: Turn) -> Reading:
    begun_at = now()
    context.roster_claimed_until = begun_at + LEASE
    return Reading(
        context.id,
        registration.id,
        platform_of(registration),
        context.roster_url,
        context.groups_url,
        dict([context.roster_query.split("=", 1)] if context.roster_query else []),
        stand_in(registration),
        begun_at,
        context.roster_claimed_until,
        turn,
    )


def hold(session: Session, reading: Reading, longest: timedelta) -> None:
    """Take the lease anew; raises Overtaken where another worker has it, ServiceFailed where its time is over."""
    if now() > reading.begun_at + longest:
        raise ServiceFailed(TOO_SLOW, permanent=True)
    until = now() + LEASE
    held = session.execute(
        update(Context)
        .where(Context.id == reading.context_id, Context.roster_claimed_until == reading.claimed_until)
        .values(roster_claimed_until=until)
    )
    if cast("CursorResult[Any]", held).rowcount != 1 or not keep_turn(session, reading.turn, until):
        raise Overtaken
    reading.claimed_until = until


def settle(session: Session, reading: Reading, failed: ServiceFailed | None) -> None:
    """Write down how it ended, unless another worker has it, and when it is read next. The turn is over."""
    held = select(Context).where(
        Context.id == reading.context_id, Context.roster_claimed_until == reading.claimed_until
    )
    # The course before its people, as launches lock them.
    context = session.scalar(held.with_for_update())
    if context is not None:
        if failed is None:
            _settle_success(session, reading, context)
        else:
            _settle_failure(session, reading, context, failed)
        context.roster_claimed_until = None
        session.flush()
    # After the course, as whoever claims the next one takes them.
    end_turn(session, reading.turn)


def _settle_success(session: Session, reading: Reading, context: Context) -> None:
    left = 0 if reading.query else mark_left(session, context.id, reading.begun_at)
    if left:
        end_of_left(session, context.id, reading.begun_at)
    context.roster_found = {**reading.named, "left": left}
    if not reading.query:
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
    context.roster_due_at, context.roster_problem = later, failed.reason[:100]
    if failed.permanent:
        context.roster_query = ""


def _next_night(session: Session, context_id: int) -> datetime | None:
    last = session.scalar(select(func.max(Membership.seen_at)).where(Membership.context_id == context_id))
    if last is None or last < now() - ASLEEP:
        return None
    begins, seconds = NIGHT
    tomorrow = now().date() + timedelta(days=1)
    return datetime.combine(tomorrow, begins, UTC) + timedelta(seconds=random.uniform(0, seconds))  # noqa: S311


def next_due(session: Session) -> datetime | None:
    """When the next roster is due, over all that nobody reads; not before a pause is over."""
    wanted = (
        select(func.min(not_before_turn(not_before_pause(Context.roster_due_at))))
        .select_from(Context)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .outerjoin(*turns_at(JOB))
        .where(Context.roster_url != "", Registration.enabled, Context.roster_claimed_until.is_(None))
    )
    found: datetime | None = session.scalar(wanted)
    return found
