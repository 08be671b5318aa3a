"""What has changed in a map since a window last looked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.roadmap.field_names import place_name
from lti_tool.roadmap.models import OF_FIELDS, OF_WHOLE_MAPS, ChangeKind, MapChange, MapField, MapRow, RoadMap


@dataclass(frozen=True)
class Changes:
    """What changed after one revision and up to another."""

    revision: int
    names: frozenset[str] = frozenset()
    """Fields with another value."""
    row_ids: frozenset[int] = frozenset()
    """Rows that came, went or moved, or in which a field changed."""
    listed: frozenset[int] = frozenset()
    """Rows that came, went or moved."""


def changes_since(session: Session, road_map_id: int, since: int) -> Changes:
    """What changed after revision `since`.

    The map's revision is read first: whoever reads n finds every change up to n, because changes of one map are
    committed in their order (change_log.begin_change). What is committed meanwhile comes with the next question; a
    line of the log that goes on meanwhile has a revision above n by then, and is read all the same.
    """
    revision = session.scalar(select(RoadMap.revision).where(RoadMap.id == road_map_id)) or 0
    if since >= revision:
        return Changes(revision)
    made = _made_after(session, road_map_id, since)
    if any(what in OF_WHOLE_MAPS for what, _, _ in made):
        return _everything(session, road_map_id, revision)
    return Changes(
        revision,
        frozenset(name for _, name, _ in made if name is not None),
        frozenset(row_id for _, _, row_id in made if row_id is not None),
        frozenset(row_id for _, name, row_id in made if name is None and row_id is not None),
    )


def _everything(session: Session, road_map_id: int, revision: int) -> Changes:
    """All rows and all fields that were ever written in."""
    rows = session.execute(select(MapRow.id, MapRow.kind).where(MapRow.road_map_id == road_map_id))
    kinds = {row.id: row.kind for row in rows}
    stored = select(MapField.section, MapField.field, MapField.row_id).where(MapField.road_map_id == road_map_id)
    names = [
        place_name(section or kinds.get(row_id or 0, ""), field, row_id)
        for section, field, row_id in session.execute(stored)
    ]
    return Changes(revision, frozenset(names), frozenset(kinds), frozenset(kinds))


def _made_after(session: Session, road_map_id: int, since: int) -> list[tuple[ChangeKind, str | None, int | None]]:
    """Each change as what it did, the name of its field, where it is about one, and its row."""
    found = (
        select(MapChange.what, MapChange.section, MapChange.field, MapChange.row_id, MapRow.kind)
        .outerjoin(MapRow, MapRow.id == MapChange.row_id)
        .where(MapChange.road_map_id == road_map_id, MapChange.revision > since)
    )
    return [
        (what, place_name(kind or section or "", field or "", row_id) if what in OF_FIELDS else None, row_id)
        for what, section, field, row_id, kind in session.execute(found)
    ]
