"""Which worker may send which delivery: claims by a guarded update, with a lease that outlives no crash for long."""

import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from lti_tool.database import ask_for, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.scores import ActivityProgress, GradingProgress, Score
from lti_tool.people.models import Context
from lti_tool.platforms.models import Registration
from lti_tool.platforms.pauses import may_be_called, not_before_pause
from lti_tool.platforms.registrations.records import platform_of
from lti_tool.platforms.turns import (
    Turn,
    end_turn,
    has_no_turn,
    longest_without,
    not_before_turn,
    somebody_waits,
    take_turn,
    turns_at,
)
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

JOB = "deliver_scores"
LEASE = timedelta(minutes=2)
"""How long a claim holds: longer than all calls for one delivery may take together, so a living worker never loses it.

What is beyond their time in it is for finding hosts, which nobody can cut off, and for waiting for the database.
"""
CLAIM_LOST = "claim_lost"
OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)


@dataclass(frozen=True)
class Claimed:
    """A delivery that this worker alone may send now."""

    id: int
    claim: str
    tries: int
    """How often it was tried, this time included."""
    registration_id: int
    platform: Platform
    scopes: AbstractSet[str]
    """What we may do in this course's gradebook."""
    line_item_url: str
    """Empty where the column is still to be found or made."""
    row: Delivery
    turn: Turn
    """The registration's: no other score goes to it meanwhile."""

    @property
    def score(self) -> Score:
        """The score to send; raises ValueError where no platform could take it, which only the try may meet."""
        return _score(self.row)


def claim_next(session: Session) -> Claimed | None:
    """Claim the delivery that has been due longest, for the registration whose turn it is; nothing where none is due.

    Asks for another worker where another registration waits.
    """
    while True:
        found = session.scalars(_due().limit(1).with_for_update(skip_locked=True, of=Delivery)).first()
        if found is None:
            return None
        turn = take_turn(session, found.line_item.registration_id, JOB, now() + LEASE)
        if turn is not None:
            break
    if session.scalar(select(_due().where(somebody_waits(turn)).exists())):
        ask_for(session, JOB)
    return _claim(session, found, turn)


def _due() -> Select[Delivery]:
    return (
        select(Delivery)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Registration, Registration.id == LineItem.registration_id)
        .outerjoin(*turns_at(JOB))
        .where(Delivery.state.in_(OPEN), Delivery.next_try_at <= now(), ~_earlier_is_open())
        .where(may_be_called(), has_no_turn())
        .order_by(longest_without(), Delivery.next_try_at, Delivery.id)
    )


def _claim(session: Session, found: Delivery, turn: Turn) -> Claimed:
    claim = secrets.token_hex(16)
    found.state, found.claim, found.tries = DeliveryState.SENDING, claim, found.tries + 1
    found.next_try_at = now() + LEASE
    session.flush()
    column = found.line_item
    registration = session.get_one(Registration, column.registration_id)
    scopes = frozenset(session.get_one(Context, column.context_id).grade_scopes.split())
    platform = platform_of(registration)
    return Claimed(found.id, claim, found.tries, registration.id, platform, scopes, column.url, found, turn)


class Lease:
    """The hold of one worker on what it has claimed, from the moment of its claim."""

    def __init__(self) -> None:
        self._ends_at = now() + LEASE

    def check(self) -> None:
        """Raises ServiceFailed once it is over, as where a machine was asleep: another worker may have the delivery."""
        if now() >= self._ends_at:
            raise ServiceFailed(CLAIM_LOST, permanent=False)


def settle(session: Session, claimed: Claimed, **values: Any) -> bool:
    """Write down how the try ended, unless another worker has taken the delivery over meanwhile."""
    settled = session.execute(
        update(Delivery).where(Delivery.id == claimed.id, Delivery.claim == claimed.claim).values(**values)
    )
    return cast("CursorResult[Any]", settled).rowcount == 1


def finish(session: Session, claimed: Claimed, **values: Any) -> None:
    """Write down how it ended, and let the next one have its turn."""
    settle(session, claimed, **values)
    end_turn(session, claimed.turn)


def next_due(session: Session) -> datetime | None:
    """When the next try is due, over all open deliveries that no older one holds up; not before a pause is over."""
    wanted = (
        select(func.min(not_before_turn(not_before_pause(Delivery.next_try_at))))
        .select_from(Delivery)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Registration, Registration.id == LineItem.registration_id)
        .outerjoin(*turns_at(JOB))
        .where(Delivery.state.in_(OPEN), Registration.enabled, ~_earlier_is_open())
    )
    found: datetime | None = session.scalar(wanted)
    return found


def is_overtaken(session: Session, claimed: Claimed, *, by_sent: bool = False) -> bool:
    """Whether a later score for the same person and column is in the outbox, or even, `by_sent`, in the gradebook."""
    own = session.get_one(Delivery, claimed.id)
    later = (
        Delivery.line_item_id == own.line_item_id,
        Delivery.user_id == own.user_id,
        Delivery.score_at > own.score_at,
        *((Delivery.sent_at.is_not(None),) if by_sent else ()),
    )
    return bool(session.scalar(select(exists().where(*later))))


def _earlier_is_open() -> ColumnElement[bool]:
    # Scores of one person in one column go out in order: an older one that waits holds up the newer. News of progress
    # that could not be sent holds up no score.
    earlier = aliased(Delivery)
    return exists().where(
        earlier.line_item_id == Delivery.line_item_id,
        earlier.user_id == Delivery.user_id,
        earlier.score_at < Delivery.score_at,
        earlier.state.in_(OPEN),
        or_(earlier.points.is_not(None), earlier.state == DeliveryState.SENDING, earlier.tries == 0),
    )


def _score(delivery: Delivery) -> Score:
    return Score(
        user_id=delivery.user.subject,
        score_given=delivery.points,
        score_maximum=delivery.maximum,
        comment=delivery.comment or None,
        activity_progress=cast("ActivityProgress", delivery.activity_progress),
        grading_progress=cast("GradingProgress", delivery.grading_progress),
        timestamp=delivery.score_at,
        started_at=delivery.started_at,
        submitted_at=delivery.submitted_at,
    )
