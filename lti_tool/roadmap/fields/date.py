"""Days."""

import datetime as dt

from lti_tool.errors import BadInput
from lti_tool.roadmap.errors import DayOutOfRange
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2199, 12, 31)
"""What a map can plan. Beyond that a year was typed wrong, or is not yet typed to its end."""


class Date(Kind):
    """A day, kept as ISO 8601 writes it. How days stand to each other is for `date_order.py`."""

    name = "date"
    template = "roadmap/fields/date.html"
    is_brief = True
    icon = "calendar"
    first, last = FIRST, LAST

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:  # noqa: ARG002
        """The day, in the one spelling that browsers send."""
        found = read_day(value)
        if found is None:
            raise BadInput("not a date as browsers write it")
        if not FIRST <= found <= LAST:
            raise DayOutOfRange("date")
        return value

    def day(self, value: str) -> dt.date | None:
        """The day itself; None for what is none, as where the field was a text in a former course."""
        found = read_day(value)
        return found if found and FIRST <= found <= LAST else None


def read_day(value: str) -> dt.date | None:
    """The day that this names, whenever it is; None where it is not in that spelling."""
    try:
        found = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return found if found.isoformat() == value else None
