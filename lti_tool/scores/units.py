"""Units send their score by themselves, where the gradebook has a column for them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.people.models import Membership, Role
from lti_tool.scores.line_items import find_line_item
from lti_tool.scores.queueing import best_points, queue_score

FINISHED = frozenset({"completed", "passed", "failed"})
FULL = 100.0
"""Percent: what finishing gives where nothing counts, and the highest score."""


def send_unit_score(
    session: Session, *, context_id: int, user_id: int, unit: str, status: str, percent: float | None
) -> None:
    """Send the score of a unit that a trainee finished, where it is the best so far; its links make no columns."""
    activity = f"unit/{unit}"
    column = find_line_item(session, context_id, activity) if status in FINISHED else None
    if column is None or not column.url or not _is_trainee(session, context_id, user_id):
        return
    points, before = FULL if percent is None else percent, best_points(session, column, user_id)
    if before is not None and before >= points:
        return
    queue_score(
        session,
        context_id=context_id,
        activity=activity,
        user_id=user_id,
        source=f"{activity}/{user_id}",
        points=points,
        maximum=FULL,
    )


def _is_trainee(session: Session, context_id: int, user_id: int) -> bool:
    role = select(Membership.role).where(Membership.context_id == context_id, Membership.user_id == user_id)
    return session.scalar(role) is Role.TRAINEE
