"""Which worker may send which delivery: claims by a guarded update, with a lease that outlives no crash for long."""

import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from lti_tool.database import Database, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.platform import Platform
from lti_tool.lti.scores import ActivityProgress, GradingProgress, Score
from lti_tool.people.models import Context
from lti_tool.platforms.models import Registration
from lti_tool.platforms.pausing import may_be_called, not_before_pause
from lti_tool.platforms.registering import platform_of
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

LEASE, RENEWED_AFTER = timedelta(minutes=5), timedelta(minutes=1)
"""How long a claim holds, and how old it may be when the next call begins: else it is taken anew first.

So a living worker never loses it, whatever the number of calls. One call ends within 45 seconds (the exchange itself
in 20; finding and reaching its host may take as long again), and between two renewals lie four at most: another
worker's that renews the same token, twice, our own for the token, and the call.
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
    column = found.line_item
    registration = session.get_one(Registration, column.registration_id)
    scopes = frozenset(session.get_one(Context, column.context_id).grade_scopes.split())
    return Claimed(found.id, claim, found.tries, registration.id, platform_of(registration), scopes, column.url, found)


class Lease:
    """The hold of one worker on what it has claimed, from the moment of its claim."""

    def __init__(self, database: Database, claimed: Claimed) -> None:
        self._database = database
        self._claimed = claimed
        self._taken_at = now()

    def keep(self) -> None:
        """Take it anew where it has grown old; raises ServiceFailed where another worker has the delivery."""
        if now() < self._taken_at + RENEWED_AFTER:
            return
        self._taken_at = now()
        with self._database.transaction() as session:
            if not settle(session, self._claimed, next_try_at=self._taken_at + LEASE):
                raise ServiceFailed(CLAIM_LOST, permanent=False)


def settle(session: Session, claimed: Claimed, **values: Any) -> bool:
    """Write down how the try ended, unless another worker has taken the delivery over meanwhile."""
    settled = session.execute(
        update(Delivery).where(Delivery.id == claimed.id, Delivery.claim == claimed.claim).values(**values)
    )
    return cast("CursorResult[Any]", settled).rowcount == 1


def next_due(session: Session) -> datetime | None:
    """When the next try is due, over all open deliveries that no older one holds up; not before a pause is over."""
    wanted = (
        select(func.min(not_before_pause(Delivery.next_try_at)))
        .select_from(Delivery)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Registration, Registration.id == LineItem.registration_id)
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
