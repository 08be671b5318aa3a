"""Names by which pages and addresses call fields: `p1.definition` of a section, `action.17.what` of row 17."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lti_tool.errors import NotFound
from scorm_builder.course_format.planner import RowKind, Section
from scorm_builder.course_format.planner import SectionField as Field

Sections = Sequence[Section]


@dataclass(frozen=True)
class Named:
    """What a name stands for: the field in the course data, its section, and the row where it is one of a row."""

    name: str
    field: Field
    section: Section
    row_id: int | None = None

    @property
    def place(self) -> dict[str, int | str | None]:
        """The columns that tell this field from all others of its map."""
        own = self.section.id if self.row_id is None else None
        return {"row_id": self.row_id, "section": own, "field": self.field.name}


def section_field(section: Section, field: Field) -> Named:
    """The field of a section that has fields of its own."""
    return Named(f"{section.id}.{field.name}", field, section)


def row_field(section: Section, row_id: int, field: Field) -> Named:
    """The field of one row of a section that has rows."""
    return Named(f"{row_kind(section).kind}.{row_id}.{field.name}", field, section, row_id)


def fields_of_row(section: Section, row_id: int) -> list[Named]:
    """Every field of one row, in the course's order."""
    return [row_field(section, row_id, field) for field in row_kind(section).fields]


def find_field(sections: Sections, name: str) -> Named:
    """What this name stands for in this course; raises NotFound. Whether the row exists is not asked here."""
    first, *middle, last = name.split(".") if "." in name else ("", name)
    for section in sections:
        if not middle and section.id == first:
            return section_field(section, _field_named(section.fields, last))
        if section.row and section.row.kind == first and len(middle) == 1:
            return row_field(section, _row_number(middle[0]), _field_named(section.row.fields, last))
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


def place_name(place: str, field: str, row_id: int | None) -> str:
    """The name of a field; `place` is the id of its section, or the kind of its row."""
    return f"{place}.{field}" if row_id is None else f"{place}.{row_id}.{field}"


def _field_named(fields: Sequence[Field], name: str) -> Field:
    for field in fields:
        if field.name == name:
            return field
    raise NotFound("field")


def _row_number(text: str) -> int:
    # Only the one spelling that the map itself uses, so that no two names mean one field.
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or text != str(int(text)):
        raise NotFound("row")
    return int(text)
