"""Who comes into a team and who leaves it stands in its history; codes and the LMS's groups say who may."""

import re

import pytest
from sqlalchemy import select

from lti_tool.codes import LETTERS
from lti_tool.demo.config import CourseGroup
from lti_tool.people.models import SchoolTeam
from lti_tool.roadmap.models import MapChange, RoadMap
from lti_tool.web.application import Application
from tests.fixtures.school import School
from tests.fixtures.tool import Arrive, Visitor
from tests.people.test_groups import NORTH, SOUTH, read, teams
from tests.roadmap.conftest import SCHOOL, Team, team_id

WORDS = "Joined the team|Left the team|Made a new code|Opened the team|Put into the team|Taken out of the team"


def lines(page: str) -> list[tuple[str, str]]:
    """What a history says of people, with the name, the latest first."""
    found = re.findall(rf'pw-row-title">\s*((?:{WORDS})[^<]*?)\s*</span>.*?<bdi>([^<]+)</bdi>', page, re.DOTALL)
    return [(what.strip(), who) for what, who in found]


def code_of(app: Application, who: Visitor) -> str:
    with app.parts.database.transaction(write=False) as session:
        return session.get_one(SchoolTeam, team_id(who)).code


def ask_for_code(who: Visitor, path: str = "team") -> None:
    assert who.post(f"roadmap/{path}/joining", {"who": "code"}).status_code == 303


@pytest.mark.both_databases
def test_who_comes_and_who_leaves_stands_in_the_history_of_the_team(team: Team, visitor: Arrive) -> None:
    carla, number = visitor("carla"), team_id(team.alice)
    carla.post(f"roadmap/teams/{number}/join")
    carla.post(f"roadmap/teams/{number}/join")
    carla.get("roadmap/whole")
    carla.post("roadmap/team/leave")
    carla.post("roadmap/team/leave")
    told = [
        ("Left the team", "Carla Costa"),
        ("Joined the team", "Carla Costa"),
        ("Joined the team", "Bob Brown"),
        ("Joined the team", "Alice Adams"),
    ]
    assert lines(team.alice.get("roadmap/history").text) == told
    assert lines(team.alice.get("roadmap/").text) == told
    assert lines(visitor("tina").get(f"roadmap/teams/{number}/history").text) == told
    assert f"/roadmap/teams/{number}/history" in visitor("tina").get("roadmap/").text


def test_windows_that_are_open_hear_of_who_comes(team: Team, visitor: Arrive) -> None:
    before = team.alice.get("roadmap/changes").get_json()["revision"]
    visitor("carla").post(f"roadmap/teams/{team_id(team.alice)}/join")
    assert team.alice.get(f"roadmap/changes?since={before}").get_json()["revision"] == before + 1


@pytest.mark.both_databases
def test_a_team_that_asks_for_a_code_lets_in_who_knows_it(app: Application, team: Team, visitor: Arrive) -> None:
    ask_for_code(team.bob)
    code, carla, number = code_of(app, team.alice), visitor("carla"), team_id(team.alice)
    assert code in team.alice.get("roadmap/").text
    page = carla.get("roadmap/").text
    assert f'id="code-{number}"' in page
    assert code not in page
    for typed in ({}, {"code": ""}, {"code": code[:-1]}, {"code": f"{code}2"}, {"code": "\x00"}, {"code": "ß" * 999}):
        refused = carla.post(f"roadmap/teams/{number}/join", typed)
        assert refused.status_code == 400
        assert "That is not the team" in refused.text
        assert f'value="{typed.get("code", "")}"'.encode() in refused.data, "what was typed stays"
    assert carla.get("roadmap/whole").status_code == 403
    spelled = f" {code.lower().replace('-', ' ')} "
    assert carla.post(f"roadmap/teams/{number}/join", {"code": spelled}).status_code == 303
    assert lines(team.alice.get("roadmap/history").text)[:2] == [
        ("Joined the team", "Carla Costa"),
        ("Made a new code for joining", "Bob Brown"),
    ]


def test_each_new_code_ends_the_one_before(app: Application, team: Team, visitor: Arrive) -> None:
    ask_for_code(team.alice)
    first = code_of(app, team.alice)
    assert set(first) <= {*LETTERS, "-"}
    ask_for_code(team.alice)
    join = f"roadmap/teams/{team_id(team.alice)}/join"
    carla = visitor("carla")
    assert carla.post(join, {"code": first}).status_code == 400
    assert team.alice.post("roadmap/team/joining", {"who": "open"}).status_code == 303
    assert carla.post(join).status_code == 303
    assert team.alice.post("roadmap/team/joining", {"who": "open"}).status_code == 303
    opened = ("Opened the team to everybody in the course", "Alice Adams")
    assert [line for line in lines(team.alice.get("roadmap/history").text) if line == opened] == [opened]


