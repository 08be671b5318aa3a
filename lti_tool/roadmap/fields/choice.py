"""One of a few values that the course data name."""

from collections.abc import Mapping

from lti_tool.errors import BadInput
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field


class Choice(Kind):
    """A choice, kept as its identifier; the course's order is that of the values."""

    name = "choice"
    template = "roadmap/fields/choice.html"
    is_brief = True

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:  # noqa: ARG002
        """The identifier of one of the choices."""
        if value not in {choice.id for choice in field.choices}:
            raise BadInput("not one of the choices")
        return value

    def export(self, field: Field, value: str, titles: Mapping[str, str]) -> str:  # noqa: ARG002
        """The choice's words."""
        return next((choice.label for choice in field.choices if choice.id == value), value)

    def sort_key(self, field: Field, value: str) -> str:
        """Its place among the choices; what is none comes first."""
        known = [choice.id for choice in field.choices]
        return f"{known.index(value) + 1 if value in known else 0:04}"
