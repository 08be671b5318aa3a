"""The log of a map as people read it, and putting back what stood in a field before."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from lti_tool.errors import BadInput, NotFound
from lti_tool.roadmap.editing import save_field
from lti_tool.roadmap.field_names import Named, Sections, find_field, place_name
from lti_tool.roadmap.models import OF_FIELDS, ChangeKind, MapChange, MapField, MapRow

A_PAGE = 100
"""Changes shown at once."""
SIDES = frozenset({"before", "after"})
"""What of a change can be put back: the value that stood there before it, or the one that it wrote."""


def read_history(
    session: Session, road_map_id: int, *, before: int | None = None
) -> tuple[Sequence[MapChange], int | None]:
    """The latest changes first, and the revision to go on from where there are earlier ones."""
    found = select(MapChange).where(MapChange.road_map_id == road_map_id)
    if before is not None:
        found = found.where(MapChange.revision < before)
    changes = session.scalars(found.order_by(MapChange.revision.desc()).limit(A_PAGE + 1)).all()
    shown = changes[:A_PAGE]
    return shown, shown[-1].revision if len(changes) > A_PAGE else None


def last_changes(session: Session, road_map_ids: Sequence[int]) -> Mapping[int, MapChange]:
    """The last change of each of these maps; maps without any are left out."""
    latest = select(MapChange.road_map_id, func.max(MapChange.revision)).where(MapChange.road_map_id.in_(road_map_ids))
    each = latest.group_by(MapChange.road_map_id)
    found = select(MapChange).where(tuple_(MapChange.road_map_id, MapChange.revision).in_(each))
    return {change.road_map_id: change for change in session.scalars(found)}


def field_of(sections: Sections, change: MapChange, kinds: Mapping[int, str]) -> Named | None:
    """The field that a change is about, `kinds` being those of rows by id; None where the course has it no more."""
    place = change.section if change.row_id is None else kinds.get(change.row_id)
    if place is None or change.field is None:
        return None
    try:
        return find_field(sections, place_name(place, change.field, change.row_id))
    except NotFound:
        return None


def put_back(
    session: Session, road_map_id: int, actor_id: int, sections: Sections, *, change_id: int, side: str, version: object
) -> MapField:
    """Let a field hold again what it held before a change, or after it; `version` is the field's, as its reader saw it.

    A change like any other. Raises NotFound, BadInput and what save_field does.
    """
    change = session.get(MapChange, change_id)
    if change is None or change.road_map_id != road_map_id or change.what not in OF_FIELDS:
        raise NotFound("change")
    if side not in SIDES:
        raise BadInput("side")
    row = session.get(MapRow, change.row_id) if change.row_id is not None else None
    field = field_of(sections, change, {row.id: row.kind} if row else {})
    if field is None:
        raise NotFound("field")
    value = change.before if side == "before" else change.after
    what = ChangeKind.PUT_BACK
    return save_field(session, road_map_id, actor_id, sections, field, value=value, version=version, what=what)
