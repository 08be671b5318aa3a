"""Units send their score by themselves, where the gradebook has a column for them."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from lti_tool.people.models import Membership, Role
from lti_tool.platforms.launches.open_launches import link_of
from lti_tool.scores.line_items import find_line_item
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from lti_tool.scores.outbox import best_so_far, put_back, queue_score

FINISHED = frozenset({"completed", "passed", "failed"})
FULL = 100.0
"""Percent: what finishing gives where nothing counts, and the highest score."""
ACTIVITIES = "unit/"
"""How the names of units' activities begin."""


def unit_activity(unit_id: str) -> str:
    """The activity in which the unit is worked through: `unit/m1u1`."""
    return f"{ACTIVITIES}{unit_id}"


def send_unit_score(
    session: Session,
    *,
    context_id: int,
    user_id: int,
    unit: str,
    launch_id: str,
    title: str,
    status: str,
    percent: float | None,
) -> None:
    """Send the best score of a unit that a trainee finished, where it is not through yet; its links make no columns.

    The score goes to the column of the link that was opened.
    """
    if status not in FINISHED:
        return
    activity, link = unit_activity(unit), link_of(session, launch_id)
    column = find_line_item(session, context_id, activity, link)
    if column is None or not column.url or not _is_trainee(session, context_id, user_id):
        return
    best = best_so_far(session, column, user_id)
    # Also where the best one was refused: a worse one must not take its place once the gradebook is open to us.
    points = max(FULL if percent is None else percent, best.ever or 0.0)
    if best.through is not None and best.through >= points:
        return
    queue_score(
        session,
        context_id=context_id,
        activity=activity,
        user_id=user_id,
        source=f"{activity}/{user_id}",
        points=points,
        maximum=FULL,
        label=title,
        link=link,
    )


@dataclass(frozen=True)
class Refused:
    """Scores of units that the platform refused, and that no later one has followed."""

    count: int
    newest: Delivery


def refused_unit_scores(session: Session, context_id: int) -> Refused | None:
    """Those of the people who are in the course now; nothing where there are none."""
    found = select(func.count(), func.max(Delivery.id)).where(Delivery.id.in_(_refused(context_id)))
    count, newest = session.execute(found).one()
    return Refused(count, session.get_one(Delivery, newest)) if count else None


def send_units_again(session: Session, context_id: int) -> int:
    """Put them back into the outbox; gives how many there are."""
    return put_back(session, Delivery.id.in_(_refused(context_id).with_for_update(of=Delivery)))


def _refused(context_id: int) -> Select[int]:
    # In one order, so that two trainers who hold these rows at once do not wait for each other.
    later = aliased(Delivery)
    followed = exists().where(
        later.line_item_id == Delivery.line_item_id,
        later.user_id == Delivery.user_id,
        later.score_at > Delivery.score_at,
    )
    return (
        select(Delivery.id)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .join(Membership, and_(Membership.context_id == context_id, Membership.user_id == Delivery.user_id))
        .where(LineItem.context_id == context_id, LineItem.activity.startswith(ACTIVITIES))
        .where(Delivery.state == DeliveryState.REFUSED, ~followed, Membership.left_at.is_(None))
        .order_by(Delivery.id)
    )


def _is_trainee(session: Session, context_id: int, user_id: int) -> bool:
    role = select(Membership.role).where(Membership.context_id == context_id, Membership.user_id == user_id)
    return session.scalar(role) is Role.TRAINEE
