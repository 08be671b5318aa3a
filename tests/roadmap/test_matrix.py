"""The matrix of stakeholders: where each row stands, beside the list in which they are written and moved."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from lti_tool.roadmap.reading import Part
from lti_tool.roadmap.section_views import view_of
from lti_tool.roadmap.section_views.matrix import Grid, arrange
from scorm_builder.course_format.planner import Section
from tests.roadmap.conftest import Team, press
from tests.roadmap.test_kinds import SECTIONS

P7 = next(section for section in SECTIONS if section.id == "p7")


def grid_of(page: str) -> dict[tuple[str, str], list[str]]:
    """The table of the page: names by line and column."""
    table = re.search(r'<table class="pm-matrix-table".*?</table>', page, re.DOTALL)
    assert table
    columns = re.findall(r'<th scope="col">(.*?)</th>', table[0])
    found: dict[tuple[str, str], list[str]] = {}
    for line in re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", table[0], re.DOTALL):
        head = re.search(r'<th scope="row">(.*?)</th>', line)
        assert head
        cells = re.findall(r"<td>(.*?)</td>", line, re.DOTALL)
        assert len(cells) == len(columns)
        found |= {
            (head[1], column): re.findall(r"<bdi>(.*?)</bdi>", cell)
            for column, cell in zip(columns, cells, strict=True)
        }
    return found


def not_placed(page: str) -> list[str]:
    rest = page.split("Not placed yet")[1:]
    return re.findall(r"<bdi>(.*?)</bdi>", rest[0].split("</ul>")[0]) if rest else []


def add(team: Team, who: str, **values: str) -> int:
    row = press(team.alice, "add:stakeholder", "p7")
    for name, value in {"who": who, **values}.items():
        team.save(team.alice, f"stakeholder.{row}.{name}", value)
    return row


@pytest.mark.both_databases
def test_rows_stand_where_their_two_choices_say_and_the_others_are_not_placed_yet(team: Team) -> None:
    add(team, "The head", influence="much", support="for")
    add(team, "The council", influence="much", support="against")
    add(team, "Only one side", influence="little")
    add(team, "An older row")
    press(team.alice, "add:stakeholder", "p7")
    for path in ("sections/p7", "whole"):
        page = team.bob.get(f"roadmap/{path}").text
        found = grid_of(page)
        assert len(found) == 9
        assert next(iter(found)) == ("Much influence", "Have doubts"), "most at the top, doubts first"
        assert {place: names for place, names in found.items() if names} == {
            ("Much influence", "Support it"): ["The head"],
            ("Much influence", "Have doubts"): ["The council"],
        }
        assert not_placed(page) == ["Only one side", "An older row"]


def test_a_row_is_moved_by_its_two_ordinary_fields_and_every_window_hears_of_it(team: Team) -> None:
    row = add(team, "The head", influence="much", support="against")
    since = team.bob.get("roadmap/changes?since=0&section=p7").json["revision"]  # type: ignore[index]
    team.save(team.alice, f"stakeholder.{row}.support", "for", version=1)
    told: Any = team.bob.get(f"roadmap/changes?since={since}&section=p7").json
    assert grid_of(told["picture"])["Much influence", "Support it"] == ["The head"]
    assert f'href="#row-{row}"' in told["picture"]
    other: Any = team.bob.get(f"roadmap/changes?since={since}&section=p8").json
    assert "picture" not in other


def test_the_list_beside_it_says_the_same(team: Team) -> None:
    add(team, "The head", influence="much", support="for")
    add(team, "A <b>friend</b>", influence="much", support="for")
    page = team.alice.get("roadmap/sections/p7").text
    listed = re.search(r'<dl class="pm-matrix-list">(.*?)</dl>', page, re.DOTALL)
    assert listed
    assert "Much influence, support it" in listed[1]
    assert re.findall(r"<bdi>(.*?)</bdi>", listed[1]) == ["The head", "A &lt;b&gt;friend&lt;/b&gt;"]


def test_an_empty_section_shows_no_matrix(team: Team) -> None:
    assert "pm-matrix-table" not in team.alice.get("roadmap/sections/p7").text


def test_neither_field_is_required(team: Team) -> None:
    add(team, "The head", why="Hours.", part="Covers hours.")
    assert "required box" not in team.alice.get("roadmap/sections/p7").text


def test_the_example_places_everybody(team: Team) -> None:
    team.alice.post("roadmap/example")
    page = team.alice.get("roadmap/sections/p7").text
    assert sum(len(names) for names in grid_of(page).values()) == 7
    assert not_placed(page) == []
    team.alice.post("language/", {"language": "el"})
    assert "Μεγάλη επιρροή" in team.alice.get("roadmap/sections/p7").text


@pytest.mark.parametrize("roles", [(), ("across",), ("down", "down"), ("across", "down", "down")])
def test_a_matrix_without_two_sides_is_refused(roles: tuple[str, ...]) -> None:
    data = P7.model_dump(mode="json", exclude_defaults=True)
    data["row"]["fields"] = [field for field in data["row"]["fields"] if field.get("role") is None] + [
        {
            "name": f"side{number}",
            "label": "Side",
            "kind": "choice",
            "role": role,
            "choices": [{"id": "a", "label": "A"}],
        }
        for number, role in enumerate(roles)
    ]
    with pytest.raises(ValidationError, match="matrix"):
        Section.model_validate(data)


def test_two_by_two_is_a_matrix_too() -> None:
    data = P7.model_dump(mode="json", exclude_defaults=True)
    for field in data["row"]["fields"]:
        if field.get("role"):
            field["choices"] = field["choices"][:2]
    section = Section.model_validate(data)
    assert view_of(section).can_show(section)
    grid: Grid = arrange(Part(section))
    assert [[(square.down.id, square.across.id) for square in line] for line in grid.lines] == [
        [("some", "against"), ("some", "undecided")],
        [("little", "against"), ("little", "undecided")],
    ]
