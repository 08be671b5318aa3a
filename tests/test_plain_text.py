"""What people typed keeps its letters in every script, and nothing that nobody sees."""

import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.counting import count_characters, count_words
from lti_tool.errors import Refusal
from lti_tool.people.teams import clean_name
from lti_tool.plain_text import composed, in_lines, in_one_line, storable
from lti_tool.search_text import folded

ANY = st.text(st.characters(codec=None), max_size=60)
PERSIAN, FAMILY, HINDI = "می\u200cخواهم", "👨\u200d👩\u200d👧", "क्\u200dष"


@pytest.mark.parametrize("text", [PERSIAN, FAMILY, HINDI, "Σχολείο 12", "مدرسة", "🏴", "❤️", "abc\u200e (12)"])
def test_scripts_and_emoji_stay_as_they_are(text: str) -> None:
    assert in_one_line(text) == text
    assert in_lines(f"{text}\n\n{text}") == f"{text}\n\n{text}"


@pytest.mark.parametrize("text", ["", " \t\n", "\u200b\u200d", "\u202e\u2066", "\x00\x07", "\ud800", "\u00a0"])
def test_what_nobody_sees_is_no_name_and_no_text(text: str) -> None:
    assert in_one_line(text) == ""
    assert in_lines(text) == ""


def test_a_name_turns_nothing_that_stands_after_it() -> None:
    assert in_one_line("Hill\u202e loohcS") == "Hill loohcS"
    assert in_one_line("Hill\u2067\u200b\r\nSchool\u2069") == "Hill School"


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in (storable, in_one_line, in_lines):
        once = clean(text)
        assert clean(once) == once
        assert "\x00" not in once
        once.encode()


@given(ANY)
def test_no_printable_letter_is_lost(text: str) -> None:
    def seen(one: str) -> list[str]:
        composed = unicodedata.normalize("NFC", one)
        return [letter for letter in composed if letter.isprintable() and not letter.isspace()]

    assert seen(in_one_line(text)) == seen(text)
    assert seen(in_lines(text)) == seen(text)


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    assert len(in_one_line(text).splitlines()) <= 1


MARKS = st.text(st.sampled_from("\u0316\u0301\u0f73\u0f71\u0344\u0327\u093c\u05b0"), min_size=20, max_size=80)
BETWEEN = st.text(st.sampled_from("aeǖ\u1100\u1161\u0958\u200d👩。 \uff9e"), max_size=3)


@given(st.lists(st.tuples(BETWEEN, MARKS), max_size=4))
def test_many_marks_are_composed_as_the_standard_has_it(pieces: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, pieces))
    assert composed(text) == unicodedata.normalize("NFC", text)


def least_time(work: Callable[[str], object], text: str) -> float:
    def once() -> float:
        began = time.thread_time()
        with suppress(Refusal):
            work(text)
        return time.thread_time() - began

    return min(once() for _ in range(3))


@pytest.mark.parametrize("marks", ["\u0316\u0301", "\u0f73", "\uff9e\u0334", "\u0301\u0316\u200d"], ids=ascii)
@pytest.mark.parametrize("work", [in_one_line, in_lines, count_words, count_characters, folded, clean_name])
def test_a_letter_with_many_marks_costs_what_its_length_says(work: Callable[[str], object], marks: str) -> None:
    short, long = (f"a{marks * (length // len(marks))}" for length in (1_500, 12_000))
    quick = least_time(work, long) < 24 * least_time(work, short) + 0.03
    assert quick, "eight times the length, and no square of it"
