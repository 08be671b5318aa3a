"""Scores are put into the outbox in the transaction in which they come about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.database import ask_for, now
from lti_tool.errors import NotFound, Stale
from lti_tool.lti.services.results import RESULT_SCOPE
from lti_tool.people.members import is_trying_out
from lti_tool.people.models import Context, User
from lti_tool.platforms.models import Registration
from lti_tool.platforms.registrations.records import product_of
from lti_tool.scores.delivery_claims import JOB
from lti_tool.scores.line_items import find_line_item, want_line_item
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

MOST_RACES = 5
"""How often a score may lose its second to another that is released at the same moment."""
ASKED_AGAIN_AFTER = timedelta(hours=1)
MAY_HAVE_ARRIVED = frozenset({DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT})


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
    label: str = "",
    link: str = "",
    started_at: datetime | None = None,
    submitted_at: datetime | None = None,
    not_before: datetime | None = None,
) -> Delivery | None:
    """Write down a score to be sent; nothing where the platform has no column for the activity and we may make none.

    `activity` is as in `journal/j3`; `source` names what was judged, `submission/17`. Points are from 0 to maximum.
    `label` is what a column that we make is called where the course page has no name for the activity; `link` is the
    platform's id of the link through which the work was handed in. Sent at once, or after `not_before`. Test students,
    staff who try things out as trainees, and people whom the platform does not name have no line in a gradebook.
    """
    if not _has_a_line(session, context_id, user_id):
        return None
    column = want_line_item(
        session,
        context_id=context_id,
        registration_id=session.get_one(User, user_id).registration_id,
        activity=activity,
        link=link,
        label=label,
        maximum=maximum,
    )
    if column is None:
        return None
    return _add(
        session,
        column,
        user_id=user_id,
        source=source,
        points=points,
        maximum=maximum,
        comment=comment,
        started_at=started_at,
        submitted_at=submitted_at,
        next_try_at=not_before or now(),
    )


def withdraw_score(session: Session, delivery_id: int) -> bool:
    """Take a score out of the outbox that nobody has tried to send yet; False where somebody has."""
    untried = (Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING, Delivery.tries == 0)
    done = session.execute(delete(Delivery).where(*untried))
    return cast("CursorResult[Any]", done).rowcount == 1


def queue_handing_in(
    session: Session,
    *,
    context_id: int,
    activity: str,
    user_id: int,
    source: str,
    link: str,
    maximum: float,
    started_at: datetime,
    submitted_at: datetime,
) -> Delivery | None:
    """Tell the gradebook that work was handed in and waits for a trainer; nothing where that could do harm.

    Platforms that wipe a standing grade by it are not told, nor is one of which we know nothing yet, nor one that does
    not let us see whether a grade stands; and nobody is told of a person who has a score from us. Columns are not made
    for it.
    """
    column = find_line_item(session, context_id, activity, link)
    if column is None or not column.url or not _has_a_line(session, context_id, user_id):
        return None
    if not _may_be_told_progress(session, column, user_id):
        return None
    return _add(
        session,
        column,
        user_id=user_id,
        source=source,
        points=None,
        maximum=maximum,
        activity_progress="Submitted",
        grading_progress="PendingManual",
        started_at=started_at,
        submitted_at=submitted_at,
    )


def queue_reopening(session: Session, handed_in: Delivery, *, source: str, activity_progress: str) -> Delivery | None:
    """Tell the gradebook that the work is with its writer again: `handed_in` is the news that it waits for a trainer.

    News that nobody has tried to send is taken out of the outbox instead, and what never arrived needs no answer.
    """
    if withdraw_score(session, handed_in.id) or handed_in.state not in MAY_HAVE_ARRIVED:
        return None
    column = handed_in.line_item
    if not _may_be_told_progress(session, column, handed_in.user_id):
        return None
    return _add(
        session,
        column,
        user_id=handed_in.user_id,
        source=source,
        points=None,
        maximum=handed_in.maximum,
        activity_progress=activity_progress,
        grading_progress="NotReady",
        started_at=handed_in.started_at,
    )


@dataclass(frozen=True)
class Best:
    """The highest scores so far of one person in one column; nothing where there is none."""

    ever: float | None
    """Whatever became of it."""
    through: float | None
    """In the gradebook or on its way there, or refused less than an hour ago: nobody need ask for it once more."""


def best_so_far(session: Session, column: LineItem, user_id: int) -> Best:
    """What a new score of this person in this column is to be compared with."""
    asked = or_(Delivery.state != DeliveryState.REFUSED, Delivery.next_try_at > now() - ASKED_AGAIN_AFTER)
    best = func.max(Delivery.points)
    ever, through = session.execute(select(best, best.filter(asked)).where(*_of(column, user_id))).one()
    return Best(ever, through)


def send_again(session: Session, *, context_id: int, delivery_id: int) -> Delivery:
    """Put a refused score back into the outbox at the trainer's wish; raises NotFound in any other course."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.line_item.context_id != context_id:
        raise NotFound("delivery")
    put_back(session, Delivery.id == delivery_id)
    session.refresh(delivery)
    return delivery


def put_back(session: Session, which: ColumnElement[bool]) -> int:
    """Put those of these scores that were refused back into the outbox; gives how many there were."""
    again = {"state": DeliveryState.WAITING, "next_try_at": now(), "tries": 0, "problem": ""}
    refused = update(Delivery).where(which, Delivery.state == DeliveryState.REFUSED).values(again)
    # Whatever of them the session holds is not compared with each of them again: a class has hundreds.
    done = session.execute(refused, execution_options={"synchronize_session": False})
    ask_for(session, JOB)
    return cast("CursorResult[Any]", done).rowcount


def latest_deliveries(session: Session, context_id: int, sources: Collection[str]) -> dict[str, Delivery]:
    """The newest delivery for each of these sources in this course."""
    wanted = (
        select(Delivery)
        .join(LineItem)
        .where(LineItem.context_id == context_id, Delivery.source.in_(sources))
        .order_by(Delivery.id)
    )
    return {delivery.source: delivery for delivery in session.scalars(wanted)}


def _add(session: Session, column: LineItem, *, user_id: int, **values: Any) -> Delivery:
    for _ in range(MOST_RACES):
        moment = _next_moment(session, column, user_id)
        delivery = Delivery(line_item_id=column.id, user_id=user_id, score_at=moment, **values)
        if _added(session, delivery):
            ask_for(session, JOB)
            return delivery
    raise Stale("too many scores at the same moment")


def _has_a_line(session: Session, context_id: int, user_id: int) -> bool:
    return not is_trying_out(session, context_id, user_id) and not session.get_one(User, user_id).is_anonymous


def _may_be_told_progress(session: Session, column: LineItem, user_id: int) -> bool:
    product = product_of(session.get_one(Registration, column.registration_id))
    if product.wipes_grades or _is_scored(session, column, user_id):
        return False
    return RESULT_SCOPE in session.get_one(Context, column.context_id).grade_scopes.split()


def _is_scored(session: Session, column: LineItem, user_id: int) -> bool:
    # Also by one that was refused: a trainer may send it again, and news of progress must not have come after it.
    return bool(session.scalar(select(exists().where(*_of(column, user_id), Delivery.points.is_not(None)))))


def _of(column: LineItem, user_id: int) -> tuple[ColumnElement[bool], ...]:
    return Delivery.line_item_id == column.id, Delivery.user_id == user_id


def _next_moment(session: Session, column: LineItem, user_id: int) -> datetime:
    last = session.scalar(select(func.max(Delivery.score_at)).where(*_of(column, user_id)))
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
