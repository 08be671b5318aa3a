"""Scores are put into the outbox in the transaction in which they come about."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.database import ask_for, now
from lti_tool.errors import NotFound, Stale
from lti_tool.scores.line_items import find_line_item
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

JOB = "deliver_scores"
MOST_RACES = 5
"""How often a score may lose its second to another that is released at the same moment."""


def queue_score(
    session: Session,
    *,
    context_id: int,
    activity: str,
    user_id: int,
    source: str,
    points: float,
    maximum: float,
    comment: str = "",
) -> Delivery | None:
    """Write down a score to be sent; nothing where the platform has no column for the activity.

    `activity` is as in `journal/j3`; `source` names what was judged, `submission/17`. Points are from 0 to maximum.
    """
    column = find_line_item(session, context_id, activity)
    if column is None:
        return None
    for _ in range(MOST_RACES):
        delivery = Delivery(
            line_item_id=column.id,
            user_id=user_id,
            source=source,
            points=points,
            maximum=maximum,
            comment=comment,
            score_at=_next_moment(session, column, user_id),
        )
        if _added(session, delivery):
            ask_for(session, JOB)
            return delivery
    raise Stale("too many scores at the same moment")


def send_again(session: Session, *, context_id: int, delivery_id: int) -> Delivery:
    """Put a refused score back into the outbox at the trainer's wish; raises NotFound in any other course."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.line_item.context_id != context_id:
        raise NotFound("delivery")
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.REFUSED)
        .values(state=DeliveryState.WAITING, next_try_at=now(), tries=0, problem="")
    )
    session.refresh(delivery)
    ask_for(session, JOB)
    return delivery


def latest_deliveries(session: Session, context_id: int, sources: Collection[str]) -> dict[str, Delivery]:
    """The newest delivery for each of these sources in this course."""
    wanted = (
        select(Delivery)
        .join(LineItem)
        .where(LineItem.context_id == context_id, Delivery.source.in_(sources))
        .order_by(Delivery.id)
    )
    return {delivery.source: delivery for delivery in session.scalars(wanted)}


def _next_moment(session: Session, column: LineItem, user_id: int) -> datetime:
    same = (Delivery.line_item_id == column.id, Delivery.user_id == user_id)
    last = session.scalar(select(func.max(Delivery.score_at)).where(*same))
    present = now().replace(microsecond=0)
    return max(present, last + timedelta(seconds=1)) if last else present


def _added(session: Session, delivery: Delivery) -> bool:
    # Who loses the race for a second takes the next one. A lock on the column would do too, but whoever releases many
    # pieces holds it while waiting for pieces that another trainer holds, who waits for the column.
    try:
        with session.begin_nested():
            session.add(delivery)
            session.flush()
    except IntegrityError:
        return False
    return True
