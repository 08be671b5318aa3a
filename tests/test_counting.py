"""Words and characters as a reader counts them; the browser's own count is held to the same table."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.counting import count_characters, count_characters_flowing, count_words

TABLE = json.loads((Path(__file__).parent / "shared" / "counting.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("what", "text", "words"), TABLE["words"])
def test_words_are_counted_in_every_script(what: str, text: str, words: int) -> None:
    assert count_words(text) == words, what


@pytest.mark.parametrize(("what", "text", "characters"), TABLE["characters"])
def test_characters_are_what_a_reader_would_count(what: str, text: str, characters: int) -> None:
    assert count_characters_flowing(text) == characters, what


@given(st.text())
def test_it_does_not_matter_how_a_letter_and_its_marks_were_typed(text: str) -> None:
    for count in (count_words, count_characters, count_characters_flowing):
        assert count(unicodedata.normalize("NFD", text)) == count(unicodedata.normalize("NFC", text)) == count(text)
