"""What people typed keeps its letters in every script, and nothing that nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.plain_text import in_lines, in_one_line, storable

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
