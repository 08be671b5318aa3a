"""Who may see and change what: the team its own map, those who follow the course all maps of it, nobody else any."""

from dataclasses import replace

import pytest

from lti_tool.people.models import Role
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, found, team_id

READING = ["whole", "timeline", "history", "changes?since=0", "take-along", "files/everything"]


def observer(app: Application, visitor: Arrive) -> Visitor:
    """Carla, who only looks."""
    carla = visitor("carla")
    with app.parts.database.transaction() as session:
        session.get_one(Launch, carla.launch_id).role = Role.OBSERVER
    return carla


def attempts(who: Visitor, row: int) -> list[int]:
    """The answers to every way of changing something."""
    return [
        who.put("roadmap/fields/p1.voices", {"value": "x", "version": 0}).status_code,
        who.put(f"roadmap/fields/action.{row}.what", {"value": "x", "version": 0}).status_code,
        who.post_json("roadmap/rows", {"do": "add:action", "section": "p8", "since": 0}).status_code,
        who.post_json("roadmap/rows", {"do": f"remove:{row}", "section": "p8", "since": 0}).status_code,
        who.post("roadmap/sections/p8", {"do": f"remove:{row}"}).status_code,
    ]


@pytest.mark.parametrize("who", ["tina", "adam"])
def test_those_who_follow_the_course_see_all_maps_and_change_none(team: Team, visitor: Arrive, who: str) -> None:
    row = team.add("action", what="Ring", when="2026-01-02")
    found(visitor("carla"), "Hill School")
    other = visitor(who)
    page = other.get("roadmap/").text
    assert all(text in page for text in ("Lakeside School", "Hill School", "Alice Adams, Bob Brown", "1 overdue"))
    for path in READING:
        assert other.get(f"roadmap/teams/{team_id(team.alice)}/{path}").status_code == 200
    assert set(attempts(other, row)) == {403}


def test_another_teams_map_is_not_there_for_trainees(team: Team, visitor: Arrive) -> None:
    row = team.add("action", what="Ring")
    carla = visitor("carla")
    found(carla, "Hill School")
    for path in READING:
        assert carla.get(f"roadmap/teams/{team_id(team.alice)}/{path}").status_code == 404
    own, foreign, added, removed, formed = attempts(carla, row)
    assert (foreign, removed, formed) == (404, 404, 404)
    assert (own, added) == (200, 200)
    assert "Ring" in team.bob.get("roadmap/whole").text
    assert "Ring" not in carla.get("roadmap/whole").text


def test_the_own_map_may_also_be_named_by_its_team(team: Team) -> None:
    assert team.alice.get(f"roadmap/teams/{team_id(team.alice)}/whole").status_code == 200


def test_a_trainee_without_a_team_changes_nothing(team: Team, visitor: Arrive) -> None:
    row = team.add("action")
    carla = visitor("carla")
    assert set(attempts(carla, row)) == {403}
    refused = carla.put("roadmap/fields/p1.voices", {"value": "x", "version": 0})
    assert refused.json is not None
    assert refused.json["error"] == "NoTeamYet"
    for path in READING:
        assert carla.get(f"roadmap/{path}").status_code == 403
        assert carla.get(f"roadmap/teams/{team_id(team.alice)}/{path}").status_code in {403, 404}


@pytest.mark.parametrize("who", ["alice", "tina"])
def test_another_course_knows_nothing_of_the_map(team: Team, visitor: Arrive, who: str) -> None:
    row = team.add("action", what="Ring")
    elsewhere = visitor(who, course="c2")
    assert "Lakeside School" not in elsewhere.get("roadmap/").text
    for path in READING:
        assert elsewhere.get(f"roadmap/teams/{team_id(team.alice)}/{path}").status_code in {403, 404}
    if who == "alice":
        found(elsewhere, "Lakeside School")
        assert elsewhere.put(f"roadmap/fields/action.{row}.what", {"value": "x", "version": 1}).status_code == 404


def test_who_left_the_team_is_out_and_what_they_wrote_stays(team: Team) -> None:
    team.save(team.alice, "p1.voices", "Alice and a parent")
    team.alice.post("roadmap/team/leave")
    assert team.alice.put("roadmap/fields/p1.voices", {"value": "x", "version": 1}).status_code == 403
    assert "Alice and a parent" in team.bob.get("roadmap/whole").text
    assert "Alice Adams" in team.bob.get("roadmap/history").text


@pytest.mark.parametrize("path", ["sections/p99", "teams/999/whole", "teams/x/whole"])
def test_what_the_course_does_not_have_is_not_found(team: Team, visitor: Arrive, path: str) -> None:
    assert team.alice.get(f"roadmap/{path}").status_code == 404


def test_another_persons_browser_opens_nothing(team: Team, visitor: Arrive) -> None:
    thief = replace(team.alice, client=visitor("carla").client)
    assert thief.get("roadmap/").status_code == 401


def test_looking_writes_nothing(team: Team, app: Application) -> None:
    before = team.alice.get("roadmap/changes?since=0").json
    for path in ["", "whole", "history", "sections/p1", "sections/p8", "changes?since=0&section=p8"]:
        assert team.alice.get(f"roadmap/{path}").status_code == 200
    assert team.alice.get("roadmap/changes?since=0").json == before


def test_an_observer_sees_no_map_and_no_tab_that_leads_to_one(team: Team, visitor: Arrive) -> None:
    observer = visitor("observer")
    for path in ("", "whole", "history", f"teams/{team_id(team.alice)}/whole", f"teams/{team_id(team.alice)}/history"):
        assert observer.get(f"roadmap/{path}").status_code == 403, path
    assert "Road map" not in observer.get("course/").text
