"""One list of a map as a table for spreadsheets (CSV, RFC 4180)."""

import csv
import io

from babel.numbers import get_decimal_symbol

from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.plan import Plan, rows_to_show
from lti_tool.roadmap.field_names import row_kind
from scorm_builder.course_format.planner import Section

BYTE_ORDER_MARK = "\ufeff"
"""By which Excel knows UTF-8."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212")
"""How a cell begins that a spreadsheet may calculate (OWASP, CSV injection), full width and the sign for minus too."""


class TableOfRows(Export):
    """The rows of one section, a line each, with every field."""

    name = "table"
    media_type = "text/csv"
    extension = "csv"

    def about_one(self, section: Section) -> bool:
        """Lists have rows."""
        return section.row is not None

    def make(self, plan: Plan) -> bytes:
        """The table, in UTF-8."""
        if plan.section is None:
            raise ValueError("a table is of one section")
        part, fields = plan.map.part(plan.section), row_kind(plan.section).fields
        written = io.StringIO()
        table = csv.writer(written, delimiter=_delimiter(plan.language), lineterminator="\r\n")
        table.writerow([as_text(field.label) for field in fields])
        for row in rows_to_show(part):
            table.writerow([as_text(plan.exported(cell)) for cell in row.cells])
        return (BYTE_ORDER_MARK + written.getvalue()).encode()


def as_text(value: str) -> str:
    """The value so that no spreadsheet takes it for a formula: an apostrophe says that a text follows."""
    return f"'{value}" if value.lstrip(" \n\u00a0").startswith(FORMULAS) else value


def _delimiter(language: str) -> str:
    """What parts cells: Excel wants a semicolon where the comma stands in numbers."""
    return ";" if get_decimal_symbol(locale=language) == "," else ","
