"""Extensions: more time that a trainer gives one person or one school team for an activity that was placed.

An extension never takes time away: whoever has one is in time until then, or until the activity's own time if that is
later. Of several the longest holds. Who leaves a team has its time no longer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from lti_tool.course.errors import NoMoreTime, NothingToExtend
from lti_tool.course.models import Extension, PlacedActivity
from lti_tool.database import now, upsert
from lti_tool.errors import NotFound
from lti_tool.people.members import find_member
from lti_tool.people.models import TeamMember
from lti_tool.people.teams import find_team


@dataclass(frozen=True)
class Times:
    """When an activity opens, is due and closes for one person."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    is_extended: bool = False
    """Whether this person has more time than the others."""


def times_of(placed: PlacedActivity | None, until: datetime | None) -> Times:
    """The times of somebody who has more time `until` then, or of anybody."""
    if placed is None:
        return Times()
    due, closes = _later(placed.due_at, until), _later(placed.closes_at, until)
    return Times(placed.opens_at, due, closes, (due, closes) != (placed.due_at, placed.closes_at))


def give_person_time(
    session: Session, placed: PlacedActivity, user_id: int, until: datetime, *, given_by_id: int
) -> Extension:
    """Give one person of the course time until then, instead of what they had been given before.

    Raises NotFound for anybody else, NothingToExtend, NoMoreTime.
    """
    if find_member(session, placed.context_id, user_id) is None:
        raise NotFound("nobody of this course")
    return _give(session, placed, {"user_id": user_id}, until, given_by_id)


def give_team_time(
    session: Session, placed: PlacedActivity, team_id: int, until: datetime, *, given_by_id: int
) -> Extension:
    """The same for whoever is in this school team of the course."""
    return _give(session, placed, {"team_id": find_team(session, placed.context_id, team_id).id}, until, given_by_id)


def end_extension(session: Session, placed: PlacedActivity, extension_id: int) -> None:
    """Let the activity's own times hold again; raises NotFound for another activity's extension."""
    found = session.get(Extension, extension_id)
    if found is None or found.placed_id != placed.id:
        raise NotFound("extension")
    session.delete(found)
    session.flush()


def extensions_of(session: Session, placed: PlacedActivity) -> Sequence[Extension]:
    """Who has more time for this activity, in the order in which it was given."""
    wanted = select(Extension).where(Extension.placed_id == placed.id).order_by(Extension.id)
    return session.scalars(wanted.options(joinedload(Extension.user), joinedload(Extension.team))).all()


def find_extension(
    session: Session, placed: PlacedActivity, *, user_id: int | None = None, team_id: int | None = None
) -> Extension | None:
    """What this person or this team was given for this activity."""
    here = (Extension.placed_id == placed.id, Extension.user_id == user_id, Extension.team_id == team_id)
    return session.scalar(select(Extension).where(*here))


def more_time(session: Session, context_id: int, user_ids: Collection[int]) -> Mapping[tuple[int, str], datetime]:
    """Until when each of these people has more time, by the person's id and the activity, `journal/j3`."""
    alone = (
        select(Extension.user_id, PlacedActivity.activity, Extension.until)
        .join(PlacedActivity, PlacedActivity.id == Extension.placed_id)
        .where(PlacedActivity.context_id == context_id, Extension.user_id.in_(user_ids))
    )
    together = (
        select(TeamMember.user_id, PlacedActivity.activity, Extension.until)
        .join(Extension, Extension.team_id == TeamMember.team_id)
        .join(PlacedActivity, PlacedActivity.id == Extension.placed_id)
        .where(PlacedActivity.context_id == context_id, TeamMember.user_id.in_(user_ids))
    )
    given = union_all(alone, together).subquery()
    longest = select(given.c.user_id, given.c.activity, func.max(given.c.until)).group_by(
        given.c.user_id, given.c.activity
    )
    return {(user_id, activity): until for user_id, activity, until in session.execute(longest)}


def has_until(user_id: ColumnElement[int], moment: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Whether this person has more time until this moment or later, for the placed activity of the query around it."""
    teams = select(TeamMember.team_id).where(TeamMember.user_id == user_id)
    given = select(Extension.id).where(
        Extension.placed_id == PlacedActivity.id,
        Extension.until >= moment,
        or_(Extension.user_id == user_id, Extension.team_id.in_(teams)),
    )
    return given.correlate_except(Extension).exists()


def _give(
    session: Session, placed: PlacedActivity, whose: Mapping[str, int], until: datetime, given_by_id: int
) -> Extension:
    ends = [end for end in (placed.due_at, placed.closes_at) if end is not None]
    if not ends:
        raise NothingToExtend("no dates")
    if until <= min(ends):
        raise NoMoreTime("until")
    given = {"until": until, "given_by_id": given_by_id, "given_at": now()}
    return upsert(session, Extension, {"placed_id": placed.id, **whose}, given)


def _later(end: datetime | None, until: datetime | None) -> datetime | None:
    return max(end, until) if end is not None and until is not None else end
