"""How long the stored progress of units can get, long texts aside: the far side of player/trackers/suspend.js."""

from collections.abc import Iterable

from scorm_builder.course.activities import Activity
from scorm_builder.course.exercises import Cards, Checklist, Download, Poll, Reflection, Scale
from scorm_builder.course.model import Unit
from scorm_builder.course.questions import Matching, MultipleChoice, Ordering, ShortAnswer, SingleChoice
from scorm_builder.course.scenarios import Scenario

LIMIT = 4096
"""Characters of cmi.suspend_data (SCORM 1.2 Run-Time Environment, section 3.4.4)."""
MOST_IN_A_POOL = 40
"""Questions that a number holds as bits in the browser, with room to spare."""
_LONGEST_STORY = 30
_ENTRIES: dict[type[Activity], int] = {
    SingleChoice: 1,
    ShortAnswer: 0,
    Reflection: 0,
    Download: 0,
    Scenario: _LONGEST_STORY,
}
_LISTS: dict[type[Activity], str] = {
    MultipleChoice: "options",
    Matching: "pairs",
    Ordering: "items",
    Checklist: "items",
    Scale: "statements",
    Poll: "statements",
    Cards: "cards",
}
_SECONDS = 6


def stored_size(units: Iterable[Unit]) -> int:
    """Characters of the fullest progress through units, texts that are kept in the browser left out."""
    return len("2;uuu") + sum(_unit_size(unit) for unit in units)


def _unit_size(unit: Unit) -> int:
    head = len(";!uuusppp.") + 3 * len(unit.pages) + _SECONDS
    pool = {activity.id for activity in unit.pool}
    others = sum(_answer_size(activity) for activity in unit.activities if activity.id not in pool)
    return head + others + (_check_size(unit) if unit.head.check else 0)


def _check_size(unit: Unit) -> int:
    """The questions drawn and met as bits, and the largest answers that one attempt can hold."""
    check = unit.head.check
    draw = check.draw if check else 0
    bits = len(_in_base_36(2 ** len(unit.pool) - 1))
    answers = sorted((_answer_size(activity) for activity in unit.pool), reverse=True)[:draw]
    return len(";?bb...aa") + len(_in_base_36(len(unit.pool))) + 2 * bits + sum(answers)


def _answer_size(activity: Activity) -> int:
    if isinstance(activity, Download):
        return 0
    return len(";aaaf") + (2 if activity.counts else 0) + _value_size(activity)


def _value_size(activity: Activity) -> int:
    """Entries of the answer, one character each; texts may have to stay in the browser and take none."""
    kind = type(activity)
    return _ENTRIES[kind] if kind in _ENTRIES else len(getattr(activity, _LISTS[kind]))


def _in_base_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number or not text:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text
