"""Which choices may show their options in another order for each person: not those whose order means something."""

import re
import unicodedata
from collections.abc import Sequence

from scorm_builder.course.questions import MultipleChoice, SingleChoice
from scorm_builder.markup.strings import Strings

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+")
_FEW = 3
"""The words beside its number, or in all, of an option that is a step: `more than 20`, `I fully agree`."""


def is_mixed(question: SingleChoice | MultipleChoice, say: Strings) -> bool:
    """Whether the options may change places.

    They keep the order of the source where the author says so (`fixed`), where there are only two, where they rise or
    fall (years, amounts), where they are steps of a scale (agree … disagree), and where one speaks of the others.
    """
    texts = [_folded(option.text) for option in question.options]
    return not (question.fixed or len(texts) <= 2 or _rise(texts) or _are_levels(texts, say) or _refer(texts, say))


def _rise(texts: Sequence[str]) -> bool:
    numbers = [[float(found.replace(",", ".")) for found in _plain_numbers(text)] for text in texts]
    if not all(numbers) or any(len(_WORD.findall(_NUMBER.sub(" ", text))) > _FEW for text in texts):
        return False
    firsts = [found[0] for found in numbers]
    return len(set(firsts)) == len(firsts) and firsts in (sorted(firsts), sorted(firsts, reverse=True))


def _plain_numbers(text: str) -> list[str]:
    """Numbers without the marks between their thousands: 1,500 and 1.500 are one number each."""
    return [re.sub(r"[.,](?=\d{3}(?:\D|$))", "", found) for found in _NUMBER.findall(text)]


def _are_levels(texts: Sequence[str], say: Strings) -> bool:
    """Whether most are steps of a scale: beside agree … disagree there may stand `I do not know`."""
    levels = _listed(say["order"]["levels"])
    steps = [text for text in texts if len(words := _WORD.findall(text)) <= _FEW and levels.intersection(words)]
    return 2 * len(steps) > len(texts)


def _refer(texts: Sequence[str], say: Strings) -> bool:
    phrases = _listed(say["order"]["others"])
    return any(re.search(rf"\b{re.escape(phrase)}\b", text) for text in texts for phrase in phrases)


def _listed(phrases: str) -> set[str]:
    return {_folded(phrase) for phrase in phrases.split(",")}


def _folded(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(bare.split())
