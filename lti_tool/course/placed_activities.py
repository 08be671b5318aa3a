"""Placing: an activity stands in a course under the trainer's name, for so many points and at its times."""

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lti_tool.course.errors import Closed, DatesOutOfOrder, NotOpenYet
from lti_tool.course.extensions import more_time, times_of
from lti_tool.course.models import PlacedActivity
from lti_tool.database import now, upsert
from lti_tool.errors import BadInput, NotFound, TooLong
from lti_tool.people.models import ResourceLink

LONGEST_TITLE = 200
"""Characters."""
MOST_POINTS = 10_000
_IN_COURSE = select(PlacedActivity).where(PlacedActivity.context_id == bindparam("context")).order_by(PlacedActivity.id)
"""Built once, because every visit of the course page runs it."""


@dataclass(frozen=True)
class Placing:
    """What a trainer chose for one activity; an empty title and None leave it as the course has it."""

    activity: str
    title: str = ""
    points: float | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None


def place(session: Session, context_id: int, wanted: Placing) -> PlacedActivity:
    """Place the activity in this course, or place it anew: its links keep their key.

    Raises TooLong, BadInput for points that make no sense, DatesOutOfOrder.
    """
    check_placing(wanted)
    placed = find_placed(session, context_id, wanted.activity) or upsert(
        session,
        PlacedActivity,
        {"context_id": context_id, "activity": wanted.activity},
        {"key": secrets.token_urlsafe(16), "title": "", "placed_at": now()},
    )
    placed.title, placed.points = wanted.title, wanted.points
    placed.opens_at, placed.due_at, placed.closes_at = wanted.opens_at, wanted.due_at, wanted.closes_at
    placed.placed_at = now()
    session.flush()
    return placed


def check_placing(wanted: Placing) -> None:
    """Raises TooLong, BadInput or DatesOutOfOrder for what cannot be placed like this."""
    if len(wanted.title) > LONGEST_TITLE:
        raise TooLong("title")
    if wanted.points is not None and not (math.isfinite(wanted.points) and 0 < wanted.points <= MOST_POINTS):
        raise BadInput("points")
    times = [time for time in (wanted.opens_at, wanted.due_at, wanted.closes_at) if time is not None]
    if times != sorted(times):
        raise DatesOutOfOrder("placing")


def find_placed(session: Session, context_id: int, activity: str) -> PlacedActivity | None:
    """The activity as it was placed in this course, if it was."""
    wanted = select(PlacedActivity).where(PlacedActivity.context_id == context_id, PlacedActivity.activity == activity)
    return session.scalar(wanted)


def placed_in(session: Session, context_id: int) -> Mapping[str, PlacedActivity]:
    """All that was placed in this course, by activity, in the order in which it was."""
    return {placed.activity: placed for placed in session.scalars(_IN_COURSE, {"context": context_id})}


def offered_in(session: Session, context_id: int) -> frozenset[str]:
    """The activities that trainers have put before this course: placed or opened here, or linked on its page."""
    linked = select(ResourceLink.activity).where(ResourceLink.context_id == context_id)
    placed = select(PlacedActivity.activity).where(PlacedActivity.context_id == context_id)
    return frozenset(session.scalars(linked.union(placed)))


def open_activity(session: Session, context_id: int, activity: str) -> None:
    """Put the activity before this course without a link of its own; where it is already, nothing changes."""
    if find_placed(session, context_id, activity) is None:
        place(session, context_id, Placing(activity))


def highest_score(placed: PlacedActivity | None, whole: float) -> float:
    """What the gradebook's column goes up to: as the trainer chose when placing it, else the rubric's sum."""
    return (placed and placed.points) or whole


def placed_by_id(session: Session, context_id: int, placed_id: int) -> PlacedActivity:
    """What was placed in this course, or NotFound, also for another course's."""
    found = session.get(PlacedActivity, placed_id)
    if found is None or found.context_id != context_id:
        raise NotFound("placed activity")
    return found


def require_open(session: Session, context_id: int, activity: str) -> PlacedActivity | None:
    """How it was placed, if it was; raises NotOpenYet before the time from which people may work on it."""
    placed = find_placed(session, context_id, activity)
    if placed and placed.opens_at and now() < placed.opens_at:
        raise NotOpenYet(activity)
    return placed


def require_not_closed(session: Session, context_id: int, activity: str, user_id: int) -> None:
    """Raises NotOpenYet, or Closed after the time until which this person can hand things in."""
    placed = require_open(session, context_id, activity)
    if placed is None or placed.closes_at is None or now() <= placed.closes_at:
        return
    closes_at = times_of(placed, more_time(session, context_id, [user_id]).get((user_id, activity))).closes_at
    if closes_at and closes_at < now():
        raise Closed(activity)
