"""The course's worked road map as a map that can be read, with rows that are numbered from 1."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from lti_tool.errors import BadInput
from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, row_kind, section_field, sections_with_rows
from lti_tool.roadmap.fields import check_value, kind_of
from lti_tool.roadmap.reading import Cell, Map, Part, Row
from scorm_builder.course_format.planner import ExampleMap, Section

Numbered = Mapping[str, Mapping[int, Mapping[str, str]]]
"""Texts by section, number of the row and field."""


@dataclass(frozen=True)
class _Rows:
    """The example's rows, as a field's check asks for them; references stand there as the rows' titles, a line each."""

    titles: Mapping[str, Mapping[str, str]]
    """The number of each row as text, by kind and title."""

    def row_ids(self, kind: str) -> set[str]:
        """The numbers of the rows of this kind."""
        return set(self.titles.get(kind, {}).values())

    def value(self, named: Named, text: str) -> str:
        """The text as a field keeps it; nothing where it does not fit, which `scorm-builder check` reports."""
        if named.field.refers_to:
            known = ChainMap(*(dict(self.titles.get(kind, {})) for kind in named.field.refers_to))
            text = kind_of(named.field).referring_to(int(known[one]) for one in text.split("\n") if one in known)
        try:
            return check_value(named.field, text, self)
        except BadInput:
            return ""


def read_example(sections: Sections, example: ExampleMap) -> Map:
    """The example as a map."""
    numbers = count(1)
    listed: Numbered = {
        section.id: {next(numbers): texts for texts in (told.rows if told else None) or ()}
        for section in sections_with_rows(sections)
        for told in [example.sections.get(section.id)]
    }
    rows = _Rows({row_kind(section).kind: _titles(section, listed) for section in sections_with_rows(sections)})
    return Map(tuple(_part(section, example, listed, rows) for section in sections))


def _titles(section: Section, listed: Numbered) -> Mapping[str, str]:
    first = row_kind(section).fields[0].name
    return {texts.get(first, ""): str(number) for number, texts in listed[section.id].items()}


def _part(section: Section, example: ExampleMap, listed: Numbered, rows: _Rows) -> Part:
    if section.row is not None:
        return Part(section, rows=tuple(_row(section, *one, rows) for one in listed[section.id].items()))
    told = example.sections.get(section.id)
    texts = (told.fields if told else None) or {}
    return Part(section, tuple(_cell(section_field(section, field), texts, rows) for field in section.fields))


def _row(section: Section, number: int, texts: Mapping[str, str], rows: _Rows) -> Row:
    return Row(number, tuple(_cell(named, texts, rows) for named in fields_of_row(section, number)))


def _cell(named: Named, texts: Mapping[str, str], rows: _Rows) -> Cell:
    return Cell(named.name, named.field, rows.value(named, texts.get(named.field.name, "")))
