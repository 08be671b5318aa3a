"""The course's worked example is put into an empty map, and what nobody changed of it is taken out again.

Each is one change of the person who asked for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.roadmap.change_log import Change, begin_change, log_change
from lti_tool.roadmap.editing import write_references
from lti_tool.roadmap.errors import MapNotEmpty
from lti_tool.roadmap.field_names import Named, Sections, find_field, row_field, row_kind, section_field
from lti_tool.roadmap.models import ChangeKind, MapField, MapRow
from lti_tool.roadmap.reading import Cell, Map, Part, Row, read_map


@dataclass(frozen=True)
class Rest:
    """What nobody has changed of the example."""

    rows: tuple[Row, ...]
    """Rows that stand as they came, but those to which the team's own words refer, and to which these do."""
    cells: tuple[Cell, ...]
    """Fields of sections, and of rows that the team has begun to write in."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.cells)


def load_example(session: Session, road_map_id: int, actor_id: int, sections: Sections, example: Map) -> None:
    """Put every row and text of the example into the map. Raises MapNotEmpty."""
    change = begin_change(session, road_map_id, actor_id)
    standing = read_map(session, road_map_id, sections)
    if not standing.empty:
        raise MapNotEmpty("example")
    writing = _Writing(session, change, _stored(session, road_map_id), {})
    for part in example.parts:
        writing.ids.update(_make_rows(session, road_map_id, part, standing.part(part.section)))
    for part in example.parts:
        for cell in part.cells:
            writing.write(section_field(part.section, cell.field), cell)
        for row in part.rows:
            for cell in row.cells:
                writing.write(row_field(part.section, writing.ids[row.id], cell.field), cell)
    log_change(session, change, ChangeKind.EXAMPLE_LOADED)


def find_rest(standing: Map) -> Rest:
    """What would be taken out of this map."""
    cells = [cell for part in standing.parts for cell in part.all_cells]
    named = {row_id for cell in cells if not cell.from_example for row_id in cell.refers_to}
    rows = [row for part in standing.parts for row in part.rows]
    kept = _with_what_they_name(named, rows)
    whole = tuple(row for row in rows if row.from_example and row.id not in kept)
    begun = [cell for row in rows if not row.from_example for cell in row.cells]
    own = [cell for part in standing.parts for cell in part.cells]
    return Rest(whole, tuple(cell for cell in (*own, *begun) if cell.marked))


def _with_what_they_name(row_ids: Iterable[int], rows: Sequence[Row]) -> set[int]:
    """These rows, and those of the example to which they refer, and so on."""
    told = {row.id: row for row in rows if row.from_example}
    kept, open_ends = set[int](), list(row_ids)
    while open_ends:
        row_id = open_ends.pop()
        if row_id not in kept:
            kept.add(row_id)
            open_ends += [one for cell in (told[row_id].cells if row_id in told else ()) for one in cell.refers_to]
    return kept


def take_example_out(session: Session, road_map_id: int, actor_id: int, sections: Sections) -> Rest:
    """Take out what nobody has changed; the rows are kept, to be put back one by one. Returns what was taken out."""
    change = begin_change(session, road_map_id, actor_id)
    rest = find_rest(read_map(session, road_map_id, sections))
    if not rest:
        return rest
    for row in rest.rows:
        session.get_one(MapRow, row.id).removed_at = now()
    writing = _Writing(session, change, _stored(session, road_map_id), {})
    for cell in rest.cells:
        writing.clear(find_field(sections, cell.name))
    log_change(session, change, ChangeKind.EXAMPLE_TAKEN)
    return rest


Place = tuple[int | None, str | None, str]


@dataclass(frozen=True)
class _Writing:
    """Values that are written as one change."""

    session: Session
    change: Change
    stored: dict[Place, MapField]
    ids: dict[int, int]
    """The map's row for each of the example's."""

    def write(self, named: Named, cell: Cell) -> None:
        """Let the map's field hold what the example's holds; where that is empty, an untouched field stays so."""
        value = cell.kind.referring_to(self.ids[row_id] for row_id in cell.refers_to) or cell.value
        if value or self._place(named) in self.stored:
            self._set(named, value, from_example=True)

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


def _stored(session: Session, road_map_id: int) -> dict[Place, MapField]:
    found = session.scalars(select(MapField).where(MapField.road_map_id == road_map_id))
    return {(field.row_id, field.section, field.field): field for field in found}


def _make_rows(session: Session, road_map_id: int, wanted: Part, standing: Part) -> Mapping[int, int]:
    """A row of the map for each of the example's: an empty one, one of an example that was taken out, or a new one."""
    at_hand = [*standing.rows, *(row for row in standing.removed if row.from_example)][: len(wanted.rows)]
    rows = [session.get_one(MapRow, row.id) for row in at_hand]
    if len(wanted.rows) > len(rows):
        kind = row_kind(wanted.section).kind
        rows += [MapRow(road_map_id=road_map_id, kind=kind) for _ in range(len(wanted.rows) - len(rows))]
    for position, row in enumerate(rows, -len(rows)):
        row.position, row.removed_at = position, None
    session.add_all(rows)
    session.flush()
    return {row.id: made.id for row, made in zip(wanted.rows, rows, strict=True)}
