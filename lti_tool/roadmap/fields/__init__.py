"""The kinds of field that a road map has. A new one is a module of this folder, its template, and one line here."""

from lti_tool.errors import BadInput
from lti_tool.roadmap.fields.choice import Choice
from lti_tool.roadmap.fields.date import Date
from lti_tool.roadmap.fields.kind import Kind, Period, RowsOfMap
from lti_tool.roadmap.fields.periods import Periods
from lti_tool.roadmap.fields.reference import Reference
from lti_tool.roadmap.fields.references import References
from lti_tool.roadmap.fields.text import Long, Person, Text
from scorm_builder.course_format.planner import SectionField as Field

KINDS: tuple[Kind, ...] = (Text(), Long(), Date(), Choice(), Person(), Reference(), References(), Periods())
_BY_NAME = {kind.name: kind for kind in KINDS}

__all__ = ["KINDS", "Kind", "Period", "RowsOfMap", "check_value", "kind_of"]


def kind_of(field: Field) -> Kind:
    """The kind that the course data name for this field."""
    return _BY_NAME[field.kind]


def check_value(field: Field, value: object, rows: RowsOfMap) -> str:
    """The value as it is kept; an empty text empties any field. Raises BadInput or TooLong."""
    if not isinstance(value, str):
        raise BadInput("a field takes a text")
    return kind_of(field).check(field, value, rows) if value else ""
