"""Saving one field: guarded by the version that it was read at, so that nothing is ever overwritten unseen."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import BadInput, NotFound, Stale
from lti_tool.roadmap.change_log import Change, begin_change, log_change
from lti_tool.roadmap.errors import RowRemoved
from lti_tool.roadmap.field_checks import check_value
from lti_tool.roadmap.field_names import Named, row_kind
from lti_tool.roadmap.models import MapField, MapRow


class FieldStale(Stale):
    """Somebody else wrote in this field; `current` holds `value`, `version`, `who` and `at`."""


def save_field(
    session: Session, road_map_id: int, user_id: int, field: Named, *, value: object, version: object
) -> MapField:
    """Keep the value if the field still has this version, and return the field as it stands.

    The same value again changes nothing, at whatever version: so a save whose answer was lost can be repeated.
    Raises FieldStale with the other version, RowRemoved, NotFound, BadInput, TooLong.
    """
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise BadInput("version")
    change = begin_change(session, road_map_id, user_id)
    row = _row(session, road_map_id, field)
    kept = check_value(session, road_map_id, field.kind, value)
    found = _field(session, road_map_id, field)
    if found.value == kept:
        return found
    if row is not None and row.removed_at is not None:
        raise RowRemoved(field.name)
    if found.version != version:
        raise FieldStale(field.name, current=describe(found))
    return _write(session, change, found, kept)


def describe(field: MapField) -> dict[str, object]:
    """A field as JSON tells it: value, version, who wrote it and when."""
    return {
        "value": field.value,
        "version": field.version,
        "who": field.changed_by.shown_name if field.changed_by else "",
        "at": field.changed_at.isoformat() if field.version else None,
    }


def _row(session: Session, road_map_id: int, field: Named) -> MapRow | None:
    if field.row_id is None:
        return None
    row = session.get(MapRow, field.row_id, populate_existing=True)
    if row is None or row.road_map_id != road_map_id or row.kind != row_kind(field.section).kind:
        raise NotFound("row")
    return row


def _field(session: Session, road_map_id: int, field: Named) -> MapField:
    statement = select(MapField).where(MapField.road_map_id == road_map_id, MapField.name == field.name)
    found = session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        found = MapField(road_map_id=road_map_id, row_id=field.row_id, name=field.name, value="", version=0)
        session.add(found)
        session.flush()
    return found


def _write(session: Session, change: Change, found: MapField, value: str) -> MapField:
    before, moment = found.value, now()
    statement = (
        update(MapField)
        .where(MapField.id == found.id, MapField.version == found.version)
        .values(value=value, version=MapField.version + 1, changed_by_id=change.user_id, changed_at=moment)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)
    session.refresh(found)
    log_change(session, change, "changed", row_id=found.row_id, name=found.name, before=before, after=found.value)
    return found
