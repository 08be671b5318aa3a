"""Going through a text line by line: what is found, where it stands, and what stands around it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.journal.personal_data.contacts import Span, e_mails, postal_addresses, telephone_numbers
from lti_tool.journal.personal_data.names import KnownNames, likely_names

MOST = 40
"""Findings of one text; who has more has seen what it is about."""
AROUND = 40
"""Characters shown on each side of what was found."""


class Kind(StrEnum):
    """What something seems to be."""

    E_MAIL = "e_mail"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Finding:
    """Something that may say who somebody is, with its place in the text."""

    kind: Kind
    start: int
    """In characters of the whole text."""
    end: int
    text: str
    number: int
    """How often the same words stand in the text before it, whatever the gaps between them."""
    before: str
    """What stands before it in its line, cut at a word."""
    after: str


def find_personal_data(text: str, known_names: Iterable[str] = ()) -> list[Finding]:
    """What may say who somebody is, in the order of the text, at most MOST; no two overlap, none goes beyond a line.

    `text` is plain; `known_names` are whole names of people whom the writer may know.
    """
    known = KnownNames(known_names)
    findings: list[Finding] = []
    place = 0
    for line in text.split("\n"):
        for kind, (start, end) in _in_line(line, known):
            if len(findings) == MOST:
                return findings
            findings.append(_finding(text, place, line, kind, (start, end)))
        place += len(line) + 1
    return findings


def _in_line(line: str, known: KnownNames) -> list[tuple[Kind, Span]]:
    """Of those that overlap the first kind stays, and of one kind the longest."""
    ways: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
        (Kind.E_MAIL, e_mails),
        (Kind.ADDRESS, postal_addresses),
        (Kind.PHONE, telephone_numbers),
        (Kind.NAME, likely_names),
        (Kind.NAME, known.find),
    )
    found: list[tuple[Kind, Span]] = []
    # Which letters are taken: a line may hold thousands of finds, too many to compare each with each.
    taken = bytearray(len(line))
    for kind in dict.fromkeys(kind for kind, _ in ways):
        spans = {span for other, find in ways if other is kind for span in find(line)}
        for start, end in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
            if not any(taken[start:end]):
                found.append((kind, (start, end)))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda one: one[1])


def _finding(text: str, place: int, line: str, kind: Kind, span: Span) -> Finding:
    start, end = span
    return Finding(
        kind=kind,
        start=place + start,
        end=place + end,
        text=line[start:end],
        number=_count_before(text, place + start, line[start:end]),
        before=_cut(line[max(0, start - AROUND) : start], at_start=start > AROUND).removeprefix("- "),
        after=_cut(line[end : end + AROUND], at_end=end + AROUND < len(line)),
    )


def _count_before(text: str, start: int, found: str) -> int:
    """How often these words stand before: the page's script counts the same (`_places.js`)."""
    same = re.compile(r"[^\S\n]+".join(map(re.escape, found.split())))
    return sum(other.start() < start for other in same.finditer(text))


def _cut(around: str, *, at_start: bool = False, at_end: bool = False) -> str:
    if at_start:
        return "…" + (around.partition(" ")[2] or around)
    if at_end:
        return (around.rpartition(" ")[0] or around) + "…"
    return around
