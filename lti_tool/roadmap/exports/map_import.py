"""A file with a map becomes a map again: every value is checked as if it had been typed, or nothing is put in."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from sqlalchemy.orm import Session

from lti_tool.errors import BadInput
from lti_tool.roadmap.date_order import check_order
from lti_tool.roadmap.dependencies import find_circle
from lti_tool.roadmap.errors import MapFileDoesNotFit
from lti_tool.roadmap.exports.map_file import Fields, FileRow, FileSection, MapFile
from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, row_kind, section_field, sections_with_rows
from lti_tool.roadmap.fields import check_value
from lti_tool.roadmap.map_filling import fill_map
from lti_tool.roadmap.models import ChangeKind
from lti_tool.roadmap.reading import Cell, Map, Part, Row
from lti_tool.roadmap.rows import MOST_ROWS
from scorm_builder.course_format.planner import Section

Numbers = Mapping[str, Mapping[str, int]]
"""The number of each row of the file, by kind and by the id that the file gives it."""


def import_map(session: Session, road_map_id: int, actor_id: int, sections: Sections, file: MapFile) -> None:
    """Put the file into the map, which must be empty. Raises MapNotEmpty, TooManyRemoved, MapFileDoesNotFit."""
    fill_map(session, road_map_id, actor_id, sections, read_into_map(sections, file), what=ChangeKind.IMPORTED)


def read_into_map(sections: Sections, file: MapFile) -> Map:
    """The file as a map whose rows are numbered from 1. Raises MapFileDoesNotFit."""
    unknown = file.sections.keys() - {section.id for section in sections}
    if unknown:
        raise MapFileDoesNotFit(min(unknown))
    told = {section.id: file.sections.get(section.id, FileSection()) for section in sections}
    rows = _Rows({row_kind(section).kind: numbers for section, numbers in _number_rows(sections, told)})
    found = Map(tuple(_part(section, told[section.id], rows) for section in sections))
    _check_days(sections, found)
    _check_waits(found)
    return found


@dataclass(frozen=True)
class _Rows:
    """The file's rows, as a field's check asks for them."""

    numbers: Numbers

    def row_ids(self, kind: str) -> set[str]:
        """The numbers of the rows of this kind, as text."""
        return {str(number) for number in self.numbers.get(kind, {}).values()}

    def value(self, named: Named, text: str) -> str:
        """What the map keeps for a text of the file; raises MapFileDoesNotFit."""
        if named.field.refers_to:
            known = ChainMap(*(dict(self.numbers.get(kind, {})) for kind in named.field.refers_to))
            text = " ".join(str(known.get(one, "unknown")) for one in text.split())
        try:
            return check_value(named.field, text, self)
        except BadInput:
            raise MapFileDoesNotFit(_place(named)) from None


def _number_rows(sections: Sections, told: Mapping[str, FileSection]) -> Iterator[tuple[Section, Mapping[str, int]]]:
    numbers = count(1)
    for section in sections_with_rows(sections):
        listed = told[section.id].rows
        names = {row.id for row in listed}
        if len(listed) > MOST_ROWS or len(names) < len(listed) or any(name.split() != [name] for name in names):
            raise MapFileDoesNotFit(section.title)
        yield section, {row.id: next(numbers) for row in listed}


def _part(section: Section, told: FileSection, rows: _Rows) -> Part:
    own = [section_field(section, field) for field in section.fields]
    if section.row is None:
        if told.rows:
            raise MapFileDoesNotFit(section.title)
        return Part(section, _cells(section, own, told, rows))
    _cells(section, own, told, rows)
    return Part(section, rows=tuple(_row(section, row, rows) for row in told.rows))


def _row(section: Section, told: FileRow, rows: _Rows) -> Row:
    number = rows.numbers[row_kind(section).kind][told.id]
    return Row(number, _cells(section, fields_of_row(section, number), told, rows))


def _cells(section: Section, fields: list[Named], told: Fields, rows: _Rows) -> tuple[Cell, ...]:
    if {*told.fields, *told.example} - {named.field.name for named in fields}:
        raise MapFileDoesNotFit(section.title)
    return tuple(_cell(named, told, rows) for named in fields)


def _cell(named: Named, told: Fields, rows: _Rows) -> Cell:
    value = rows.value(named, told.fields.get(named.field.name, ""))
    return Cell(named.name, named.field, value, from_example=named.field.name in told.example)


def _check_days(sections: Sections, found: Map) -> None:
    values = {cell.name: cell.value for part in found.parts for cell in part.all_cells}
    for part in found.parts:
        own = [section_field(part.section, cell.field) for cell in part.cells]
        of_rows = [named for row in part.rows for named in fields_of_row(part.section, row.id)]
        for named in (one for one in [*own, *of_rows] if one.field.kind == "date"):
            try:
                check_order(sections, named, values[named.name], lambda other: values.get(other.name, ""))
            except BadInput:
                raise MapFileDoesNotFit(_place(named)) from None


def _check_waits(found: Map) -> None:
    rows = [(part.section, row) for part in found.parts for row in part.rows]
    waits = {row.id: row.waits_for for _, row in rows}
    for section, row in rows:
        if find_circle(waits, row.id):
            raise MapFileDoesNotFit(section.title)


def _place(named: Named) -> str:
    return f"{named.section.title}: {named.field.label}"
