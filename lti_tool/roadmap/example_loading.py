"""The course's worked example is put into an empty map, and what nobody changed of it is taken out again.

Each is one change of the person who asked for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.roadmap.change_log import begin_change, log_change
from lti_tool.roadmap.field_names import Sections, find_field
from lti_tool.roadmap.map_filling import begin_writing, fill_map
from lti_tool.roadmap.models import ChangeKind, MapRow
from lti_tool.roadmap.reading import Cell, Map, Row, read_map


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
    """Put every row and text of the example into the map. Raises MapNotEmpty, TooManyRemoved."""
    fill_map(session, road_map_id, actor_id, sections, example, what=ChangeKind.EXAMPLE_LOADED)


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
    writing = begin_writing(session, change)
    for cell in rest.cells:
        writing.clear(find_field(sections, cell.name))
    log_change(session, change, ChangeKind.EXAMPLE_TAKEN)
    return rest
