"""Nothing of the documents that the course grew from is lost: each line of them is carried by a part that exists."""

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any

import pytest
import yaml

from scorm_builder.sources.identifiers import identifiers
from tests.course_packages.promised import IDLE, PROMISED
from tests.course_packages.sources import (
    COURSE,
    COVERAGE,
    HANDOUTS,
    MODULES,
    PLANS,
    SEEDS,
    UNITS,
    by_id,
    load,
    read_unit,
)
from tests.fixtures.skipped import NO_SOURCES

ENTRIES: list[dict[str, Any]] = yaml.safe_load(COVERAGE.read_text(encoding="utf-8"))["lines"]
ROOMS = {"planner", "journal", "desk", "course", "catalogue", "community"}


def _lines(entry: dict[str, Any]) -> range:
    first, _, last = entry["lines"].removeprefix("L").partition("-")
    return range(int(first), int(last or first) + 1)


def _is_room(name: str) -> bool:
    return name in ROOMS


def _is_page(name: str) -> bool:
    unit, _, page = name.partition("#")
    path = next((path for path in UNITS if path.stem == unit), None)
    return bool(path and re.search(rf"^# .*\{{#{re.escape(page)}[ }}]", read_unit(path).body, re.MULTILINE))


def _is_outcome(name: str) -> bool:
    pages = chain.from_iterable(
        read_unit(path).head.get(key, []) for path in MODULES for key in ("outcomes", "objectives", "skills")
    )
    reached = chain.from_iterable(read_unit(path).head["outcomes"] for path in UNITS)
    return name in {aim["id"] for aim in pages} and any(
        outcome["id"].rstrip("abcd") == name or outcome["id"] == name for outcome in reached
    )


def _is_reference(name: str) -> bool:
    return any(name == reference["id"] for path in UNITS for reference in read_unit(path).head["references"])


def _is_data(name: str) -> bool:
    file, _, entry = name.partition(".yaml#")
    return entry in _identifiers(file)


@cache
def _identifiers(file: str) -> set[str]:
    data = yaml.safe_load((COURSE / "course.yaml").read_text(encoding="utf-8")) if file == "course" else load(file)
    found = {path.rpartition("/")[2] for path in identifiers(data)}
    whole = {str(data["id"])} if "id" in data else set()
    sections = set(data["sections"]) if file == "example_map" else set()
    return found | whole | sections


KINDS: dict[str, Callable[[str], bool]] = {
    "unit": _is_page,
    "module": lambda name: name in {path.stem for path in MODULES},
    "plan": lambda name: name in {path.stem for path in PLANS},
    "handout": lambda name: name in {path.stem for path in HANDOUTS},
    "prompt": lambda name: name in by_id("journal", "prompts"),
    "section": lambda name: name in by_id("roadmap", "sections"),
    "rubric": lambda name: name in by_id("rubrics"),
    "outcome": _is_outcome,
    "reference": _is_reference,
    "tool:": _is_room,
}


def _exists(carrier: str) -> bool:
    kind, blank, name = carrier.partition(" ")
    return KINDS[kind](name) if blank else _is_data(carrier)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['source']}-{entry['lines']}-{entry['what'][:30]}")
def test_every_carrier_that_is_named_exists(entry: dict[str, Any]) -> None:
    assert entry["carried_by"]
    assert [carrier for carrier in entry["carried_by"] if not _exists(carrier)] == []


def test_a_carrier_that_is_not_there_is_found_out() -> None:
    wrong = ["unit m1u1#nowhere", "section p99", "measures.yaml#m16", "tool: kitchen", "outcome m1.l9", "plan m4u1"]
    assert not any(map(_exists, wrong))


@pytest.mark.parametrize(
    ("source", "lines"), [(source, lines) for source, ranges in PROMISED.items() for lines in ranges]
)
def test_every_line_that_was_promised_is_carried(source: str, lines: str) -> None:
    carried = set(chain.from_iterable(_lines(entry) for entry in ENTRIES if entry["source"] == source))
    assert set(_lines({"lines": lines})) <= carried


def test_no_line_of_the_documents_is_forgotten() -> None:
    if not SEEDS.is_dir():
        pytest.skip(NO_SOURCES)
    for path in sorted(SEEDS.glob("*.txt")):
        source = f"S{int(path.name[:3])}"
        written = {
            number
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
            if re.search(r"\w", line)
        }
        carried = set(chain.from_iterable(_lines(entry) for entry in ENTRIES if entry["source"] == source))
        assert sorted(written - carried - IDLE[source]) == [], source


def test_every_part_that_one_writes_in_or_chooses_from_carries_something() -> None:
    carriers = set(chain.from_iterable(entry["carried_by"] for entry in ENTRIES))
    for kind, names in {"prompt": by_id("journal", "prompts"), "section": by_id("roadmap", "sections")}.items():
        assert {f"{kind} {name}" for name in names} <= carriers
    for file in ("measures", "principles", "methods"):
        assert {f"{file}.yaml#{name}" for name in by_id(file)} <= carriers
    assert {f"plan {path.stem}" for path in PLANS} <= carriers
