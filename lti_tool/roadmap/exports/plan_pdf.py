"""The whole plan as a PDF, section by section."""

from typing import Any

from lti_tool.roadmap.exports.pdf import Data, Pdf, Say
from lti_tool.roadmap.exports.plan import Plan, rows_to_show
from lti_tool.roadmap.field_names import row_kind
from lti_tool.roadmap.fields import kind_of
from lti_tool.roadmap.reading import Cell, Part, Row
from scorm_builder.course_format.planner import SectionField

MOST_COLUMNS = 3
"""Beside the name, in the table at the head of a list; more do not fit on a page."""


class PlanAsPdf(Pdf):
    """Everything in words, on A4."""

    name = "plan"

    def lay_out(self, plan: Plan, say: Say) -> Data:
        """Section by section."""
        return {
            "contents": plan.words.contents,
            "sections": [_part(plan, say, part) for part in plan.map.parts],
        }


def _part(plan: Plan, say: Say, part: Part) -> dict[str, Any]:
    rows = rows_to_show(part)
    fields = [{"label": say(cell.field.label), "text": say(_told(plan, cell))} for cell in part.cells]
    return {
        "title": say(part.section.title),
        "question": say(part.section.question),
        "fields": fields,
        "table": _table(plan, say, part, rows),
        "rows": [_row(plan, say, part, row) for row in rows],
        "none": say(plan.words.no_rows_yet % {"rows": row_kind(part.section).plural})
        if part.section.row and not rows
        else "",
    }


def _told(plan: Plan, cell: Cell) -> str:
    return plan.told(cell) or plan.words.nothing_yet


def _row(plan: Plan, say: Say, part: Part, row: Row) -> dict[str, Any]:
    cells = [cell for cell in row.cells[1:] if cell.filled]
    return {
        "title": say(plan.name_of(row, part)),
        "fields": [{"label": say(cell.field.label), "text": say(plan.told(cell))} for cell in cells],
    }


def _table(plan: Plan, say: Say, part: Part, rows: list[Row]) -> dict[str, Any] | None:
    """The list at a glance: names with what is said of them in a few words; None where there is nothing such."""
    fields = row_kind(part.section).fields if rows else ()
    columns = [place for place, field in enumerate(fields) if place and kind_of(field).is_brief]
    if not columns:
        return None
    by_weight = sorted(columns, key=lambda place: not _says_who_or_when(fields[place]))
    shown = [0, *sorted(by_weight[:MOST_COLUMNS])]
    return {
        "head": [say(fields[place].label) for place in shown],
        "lines": [[say(_cell(plan, part, row, place)) for place in shown] for row in rows],
    }


def _cell(plan: Plan, part: Part, row: Row, place: int) -> str:
    return plan.name_of(row, part) if place == 0 else plan.told(row.cells[place])


def _says_who_or_when(field: SectionField) -> bool:
    """What people look for first; how far it is, too."""
    return field.kind in {"person", "date"} or field.role == "status"
