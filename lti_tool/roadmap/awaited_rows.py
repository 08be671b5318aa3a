"""What becomes of rows that wait for one that is taken out: no longer, and again once that one is put back."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.roadmap.change_log import last_change
from lti_tool.roadmap.dependencies import check_no_circle
from lti_tool.roadmap.editing import find_stored, read_value, set_value
from lti_tool.roadmap.errors import DependencyCircle
from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, section_of_rows
from lti_tool.roadmap.fields import kind_of
from lti_tool.roadmap.history import field_of
from lti_tool.roadmap.models import ChangeKind, MapChange, MapField, MapReference, MapRow

MOST_WAITING = 500
"""Rows that may wait for one; more than all rows of a map that can wait."""


def stop_waiting_for(session: Session, actor_id: int, sections: Sections, row: MapRow) -> None:
    """Let no row wait for this one, which was just taken out. Each field is a change of its own, after the removal."""
    found = (
        select(MapField, MapRow)
        .join(MapReference, MapReference.field_id == MapField.id)
        .join(MapRow, MapRow.id == MapField.row_id)
        .where(MapReference.row_id == row.id, MapRow.removed_at.is_(None))
        .order_by(MapField.id)
    )
    for stored, waiting in session.execute(found).all():
        for named in _waiting_fields(sections, waiting):
            if named.field.name == stored.field:
                rest = [one for one in _awaited(named, stored.value) if one != row.id]
                set_value(session, actor_id, waiting, named, value=kind_of(named.field).referring_to(rest))


def wait_again(session: Session, actor_id: int, sections: Sections, row: MapRow) -> None:
    """Let what waited for this row, which was just put back, do so again, unless that was changed since.

    What would close a circle by now stays as it is. The row itself waits for none that is out.
    """
    standing = _standing(session, row.road_map_id)
    for named in _waiting_fields(sections, row):
        awaited = _awaited(named, read_value(session, row.road_map_id, named))
        if not standing.issuperset(awaited):
            rest = kind_of(named.field).referring_to(standing.intersection(awaited))
            set_value(session, actor_id, row, named, value=rest)
    for change in _made_by_removal(session, row):
        waiting = session.get_one(MapRow, change.row_id)
        field = field_of(sections, change, {waiting.id: waiting.kind})
        if field and waiting.id in standing and standing.issuperset(_awaited(field, change.before)):
            _undo(session, actor_id, sections, change, (waiting, field))


def _undo(session: Session, actor_id: int, sections: Sections, change: MapChange, where: tuple[MapRow, Named]) -> None:
    row, named = where
    stored = find_stored(session, change.road_map_id, named)
    if stored is None or last_change(session, stored) is not change:
        return
    try:
        check_no_circle(session, change.road_map_id, sections, named, change.before)
    except DependencyCircle:
        return
    set_value(session, actor_id, row, named, value=change.before, what=ChangeKind.PUT_BACK)


def _made_by_removal(session: Session, row: MapRow) -> Sequence[MapChange]:
    """The changes that followed at once on the row's last removal, and took it out of what waited for it."""
    of_row = select(MapChange).where(MapChange.row_id == row.id, MapChange.what == ChangeKind.REMOVED)
    removal = session.scalar(of_row.order_by(MapChange.revision.desc()).limit(1))
    if removal is None:
        return ()
    later = select(MapChange).where(MapChange.road_map_id == row.road_map_id, MapChange.revision > removal.revision)
    found: list[MapChange] = []
    for change in session.scalars(later.order_by(MapChange.revision).limit(MOST_WAITING)):
        before = change.before.split()
        if str(row.id) not in before or change.after.split() != [one for one in before if one != str(row.id)]:
            break
        found.append(change)
    return found


def _waiting_fields(sections: Sections, row: MapRow) -> Iterator[Named]:
    fields = fields_of_row(section_of_rows(sections, row.kind), row.id)
    return (named for named in fields if named.field.role == "after")


def _awaited(named: Named, value: str) -> tuple[int, ...]:
    return kind_of(named.field).references(value)


def _standing(session: Session, road_map_id: int) -> set[int]:
    return set(session.scalars(select(MapRow.id).where(MapRow.road_map_id == road_map_id, MapRow.removed_at.is_(None))))
