"""A map as it stands, section by section, ready to be shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, place_name, section_field
from lti_tool.roadmap.fields import Kind, kind_of
from lti_tool.roadmap.models import MapField, MapRow
from lti_tool.roadmap.progress import BLANKS, Progress, due_fields
from scorm_builder.course_format.planner import Section
from scorm_builder.course_format.planner import SectionField as Field

Choices = tuple[tuple[str, str], ...]
"""Rows that a field may refer to: id and title."""


@dataclass(frozen=True)
class Cell:
    """A field with its value; version 0 where nobody has written in it."""

    name: str
    field: Field
    value: str = ""
    version: int = 0
    by_id: int | None = None
    """The actor who wrote it last."""
    who: str = ""
    at: datetime | None = None
    from_example: bool = False
    """Whether nobody has written in it since it came with the course's example."""

    @property
    def kind(self) -> Kind:
        """The kind of the field."""
        return kind_of(self.field)

    @property
    def day(self) -> date | None:
        """A date field's value."""
        return self.kind.day(self.value)

    @property
    def refers_to(self) -> tuple[int, ...]:
        """The ids of the rows that its value refers to."""
        return self.kind.references(self.value)

    @property
    def row_id(self) -> int | None:
        """The row that it belongs to; None for a field of a section."""
        return int(self.name.split(".")[1]) if self.name.count(".") == 2 else None

    @property
    def filled(self) -> bool:
        """Whether somebody has written in it."""
        return bool(self.value.strip(BLANKS))

    @property
    def marked(self) -> bool:
        """Whether what stands in it is the example's."""
        return self.from_example and self.filled

    @property
    def is_status(self) -> bool:
        """Whether it says how far its row is: a choice that runs from not begun to done."""
        return self.field.role == "status"


@dataclass(frozen=True)
class Row:
    """A row with its fields, in the course's order."""

    id: int
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        """What the row is called: its first field."""
        return self.cells[0].value.strip()

    @property
    def empty(self) -> bool:
        """Whether nobody has written in any of its fields."""
        return not any(cell.filled for cell in self.cells)

    @property
    def from_example(self) -> bool:
        """Whether nobody has written in any of its fields since it came with the course's example."""
        written = [cell for cell in self.cells if cell.version]
        return bool(written) and all(cell.from_example for cell in written)

    @property
    def brief(self) -> tuple[Cell, ...]:
        """What the line that sums it up shows: who, when, of what sort."""
        return tuple(cell for cell in self.cells if cell.filled and cell.kind.is_brief and not cell.is_status)

    @property
    def missing(self) -> tuple[Cell, ...]:
        """The fields in which nobody has written and which are required, by themselves or by what stands in another."""
        written = {cell.field.name for cell in self.cells if cell.filled}
        return tuple(
            cell
            for cell in self.cells
            if not cell.filled and (cell.field.required or cell.field.required_with in written)
        )

    @property
    def statuses(self) -> tuple[Cell, ...]:
        """The fields that say how far it is."""
        return tuple(cell for cell in self.cells if cell.is_status)

    @property
    def reached(self) -> bool:
        """Whether such a field stands at its last choice."""
        return any(cell.value == cell.field.choices[-1].id for cell in self.statuses)

    def overdue(self, today: date) -> bool:
        """Whether a day to be done by has passed and the row is not done; only where the row can say that it is."""
        due = due_fields([cell.field for cell in self.cells])
        passed = any(cell.day and cell.day < today for cell in self.cells if cell.field in due)
        return bool(self.statuses) and passed and not self.reached

    @property
    def waits_for(self) -> tuple[int, ...]:
        """The ids of the rows that have to be done before it."""
        return tuple(row_id for cell in self.cells if cell.field.role == "after" for row_id in cell.refers_to)


