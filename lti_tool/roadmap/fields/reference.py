"""A row of the same map: the priority that an action serves."""

from collections.abc import Mapping

from lti_tool.errors import BadInput
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field


class Reference(Kind):
    """A reference, kept as the row's id; `refers_to` in the course data names the kind of row."""

    name = "reference"
    template = "roadmap/fields/reference.html"

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:
        """The id of a row of that kind that stands in the map."""
        if not any(value in rows.row_ids(kind) for kind in field.refers_to):
            raise BadInput("not one of the rows")
        return value

    def export(self, field: Field, value: str, titles: Mapping[str, str]) -> str:  # noqa: ARG002
        """The row's title; nothing for a row that was taken out."""
        return titles.get(value, "")

    def references(self, value: str) -> tuple[int, ...]:
        """The row; nothing for what is none, as where the field was a text in a former course."""
        return (int(value),) if value.isascii() and value.isdigit() else ()
