"""What a field takes: each kind's own check, the same for every way in which a value arrives."""

from datetime import date

from sqlalchemy.orm import Session

from lti_tool.counting import count_characters
from lti_tool.errors import BadInput, TooLong
from lti_tool.roadmap.models import MapRow
from scorm_builder.course_format.planner import SectionField

PRIORITY = "priority"
KEPT_CONTROLS = "\n\t"
LARGEST = 4
"""Letters, marks and joiners for each character that the limit counts."""


def check_value(session: Session, road_map_id: int, kind: SectionField, value: object) -> str:
    """The value as it is kept; an empty text empties any field. Raises BadInput or TooLong."""
    if not isinstance(value, str):
        raise BadInput("a field takes a text")
    if not value:
        return ""
    if kind.kind == "date":
        return _day(value)
    if kind.kind == "choice":
        return _one_of(value, {choice.id for choice in kind.choices})
    if kind.kind == "priority":
        return _one_of(value, _priorities(session, road_map_id))
    return _text(value, kind)


def _text(value: str, kind: SectionField) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput("half of a character") from None
    cleaned = value.replace("\r\n", "\n").replace("\r", "\n")
    # Control characters have no look, and PostgreSQL keeps no NUL.
    cleaned = "".join(letter for letter in cleaned if letter >= " " or letter in KEPT_CONTROLS)
    if kind.kind != "long":
        cleaned = " ".join(cleaned.split("\n"))
    if count_characters(cleaned) > kind.limit or len(cleaned) > LARGEST * kind.limit:
        raise TooLong(f"{kind.name}: {len(cleaned)} characters")
    return cleaned


def _day(value: str) -> str:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise BadInput("not a date") from None
    if found.isoformat() != value:
        raise BadInput("not a date as browsers write it")
    return value


def _one_of(value: str, known: set[str]) -> str:
    if value not in known:
        raise BadInput("not one of the choices")
    return value


def _priorities(session: Session, road_map_id: int) -> set[str]:
    found = session.query(MapRow.id).filter(
        MapRow.road_map_id == road_map_id, MapRow.kind == PRIORITY, MapRow.removed_at.is_(None)
    )
    return {str(row_id) for (row_id,) in found}
