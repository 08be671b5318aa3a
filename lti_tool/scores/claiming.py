"""Which worker may send which delivery: claims by a guarded update, with a lease that outlives no crash for long."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, case, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from lti_tool.database import now
from lti_tool.lti.platform import Platform
from lti_tool.lti.scores import ActivityProgress, GradingProgress, Score
from lti_tool.platforms.models import Registration
from lti_tool.platforms.pausing import may_be_called
from lti_tool.platforms.registering import platform_of
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

LEASE = timedelta(seconds=180)
"""Longer than all time-outs of one try together, so that a living worker never loses its claim."""
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
    line_item_url: str
    """Empty where the column is still to be found or made."""
    row: Delivery

    @property
    def score(self) -> Score:
        """The score to send; raises ValueError where no platform could take it, which only the try may meet."""
        return _score(self.row)


def claim_next(session: Session) -> Claimed | None:
    """Claim the delivery that has been due longest, or nothing where none is due."""
    due = (
        select(Delivery)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Registration, Registration.id == LineItem.registration_id)
        .where(Delivery.state.in_(OPEN), Delivery.next_try_at <= now(), ~_earlier_is_open(), may_be_called())
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Delivery)
    )
    found = session.scalars(due).first()
    if found is None:
        return None
    claim = secrets.token_hex(16)
    found.state, found.claim, found.tries = DeliveryState.SENDING, claim, found.tries + 1
    found.next_try_at = now() + LEASE
    session.flush()
    registration = session.get_one(Registration, found.line_item.registration_id)
    column = found.line_item
    return Claimed(found.id, claim, found.tries, registration.id, platform_of(registration), column.url, found)


def settle(session: Session, claimed: Claimed, **values: Any) -> bool:
    """Write down how the try ended, unless another worker has taken the delivery over meanwhile."""
    settled = session.execute(
        update(Delivery).where(Delivery.id == claimed.id, Delivery.claim == claimed.claim).values(**values)
    )
    return cast("CursorResult[Any]", settled).rowcount == 1


def next_due(session: Session) -> datetime | None:
    """When the next try is due, over all open deliveries that no older one holds up; not before a pause is over."""
    later = case(
        (Registration.quiet_until > Delivery.next_try_at, Registration.quiet_until), else_=Delivery.next_try_at
    )
    wanted = (
        select(func.min(later))
        .select_from(Delivery)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Registration, Registration.id == LineItem.registration_id)
        .where(Delivery.state.in_(OPEN), Registration.enabled, ~_earlier_is_open())
    )
    found: datetime | None = session.scalar(wanted)
    return found


def is_overtaken(session: Session, claimed: Claimed) -> bool:
    """Whether a later score for the same person and column is in the outbox or has been sent."""
    return _is_followed(session, claimed)


def gives_way(session: Session, claimed: Claimed) -> bool:
    """Whether it must not be sent any more: a later score arrived, or news that failed has a score behind it.

    Not every platform looks at times: an old score that a trainer sends again would take a new one's place.
    """
    failed_news = claimed.row.points is None and claimed.tries > 1
    return _is_followed(session, claimed, *(() if failed_news else (Delivery.sent_at.is_not(None),)))


def _is_followed(session: Session, claimed: Claimed, *conditions: ColumnElement[bool]) -> bool:
    own = session.get_one(Delivery, claimed.id)
    later = (
        Delivery.line_item_id == own.line_item_id,
        Delivery.user_id == own.user_id,
        Delivery.score_at > own.score_at,
    )
    return bool(session.scalar(select(exists().where(*later, *conditions))))


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
