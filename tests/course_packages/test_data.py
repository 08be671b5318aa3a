"""What the journal, the rubrics and the planner are filled with fits together."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.course_packages.reading_ease import flesch
from tests.course_packages.sources import COURSE, DATA, UNITS, read_unit, texts_in


def _load(name: str) -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load((COURSE / "en" / name).read_text(encoding="utf-8"))
    return data


PROMPTS = {prompt["id"]: prompt for prompt in _load("journal.yaml")["prompts"]}
RUBRICS = {rubric["id"]: rubric for rubric in _load("rubrics.yaml")["rubrics"]}
SECTIONS = {section["id"]: section for section in _load("roadmap.yaml")["sections"]}


def test_every_prompt_that_a_unit_names_is_in_the_journal() -> None:
    for unit in map(read_unit, UNITS):
        named = {data["prompt"] for _, data in unit.activities if "prompt" in data} | {unit.head["artefact"]["prompt"]}
        assert named <= set(PROMPTS)


def test_every_prompt_has_help_and_an_example() -> None:
    for prompt in PROMPTS.values():
        assert prompt["guiding"]
        assert prompt["scaffold"]
        assert prompt["example"]


def test_the_definition_in_the_journal_keeps_to_140_characters() -> None:
    assert len(PROMPTS["j2"]["example"]) <= 140


def test_the_points_of_a_prompt_are_the_most_that_its_rubric_gives() -> None:
    for prompt in PROMPTS.values():
        if "rubric" in prompt:
            criteria = RUBRICS[prompt["rubric"]]["criteria"]
            assert prompt["points"] == sum(criterion["levels"][-1]["points"] for criterion in criteria)


def test_every_criterion_has_four_levels_from_nought_to_three_that_differ() -> None:
    for rubric in RUBRICS.values():
        for criterion in rubric["criteria"]:
            levels = criterion["levels"]
            assert [level["points"] for level in levels] == [0, 1, 2, 3]
            assert len({level["description"] for level in levels}) == 4


def test_every_section_asks_helps_and_shows_an_example() -> None:
    for section in SECTIONS.values():
        assert section["question"].endswith("?")
        assert section["help"]
        assert section["example"]


def test_the_fields_of_a_section_have_names_of_their_own() -> None:
    for section in SECTIONS.values():
        fields = section["fields"] if "fields" in section else section["row"]["fields"]
        names = [field["name"] for field in fields]
        assert len(names) == len(set(names))
        assert all(name.isidentifier() and name.islower() for name in names)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_what_the_rooms_are_filled_with_is_easy_to_read(path: Path) -> None:
    assert flesch(" ".join(texts_in(yaml.safe_load(path.read_text(encoding="utf-8"))))) >= 50
