"""A section with rows that also stand in a matrix of two of their choices: stakeholders by influence and support."""

from collections.abc import Iterator
from dataclasses import dataclass

from lti_tool.roadmap.field_names import row_kind
from lti_tool.roadmap.reading import Part, Row
from lti_tool.roadmap.section_views.view import SectionView
from scorm_builder.course_format.planner import Choice, Section
from scorm_builder.course_format.planner import SectionField as Field


@dataclass(frozen=True)
class Square:
    """One cell of the matrix and the rows that stand in it."""

    across: Choice
    down: Choice
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """The rows of a section by two choices."""

    across: Field
    """What the columns are."""
    down: Field
    """What the lines are."""
    lines: tuple[tuple[Square, ...], ...]
    """From most to least; each line from least to most."""
    unplaced: tuple[Row, ...]
    """Rows that lack one of the two choices, or both; those in which nothing stands are left out."""

    @property
    def squares(self) -> Iterator[Square]:
        """The cells in which something stands, in the order of reading."""
        return (square for line in self.lines for square in line if square.rows)


class Matrix(SectionView):
    """Rows as in a list, and beneath it where each stands; a row is moved by its two ordinary fields."""

    name = "matrix"
    template = "roadmap/section_views/matrix.html"
    picture = "roadmap/section_views/matrix_picture.html"

    def can_show(self, section: Section) -> bool:
        """Sections with rows that have a choice for each side."""
        fields = section.row.fields if section.row else ()
        return {"across", "down"} <= {field.role for field in fields}


def arrange(part: Part) -> Grid:
    """Where each row of the part stands."""
    across, down = _side(part.section, "across"), _side(part.section, "down")
    standing = [row for row in part.rows if not row.empty]
    lines = tuple(
        tuple(Square(column, line, _rows_at(standing, across, column, down, line)) for column in across.choices)
        for line in reversed(down.choices)
    )
    placed = {row.id for line in lines for square in line for row in square.rows}
    return Grid(across, down, lines, tuple(row for row in standing if row.id not in placed))


def _side(section: Section, role: str) -> Field:
    return next(field for field in row_kind(section).fields if field.role == role)


def _rows_at(rows: list[Row], across: Field, column: Choice, down: Field, line: Choice) -> tuple[Row, ...]:
    wanted = {across.name: column.id, down.name: line.id}
    return tuple(row for row in rows if wanted.items() <= {cell.field.name: cell.value for cell in row.cells}.items())
