"""The timeline as shapes: where on a picture each item, heading and unit of time stands. Pure arithmetic, no words.

Lengths are units of the picture's own, which is WIDTH of them wide and scales with the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from lti_tool.roadmap.dated_rows import Group, Item
from lti_tool.roadmap.fields import Period

WIDTH, NAMES = 720, 250
"""Of the picture, and of the column of names at its side."""
MOST_LETTERS, MOST_OF_HEADING = 28, 80
"""Of a name in that column, and of a group's; the table has them whole."""
HEAD, LINE, PAD = 44, 26, 8
"""Heights: of the names of months, of a line; and the space below the last one."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How long a unit of each scale is."""
MOST_UNITS = 14
"""More do not fit side by side with their names."""
EMPTY_RUN = 2
"""So many units in a row in which nothing happens are drawn as one narrow gap."""
GAP = 0.4
"""How wide that is, for a unit of 1."""
SHAPES = ("circle", "diamond", "square", "triangle")
"""By the order in which sections come; fields of sections are lines."""


@dataclass(frozen=True)
class Unit:
    """A month, quarter or year, or a gap that stands for several."""

    begins: date
    ends: date
    """The first day after it."""
    is_gap: bool
    x: float = 0
    width: float = 0
    named: bool = True
    """Whether there is room for its name."""
    new_year: bool = False
    """Whether it is the first that is drawn of its year."""


@dataclass(frozen=True)
class Heading:
    """A group's name."""

    group: Group
    y: float


@dataclass(frozen=True)
class Mark:
    """An item: a shape at `x`, with a bar from `from_x` where it takes a while."""

    item: Item
    shape: str
    x: float
    y: float
    from_x: float | None = None


@dataclass(frozen=True)
class Link:
    """That a mark waits for another one: a line from that one's end to where this one begins."""

    begins: tuple[float, float]
    ends: tuple[float, float]
    is_critical: bool


@dataclass(frozen=True)
class Shade:
    """A period that is shaded, or that part of it which is drawn."""

    period: Period
    x: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    scale: str
    units: tuple[Unit, ...]
    headings: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    closed: tuple[Shade, ...]
    height: float
    today_x: float | None
    """Where today is; None where it lies outside what is drawn."""


def draw(
    groups: Sequence[Group],
    today: date,
    *,
    scale: str | None = None,
    critical: Sequence[int] = (),
    closed: Sequence[Period] = (),
) -> Drawing | None:
    """The picture of these groups; None where there is nothing to draw.

    `scale` is one of MONTHS, or None for the one that fits; `critical` are the rows of the critical path in order,
    and `closed` the periods to shade.
    """
    items = [item for group in groups for item in group.items if item.ends]
    if not items:
        return None
    scale, units = (scale, _units(items, today, MONTHS[scale])) if scale else _choose_scale(items, today)
    placed = _place(units)
    shapes = shapes_of(groups)
    headings, marks, y = [], [], float(HEAD)
    for group in groups:
        headings.append(Heading(group, y))
        for line, item in enumerate(group.items, 1):
            marks.append(_mark(item, y + line * LINE, placed, shapes))
        y += LINE * (len(group.items) + 1)
    inside = placed[0].begins <= today < placed[-1].ends
    today_x = _x_of(today, placed) if inside else None
    links = tuple(_links(marks, set(pairwise(critical))))
    shades = tuple(_shades(closed, placed))
    return Drawing(scale, placed, tuple(headings), tuple(marks), links, shades, y + PAD, today_x)


def shapes_of(groups: Sequence[Group]) -> dict[str, str]:
    """The shape that stands for the rows of each section, by the section's id."""
    ids = dict.fromkeys(item.section.id for group in groups for item in group.items if item.row)
    return {section_id: SHAPES[place % len(SHAPES)] for place, section_id in enumerate(ids)}


def _mark(item: Item, y: float, units: Sequence[Unit], shapes: dict[str, str]) -> Mark:
    shape = shapes[item.section.id] if item.row else "line"
    ends = item.ends or units[0].begins
    return Mark(item, shape, _x_of(ends, units), y, _x_of(item.begins, units) if item.begins else None)


def _links(marks: Sequence[Mark], critical: set[tuple[int, int]]) -> Iterator[Link]:
    placed = {mark.item.row.id: mark for mark in marks if mark.item.row}
    for row_id, mark in placed.items():
        for awaited in mark.item.waits_for:
            if awaited in placed:
                other = placed[awaited]
                begins = (other.x, other.y + LINE / 2)
                ends = (mark.x if mark.from_x is None else mark.from_x, mark.y + LINE / 2)
                yield Link(begins, ends, is_critical=(awaited, row_id) in critical)


def _shades(closed: Sequence[Period], units: Sequence[Unit]) -> Iterator[Shade]:
    first, last = units[0].begins, units[-1].ends
    for period in closed:
        if period.begins and period.ends and period.begins < last and period.ends >= first:
            x = _edge(max(period.begins, first), units)
            yield Shade(period, x, _edge(min(period.ends + timedelta(days=1), last), units) - x)


def _edge(day: date, units: Sequence[Unit]) -> float:
    """Where a day begins."""
    unit = next((one for one in units if one.begins <= day < one.ends), units[-1])
    return unit.x + unit.width * ((day - unit.begins) / (unit.ends - unit.begins))


def _choose_scale(items: Sequence[Item], today: date) -> tuple[str, list[Unit]]:
    """The finest scale in which everything fits; years where nothing does."""
    for scale in ("month", "quarter"):
        units = _units(items, today, MONTHS[scale])
        if len(units) <= MOST_UNITS:
            return scale, units
    return "year", _units(items, today, MONTHS["year"])


def _units(items: Sequence[Item], today: date, months: int) -> list[Unit]:
    """From the first item's unit to the last one's, none before or after, with runs of empty ones made to a gap."""
    spans = [(_number(item.begins or item.ends) // months, _number(item.ends) // months) for item in items if item.ends]
    busy = {number for first, last in spans for number in range(first, last + 1)}
    here = _number(today) // months
    units: list[Unit] = []
    for happens, run in groupby(range(min(busy), max(busy) + 1), lambda number: number in busy or number == here):
        found = list(run)
        is_gap = not happens and len(found) >= EMPTY_RUN
        pieces = [(found[0], found[-1])] if is_gap else [(number, number) for number in found]
        units += [
            Unit(_first_day(first * months), _first_day((last + 1) * months), is_gap=is_gap) for first, last in pieces
        ]
    return units


def _place(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units side by side, as wide as there is room, those named between which the names fit."""
    whole = sum(GAP if unit.is_gap else 1 for unit in units)
    one = (WIDTH - NAMES) / whole
    every = -(-sum(not unit.is_gap for unit in units) // MOST_UNITS)
    placed: list[Unit] = []
    x, count, year = float(NAMES), 0, 0
    for unit in units:
        width = one * (GAP if unit.is_gap else 1)
        named = not unit.is_gap and count % every == 0
        new_year = not unit.is_gap and unit.begins.year != year
        placed.append(Unit(unit.begins, unit.ends, unit.is_gap, x, width, named=named, new_year=new_year))
        x, count, year = x + width, count + (not unit.is_gap), year if unit.is_gap else unit.begins.year
    return tuple(placed)


def _x_of(day: date, units: Sequence[Unit]) -> float:
    """Where the middle of a day lies."""
    unit = next((one for one in units if one.begins <= day < one.ends), units[-1])
    passed = (day - unit.begins + timedelta(hours=12)) / (unit.ends - unit.begins)
    return unit.x + unit.width * min(passed, 1.0)


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
