"""Dates are held against each other: which pairs, the course data say (`not_before`)."""

from collections.abc import Callable, Iterator

from lti_tool.roadmap.errors import DateOutOfOrder
from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, section_field
from lti_tool.roadmap.fields import kind_of


def check_order(sections: Sections, field: Named, value: str, read: Callable[[Named], str]) -> None:
    """Raises DateOutOfOrder. An empty value is in order with everything; `read` gives what stands in another field."""
    if not value:
        return
    for other, must_follow in _related(sections, field):
        standing = read(other)
        is_day = kind_of(other.field).day(standing) is not None
        order = kind_of(field.field).compare(field.field, value, standing) if is_day else 0
        if (order < 0) if must_follow else (order > 0):
            raise DateOutOfOrder(other.field.label, standing, is_too_early=must_follow)


def _related(sections: Sections, field: Named) -> Iterator[tuple[Named, bool]]:
    """The fields that this one is held against, and whether it must not come before them (else: after them)."""
    if field.field.not_before:
        yield from ((other, True) for other in _named(sections, field, field.field.not_before))
    for other in _siblings(sections, field):
        if other.field.not_before and field.name in {
            one.name for one in _named(sections, other, other.field.not_before)
        }:
            yield other, False


def _named(sections: Sections, field: Named, wanted: str) -> Iterator[Named]:
    """The field that `wanted` means to this one: `begins` of the same section or row, `p5.begins` of a section."""
    for other in _siblings(sections, field):
        near = other.section.id == field.section.id and other.row_id == field.row_id
        if wanted == f"{other.section.id}.{other.field.name}" or (near and wanted == other.field.name):
            yield other


def _siblings(sections: Sections, field: Named) -> Iterator[Named]:
    """The fields that may be held against this one: those of the same row, and all that belong to sections."""
    if field.section.row is not None and field.row_id is not None:
        yield from fields_of_row(field.section, field.row_id)
    for section in sections:
        yield from (section_field(section, one) for one in section.fields)
