"""Reads one list of a large JSON object entry by entry: what a platform nests or repeats in it costs no memory."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import ijson

from lti_tool.lti.errors import ServiceFailed

MOST_ENTRIES: Final = 50_000
"""Of the list; no course has as many people."""
MOST_PIECES: Final = 10_000
"""Names, values and brackets in one entry, or in one value beside the list; somebody in a hundred groups has 500."""
MOST_NAMES: Final = 100
"""Before the list."""
_BOM: Final = b"\xef\xbb\xbf"

Events = Iterator[tuple[str, Any]]


def read_entries(body: bytes, name: str) -> Iterator[object]:
    """Each entry of the list ``name`` in turn.

    Raises ServiceFailed, also between entries: temporary where this is no JSON object with such a list, permanent where
    it holds too much. What comes after the list is not looked at.
    """
    events: Events = ijson.basic_parse(BytesIO(body.removeprefix(_BOM)), use_float=True)
    try:
        _find(events, name)
        yield from _entries(events)
    except (ijson.JSONError, ValueError):  # the latter for numbers of thousands of digits, and for bad UTF-8
        raise _malformed() from None


def _find(events: Events, name: str) -> None:
    """Go on to the list's first entry."""
    _expect(events, "start_map")
    for count, (_, key) in enumerate(_until(events, "end_map")):
        if key == name:
            return _expect(events, "start_array")
        if count >= MOST_NAMES:
            raise ServiceFailed("answer_too_large", permanent=True)
        _build(events, *next(events, ("", None)))
    raise _malformed()


def _entries(events: Events) -> Iterator[object]:
    for count, (event, value) in enumerate(_until(events, "end_array")):
        if count >= MOST_ENTRIES:
            raise ServiceFailed("answer_too_large", permanent=True)
        yield _build(events, event, value)


def _build(events: Events, event: str, value: object) -> object:
    """The value that begins with this event."""
    builder, depth = ijson.ObjectBuilder(), 0
    for _ in range(MOST_PIECES):
        builder.event(event, value)
        depth += {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}.get(event, 0)
        if depth == 0:
            return builder.value
        event, value = next(events, ("", None))
    raise ServiceFailed("answer_too_large", permanent=True)


def _until(events: Events, end: str) -> Events:
    for event in events:
        if event[0] == end:
            return
        yield event


def _expect(events: Events, wanted: str) -> None:
    if next(events, ("", None))[0] != wanted:
        raise _malformed()


def _malformed() -> ServiceFailed:
    return ServiceFailed("malformed_answer", permanent=False)
