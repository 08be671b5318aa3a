"""Which rows wait for which (`role: after` in the course data): never in a circle."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.roadmap.errors import DependencyCircle
from lti_tool.roadmap.field_names import Named, Sections, row_kind, sections_with_rows
from lti_tool.roadmap.fields import kind_of
from lti_tool.roadmap.models import MapField, MapReference, MapRow

Waits = Mapping[int, Sequence[int]]
"""For each row, by id, the rows that have to be done before it."""


def check_no_circle(session: Session, road_map_id: int, sections: Sections, field: Named, value: str) -> None:
    """Raises DependencyCircle where a row with this value would wait for itself, be it by way of others.

    The map's revision must have been taken before (change_log.begin_change): changes of one map follow one another,
    so no other one can close the circle meanwhile.
    """
    if field.field.role != "after" or field.row_id is None:
        return
    waits = {**read_waits(session, road_map_id, sections), field.row_id: kind_of(field.field).references(value)}
    circle = find_circle(waits, field.row_id)
    if circle:
        raise DependencyCircle(_titles(session, sections, circle))


def read_waits(session: Session, road_map_id: int, sections: Sections) -> dict[int, list[int]]:
    """What the rows that stand in the map wait for."""
    found = (
        select(MapField.row_id, MapReference.row_id)
        .join(MapReference, MapReference.field_id == MapField.id)
        .join(MapRow, MapRow.id == MapField.row_id)
        .where(MapField.road_map_id == road_map_id, MapRow.removed_at.is_(None))
        .where((MapRow.kind + "." + MapField.field).in_(_waiting_fields(sections)))
    )
    waits: defaultdict[int, list[int]] = defaultdict(list)
    for row_id, awaited in session.execute(found):
        waits[row_id or 0].append(awaited)
    return dict(waits)


def find_circle(waits: Waits, start: int) -> list[int]:
    """The shortest way from a row by what it waits for back to itself, without its end; empty if there is none."""
    came_from: dict[int, int] = {}
    open_ends = deque([start])
    while open_ends:
        here = open_ends.popleft()
        for awaited in waits.get(here, ()):
            if awaited == start:
                return _way(came_from, here, start)
            if awaited not in came_from:
                came_from[awaited] = here
                open_ends.append(awaited)
    return []


def _way(came_from: Mapping[int, int], end: int, start: int) -> list[int]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _waiting_fields(sections: Sections) -> list[str]:
    rows = [row_kind(section) for section in sections_with_rows(sections)]
    return [f"{row.kind}.{field.name}" for row in rows for field in row.fields if field.role == "after"]


def _titles(session: Session, sections: Sections, row_ids: Sequence[int]) -> list[str]:
    """What these rows are called: the value of each one's first field."""
    rows = [row_kind(section) for section in sections_with_rows(sections)]
    firsts = [f"{row.kind}.{row.fields[0].name}" for row in rows]
    found = (
        select(MapField.row_id, MapField.value)
        .join(MapRow, MapRow.id == MapField.row_id)
        .where(MapRow.id.in_(row_ids), (MapRow.kind + "." + MapField.field).in_(firsts))
    )
    titles = {row.row_id: row.value for row in session.execute(found)}
    return [titles.get(row_id, "").strip() for row_id in row_ids]
