"""The ways in which people write a short answer, for LMSs that compare letter by letter."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_ACCENTED_GREEK = re.compile(r"([\u0370-\u03ff\u1f00-\u1fff])[\u0300-\u036f]+")
_TYPOGRAPHIC = {"'": "’", '"': "“", "...": "…", "-": "–"}
"""What phones and word processors put in the place of what was typed."""


def spellings(answers: Sequence[str]) -> tuple[str, ...]:
    """The answers as they are given, and each with the other kind of quotes and dashes, and in Greek without accents.

    An LMS that knows capitals from small letters is left to its own settings.
    """
    found = dict.fromkeys(unicodedata.normalize("NFC", answer) for answer in answers)
    return tuple(dict.fromkeys([*found, *(written for answer in found for written in _written(answer))]))


def _written(answer: str) -> Iterator[str]:
    plain, set_in_type = answer, answer
    for typed, typographic in _TYPOGRAPHIC.items():
        plain = plain.replace(typographic, typed)
        set_in_type = set_in_type.replace(typed, typographic)
    for one in (plain, set_in_type):
        yield one
        yield unicodedata.normalize("NFC", _ACCENTED_GREEK.sub(r"\1", unicodedata.normalize("NFD", one)))
