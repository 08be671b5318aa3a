"""A map as it stands, section by section, ready to be shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, section_field
from lti_tool.roadmap.models import MapField, MapRow
from scorm_builder.course_format.planner import Section, SectionField

STANDING = frozenset({"status", "reached"})
"""Choices of these names run from not begun to done; any other choice only says of what sort a row is."""


@dataclass(frozen=True)
class Cell:
    """A field with its value; version 0 where nobody has written in it."""

    name: str
    kind: SectionField
    value: str = ""
    version: int = 0
    by_id: int | None = None
    """Who wrote it last."""
    who: str = ""
    at: datetime | None = None

    @property
    def day(self) -> date | None:
        """A date field's value."""
        return date.fromisoformat(self.value) if self.value and self.kind.kind == "date" else None

    @property
    def filled(self) -> bool:
        """Whether somebody has written in it."""
        return bool(self.value.strip())


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

    def of_kind(self, kind: str) -> tuple[Cell, ...]:
        """Its fields of one kind: who (person), when (date), of what sort (choice)."""
        return tuple(cell for cell in self.cells if cell.kind.kind == kind)

    @property
    def standing(self) -> tuple[Cell, ...]:
        """Its choices that run from not begun to done."""
        return tuple(cell for cell in self.of_kind("choice") if cell.kind.name in STANDING)

    @property
    def reached(self) -> bool:
        """Whether such a choice stands at its last value."""
        return any(cell.value == cell.kind.choices[-1].id for cell in self.standing)

    def overdue(self, today: date) -> bool:
        """Whether a date has passed and the row is not done; only where the row can say that it is."""
        passed = any(cell.day and cell.day < today for cell in self.of_kind("date"))
        return bool(self.standing) and passed and not self.reached


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

    @property
    def filled(self) -> int:
        """How many fields are filled."""
        return sum(cell.filled for cell in self.all_cells)

    @property
    def empty(self) -> int:
        """How many are not."""
        return len(self.all_cells) - self.filled

    @property
    def state(self) -> str:
        """`new`, `begun` or `full`."""
        if not self.filled:
            return "new"
        return "begun" if self.empty else "full"

    def overdue(self, today: date) -> tuple[Row, ...]:
        """The rows that are overdue."""
        return tuple(row for row in self.rows if row.overdue(today))


@dataclass(frozen=True)
class Map:
    """A whole map."""

    parts: tuple[Part, ...]

    def part(self, section: Section) -> Part:
        """One section's part."""
        return next(part for part in self.parts if part.section.id == section.id)

    def rows_of(self, kind: str) -> tuple[Row, ...]:
        """All rows of a kind."""
        return tuple(
            row for part in self.parts if part.section.row and part.section.row.kind == kind for row in part.rows
        )

    @property
    def priorities(self) -> tuple[tuple[str, str], ...]:
        """The priorities as choices: (row id, title), those without a title left out."""
        return tuple((str(row.id), row.title) for row in self.rows_of("priority") if row.title)


def read_map(session: Session, road_map_id: int, sections: Sections) -> Map:
    """One map."""
    return read_maps(session, [road_map_id], sections)[road_map_id]


def read_maps(session: Session, road_map_ids: Sequence[int], sections: Sections) -> Mapping[int, Map]:
    """Several maps by id, in two queries however many they are."""
    fields: defaultdict[int, dict[str, MapField]] = defaultdict(dict)
    for field in session.scalars(select(MapField).where(MapField.road_map_id.in_(road_map_ids))):
        fields[field.road_map_id][field.name] = field
    rows: defaultdict[int, list[MapRow]] = defaultdict(list)
    found = select(MapRow).where(MapRow.road_map_id.in_(road_map_ids)).order_by(MapRow.position, MapRow.id)
    for row in session.scalars(found):
        rows[row.road_map_id].append(row)
    return {
        road_map_id: Map(tuple(_part(section, fields[road_map_id], rows[road_map_id]) for section in sections))
        for road_map_id in road_map_ids
    }


def _part(section: Section, fields: Mapping[str, MapField], rows: Sequence[MapRow]) -> Part:
    if section.row is None:
        return Part(section, tuple(_cell(section_field(section, kind), fields) for kind in section.fields))
    shown = [(row, _row(section, row, fields)) for row in rows if row.kind == section.row.kind]
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
        return Cell(named.name, named.kind)
    who = field.changed_by.shown_name if field.changed_by else ""
    return Cell(named.name, named.kind, field.value, field.version, field.changed_by_id, who, field.changed_at)