@dataclass(frozen=True)
class Part:
    """A section with what stands in it: fields of its own, or rows and the rows taken out."""

    section: Section
    cells: tuple[Cell, ...] = ()
    rows: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """Every field of the section, those of rows too."""
        return self.cells + tuple(cell for row in self.rows for cell in row.cells)

    def progress(self, today: date) -> Progress:
        """How far the section is. Rows in which nothing stands count for nothing."""
        rows = [row for row in self.rows if not row.empty]
        return Progress(
            rows=len(self.rows),
            filled=sum(cell.filled for cell in self.all_cells),
            missing=sum(cell.field.required and not cell.filled for cell in self.cells)
            + sum(len(row.missing) for row in rows),
            overdue=sum(row.overdue(today) for row in self.rows),
            from_example=sum(cell.marked for cell in self.all_cells),
        )


@dataclass(frozen=True)
class Map:
    """A whole map."""

    parts: tuple[Part, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, what was taken out aside."""
        return not any(cell.filled for part in self.parts for cell in part.all_cells)

    def part(self, section: Section) -> Part:
        """One section's part."""
        return next(part for part in self.parts if part.section.id == section.id)

    def rows_of(self, kind: str) -> tuple[Row, ...]:
        """All rows of a kind."""
        return tuple(
            row for part in self.parts if part.section.row and part.section.row.kind == kind for row in part.rows
        )

    def choices_of(self, kind: str) -> Choices:
        """The rows of a kind to choose from, those without a title left out."""
        return tuple((str(row.id), row.title) for row in self.rows_of(kind) if row.title)

    @property
    def referred_to(self) -> dict[str, Choices]:
        """What fields of this map may refer to, by kind of row."""
        fields = [field for part in self.parts for field in fields_in(part.section)]
        return {kind: self.choices_of(kind) for kind in sorted({kind for field in fields for kind in field.refers_to})}


def fields_in(section: Section) -> Sequence[Field]:
    """The fields of a section, its own or those of each of its rows."""
    return section.row.fields if section.row else section.fields


def read_map(session: Session, road_map_id: int, sections: Sections) -> Map:
    """The whole map, in two queries."""
    # Fields first: whatever row one of them belongs to is there by the time the rows are read.
    stored = session.scalars(select(MapField).where(MapField.road_map_id == road_map_id)).all()
    wanted = select(MapRow).where(MapRow.road_map_id == road_map_id).order_by(MapRow.position, MapRow.id)
    rows: defaultdict[str, list[MapRow]] = defaultdict(list)
    kinds: dict[int, str] = {}
    for row in session.scalars(wanted):
        rows[row.kind].append(row)
        kinds[row.id] = row.kind
    fields = {place_name(_place(field, kinds), field.field, field.row_id): field for field in stored}
    return Map(tuple(_part(section, fields, rows) for section in sections))


def _place(field: MapField, kinds: Mapping[int, str]) -> str:
    return kinds[field.row_id] if field.row_id is not None else field.section or ""


def _part(section: Section, fields: Mapping[str, MapField], rows: Mapping[str, Sequence[MapRow]]) -> Part:
    if section.row is None:
        return Part(section, tuple(_cell(section_field(section, field), fields) for field in section.fields))
    shown = [(row, _row(section, row, fields)) for row in rows.get(section.row.kind, ())]
    return Part(
        section,
        rows=tuple(made for row, made in shown if row.removed_at is None),
        removed=tuple(made for row, made in shown if row.removed_at is not None),
    )


def _row(section: Section, row: MapRow, fields: Mapping[str, MapField]) -> Row:
    return Row(row.id, tuple(_cell(named, fields) for named in fields_of_row(section, row.id)))


def _cell(named: Named, fields: Mapping[str, MapField]) -> Cell:
    field = fields.get(named.name)
    if field is None or field.version == 0:
        return Cell(named.name, named.field)
    who = field.changed_by.shown_name if field.changed_by else ""
    by = (field.changed_by_id, who, field.changed_at)
    return Cell(named.name, named.field, field.value, field.version, *by, from_example=field.from_example)
