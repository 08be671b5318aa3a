"""The sample pieces on which trainers calibrate: of every level, and marked by the rubric that they mark with."""

import pytest

from tests.course_packages.sources import by_id

SAMPLES = by_id("samples")
CRITERIA = {criterion["id"]: criterion for criterion in by_id("rubrics")["reflective-writing"]["criteria"]}
every_sample = pytest.mark.parametrize("name", SAMPLES)


def test_there_are_at_least_six_pieces_from_low_to_high() -> None:
    totals = [sample["total"] for sample in SAMPLES.values()]
    assert len(totals) >= 6
    assert min(totals) <= 4
    assert max(totals) >= 14
    assert len(set(totals)) >= 5


def test_every_level_of_every_criterion_is_found_in_some_piece() -> None:
    for criterion in CRITERIA:
        found = {sample["levels"][criterion] for sample in SAMPLES.values()}
        assert found == {0, 1, 2, 3}, criterion


@every_sample
def test_the_total_of_a_piece_is_the_sum_of_its_levels(name: str) -> None:
    sample = SAMPLES[name]
    assert set(sample["levels"]) == set(CRITERIA)
    assert all(0 <= level <= 3 for level in sample["levels"].values())
    assert sample["total"] == sum(sample["levels"].values())


@every_sample
def test_every_level_is_argued_from_the_text(name: str) -> None:
    sample = SAMPLES[name]
    assert set(sample["why"]) == set(CRITERIA)
    for criterion, reason in sample["why"].items():
        assert reason.startswith(f"Level {sample['levels'][criterion]}")
        assert len(reason.split()) >= 8


@every_sample
def test_a_piece_is_as_long_as_its_prompt_asks_and_says_that_it_is_invented(name: str) -> None:
    sample = SAMPLES[name]
    prompt = by_id("journal", "prompts")[sample["prompt"]]
    assert prompt["rubric"] == "reflective-writing"
    assert 250 <= len(sample["text"].split()) <= 500
    assert "Invented" in sample["text"].splitlines()[0]
