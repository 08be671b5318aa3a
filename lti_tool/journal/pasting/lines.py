"""One line of pasted text while it is read: runs of letters with their marks, with spaces put in order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

SPACES = re.compile(r"[ \t\r\n\f]+")
GAP = re.compile("[ \u00a0]* [ \u00a0]*|\u00a0{2,}")
"""A single no-break space may be meant."""


@dataclass(frozen=True)
class Run:
    """Letters of one look; the text of a break is a line's end."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    @property
    def is_break(self) -> bool:
        """Whether it only begins a new line."""
        return self.text == "\n"

    def looks_like(self, other: "Run") -> bool:
        """Whether the two can be one."""
        return replace(self, text="") == replace(other, text="") and not self.is_break and not other.is_break


PLAIN, BREAK = Run(""), Run("\n")
Runs = tuple[Run, ...]


def lines_of(runs: Iterable[Run], *, is_heading: bool) -> list[Runs]:
    """The lines in these runs: an empty line between parts them, and nothing is left of lines without text."""
    joined: list[Run] = []
    for run in runs:
        one = replace(run, bold=False) if is_heading and not run.is_break else run
        if joined and joined[-1].looks_like(one):
            joined[-1] = replace(one, text=joined[-1].text + one.text)
        else:
            joined.append(one)
    return [line for line in map(_trimmed, _parted(joined)) if line]


def _parted(runs: list[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run.is_break:
            breaks += 1
        elif not breaks or run.text.strip():
            if breaks > 1:
                lines.append([])
            elif breaks:
                lines[-1].append(BREAK)
            breaks = 0
            lines[-1].append(run)
    return lines


def _trimmed(runs: list[Run]) -> Runs:
    line: list[Run] = []
    at_edge = True
    for run in runs:
        if run.is_break:
            line.append(run)
            at_edge = True
            continue
        text = GAP.sub(" ", run.text)
        text = text.lstrip(" \u00a0") if at_edge else text
        if text:
            line.append(replace(run, text=text))
            at_edge = text.endswith(" ")
    return _without_ends(line)


def _without_ends(line: list[Run]) -> Runs:
    last = len(line) - 1
    kept = [
        replace(run, text=run.text.rstrip(" \u00a0"))
        if not run.is_break and (place == last or line[place + 1].is_break)
        else run
        for place, run in enumerate(line)
    ]
    while kept and (kept[-1].is_break or not kept[-1].text):
        kept.pop()
    while kept and kept[0].is_break:
        kept.pop(0)
    return tuple(kept)
