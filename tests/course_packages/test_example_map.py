"""The worked example of a road map fills every section as a team would, within the same limits."""

from datetime import date
from typing import Any

import pytest

from tests.course_packages.sources import by_id, load

SECTIONS = by_id("roadmap", "sections")
EXAMPLE = load("example_map")["sections"]


def _rows(section: str) -> list[dict[str, Any]]:
    filled = EXAMPLE[section]
    return [filled["fields"]] if "fields" in filled else filled["rows"]


def test_every_section_is_filled() -> None:
    assert list(EXAMPLE) == list(SECTIONS)
    for name, section in SECTIONS.items():
        assert ("rows" in EXAMPLE[name]) == ("row" in section)
        assert "row" not in section or len(EXAMPLE[name]["rows"]) >= 2


def test_the_school_is_said_to_be_invented() -> None:
    assert "Invented" in load("example_map")["school"]["note"]


@pytest.mark.parametrize("name", SECTIONS)
def test_every_value_fits_its_field(name: str) -> None:
    section = SECTIONS[name]
    fields = section["fields"] if "fields" in section else section["row"]["fields"]
    priorities = {row["title"] for row in EXAMPLE["p4"]["rows"]}
    for row in _rows(name):
        assert list(row) == [field["name"] for field in fields]
        for field in fields:
            value = row[field["name"]]
            assert value or not field.get("required"), field["name"]
            assert len(value) <= field.get("limit", 2000), (field["name"], len(value))
            if field["kind"] == "choice":
                assert value in {choice["id"] for choice in field["choices"]}
            if field["kind"] == "date":
                assert date.fromisoformat(value)
            if field["kind"] == "reference":
                assert value in priorities


def test_the_example_shows_what_did_not_work_and_what_nobody_had_planned() -> None:
    assert any(row["reached"] == "not-yet" for row in _rows("p10"))
    assert any(row["planned"] == "unexpected" for row in _rows("p11"))


def test_every_priority_has_an_action_and_every_action_that_takes_a_measure_a_reason() -> None:
    assert {row["priority"] for row in _rows("p8")} == {row["title"] for row in _rows("p4")}
    assert any("easure" in row["reason"] for row in _rows("p8"))
