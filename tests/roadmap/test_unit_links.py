"""The last page of a unit leads to the section that the unit is about, also for who has no team yet."""

import re

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team

UNITS = read_bundle(COURSE).units


def link(who: Visitor, unit: str) -> str:
    """Where the unit's button leads, as a path of this launch."""
    found = re.search(r'href="(?:\.\./){3}(roadmap/[^"]*)"', who.get(f"course/units/{unit}/").text)
    assert found, unit
    return found[1]


@pytest.mark.parametrize("unit", list(UNITS))
def test_a_unit_opens_its_section(team: Team, unit: str) -> None:
    artefact = UNITS[unit].artefact["en"]
    if artefact is None or artefact.section is None:
        pytest.skip("the unit is about no section")
    answer = team.alice.get(link(team.alice, unit))
    assert answer.status_code == 200
    assert f'data-section="{artefact.section}"' in answer.text


def test_who_has_no_team_is_asked_for_it_and_then_comes_to_the_section(team: Team, visitor: Arrive) -> None:
    carla = visitor("carla")
    path = link(carla, "m1u1")
    asked = carla.get(path)
    assert asked.status_code == 302
    page = carla.client.get(asked.location, base_url="http://127.0.0.1:8000").text
    assert "Which school are you from?" in page
    then = re.search(r'name="then" value="(\w+)"', page)
    assert then
    answer = carla.post("roadmap/teams", {"name": "Hill School", "then": then[1]})
    assert answer.location.endswith(f"/{path}")


def test_a_section_that_is_none_leads_to_the_map(visitor: Arrive) -> None:
    for name, then in (("One", "p99"), ("Two", "//evil.example"), ("Three", "")):
        carla = visitor("carla")
        carla.post("roadmap/team/leave")
        answer = carla.post("roadmap/teams", {"name": name, "then": then})
        assert answer.location.endswith("/roadmap/"), then


def test_those_who_follow_the_course_come_to_all_maps(team: Team, visitor: Arrive) -> None:
    tina = visitor("tina")
    answer = tina.get(link(tina, "m1u1"))
    assert answer.status_code == 302
    assert answer.location.endswith("/roadmap/")


def test_an_old_link_to_a_place_on_the_map_still_finds_the_section(team: Team) -> None:
    assert 'id="p1"' in team.alice.get("roadmap/").text
