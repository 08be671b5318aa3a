"""Each unit of the course holds together and is fit to be read."""

import re
from pathlib import Path

import pytest

from tests.course_packages.reading_ease import flesch
from tests.course_packages.sources import COURSE, UNITS, read_unit, texts_in

every_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
CHECKED = {"single-choice", "multiple-choice"}


def test_there_are_units() -> None:
    assert UNITS


@every_unit
def test_a_unit_has_two_to_three_and_a_half_thousand_words(path: Path) -> None:
    words = len(read_unit(path).prose.split())
    assert 2000 <= words <= 3500, words


@every_unit
def test_a_unit_is_easy_enough_to_read(path: Path) -> None:
    unit = read_unit(path)
    activities = " ".join(text for _, data in unit.activities for text in texts_in(data))
    assert flesch(unit.prose) >= 50
    assert flesch(activities) >= 50


@every_unit
def test_every_picture_exists_and_says_in_words_what_it_shows(path: Path) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^ )]+)", read_unit(path).body)
    assert len(pictures) >= 2
    for alternative, file in pictures:
        assert len(alternative.split()) >= 8, file
        assert (COURSE / file).is_file(), file


@every_unit
def test_every_citation_has_its_reference_and_every_reference_is_cited(path: Path) -> None:
    unit = read_unit(path)
    cited = set(re.findall(r"\[@([\w-]+)", unit.body))
    assert cited == {reference["id"] for reference in unit.head["references"]}


@every_unit
def test_identifiers_are_unique_in_a_unit(path: Path) -> None:
    unit = read_unit(path)
    found = re.findall(r"^# .*\{#([a-z-]+)", unit.body, re.MULTILINE) + [data["id"] for _, data in unit.activities]
    assert len(found) == len(set(found))
    for _, data in unit.activities:
        statements = [statement["id"] for statement in data.get("statements", [])]
        assert len(statements) == len(set(statements))


@every_unit
def test_a_unit_has_seven_activities_of_five_kinds_each_for_a_purpose(path: Path) -> None:
    activities = read_unit(path).activities
    assert len(activities) >= 7
    assert len({kind for kind, _ in activities}) >= 5
    assert all(data["objective"] for _, data in activities)
    assert sum(bool(data.get("counts")) for _, data in activities) >= 6


@every_unit
def test_every_answer_gets_its_own_feedback(path: Path) -> None:
    for kind, data in read_unit(path).activities:
        answers = data.get("options", []) + data.get("pairs", [])
        feedback = [answer["feedback"] for answer in answers]
        assert len(feedback) == len(set(feedback))
        assert answers or data.get("feedback") or all(card["back"] for card in data["cards"])
        assert kind not in CHECKED or any(option.get("correct") for option in answers)


@every_unit
def test_the_pages_take_as_long_as_the_unit_says(path: Path) -> None:
    unit = read_unit(path)
    assert sum(map(int, re.findall(r"^# .* minutes=(\d+)", unit.body, re.MULTILINE))) == unit.head["minutes"]
    assert 60 <= unit.head["minutes"] <= 90


@every_unit
def test_a_definition_shown_as_an_example_keeps_its_own_limit(path: Path) -> None:
    for kind, data in read_unit(path).activities:
        assert kind != "reflection" or len(data.get("example", "")) <= data["limit"]
