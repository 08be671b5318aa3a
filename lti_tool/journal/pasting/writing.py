"""Blocks of pasted text as HTML of the editor's own schema."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lti_tool.journal.pasting.lines import Run, Runs
from lti_tool.journal.pasting.reading import Block, Item

T = TypeVar("T")


@dataclass
class _Listed:
    item: Item
    lines: list[Runs] = field(default_factory=list)


def as_html(blocks: Sequence[Block]) -> str:
    """The blocks in the editor's tags."""
    tag_of = _tags(blocks)
    written = []
    for group in _groups(blocks, lambda one, other: one.quoted == other.quoted):
        inner = _written(group, tag_of)
        written.append(f"<blockquote>{inner}</blockquote>" if group[0].quoted else inner)
    return "".join(written)


def _tags(blocks: Sequence[Block]) -> Callable[[int | None], str]:
    # The highest of the headings is our larger one, and all others the smaller; our own levels stay.
    ranks = sorted({block.rank for block in blocks if block.rank is not None})
    ours = all(rank in {3, 4} for rank in ranks)

    def tag_of(rank: int | None) -> str:
        if rank is None:
            return "p"
        return f"h{rank}" if ours else "h3" if rank == ranks[0] else "h4"

    return tag_of


def _groups(things: Sequence[T], belongs: Callable[[T, T], bool]) -> list[list[T]]:
    found: list[list[T]] = []
    for thing in things:
        if found and belongs(found[-1][-1], thing):
            found[-1].append(thing)
        else:
            found.append([thing])
    return found


def _written(blocks: Sequence[Block], tag_of: Callable[[int | None], str]) -> str:
    written = []
    for group in _groups(blocks, lambda one, other: (one.item is None) == (other.item is None)):
        if group[0].item is None:
            written += [_element(tag_of(block.rank), block.runs) for block in group]
        else:
            written.append(_lists(_items_of(group)))
    return "".join(written)


def _items_of(blocks: Sequence[Block]) -> list[_Listed]:
    # What follows in an item, also behind a list within it, stands in the order in which it came.
    items: list[_Listed] = []
    seen: set[int] = set()
    for block in blocks:
        if block.item is not None and id(block.item) not in seen:
            seen.add(id(block.item))
            items.append(_Listed(block.item))
        items[-1].lines.append(block.runs)
    return items


def _lists(items: Sequence[_Listed]) -> str:
    written = []
    start = 0
    while start < len(items):
        end = _end_of_list(items, start)
        written.append(_list(items[start:end]))
        start = end
    return "".join(written)


def _end_of_list(items: Sequence[_Listed], start: int) -> int:
    # A list ends where its kind changes, where it rises, or where the numbers begin anew.
    first = items[start].item
    following = (first.number or 1) + 1
    for place in range(start + 1, len(items)):
        item = items[place].item
        if item.level < first.level:
            return place
        if item.level == first.level:
            if item.ordered != first.ordered or (item.ordered and item.number not in (None, following)):
                return place
            following += 1
    return len(items)


def _list(items: Sequence[_Listed]) -> str:
    first = items[0].item
    tag = "ol" if first.ordered else "ul"
    start = f' start="{first.number}"' if first.ordered and first.number not in (None, 1) else ""
    inner = [
        f"<li>{''.join(_element('p', runs) for runs in item.lines)}{_lists(deeper)}</li>"
        for item, *deeper in _groups(items, lambda _, one: one.item.level > first.level)
    ]
    return f"<{tag}{start}>{''.join(inner)}</{tag}>"


def _element(tag: str, runs: Runs) -> str:
    return f"<{tag}>{''.join(map(_inline, runs))}</{tag}>"


def _inline(run: Run) -> str:
    if run.is_break:
        return "<br>"
    text = html.escape(run.text, quote=False).replace("\u00a0", "&nbsp;")
    text = f"<em>{text}</em>" if run.italic else text
    text = f"<strong>{text}</strong>" if run.bold else text
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text
