"""What a unit gives to do: enough of it, of many kinds, with an answer to each answer."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.course_packages.sources import UNITS, read_unit, whole_course

every_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
JUDGED = ("single-choice", "multiple-choice", "matching")


def _pool(path: Path) -> list[str]:
    return [activity.id for activity in whole_course().units[path.stem]["en"].pool]


def _outside(path: Path) -> list[tuple[str, dict[str, Any]]]:
    pool = _pool(path)
    return [(kind, data) for kind, data in read_unit(path).activities if data["id"] not in pool]


@every_unit
def test_a_unit_has_seven_activities_of_five_kinds_each_for_a_purpose(path: Path) -> None:
    outside = _outside(path)
    assert len(outside) >= 7
    assert len({kind for kind, _ in outside}) >= 5
    assert all(data["objective"] for _, data in read_unit(path).activities)


@every_unit
def test_the_closing_check_draws_eight_of_a_pool_that_a_retry_finds_new_ones_in(path: Path) -> None:
    check = read_unit(path).head["check"]
    assert (check["draw"], check["pass"]) == (8, 70)
    assert 12 <= len(_pool(path)) <= 14


@every_unit
def test_every_answer_gets_its_own_feedback(path: Path) -> None:
    for data in read_unit(path).of_kind(*JUDGED):
        answers = data.get("options") or data["pairs"]
        feedback = [answer["feedback"] for answer in answers]
        assert len(feedback) == len(set(feedback)), data["id"]


@every_unit
def test_whatever_is_not_a_choice_is_answered_too(path: Path) -> None:
    for kind, data in read_unit(path).activities:
        if kind in {"ordering", "short-answer"}:
            assert set(data["feedback"]) == {"right", "wrong"}
        elif kind == "cards":
            assert all(card["back"] for card in data["cards"])
        elif kind not in {*JUDGED, "scenario", "download"}:
            assert data["feedback"]


@every_unit
def test_neither_place_nor_length_gives_the_right_answer_away(path: Path) -> None:
    questions = read_unit(path).of_kind("single-choice")
    places = Counter(
        next(place for place, option in enumerate(question["options"]) if option.get("correct"))
        for question in questions
    )
    longest = sum(
        bool(max(question["options"], key=lambda option: len(option["text"])).get("correct")) for question in questions
    )
    assert len(places) >= 3
    assert max(places.values()) <= len(questions) / 2
    assert longest <= len(questions) / 2


@every_unit
def test_a_short_answer_is_accepted_as_it_is_shown(path: Path) -> None:
    for data in read_unit(path).of_kind("short-answer"):
        assert data["sample"].casefold() in {answer.casefold() for answer in data["answers"]}


@every_unit
def test_an_example_keeps_to_the_limit_that_it_is_an_example_for(path: Path) -> None:
    for data in read_unit(path).of_kind("reflection"):
        assert len(data.get("example", "")) <= data["limit"]


@every_unit
def test_a_unit_has_a_scenario_in_which_every_scene_is_reached_and_every_path_ends(path: Path) -> None:
    scenarios = read_unit(path).of_kind("scenario")
    assert scenarios
    for scenario in scenarios:
        ways = {scene["id"]: [choice["to"] for choice in scene.get("choices", [])] for scene in scenario["scenes"]}
        assert _walk(ways, scenario["scenes"][0]["id"]) == set(ways)
        for scene in scenario["scenes"]:
            reached = _walk(ways, scene["id"])
            assert any(not ways[name] for name in reached), f"{scene['id']} goes round for ever"


def _walk(ways: dict[str, list[str]], start: str) -> set[str]:
    reached, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += ways[name]
    return reached


@every_unit
def test_a_scenario_has_several_endings_that_say_what_made_them_so(path: Path) -> None:
    for scenario in read_unit(path).of_kind("scenario"):
        endings = [scene for scene in scenario["scenes"] if "ending" in scene]
        assert 6 <= len(scenario["scenes"]) <= 12
        assert len(endings) >= 3
        assert {"good", "poor"} <= {scene["ending"] for scene in endings}
        assert all(len(scene["feedback"].split()) >= 15 for scene in endings)
        assert all(2 <= len(scene["choices"]) <= 4 for scene in scenario["scenes"] if "choices" in scene)
