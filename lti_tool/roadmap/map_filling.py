"""An empty map is filled at once, from the course's example or from a file, as one change of whoever asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.roadmap.change_log import Change, begin_change, log_change
from lti_tool.roadmap.editing import write_references
from lti_tool.roadmap.errors import MapNotEmpty, TooManyRemoved
from lti_tool.roadmap.field_names import Named, Sections, row_field, row_kind, section_field
from lti_tool.roadmap.models import ChangeKind, MapField, MapRow
from lti_tool.roadmap.reading import Cell, Map, Part, read_map
from lti_tool.roadmap.rows import MOST_KEPT

Place = tuple[int | None, str | None, str]


@dataclass(frozen=True)
class Writing:
    """Values that are written as one change."""

    session: Session
    change: Change
    stored: dict[Place, MapField]
    ids: dict[int, int]
    """The map's row for each row of the source."""

    def write(self, named: Named, cell: Cell, *, from_example: bool) -> None:
        """Let the map's field hold what the source's holds; where that is empty, an untouched field stays so."""
        value = cell.kind.referring_to(self.ids[row_id] for row_id in cell.refers_to) or cell.value
        if value or self._place(named) in self.stored:
            self._set(named, value, from_example=from_example)

    def clear(self, named: Named) -> None:
        """Empty a field."""
        self._set(named, "", from_example=False)

    def _set(self, named: Named, value: str, *, from_example: bool) -> None:
        place = self._place(named)
        if place not in self.stored:
            self.stored[place] = MapField(road_map_id=self.change.road_map_id, version=0, **named.place)
            self.session.add(self.stored[place])
        field = self.stored[place]
        field.value, field.from_example, field.version = value, from_example, field.version + 1
        field.changed_by_id, field.changed_at = self.change.actor_id, now()
        if named.field.refers_to:
            self.session.flush()
            write_references(self.session, named, field)

    def _place(self, named: Named) -> Place:
        return named.row_id, named.section.id if named.row_id is None else None, named.field.name


def begin_writing(session: Session, change: Change) -> Writing:
    """Ready to write; to be called once nothing else changes the map, after `begin_change`."""
    found = session.scalars(select(MapField).where(MapField.road_map_id == change.road_map_id))
    return Writing(session, change, {(field.row_id, field.section, field.field): field for field in found}, {})


def fill_map(
    session: Session, road_map_id: int, actor_id: int, sections: Sections, source: Map, *, what: ChangeKind
) -> None:
    """Put every row and text of the source into the map. Raises MapNotEmpty, TooManyRemoved.

    With the course's example everything is marked as such; else as the source says of each field.
    """
    change = begin_change(session, road_map_id, actor_id)
    standing = read_map(session, road_map_id, sections)
    if not standing.empty:
        raise MapNotEmpty(what)
    writing, is_example = begin_writing(session, change), what is ChangeKind.EXAMPLE_LOADED
    for part in source.parts:
        writing.ids.update(_make_rows(session, road_map_id, part, standing.part(part.section)))
    for part in source.parts:
        for cell in part.cells:
            named = section_field(part.section, cell.field)
            writing.write(named, cell, from_example=is_example or cell.from_example)
        for row in part.rows:
            for cell in row.cells:
                named = row_field(part.section, writing.ids[row.id], cell.field)
                writing.write(named, cell, from_example=is_example or cell.from_example)
    log_change(session, change, what)


def _make_rows(session: Session, road_map_id: int, wanted: Part, standing: Part) -> Mapping[int, int]:
    """A row of the map for each of the source's: an empty one, one that was taken out unused, or a new one."""
    unused = (row for row in standing.removed if row.from_example or row.empty)
    rows = [session.get_one(MapRow, row.id) for row in [*standing.rows, *unused][: len(wanted.rows)]]
    if len(wanted.rows) > len(rows):
        kind = row_kind(wanted.section).kind
        _check_room(session, road_map_id, kind, len(wanted.rows) - len(rows))
        rows += [MapRow(road_map_id=road_map_id, kind=kind) for _ in range(len(wanted.rows) - len(rows))]
    for position, row in enumerate(rows, -len(rows)):
        row.position, row.removed_at = position, None
    session.add_all(rows)
    session.flush()
    return {row.id: made.id for row, made in zip(wanted.rows, rows, strict=True)}


def _check_room(session: Session, road_map_id: int, kind: str, more: int) -> None:
    here = select(func.count()).where(MapRow.road_map_id == road_map_id, MapRow.kind == kind)
    if session.execute(here).scalar_one() + more > MOST_KEPT:
        raise TooManyRemoved(kind)
