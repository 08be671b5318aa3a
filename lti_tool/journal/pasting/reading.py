"""Pasted HTML as blocks of the editor's own kinds: paragraphs, headings, items of lists, quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lti_tool.errors import TooLong
from lti_tool.journal.pasting.lines import BREAK, PLAIN, SPACES, Run, Runs, lines_of
from lti_tool.journal.pasting.nodes import (
    LEVEL,
    ORDERED,
    Node,
    cut,
    is_marker,
    marker_of,
    marker_within,
    parse,
    whole_number,
)

_SKIPPED = "area datalist link map meta noscript script select style template title xml"
_PICTURES = "audio canvas embed iframe img object picture svg v:imagedata v:shape video"
_BLOCKS = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 head header html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
SKIPPED, PICTURES, BLOCKS = (frozenset(names.split()) for names in (_SKIPPED, _PICTURES, _BLOCKS))
LISTS, CELLS, GROUPS = {"ul", "ol", "menu", "dir"}, {"td", "th", "caption"}, {"tbody", "thead", "tfoot"}
BETWEEN_CELLS = " | "
MOST_LEVELS = 9
"""Of a list that only says how deep it is, as word processors do."""
SENTIMENT = re.compile(r"[\u200d\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]+")


@dataclass(eq=False)
class Item:
    """An item of a list; the same for all of its lines."""

    level: int
    ordered: bool
    number: int | None
    """Where it says so: the first of a list, or each of a word processor's."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a heading where it has a rank."""

    runs: Runs
    rank: int | None = None
    item: Item | None = None
    quoted: bool = False


@dataclass
class _List:
    ordered: bool
    next: int | None


@dataclass(frozen=True)
class _Place:
    """What holds where a node stands."""

    marks: Run = PLAIN
    rank: int | None = None
    item: Item | None = None
    quoted: bool = False
    keeps_lines: bool = False
    depth: int = 0
    list: _List | None = None

    def within(self, node: Node) -> "_Place":
        """The same with the node's own marks."""
        changed: dict[str, Any] = node.marks()
        return replace(self, marks=replace(self.marks, **changed)) if changed else self


def read(text: str, longest: int) -> list[Block]:
    """The blocks of an HTML text; raises TooLong beyond so many characters, BadInput for too deep a nesting."""
    reader = _Reader(longest)
    for node in parse(text):
        reader.visit(node, _Place())
    reader.end()
    return reader.blocks


@dataclass
class _Reader:
    room: int
    """Characters for which there is still room: one long address may come again in each of many lines."""
    blocks: list[Block] = field(default_factory=list)
    line: list[Run] = field(default_factory=list)
    place: _Place = _Place()

    def visit(self, node: Node | str, place: _Place) -> None:
        if isinstance(node, str):
            self._write(node, place)
        elif node.tag in SKIPPED or node.style.get("display") == "none" or is_marker(node) or _is_hidden(node):
            return
        elif node.tag in PICTURES:
            self._picture(node, place)
        elif node.tag == "br":
            self.line.append(BREAK)
        elif node.tag == "table" and not _is_layout(node):
            self._table(node, place)
        elif node.tag in BLOCKS:
            self.end()
            self._block(node, place.within(node))
            self.end()
        else:
            for child in node.children:
                self.visit(child, place.within(node))

    def end(self) -> None:
        place, runs = self.place, self.line
        self.line = []
        for line in lines_of(runs, is_heading=place.rank is not None):
            self.room -= sum(len(run.text) + len(run.href) for run in line)
            if self.room < 0:
                raise TooLong("piece")
            self.blocks.append(Block(line, place.rank, place.item, place.quoted))

    def _picture(self, node: Node, place: _Place) -> None:
        if _is_emoji(node):
            self._write(node.attributes["alt"], place)
        for child in node.elements:
            if child.tag in BLOCKS:  # it is not in the picture, but behind one that has no end
                self.visit(child, place)

    def _write(self, text: str, place: _Place) -> None:
        for number, line in enumerate(text.split("\n") if place.keeps_lines else [text]):
            self.line += [BREAK] if number else []
            self.line.append(replace(place.marks, text=SPACES.sub(" ", line)))

    def _block(self, node: Node, place: _Place) -> None:
        place = replace(
            place,
            rank=node.rank if node.is_heading else place.rank,
            quoted=place.quoted or node.tag == "blockquote",
            keeps_lines=place.keeps_lines or node.tag == "pre",
        )
        if node.tag in LISTS:
            first = whole_number(node.attributes.get("start", "")) or 1
            ordered = node.tag == "ol"
            place = replace(place, depth=place.depth + 1, list=_List(ordered, first if ordered else None))
        elif not node.is_heading and (item := _item_of(node, place)):
            place = replace(place, item=item)
        self.place = place
        for child in node.children:
            self.visit(child, place)
            if isinstance(child, Node) and child.tag in BLOCKS:
                self.place = place  # behind a block within this one the rest is its own again

    def _table(self, table: Node, place: _Place) -> None:
        self.end()
        for row in _rows_of(table):
            self.place = place
            for number, cell in enumerate(row):
                self._write(BETWEEN_CELLS if number else "", place)
                self._cell(cell, replace(_Place(), marks=place.marks).within(cell))
            self.end()

    def _cell(self, cell: Node, place: _Place) -> None:
        inner = _Reader(self.room)
        for child in cell.children:
            inner.visit(child, place)
        inner.end()
        for number, block in enumerate(inner.blocks):
            self.line += [Run(" ")] if number else []
            self.line += [Run(" ") if run.is_break else run for run in block.runs]


def _item_of(node: Node, place: _Place) -> Item | None:
    style = node.style.get("mso-list", "")
    listed = LEVEL.search(style)
    told = listed[1] if listed else node.attributes.get("data-aria-level", node.attributes.get("aria-level", ""))
    level = max(1, place.depth, min(whole_number(told) or 0, MOST_LEVELS))
    if node.tag == "li":
        found, number = place.list, None
        if found and found.ordered:
            number = whole_number(node.attributes.get("value", "")) or found.next
            found.next = None  # only the first says where the list begins
        return Item(level, bool(found and found.ordered), number)
    marker = marker_within(node) if listed else marker_of(node) if node.tag == "p" else ""
    if not listed and not marker:
        return None
    if not listed:
        cut(node, len(marker))
    ordered = ORDERED.match(marker)
    return Item(level, bool(ordered), whole_number(ordered[1]) if ordered else None)


def _rows_of(table: Node) -> Iterator[list[Node]]:
    for child in table.elements:
        if child.tag == "caption":
            yield [child]
        elif child.tag in GROUPS:
            yield from _rows_of(child)
        elif child.tag == "tr":
            yield [cell for cell in child.elements if cell.tag in CELLS]


def _is_layout(table: Node) -> bool:
    """Whether it only puts parts side by side, as mails and web pages of old do."""
    widths = (sum(cell.tag != "caption" for cell in row) for row in _rows_of(table))
    return table.attributes.get("role") == "presentation" or max(widths, default=0) <= 1 or _holds_parts(table)


def _holds_parts(node: Node) -> bool:
    return any(child.is_heading or child.tag == "table" or _holds_parts(child) for child in node.elements)


def _is_hidden(node: Node) -> bool:
    return "hidden" in node.attributes or node.style.get("mso-hide") == "all"


def _is_emoji(node: Node) -> bool:
    return bool(SENTIMENT.fullmatch(node.attributes.get("alt", "")))
