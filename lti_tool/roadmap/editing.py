"""Saving one field: guarded by the version that it was read at, so that nothing is ever overwritten unseen."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import BadInput, NotFound, Stale
from lti_tool.roadmap.change_log import Change, begin_change, log_value
from lti_tool.roadmap.date_order import check_order
from lti_tool.roadmap.dependencies import check_no_circle
from lti_tool.roadmap.errors import RowRemoved
from lti_tool.roadmap.field_names import Named, Sections, row_kind
from lti_tool.roadmap.fields import check_value, kind_of
from lti_tool.roadmap.models import ChangeKind, MapField, MapReference, MapRow


class FieldStale(Stale):
    """Somebody else wrote in this field; `current` holds `value`, `version`, `who` and `at`."""


@dataclass(frozen=True)
class _Rows:
    """What a field's check may ask of the map."""

    session: Session
    road_map_id: int

    def row_ids(self, kind: str) -> set[str]:
        """The ids of the rows of this kind that stand in the map."""
        found = select(MapRow.id).where(
            MapRow.road_map_id == self.road_map_id, MapRow.kind == kind, MapRow.removed_at.is_(None)
        )
        return {str(row_id) for row_id in self.session.scalars(found)}


def save_field(
    session: Session,
    road_map_id: int,
    actor_id: int,
    sections: Sections,
    field: Named,
    *,
    value: object,
    version: object,
    what: ChangeKind = ChangeKind.CHANGED,
) -> MapField:
    """Keep the value if the field still has this version, and return the field as it stands.

    The same value again changes nothing, at whatever version: so a save whose answer was lost can be repeated.
    Raises FieldStale with the other version, RowRemoved, NotFound, BadInput, TooLong, DateOutOfOrder, DependencyCircle.
    """
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise BadInput("version")
    change = begin_change(session, road_map_id, actor_id)
    row = _row(session, road_map_id, field)
    kept = check_value(field.field, value, _Rows(session, road_map_id))
    found = _field(session, road_map_id, field)
    if found.value == kept:
        return found
    if row is not None and row.removed_at is not None:
        raise RowRemoved(field.name)
    if found.version != version:
        raise FieldStale(field.name, current=describe(found))
    check_order(sections, field, kept, lambda other: read_value(session, road_map_id, other))
    check_no_circle(session, road_map_id, sections, field, kept)
    before = found.value
    _write(session, change, found, kept, from_example=False)
    write_references(session, field, found)
    log_value(session, change, what, found, before)
    return found


def set_value(
    session: Session, actor_id: int, row: MapRow, field: Named, *, value: str, what: ChangeKind = ChangeKind.CHANGED
) -> None:
    """Let a field of a row hold a value that follows from another change; a change of its own in the log."""
    change = begin_change(session, row.road_map_id, actor_id)
    found = _field(session, row.road_map_id, field)
    before = found.value
    _write(session, change, found, value, from_example=found.from_example)
    write_references(session, field, found)
    log_value(session, change, what, found, before, joins=False)


def describe(field: MapField) -> dict[str, object]:
    """A field as JSON tells it: value, version, who wrote it and when."""
    return {
        "value": field.value,
        "version": field.version,
        "who": field.changed_by.shown_name if field.changed_by else "",
        "at": field.changed_at.isoformat() if field.version else None,
    }


def find_stored(session: Session, road_map_id: int, field: Named) -> MapField | None:
    """The field as the database has it; None where nobody has written in it."""
    here = select(MapField).filter_by(road_map_id=road_map_id, **field.place)
    return session.scalar(here.execution_options(populate_existing=True))


def read_value(session: Session, road_map_id: int, field: Named) -> str:
    """What stands in a field."""
    found = select(MapField.value).filter_by(road_map_id=road_map_id, **field.place)
    return session.scalar(found) or ""


def write_references(session: Session, field: Named, found: MapField) -> None:
    """Let the references be those that the value names."""
    if not field.field.refers_to:
        return
    session.execute(delete(MapReference).where(MapReference.field_id == found.id))
    named = kind_of(field.field).references(found.value)
    session.add_all(MapReference(field_id=found.id, row_id=row_id) for row_id in named)
    session.flush()


def _row(session: Session, road_map_id: int, field: Named) -> MapRow | None:
    if field.row_id is None:
        return None
    row = session.get(MapRow, field.row_id, populate_existing=True)
    if row is None or row.road_map_id != road_map_id or row.kind != row_kind(field.section).kind:
        raise NotFound("row")
    return row


def _field(session: Session, road_map_id: int, field: Named) -> MapField:
    found = find_stored(session, road_map_id, field)
    if found is None:
        found = MapField(road_map_id=road_map_id, value="", version=0, **field.place)
        session.add(found)
        session.flush()
    return found


def _write(session: Session, change: Change, found: MapField, value: str, *, from_example: bool) -> None:
    statement = (
        update(MapField)
        .where(MapField.id == found.id, MapField.version == found.version)
        .values(value=value, version=MapField.version + 1, from_example=from_example)
        .values(changed_by_id=change.actor_id, changed_at=now())
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)
    session.refresh(found)
