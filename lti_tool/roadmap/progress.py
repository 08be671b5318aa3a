"""How far each section of a map is: the same few numbers for one map that was read, and for many that are only counted.

A section is ready when something stands in it, no required field is empty, and nothing is left as it came with the
course's example. Rows that nobody has written in count for nothing there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from lti_tool.roadmap.field_names import Sections, row_kind, sections_with_rows
from lti_tool.roadmap.models import MapField, MapRow
from scorm_builder.course_format.planner import Section
from scorm_builder.course_format.planner import SectionField as Field

BLANKS = " \t\n\u00a0\u2002\u2003\u2009\u202f\u3000"
"""A field that holds nothing else counts as empty; the same for Python and for both databases."""


@dataclass(frozen=True)
class Progress:
    """How far one section of one map is."""

    rows: int = 0
    """Rows that stand in it."""
    filled: int = 0
    """Fields in which something stands, those of rows too."""
    missing: int = 0
    """Required fields in which nothing stands, empty rows aside; those too that another field of the row requires."""
    overdue: int = 0
    """Rows whose day has passed and that are not done."""
    from_example: int = 0
    """Fields in which the course's example stands still, those of rows too."""

    @property
    def state(self) -> str:
        """`empty`, `started` or `ready`."""
        if not self.filled:
            return "empty"
        return "started" if self.missing or self.from_example else "ready"


def count_progress(
    session: Session, road_map_ids: Sequence[int], sections: Sections, today: date
) -> Mapping[int, Mapping[str, Progress]]:
    """How far the sections of these maps are, by map and section; counted in two queries, and no text is read."""
    told: defaultdict[int, dict[str, Progress]] = defaultdict(dict)
    for road_map_id in road_map_ids:
        told[road_map_id] = {section.id: Progress(missing=len(_required(section.fields))) for section in sections}
    for road_map_id, section_id, progress in _of_forms(session, road_map_ids, sections):
        told[road_map_id][section_id] = progress
    for road_map_id, section_id, progress in _of_lists(session, road_map_ids, sections, today):
        told[road_map_id][section_id] = progress
    return told


Counted = tuple[int, str, Progress]
_SECTION = func.coalesce(MapField.section, "")
_NAME = MapRow.kind + "." + MapField.field
_FILLED = func.trim(MapField.value, BLANKS) != ""
_MARKED = and_(MapField.from_example, _FILLED)


def _of_forms(session: Session, road_map_ids: Sequence[int], sections: Sections) -> Iterator[Counted]:
    forms = {section.id: section for section in sections if section.row is None}
    known = or_(false(), *(_is_one(MapField.section, one.id, one.fields) for one in forms.values()))
    needed = or_(false(), *(_is_one(MapField.section, one.id, _required(one.fields)) for one in forms.values()))
    wanted = (
        select(MapField.road_map_id, _SECTION, _count(_FILLED), _count(and_(_FILLED, needed)), _count(_MARKED))
        .where(MapField.road_map_id.in_(road_map_ids), known)
        .group_by(MapField.road_map_id, _SECTION)
    )
    for road_map_id, section_id, filled, required, marked in session.execute(wanted):
        lacks = len(_required(forms[section_id].fields)) - required
        yield road_map_id, section_id, Progress(filled=filled, missing=lacks, from_example=marked)


def _of_lists(session: Session, road_map_ids: Sequence[int], sections: Sections, today: date) -> Iterator[Counted]:
    lists = {row_kind(section).kind: section for section in sections_with_rows(sections)}
    rows = _each_row(road_map_ids, lists, today)
    wanted = select(
        *(rows.c.road_map_id, rows.c.kind, func.count(), func.sum(rows.c.filled), func.sum(rows.c.required)),
        *(_count(rows.c.filled > 0), _count(and_(rows.c.passed > 0, rows.c.reached == 0)), func.sum(rows.c.marked)),
        func.sum(rows.c.unargued),
    ).group_by(rows.c.road_map_id, rows.c.kind)
    for road_map_id, kind, count, filled, required, written_in, late, marked, unargued in session.execute(wanted):
        fields = row_kind(lists[kind]).fields
        lacks = len(_required(fields)) * written_in - required + unargued
        overdue = late if any(field.role == "status" for field in fields) else 0
        yield road_map_id, lists[kind].id, Progress(count, filled, lacks, overdue, marked)


def _each_row(road_map_ids: Sequence[int], lists: Mapping[str, Section], today: date) -> Subquery:
    """Each row of these maps with how many of its fields are filled, and whether its day has passed and it is done."""
    known = _named(lists, lambda _: True)
    needed = _named(lists, lambda field: field.required)
    days = [f"{kind}.{field.name}" for kind, section in lists.items() for field in due_fields(row_kind(section).fields)]
    done = [
        f"{name}.{field.choices[-1].id}" for name, field in _named(lists, lambda field: field.role == "status").items()
    ]
    return (
        select(
            *(MapRow.id, MapRow.road_map_id, MapRow.kind),
            _count(and_(_NAME.in_(known), _FILLED)).label("filled"),
            _count(and_(_NAME.in_(needed), _FILLED)).label("required"),
            _count(and_(_NAME.in_(days), MapField.value != "", MapField.value < today.isoformat())).label("passed"),
            _count((_NAME + "." + MapField.value).in_(done)).label("reached"),
            _count(and_(_NAME.in_(known), _MARKED)).label("marked"),
            _lacking_by_others(lists).label("unargued"),
        )
        .outerjoin(MapField, MapField.row_id == MapRow.id)
        .where(MapRow.road_map_id.in_(road_map_ids), MapRow.kind.in_(lists), MapRow.removed_at.is_(None))
        .group_by(MapRow.id, MapRow.road_map_id, MapRow.kind)
        .subquery()
    )


def _lacking_by_others(lists: Mapping[str, Section]) -> ColumnElement[int]:
    """How many fields of a row are empty that another one, which is filled, requires."""
    total: ColumnElement[int] = literal(0)
    for name, field in _named(lists, lambda field: bool(field.required_with)).items():
        other = f"{name.partition('.')[0]}.{field.required_with}"
        asked, given = _count(and_(_NAME.in_([other]), _FILLED)), _count(and_(_NAME.in_([name]), _FILLED))
        total += case((and_(asked > 0, given == 0), 1), else_=0)
    return total


def _is_one(place: InstrumentedAttribute[Any], name: str, fields: Sequence[Field]) -> ColumnElement[bool]:
    return and_(place == name, MapField.field.in_([field.name for field in fields]))


def _named(lists: Mapping[str, Section], wanted: Callable[[Field], bool]) -> dict[str, Field]:
    """The wanted fields of rows by their names without the row's number, as `_NAME` puts them together."""
    return {
        f"{kind}.{field.name}": field
        for kind, section in lists.items()
        for field in row_kind(section).fields
        if wanted(field)
    }


def due_fields(fields: Sequence[Field]) -> list[Field]:
    """The days by which something is due: all but those that another one must not come before."""
    beginnings = {field.not_before for field in fields}
    return [field for field in fields if field.kind == "date" and field.name not in beginnings]


def _required(fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.required]


def _count(wanted: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((wanted, 1), else_=0))
