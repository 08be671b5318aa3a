"""Large lists are read entry by entry: like any JSON reader reads them, in little memory, whatever they hold."""

import json
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.services.json_stream import MOST_ENTRIES, MOST_PIECES, read_entries
from lti_tool.lti.services.members import LARGEST_PAGE

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(values, max_size=6), st.dictionaries(st.text("xyz", min_size=1), values, max_size=3))
def test_entries_are_those_that_a_whole_reading_gives(listed: list[object], beside: dict[str, object]) -> None:
    for document in ({**beside, "members": listed}, {"members": listed, **beside}):
        assert list(read_entries(json.dumps(document).encode(), "members")) == listed


def test_a_mark_at_the_beginning_is_passed_over() -> None:
    assert list(read_entries(b'\xef\xbb\xbf{"members": [1]}', "members")) == [1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"7",
        b"{}",
        b'{"members": null}',
        b'{"members": {}}',
        b'{"members": [1',
        b'{"members": [1, {"a": ',
        b'{"other": {"members": [1]}}',
        b'{"members": [1}',
        b"<html>maintenance</html>",
        b'{"members": ["\xff"]}',
        b'{"members": [' + b"9" * 5000 + b"]}",
    ],
)
def test_what_is_no_such_list_is_malformed(body: bytes) -> None:
    with pytest.raises(ServiceFailed) as failed:
        list(read_entries(body, "members"))
    assert (failed.value.reason, failed.value.permanent) == ("malformed_answer", False)


def filled(start: bytes, piece: bytes, end: bytes) -> bytes:
    """As much of it as is taken at all."""
    return start + piece * ((LARGEST_PAGE - len(start) - len(end)) // len(piece)) + end


HOSTILE = {
    "empty lists": filled(b'{"members":[[]', b",[]", b"]}"),
    "empty objects": filled(b'{"members":[{}', b",{}", b"]}"),
    "one entry of many": filled(b'{"members":[[0', b",[]", b"]]}"),
    "one deep entry": filled(b'{"members":[', b"[", b""),
    "a large value beside it": filled(b'{"x":[0', b",[]", b'],"members":[]}'),
    "many names": filled(b'{"members":[{"a":0', b',"a":0', b"}]}"),
    "many values beside it": filled(b'{"x":{}', b',"x":{}', b"}"),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_sixteen_megabytes_of_anything_cost_no_memory_and_little_time(body: bytes) -> None:
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(ServiceFailed) as failed:
        for _ in read_entries(body, "members"):
            pass
    took = time.process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failed.value.permanent, "the next try would meet the same"
    assert peak < 8 * 2**20, f"{peak:,} bytes"
    assert took < 5


def test_what_comes_after_the_list_is_not_looked_at() -> None:
    assert list(read_entries(b'{"members": [1], "members": [2], "x": ', "members")) == [1]


def test_as_much_as_any_course_has_is_read() -> None:
    body = json.dumps({"x": list(range(MOST_PIECES - 2)), "members": [[]] * MOST_ENTRIES}).encode()
    assert sum(1 for _ in read_entries(body, "members")) == MOST_ENTRIES
