"""The whole plan as a Word document, to be written on: headings, tables and languages are real ones (ECMA-376)."""

import io
import unicodedata

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.table import Table
from docx.text.paragraph import Paragraph

from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.plan import Plan, rows_to_show
from lti_tool.roadmap.exports.turns import turn
from lti_tool.roadmap.reading import Cell, Part, Row

MARGIN = Cm(2)
FIRST_COLUMN, SECOND_COLUMN = Cm(5), Cm(12)
LONGEST_PROPERTY = 255
"""Characters of the title and the author (ECMA-376 part 2 and python-docx)."""
RIGHT_TO_LEFT = {"R", "AL"}
LEFT_TO_RIGHT = {"L"}


class PlanAsWord(Export):
    """Everything in words, section by section."""

    name = "word"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = "docx"

    def make(self, plan: Plan) -> bytes:
        """The document. Raises TooManyFilesAtOnce."""
        with turn():
            document = Document()
            _set_up(document, plan)
            _write(document.add_heading(level=0), plan.title)
            document.add_paragraph(plan.made_on)
            for number, part in enumerate(plan.map.parts, 1):
                _write_part(document, plan, number, part)
            written = io.BytesIO()
            document.save(written)
            return written.getvalue()


def _set_up(document: WordDocument, plan: Plan) -> None:
    about = document.core_properties
    about.title, about.author = (_storable(text)[:LONGEST_PROPERTY] for text in (plan.title, plan.school))
    about.language, about.comments = plan.language, ""
    for page in document.sections:
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    language = OxmlElement("w:lang")
    for attribute in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(attribute), plan.language)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for former in defaults.findall(qn("w:lang")):
        defaults.remove(former)
    defaults.append(language)


def _write_part(document: WordDocument, plan: Plan, number: int, part: Part) -> None:
    document.add_heading(f"{number}. {part.section.title}", level=1)
    asked = document.add_paragraph()
    asked.add_run(part.section.question).italic = True
    if part.section.row is None:
        for cell in part.cells:
            _write(_heading(document), cell.field.label)
            _write_text(document, plan.told(cell) or plan.words.nothing_yet)
        return
    rows = rows_to_show(part)
    if not rows:
        document.add_paragraph(plan.words.no_rows_yet % {"rows": part.section.row.plural})
    for row in rows:
        _write(_heading(document), plan.name_of(row, part))
        _write_row(document, plan, row)


def _heading(document: WordDocument) -> Paragraph:
    """An empty heading of the second level. By its style's name, python-docx would look at every style, each time."""
    paragraph = document.add_paragraph()
    paragraph._p.style = "Heading2"  # noqa: SLF001 (the only way past the look-up)
    return paragraph


def _write_row(document: WordDocument, plan: Plan, row: Row) -> None:
    """A table of two columns: what is asked, and what the team wrote."""
    filled: list[Cell] = [cell for cell in row.cells[1:] if cell.filled]
    if not filled:
        return
    table = document._body.add_table(len(filled), 2, Length(FIRST_COLUMN + SECOND_COLUMN))  # noqa: SLF001 (as below)
    table._tbl.tblStyle_val = "TableGrid"  # noqa: SLF001
    table.autofit = False
    _head_first_column(table)
    for cell, line in zip(filled, table.rows, strict=True):
        asked, told = line.cells
        asked.width, told.width = FIRST_COLUMN, SECOND_COLUMN
        asked.paragraphs[0].add_run(cell.field.label).bold = True
        first, *others = plan.told(cell).split("\n")
        _write(told.paragraphs[0], first)
        for other in others:
            _write(told.add_paragraph(), other)
    document.add_paragraph()


def _head_first_column(table: Table) -> None:
    """Say that the first column holds the headings of the lines (§17.4.55)."""
    properties = table._tbl.tblPr  # noqa: SLF001 (python-docx has no other way to it)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    look.set(qn("w:firstRow"), "0")
    look.set(qn("w:firstColumn"), "1")
    look.set(qn("w:val"), "0080")


def _write_text(document: WordDocument, text: str) -> None:
    for line in text.split("\n"):
        _write(document.add_paragraph(), line)


def _write(paragraph: Paragraph, text: str) -> None:
    """Put the text into the paragraph, from the side from which it is read."""
    run = paragraph.add_run(_storable(text))
    if _runs_from_right(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 (as above)
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001


def _runs_from_right(text: str) -> bool:
    """As the first letter with a direction says (Unicode Standard Annex 9, P2 and P3)."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in RIGHT_TO_LEFT | LEFT_TO_RIGHT), "L") in RIGHT_TO_LEFT


def _storable(text: str) -> str:
    """The text without what XML 1.0 cannot hold (§2.2)."""
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff"))
