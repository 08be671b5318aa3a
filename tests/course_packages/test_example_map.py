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
    titles = {next(iter(row.values())) for name in ("p4", "p8", "p10") for row in EXAMPLE[name]["rows"]}
    for row in _rows(name):
        assert list(row) == [field["name"] for field in fields]
        for field in fields:
            value = row[field["name"]]
            assert value or not field.get("required"), field["name"]
            assert len(value) <= field.get("limit", 2000), (field["name"], len(value))
            if field["kind"] == "choice" and value:
                listed = field.get("choices_from", "")
                assert value in {choice["id"] for choice in (load(listed)[listed] if listed else field["choices"])}
            if field["kind"] == "date" and value:
                assert date.fromisoformat(value)
            if "refers_to" in field:
                assert set(value if isinstance(value, list) else [value]) <= titles


def test_the_example_shows_what_did_not_work_and_what_nobody_had_planned() -> None:
    assert any(row["reached"] == "not-yet" for row in _rows("p10"))
    assert any(row["planned"] == "unexpected" for row in _rows("p11"))


def test_every_priority_has_an_action_and_every_action_that_takes_a_measure_a_reason() -> None:
    assert {row["priority"] for row in _rows("p8")} == {row["title"] for row in _rows("p4")}
    taken = [row for row in _rows("p8") if row["measure"]]
    assert len(taken) >= 4
    assert all(row["reason"] for row in taken)
    assert any(not row["measure"] for row in _rows("p8")), "and some are the team's own"


def test_barriers_of_the_example_come_from_the_list_with_a_measure_that_carries_the_response_out() -> None:
    listed = {barrier["id"]: barrier for barrier in load("barriers")["barriers"]}
    for row in _rows("p6"):
        measures = {measure for response in listed[row["barrier"]]["responses"] for measure in response["measures"]}
        assert row["measure"] in measures


def test_the_example_is_two_school_years_long_and_nothing_is_due_before_what_it_waits_for() -> None:
    days = {row["what"]: row["when"] for row in _rows("p8")} | {row["title"]: row["due"] for row in _rows("p10")}
    waits = {next(iter(row.values())): row["after"] for name in ("p8", "p10") for row in _rows(name)}
    assert sum(map(bool, waits.values())) >= 10
    assert [(one, other) for one, named in waits.items() for other in named if days[other] > days[one]] == []
    assert min(days.values()) < "2025-10"
    assert max(days.values()) > "2027-06"
