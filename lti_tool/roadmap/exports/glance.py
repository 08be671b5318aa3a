"""What of a plan stands on a single sheet: what the school means, its priorities, and what it does when."""

from collections import Counter
from dataclasses import dataclass

from lti_tool.roadmap.dated_rows import Group, Item, group_items
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.reading import Cell, Row

STATES = ("done", "open", "late")


@dataclass(frozen=True)
class Bounds:
    """How much of a plan one sheet holds."""

    groups: int
    items: int
    """Of each group."""
    letters: int
    """Of a text; titles have half as many."""


@dataclass(frozen=True)
class Shown:
    """One thing with a day."""

    item: Item
    title: str
    days: str
    who: str
    state: str
    """`done`, `late` or `open`; empty where nothing says so."""


@dataclass(frozen=True)
class Card:
    """A priority, or another heading, with what is done for it."""

    title: str
    text: str
    """What should be different, where the row says so."""
    items: tuple[Shown, ...]
    more: int
    """How many are not shown."""


@dataclass(frozen=True)
class Glance:
    """The whole sheet."""

    lead_label: str
    lead: str
    """The first thing that the plan asks of the team, as they wrote it."""
    cards: tuple[Card, ...]
    more: int
    """Cards that are not shown."""
    counts: dict[str, int]
    """How many things are in which state."""


def look_at(plan: Plan, bounds: Bounds) -> Glance:
    """The plan within these bounds."""
    groups = group_items(plan.map, plan.today)
    lead = next((cell for part in plan.map.parts for cell in part.cells if cell.field.required), None)
    states = Counter(item.state for group in groups for item in group.items)
    return Glance(
        lead_label=lead.field.label if lead else "",
        lead=shorten(plan.told(lead), 2 * bounds.letters) if lead else "",
        cards=tuple(_card(plan, group, bounds) for group in groups[: bounds.groups]),
        more=max(0, len(groups) - bounds.groups),
        counts={state: states[state] for state in STATES},
    )


def shorten(text: str, most: int) -> str:
    """The text in one line and not longer than this, cut between words where there are some."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rpartition(' ')[0] if ' ' in cut[most // 2 :] else cut}…"


def _card(plan: Plan, group: Group, bounds: Bounds) -> Card:
    return Card(
        title=shorten(group.title, bounds.letters),
        text=shorten(_aim(plan, group.row), bounds.letters) if group.row else "",
        items=tuple(_shown(plan, item, bounds) for item in group.items[: bounds.items]),
        more=max(0, len(group.items) - bounds.items),
    )


def _shown(plan: Plan, item: Item, bounds: Bounds) -> Shown:
    named, who = plan.name_of_item(item), ", ".join(plan.people_of(item))
    state = item.state if item.state in STATES else ""
    days = plan.days(item.begins, item.ends)
    return Shown(item, shorten(named, bounds.letters // 2), days, shorten(who, bounds.letters // 4), state)


def _aim(plan: Plan, row: Row) -> str:
    """What a row wants to reach: the last of its required texts, after its name."""
    texts: list[Cell] = [cell for cell in row.cells[1:] if cell.field.required and cell.field.kind in {"text", "long"}]
    return plan.told(texts[-1]) if texts else ""
