"""What a facilitator works with: module pages, session plans that can be run, handouts."""

import re
from pathlib import Path

import pytest

from tests.course_packages.reading_ease import flesch
from tests.course_packages.sources import HANDOUTS, MODULES, PLANS, UNITS, plain, read_unit, texts_in

every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
every_plan = pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
every_handout = pytest.mark.parametrize("path", HANDOUTS, ids=lambda path: path.stem)
# The framework's objectives (l), outcomes (o) and skills (s) of each module.
AIMS = {
    "m1": ["l1", "l2", "l3", "l4", "o1", "o2", "o3", "o4"],
    "m2": ["l1", "l2", "l3", "l4", "l5", "l6", "o1", "o2", "s1", "s2"],
    "m3": ["l1", "l2", "l3", "l4", "o1", "o2", "o3"],
}


def test_every_module_has_its_page_and_every_unit_its_plan() -> None:
    assert [path.stem for path in MODULES] == ["m1", "m2", "m3"]
    assert [path.stem for path in PLANS] == [path.stem for path in UNITS]


@pytest.mark.parametrize(("module", "aim"), [(module, aim) for module, aims in AIMS.items() for aim in aims])
def test_every_aim_of_the_framework_is_on_the_modules_page_and_reached_in_a_unit(module: str, aim: str) -> None:
    head = read_unit(next(path for path in MODULES if path.stem == module)).head
    listed = {
        entry["id"]: entry["units"] for key in ("outcomes", "objectives", "skills") for entry in head.get(key, [])
    }
    name = f"{module}.{aim}"
    assert listed[name]
    for unit in listed[name]:
        outcomes = [
            outcome["id"] for path in UNITS if path.stem == unit for outcome in read_unit(path).head["outcomes"]
        ]
        assert any(re.fullmatch(rf"{re.escape(name)}[a-d]?", outcome) for outcome in outcomes), (name, unit)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_outcome_of_a_unit_is_an_aim_of_its_module(path: Path) -> None:
    module = path.stem[:2]
    for outcome in read_unit(path).head["outcomes"]:
        prefix, _, aim = outcome["id"].partition(".")
        assert prefix == module
        assert aim.rstrip("abcd") in AIMS[module]


@every_module
def test_a_modules_page_speaks_to_trainees_and_to_the_facilitator(path: Path) -> None:
    overview, facilitator = re.split(r"^# For the facilitator .*$", read_unit(path).body, flags=re.MULTILINE)
    assert 300 <= len(plain(overview).split()) <= 600
    assert 400 <= len(plain(facilitator).split()) <= 800
    assert flesch(read_unit(path).prose) >= 50


@every_plan
def test_a_plan_can_be_run_in_three_ways_and_its_minutes_add_up(path: Path) -> None:
    modes = read_unit(path).head["modes"]
    assert list(modes) == ["face-to-face", "live-online", "self-study"]
    for mode in modes.values():
        assert sum(step["minutes"] for step in mode["steps"]) == mode["minutes"]
        assert mode["materials"]
        assert len(mode["steps"]) >= 4


@every_plan
def test_a_plan_names_its_unit_its_groups_and_what_to_prepare(path: Path) -> None:
    head = read_unit(path).head
    assert head["unit"] == path.stem
    assert head["groups"]
    assert head["prepare"]
    assert flesch(" ".join(texts_in(head))) >= 50


@every_plan
def test_a_facilitators_note_fits_on_a_page(path: Path) -> None:
    note = read_unit(path).prose
    assert 200 <= len(note.split()) <= 400
    assert flesch(note) >= 50


def test_only_the_plan_that_the_framework_lacks_says_that_it_is_our_own() -> None:
    assert [path.stem for path in PLANS if "note" in read_unit(path).head] == ["m1u1"]


@every_plan
def test_the_handouts_of_a_plan_are_there_and_used(path: Path) -> None:
    head = read_unit(path).head
    printed = {handout.stem for handout in HANDOUTS if read_unit(handout).head["unit"] == path.stem}
    used = {step["handout"] for mode in head["modes"].values() for step in mode["steps"] if "handout" in step}
    assert printed
    assert set(head["handouts"]) == printed
    assert used <= printed


@every_handout
def test_a_handout_fits_on_two_printed_pages_and_says_how_many_to_print(path: Path) -> None:
    handout = read_unit(path)
    assert handout.head["id"] == path.stem
    assert handout.head["use"]
    assert 60 <= len(handout.prose.split()) <= 600
    assert flesch(handout.prose) >= 50
