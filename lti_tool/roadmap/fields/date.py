"""Days."""

import datetime as dt

from lti_tool.errors import BadInput
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field


class Date(Kind):
    """A day, kept as ISO 8601 writes it. How days stand to each other is for `date_order.py`."""

    name = "date"
    template = "roadmap/fields/date.html"
    is_brief = True
    icon = "calendar"

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:  # noqa: ARG002
        """The day, in the one spelling that browsers send."""
        try:
            found = dt.date.fromisoformat(value)
        except ValueError:
            raise BadInput("not a date") from None
        if found.isoformat() != value:
            raise BadInput("not a date as browsers write it")
        return value

    def day(self, value: str) -> dt.date | None:
        """The day itself."""
        return dt.date.fromisoformat(value) if value else None
