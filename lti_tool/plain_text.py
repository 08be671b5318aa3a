"""Texts that people typed, without what no database keeps and nobody sees; joiners, which scripts need, stay.

Persian and Indic scripts are written with joiners, and so are families among the emoji (Unicode Standard, 23.2). What
turns the direction of everything after it (Unicode Standard Annex 9, 2) is taken out of names, which stand in others'
sentences.
"""

import re
import unicodedata
from itertools import groupby

KEPT_CONTROLS = "\n\t"
JOINERS = frozenset("\u200c\u200d")
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
"""They turn nothing but what they stand at."""
_MANY_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
"""Longer than any run of marks in a language (Unicode Standard Annex 15, 13); marks are no letters to `re`."""


def composed(text: str) -> str:
    """The text in NFC, in a time that grows with its length.

    Python puts the marks of a letter in order by insertion, which for a hundred thousand of them takes minutes in which
    no other thread runs. So long runs are put in order before (Unicode Standard, 3.11, D108 and D109).
    """
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_in_order, text))


def storable(text: str) -> str:
    """The text in its own lines, without NUL, control characters and half characters."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    return "".join(letter for letter in whole if letter >= " " or letter in KEPT_CONTROLS)


def in_one_line(text: str) -> str:
    """A name or a title: composed (NFC), with single spaces; empty where nothing is left that anybody sees."""
    letters = "".join(letter if _stays(letter) else " " for letter in composed(storable(text)))
    line = " ".join(letters.split())
    return line if any(letter.isprintable() for letter in line) else ""


def in_lines(text: str) -> str:
    """A text of several lines, without spaces around it; empty where nothing is left that anybody sees."""
    kept = "".join(letter for letter in storable(text) if letter == "\n" or letter.isspace() or _stays(letter)).strip()
    return kept if any(letter.isprintable() and not letter.isspace() for letter in kept) else ""


def _stays(letter: str) -> bool:
    return letter.isprintable() or letter in JOINERS or letter in DIRECTION_MARKS


def _in_order(run: re.Match[str]) -> str:
    apart = "".join(unicodedata.normalize("NFD", letter) for letter in run[0])
    together = groupby(apart, lambda letter: unicodedata.combining(letter) == 0)
    return "".join("".join(sorted(letters, key=unicodedata.combining)) for _, letters in together)
