"""Every change of a map takes the next revision and is written down for ever, with who made it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import NotFound
from lti_tool.roadmap.models import OF_FIELDS, ChangeKind, MapChange, MapField, RoadMap

ONE_GO = timedelta(minutes=2)
"""Saves of one actor in one field, each within this time of the one before, are one change."""
MOST_CROSSED_OUT = 30
"""Characters; who takes out or writes over more between two saves begins a change of its own, so that what stood there
can be put back."""
MOST_CORRECTED = 5
"""The same once the change has written more than that: who takes a text out bit by bit can have it back, too."""


@dataclass(frozen=True)
class Change:
    """A change that has begun: the map, the actor, and the revision that it makes."""

    road_map_id: int
    actor_id: int
    revision: int


def begin_change(session: Session, road_map_id: int, actor_id: int) -> Change:
    """Take the map's next revision.

    The UPDATE holds the map's row until the commit, so changes of one map follow one another, and whoever reads
    revision n finds every change up to n. It must come before anything that the change depends on is read.
    """
    statement = (
        update(RoadMap)
        .where(RoadMap.id == road_map_id)
        .values(revision=RoadMap.revision + 1)
        .returning(RoadMap.revision)
        .execution_options(synchronize_session=False)
    )
    revision = session.scalar(statement)
    if revision is None:
        raise NotFound("road map")
    return Change(road_map_id, actor_id, revision)


def log_change(
    session: Session,
    change: Change,
    what: ChangeKind,
    *,
    row_id: int | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """Write down what was done to a row, or who came and left."""
    _add(session, change, what, row_id=row_id, before=before, after=after)


def log_value(
    session: Session, change: Change, what: ChangeKind, field: MapField, before: str, *, joins: bool = True
) -> None:
    """Write down that a field has another value than `before`; typing is joined with what was typed just before."""
    last = last_change(session, field) if joins else None
    if last is not None and _goes_on(last, change, what, before, field.value):
        last.revision, last.after, last.made_at = change.revision, field.value, now()
        session.flush()
        return
    where = {"row_id": field.row_id, "section": field.section, "field": field.field}
    _add(session, change, what, **where, before=before, after=field.value)


def last_change(session: Session, field: MapField) -> MapChange | None:
    """The last change of this field's value."""
    of_row = MapChange.row_id == field.row_id
    of_section = and_(MapChange.road_map_id == field.road_map_id, MapChange.section == field.section)
    here = of_section if field.row_id is None else of_row
    made = select(MapChange).where(here, MapChange.field == field.field, MapChange.what.in_(OF_FIELDS))
    latest = made.order_by(MapChange.revision.desc()).limit(1)
    return session.scalar(latest.execution_options(populate_existing=True))


def _goes_on(last: MapChange, change: Change, what: ChangeKind, before: str, after: str) -> bool:
    """Whether the actor goes on with the typing that `last` wrote down."""
    return (
        last.what is what is ChangeKind.CHANGED
        and last.actor_id == change.actor_id
        and last.after == before
        and now() - last.made_at <= ONE_GO
        and _crossed_out(before, after) <= _most_crossed_out(last)
    )


def _most_crossed_out(last: MapChange) -> int:
    """How many characters may be taken out of what this change wrote without being kept."""
    written = _crossed_out(last.after, last.before)
    return MOST_CROSSED_OUT if written <= MOST_CROSSED_OUT else MOST_CORRECTED


def _crossed_out(before: str, after: str) -> int:
    """How many characters of the first text are not in the second, beginnings and ends that are the same aside."""
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    end = next((place for place in range(shorter - start) if before[-1 - place] != after[-1 - place]), shorter - start)
    return len(before) - start - end


def _add(session: Session, change: Change, what: ChangeKind, **values: str | int | None) -> None:
    who = {"road_map_id": change.road_map_id, "revision": change.revision, "actor_id": change.actor_id}
    moment = now()
    session.add(MapChange(**who, what=what, began_at=moment, made_at=moment, **values))
    session.flush()
