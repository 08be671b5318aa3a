"""What of a map has a day: rows and fields of sections, in the order of days, by the priority that they serve."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lti_tool.roadmap.fields import Period
from lti_tool.roadmap.reading import Cell, Map, Part, Row, fields_in
from scorm_builder.course_format.planner import Section


@dataclass(frozen=True)
class Item:
    """A row or a field of a section."""

    section: Section
    title: str
    """What a row is called; a field's label."""
    begins: date | None
    """The first of several days."""
    ends: date | None
    """The last or only day; None where none was chosen yet."""
    state: str
    """`done`, `late`, `open`, or `day` where nothing says whether it is done."""
    row: Row | None = None
    cell: Cell | None = None
    """The field, where it is one of a section."""

    @property
    def waits_for(self) -> tuple[int, ...]:
        """The ids of the rows that have to be done before it."""
        return self.row.waits_for if self.row else ()


@dataclass(frozen=True)
class Group:
    """Items that belong together."""

    title: str
    items: tuple[Item, ...]
    section: Section | None = None
    """The section whose items these are; None where a row of the map is their heading."""
    row: Row | None = None
    """That row."""


def has_days(section: Section) -> bool:
    """Whether a section or its rows have a field for a day."""
    return any(field.kind == "date" for field in fields_in(section))


def group_items(whole: Map, today: date) -> list[Group]:
    """Everything with a day: first what refers to a row that comes earlier in the map, by that row; then by section."""
    rows = {row.id: row for part in whole.parts for row in part.rows}
    titles = {row_id: row.title for row_id, row in rows.items()}
    served: defaultdict[int, list[Item]] = defaultdict(list)
    others: list[Group] = []
    for part in (part for part in whole.parts if has_days(part.section)):
        rest: list[Item] = []
        for item in _items(part, today):
            target = _target(item, titles)
            (rest if target is None else served[target]).append(item)
        if rest:
            others.append(Group(part.section.title, _in_order(rest), part.section))
    by_row = [Group(row.title, _in_order(served[row_id]), row=row) for row_id, row in rows.items() if row_id in served]
    return by_row + others


def by_row(items: Iterable[Item]) -> dict[int, Item]:
    """The items that are rows, by the row's id."""
    return {item.row.id: item for item in items if item.row}


def closed_periods(whole: Map) -> tuple[Period, ...]:
    """When nothing happens at school, as the map says (`role: closed`), in the order of days."""
    cells = [cell for part in whole.parts for cell in part.all_cells if cell.field.role == "closed"]
    found = [period for cell in cells for period in cell.kind.periods(cell.value) if period.begins and period.ends]
    return tuple(sorted(found, key=lambda period: (period.begins or date.min, period.ends or date.min)))


def without_day(whole: Map, today: date) -> tuple[Item, ...]:
    """Rows that have no day yet, in the map's order."""
    parts = [part for part in whole.parts if part.section.row and has_days(part.section)]
    return tuple(item for part in parts for item in _rows(part, today) if item.ends is None)


def _items(part: Part, today: date) -> list[Item]:
    own = [_of_cell(part.section, cell, cell.day) for cell in part.cells if cell.day]
    return [*own, *(item for item in _rows(part, today) if item.ends)]


def _of_cell(section: Section, cell: Cell, day: date) -> Item:
    return Item(section, cell.field.label, None, day, "day", cell=cell)


def _rows(part: Part, today: date) -> Iterator[Item]:
    for row in part.rows:
        days = sorted(cell.day for cell in row.cells if cell.day)
        if not row.empty:
            begins = days[0] if len(days) > 1 else None
            yield Item(part.section, row.title, begins, days[-1] if days else None, _state(row, today), row=row)


def _state(row: Row, today: date) -> str:
    if row.reached:
        return "done"
    if row.overdue(today):
        return "late"
    return "open" if row.statuses else "day"


def _target(item: Item, titles: dict[int, str]) -> int | None:
    """The row that the item refers to, if it stands in the map and has a name."""
    cells = item.row.cells if item.row else ()
    named = [row_id for cell in cells if cell.field.role != "after" for row_id in cell.refers_to]
    return next((row_id for row_id in named if titles.get(row_id)), None)


def _in_order(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.ends or date.max, item.begins or date.min)))
