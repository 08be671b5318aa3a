"""Plans to make files of: the course's worked example, and one with every kind of text that people may write."""

from dataclasses import replace
from datetime import date

from lti_tool.people.teams import LONGEST_NAME
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.reading import Cell, Map, Part
from lti_tool.roadmap.worked_example import read_example
from tests.roadmap.test_example import COURSE_READ, example

TODAY = date(2026, 3, 2)
SCHOOL = "Lindenbach School"
ODD = {
    "markup": "#panic() *bold* _it_ $x$ <label> @ref \\ #let a = 1; // /* ` \" ' [ ] { } ~ = - + /",
    "greek": "Καλημέρα σε όλους, ΐ ΰ Ὁδός",
    "arabic": "مرحبا بالعالم 12",
    "hebrew": "שלום עולם",
    "hindi": "नमस्ते दुनिया",
    "thai": "สวัสดีชาวโลก",
    "emoji": "Well done 🎉👍🏽 👩‍👩‍👧 ❤️ ✓",
    "japanese": "日本語のテキスト",
    "invisible": "a\u200b\ufeff\u2060b\u202ec\u202c\u2028d\ufffe\uffff e\u0301\u0327 \u0301x",
    "private": "\ue000\U000f0000\U0010ffff",
    "mixed": "a\u093f x\u0651 \u0651 k\u20dd 1\ufe0f\u20e3",
    "long": "x" * 3_000,
    "lines": "one\n\n\ntwo\n   \nthree",
}
"""Texts of all sorts; nothing of them may break a file."""


def plan(language: str = "en", section: str = "", **changes: object) -> Plan:
    """The worked example as it is taken along."""
    sections = COURSE_READ.sections(language)
    found = next((one for one in sections if one.id == section), None)
    made = Plan(
        read_example(sections, example(language)),
        SCHOOL,
        COURSE_READ.course.id,
        language,
        TODAY,
        "7@partnerwise.school.example",
        found,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_texts(of: Plan, text: str) -> Plan:
    """The plan with this in every field that takes a text."""
    return replace(of, school=text[:LONGEST_NAME], map=Map(tuple(_filled(part, text) for part in of.map.parts)))


def _filled(part: Part, text: str) -> Part:
    rows = tuple(replace(row, cells=tuple(_cell(cell, text) for cell in row.cells)) for row in part.rows[:1])
    return replace(part, cells=tuple(_cell(cell, text) for cell in part.cells), rows=rows)


def _cell(cell: Cell, text: str) -> Cell:
    return replace(cell, value=text) if cell.field.kind in {"text", "long", "person"} else cell


def texts_of(found: Plan) -> set[str]:
    """What the team wrote, as the plan says it, in single lines."""
    cells = [cell for part in found.map.parts for cell in part.all_cells if cell.filled]
    return {line for cell in cells for line in found.told(cell).split("\n") if line.strip()}
