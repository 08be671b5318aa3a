"""Names of fields: `p1.definition` for a section's own field, `action.17.what` for a field of row 17."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lti_tool.errors import NotFound
from scorm_builder.course_format.planner import RowKind, Section, SectionField

Sections = Sequence[Section]


@dataclass(frozen=True)
class Named:
    """What a name stands for: the kind of field, and the row where it is one of a row."""

    name: str
    kind: SectionField
    section: Section
    row_id: int | None = None


def section_field(section: Section, kind: SectionField) -> Named:
    """The field of a section that has fields of its own."""
    return Named(f"{section.id}.{kind.name}", kind, section)


def row_field(section: Section, row_id: int, kind: SectionField) -> Named:
    """The field of one row of a section that has rows."""
    return Named(f"{row_kind(section).kind}.{row_id}.{kind.name}", kind, section, row_id)


def fields_of_row(section: Section, row_id: int) -> list[Named]:
    """Every field of one row, in the course's order."""
    return [row_field(section, row_id, kind) for kind in row_kind(section).fields]


def find_field(sections: Sections, name: str) -> Named:
    """What this name stands for in this course; raises NotFound. Whether the row exists is not asked here."""
    first, *middle, last = name.split(".") if "." in name else ("", name)
    for section in sections:
        if not middle and section.id == first:
            return section_field(section, _kind_named(section.fields, last))
        if section.row and section.row.kind == first and len(middle) == 1:
            return row_field(section, _row_number(middle[0]), _kind_named(section.row.fields, last))
    raise NotFound("field")


def find_section(sections: Sections, section_id: str) -> Section:
    """The section with this id; raises NotFound."""
    for section in sections:
        if section.id == section_id:
            return section
    raise NotFound("section")


def section_of_rows(sections: Sections, kind: str) -> Section:
    """The section whose rows are of this kind; raises NotFound."""
    for section in sections_with_rows(sections):
        if row_kind(section).kind == kind:
            return section
    raise NotFound("kind of row")


def sections_with_rows(sections: Sections) -> Iterator[Section]:
    """The sections that are lists."""
    return (section for section in sections if section.row)


def row_kind(section: Section) -> RowKind:
    """What the rows of this section are; raises NotFound where it has none."""
    if section.row is None:
        raise NotFound("section without rows")
    return section.row


def kinds_by_name(sections: Sections) -> dict[str, SectionField]:
    """Every field of the course by its name without a row's number: `p1.definition`, `action.what`."""
    return {
        f"{section.row.kind if section.row else section.id}.{kind.name}": kind
        for section in sections
        for kind in (section.row.fields if section.row else section.fields)
    }


def unnumbered(name: str) -> str:
    """A field's name without its row's number."""
    first, *_, last = name.split(".")
    return f"{first}.{last}"


def _kind_named(kinds: Sequence[SectionField], name: str) -> SectionField:
    for kind in kinds:
        if kind.name == name:
            return kind
    raise NotFound("field")


def _row_number(text: str) -> int:
    # Only the one spelling that the map itself uses, so that no two names mean one field.
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or text != str(int(text)):
        raise NotFound("row")
    return int(text)