def test_who_is_in_the_team_needs_no_code_to_press_twice(team: Team) -> None:
    ask_for_code(team.alice)
    assert team.bob.post(f"roadmap/teams/{team_id(team.alice)}/join").status_code == 303


@pytest.mark.both_databases
def test_a_trainer_decides_for_all_teams_and_those_to_come(app: Application, team: Team, visitor: Arrive) -> None:
    tina, carla = visitor("tina"), visitor("carla")
    ask_for_code(tina, "teams")
    first = code_of(app, team.alice)
    assert first
    ask_for_code(tina, "teams")
    assert code_of(app, team.alice) == first, "a code that was told to people stays"
    assert first in tina.get("roadmap/").text
    assert carla.post("roadmap/teams", {"name": "Hill School"}).status_code == 303
    assert code_of(app, carla) in carla.get("roadmap/").text
    assert ("Made a new code for joining", "Tina Trainer") in lines(team.alice.get("roadmap/history").text)
    assert tina.post("roadmap/teams/joining", {"who": "open"}).status_code == 303
    assert [code_of(app, team.alice), code_of(app, carla)] == ["", ""]


def test_a_trainers_decision_is_for_one_course(app: Application, team: Team, visitor: Arrive) -> None:
    ask_for_code(visitor("tina", course="c2"), "teams")
    assert code_of(app, team.alice) == ""


@pytest.mark.parametrize("who", ["", "everybody", "CODE"])
def test_a_button_that_is_none_changes_nothing(app: Application, team: Team, visitor: Arrive, who: str) -> None:
    assert team.alice.post("roadmap/team/joining", {"who": who}).status_code == 400
    assert visitor("tina").post("roadmap/teams/joining", {"who": who}).status_code == 400
    assert code_of(app, team.alice) == ""


@pytest.mark.both_databases
def test_nobody_joins_or_leaves_a_group_of_the_lms_but_by_the_roster(school: School) -> None:
    read(school, NORTH)
    carla = school.walk_in("carla", "roadmap")
    page = carla.get("roadmap/").text
    assert "Your LMS says who is in it" in page
    assert "/join" not in page
    number = school.teams()[0].id
    assert carla.post(f"roadmap/teams/{number}/join").status_code == 403
    alice = school.walk_in("alice", "roadmap")
    assert "Leave this team" not in alice.get("roadmap/").text
    for path, form in (("team/leave", {}), ("team/joining", {"who": "code"})):
        assert alice.post(f"roadmap/{path}", form).status_code == 403
    assert teams(school) == {"North School": ["Alice Adams", "Bob Brown"]}


@pytest.mark.both_databases
def test_who_changes_group_in_the_lms_changes_team_and_both_teams_know(school: School) -> None:
    read(school, NORTH, SOUTH)
    read(school, CourseGroup("10", "North School", ("alice", "carla")), CourseGroup("11", "South School", ("bob",)))
    assert teams(school) == {"North School": ["Alice Adams", "Carla Costa"], "South School": ["Bob Brown"]}
    with school.database.transaction(write=False) as session:
        wanted = select(SchoolTeam.name, MapChange).join(RoadMap, RoadMap.team_id == SchoolTeam.id)
        found = session.execute(
            wanted.join(MapChange, MapChange.road_map_id == RoadMap.id).order_by(MapChange.id)
        ).all()
        told = [(team, one.what.value, one.actor.shown_name, one.after) for team, one in found]
    assert sorted(told[:3]) == [
        ("North School", "joined", "Alice Adams", "groups"),
        ("North School", "joined", "Bob Brown", "groups"),
        ("South School", "joined", "Carla Costa", "groups"),
    ]
    assert sorted(told[3:]) == [
        ("North School", "joined", "Carla Costa", "groups"),
        ("North School", "left", "Bob Brown", "groups"),
        ("South School", "joined", "Bob Brown", "groups"),
        ("South School", "left", "Carla Costa", "groups"),
    ]


def test_a_roster_that_tells_the_same_again_writes_nothing_down(school: School) -> None:
    read(school, NORTH)
    read(school, NORTH)
    with school.database.transaction(write=False) as session:
        assert len(session.scalars(select(MapChange)).all()) == 2


def test_the_page_of_a_team_that_nobody_is_in_still_names_it(visitor: Arrive, team: Team) -> None:
    team.alice.post("roadmap/team/leave")
    team.bob.post("roadmap/team/leave")
    assert SCHOOL in visitor("tina").get("roadmap/").text
