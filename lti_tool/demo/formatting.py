"""How times, points and messages read on a page."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from lti_tool.demo.grades import plain_number

PROGRESS_WORDS = {
    "Initialized": "not started",
    "Started": "started",
    "InProgress": "in progress",
    "Submitted": "handed in",
    "Completed": "finished",
}
GRADING_WORDS = {
    "FullyGraded": "graded",
    "Pending": "grading is going on",
    "PendingManual": "waits for a trainer",
    "Failed": "grading failed",
    "NotReady": "not ready for grading",
}


def machine_time(seconds: float) -> str:
    """Seconds since 1970 as the value of a `datetime` attribute."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def readable_time(seconds: float) -> str:
    """Seconds since 1970 as people read it; a script shows it in the reader's own time zone."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%-d %b %Y, %H:%M UTC")


def pretty_json(value: dict[str, Any]) -> str:
    """A message's detail, indented, in readable characters."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def answers(elements: dict[str, str]) -> list[dict[str, str]]:
    """The interactions among an attempt's elements, in their order: field name to value."""
    found: dict[int, dict[str, str]] = {}
    for name, value in elements.items():
        match = re.fullmatch(r"cmi\.interactions\.(\d+)\.(\w+)", name)
        if match is not None:
            found.setdefault(int(match[1]), {})[match[2]] = value
    return [found[number] for number in sorted(found)]


def progress_words(name: str) -> str:
    """The activity progress in plain words; what we do not know is shown as it came."""
    return PROGRESS_WORDS.get(name, name)


def grading_words(name: str) -> str:
    """The grading progress in plain words."""
    return GRADING_WORDS.get(name, name)


FILTERS: dict[str, Callable[..., Any]] = {
    "answers": answers,
    "machine_time": machine_time,
    "readable_time": readable_time,
    "pretty_json": pretty_json,
    "progress_words": progress_words,
    "grading_words": grading_words,
    "points": plain_number,
}
