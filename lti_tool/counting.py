"""Words and characters as a reader counts them, in any script; `web/assets/_counting.js` counts the same.

A letter and its marks are one character however they were typed (Unicode Standard Annex 15), and what has no look, such
as a joiner, is none.
"""

import re
import unicodedata

from lti_tool.plain_text import composed

UNSEEN = {"Mn", "Mc", "Me", "Cf"}
"""Categories of marks, which belong to the letter before them, and of format characters."""
WORD_BREAK = "\u200b"
"""A format character too, yet the gap between words where a script writes none."""
WORD = re.compile(r"[^\W_]+(?:['’ʼ.,·׳״‐‑-][^\W_]+)*")
"""A run of letters or digits in any script, also with an apostrophe, a hyphen or a decimal point within."""


def count_words(text: str) -> int:
    """The words of a plain text."""
    return len(WORD.findall(_seen(text)))


def count_characters(text: str) -> int:
    """The characters of a plain text, each space and line break among them."""
    return len(_seen(text))


def count_characters_flowing(text: str) -> int:
    """The characters of a plain text, with one for each gap between words."""
    return len(" ".join(_seen(text).split()))


def _seen(text: str) -> str:
    if text.isascii():
        return text
    whole = composed(text.replace(WORD_BREAK, " "))
    return "".join(letter for letter in whole if unicodedata.category(letter) not in UNSEEN)
