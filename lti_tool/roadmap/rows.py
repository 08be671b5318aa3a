"""Rows of a map: added at the end, moved by one place, taken out and put back."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import BadInput, NotFound
from lti_tool.roadmap.awaited_rows import stop_waiting_for, wait_again
from lti_tool.roadmap.change_log import begin_change, log_change
from lti_tool.roadmap.errors import RowRemoved, TooManyRemoved, TooManyRows
from lti_tool.roadmap.field_names import Sections, row_kind, section_of_rows
from lti_tool.roadmap.models import ChangeKind, MapField, MapRow

MOST_ROWS = 60
"""Of one kind in one map; a plan with more is no plan."""
MOST_KEPT = 200
"""Those taken out counted, too, which are kept so that each can be put back."""


def add_row(session: Session, road_map_id: int, actor_id: int, kind: str) -> MapRow:
    """Add an empty row at the end of its kind. Raises TooManyRows, TooManyRemoved."""
    change = begin_change(session, road_map_id, actor_id)
    if len(rows_of(session, road_map_id, kind)) >= MOST_ROWS:
        raise TooManyRows(kind)
    last, kept = session.execute(select(func.max(MapRow.position), func.count()).where(_of(road_map_id, kind))).one()
    row = MapRow(road_map_id=road_map_id, kind=kind) if kept < MOST_KEPT else _empty_removed(session, road_map_id, kind)
    row.position, row.removed_at = 0 if last is None else last + 1, None
    session.add(row)
    session.flush()
    log_change(session, change, ChangeKind.ADDED, row_id=row.id)
    return row


def _empty_removed(session: Session, road_map_id: int, kind: str) -> MapRow:
    """A row that was taken out and holds nothing, to be used once more; raises TooManyRemoved where there is none."""
    filled = exists().where(MapField.row_id == MapRow.id, MapField.value != "")
    wanted = select(MapRow).where(_of(road_map_id, kind), MapRow.removed_at.is_not(None), ~filled)
    found = session.scalar(wanted.order_by(MapRow.removed_at).limit(1))
    if found is None:
        raise TooManyRemoved(kind)
    return found


def move_row(session: Session, road_map_id: int, actor_id: int, row_id: int, direction: str) -> MapRow:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    if direction not in {"up", "down"}:
        raise BadInput("direction")
    change = begin_change(session, road_map_id, actor_id)
    row = find_row(session, road_map_id, row_id)
    if row.removed_at is not None:
        raise RowRemoved("move")
    listed = rows_of(session, road_map_id, row.kind)
    here = listed.index(row)
    there = here + (-1 if direction == "up" else 1)
    if 0 <= there < len(listed):
        other = listed[there]
        row.position, other.position = other.position, row.position
        log_change(session, change, ChangeKind.MOVED, row_id=row.id, before=str(here + 1), after=str(there + 1))
    return row


def remove_row(session: Session, road_map_id: int, actor_id: int, sections: Sections, row_id: int) -> MapRow:
    """Take a row out; it is kept, to be put back, and no other row waits for it. Twice is as good as once."""
    change = begin_change(session, road_map_id, actor_id)
    row = find_row(session, road_map_id, row_id)
    if row.removed_at is None:
        row.removed_at = now()
        log_change(session, change, ChangeKind.REMOVED, row_id=row.id, before=title_of(session, sections, row))
        stop_waiting_for(session, actor_id, sections, row)
    return row


def restore_row(session: Session, road_map_id: int, actor_id: int, sections: Sections, row_id: int) -> MapRow:
    """Put a removed row back in its place, and let what waited for it do so again. Raises TooManyRows."""
    change = begin_change(session, road_map_id, actor_id)
    row = find_row(session, road_map_id, row_id)
    if row.removed_at is not None:
        if len(rows_of(session, road_map_id, row.kind)) >= MOST_ROWS:
            raise TooManyRows(row.kind)
        row.removed_at = None
        log_change(session, change, ChangeKind.RESTORED, row_id=row.id, after=title_of(session, sections, row))
        wait_again(session, actor_id, sections, row)
    return row


def find_row(session: Session, road_map_id: int, row_id: int) -> MapRow:
    """A row of this map, removed or not; raises NotFound."""
    row = session.get(MapRow, row_id, populate_existing=True)
    if row is None or row.road_map_id != road_map_id:
        raise NotFound("row")
    return row


def rows_of(session: Session, road_map_id: int, kind: str) -> Sequence[MapRow]:
    """The rows of this kind in their order, without those taken out."""
    found = select(MapRow).where(_of(road_map_id, kind), MapRow.removed_at.is_(None))
    ordered = found.order_by(MapRow.position, MapRow.id).execution_options(populate_existing=True)
    return session.scalars(ordered).all()


def title_of(session: Session, sections: Sections, row: MapRow) -> str:
    """What a row is called: the value of its first field."""
    first = row_kind(section_of_rows(sections, row.kind)).fields[0]
    named = select(MapField.value).where(MapField.row_id == row.id, MapField.field == first.name)
    return session.scalar(named) or ""


def _of(road_map_id: int, kind: str) -> ColumnElement[bool]:
    return and_(MapRow.road_map_id == road_map_id, MapRow.kind == kind)
