"""A short answer in a cartridge is right however a phone writes it: its LMS compares letter by letter."""

import pytest

from scorm_builder.cartridge.spellings import spellings


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("parents' evening", "parents’ evening"),
        ("parents’ evening", "parents' evening"),
        ("forty-eight", "forty–eight"),
        ("and so on...", "and so on…"),
        ("τριγωνοποίηση", "τριγωνοποιηση"),
        ("cafe\u0301", "café"),
        ("προς τον μέσο όρο", "προς τον μεσο ορο"),
    ],
)
def test_what_people_write_is_among_the_answers(answer: str, written: str) -> None:
    assert written in spellings([answer])


def test_the_answers_as_given_come_first_and_none_comes_twice() -> None:
    found = spellings(["audit", "an audit", "έλεγχος"])
    assert found[:3] == ("audit", "an audit", "έλεγχος")
    assert len(found) == len(set(found)) == 4


def test_accents_of_other_scripts_are_left_alone() -> None:
    assert spellings(["år"]) == ("år",)
