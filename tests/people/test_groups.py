"""Course groups of a running LMS become school teams, and never cost anybody a team or its work."""

import pytest
from sqlalchemy import select

from lti_tool.demo.config import CourseGroup
from lti_tool.people.models import TeamMember
from tests.fixtures.school import School
from tests.scores.marking import hand_in

NORTH = CourseGroup("10", "North School", ("alice", "bob"))
SOUTH = CourseGroup("11", "South School", ("bob", "carla", "tina"))


def teams(school: School) -> dict[str, list[str]]:
    """Team to members, by name."""
    with school.database.transaction(write=False) as session:
        members = session.scalars(select(TeamMember).order_by(TeamMember.id)).all()
    names = {team.id: team.name for team in school.teams()}
    return {name: [one.user.name for one in members if one.team_id == team] for team, name in names.items()}


def read(school: School, *groups: CourseGroup) -> None:
    """Let the LMS have these groups, somebody arrive, and the worker read."""
    school.lms.become(groups=groups)
    school.walk_in("tina", "desk")
    school.let_time_pass()
    school.read_rosters()


@pytest.mark.both_databases
def test_groups_become_teams_with_their_trainees(school: School) -> None:
    read(school, NORTH, SOUTH)
    assert teams(school) == {"North School": ["Alice Adams", "Bob Brown"], "South School": ["Carla Costa"]}
    assert "North School" in school.walk_in("alice", "roadmap").get("roadmap/").text


def test_a_changed_name_is_taken_over_and_the_team_stays_the_same(school: School) -> None:
    read(school, NORTH)
    first = school.teams()[0].id
    read(school, CourseGroup("10", "Northern School", NORTH.people))
    assert [(team.id, team.name) for team in school.teams()] == [(first, "Northern School")]


def test_who_is_in_a_team_stays_in_it(school: School) -> None:
    alice = school.walk_in("alice", "roadmap")
    assert alice.post("roadmap/teams", {"name": "Hill School"}).status_code == 200
    read(school, NORTH)
    assert teams(school) == {"Hill School": ["Alice Adams"], "North School": ["Bob Brown"]}


@pytest.mark.both_databases
def test_a_team_of_that_name_that_people_founded_becomes_the_groups(school: School) -> None:
    alice = school.walk_in("alice", "roadmap")
    alice.post("roadmap/teams", {"name": "north school"})
    read(school, NORTH)
    assert teams(school) == {"North School": ["Alice Adams", "Bob Brown"]}


@pytest.mark.both_databases
def test_two_groups_of_one_name_are_two_teams(school: School) -> None:
    read(school, NORTH, CourseGroup("12", "North School", ("carla",)))
    assert teams(school) == {"North School": ["Alice Adams", "Bob Brown"], "North School (2)": ["Carla Costa"]}
    read(school, NORTH, CourseGroup("12", "North School", ("carla",)))
    assert set(teams(school)) == {"North School", "North School (2)"}


def test_a_group_that_is_gone_leaves_its_team(school: School) -> None:
    read(school, NORTH, SOUTH)
    read(school, SOUTH)
    assert set(teams(school)) == {"North School", "South School"}


@pytest.mark.parametrize("fault", ["401", "500", "drop", "malformed"])
def test_groups_that_cannot_be_read_cost_no_roster(school: School, fault: str) -> None:
    school.lms.faults("groups", fault, times=4)
    read(school, NORTH)
    assert teams(school) == {}
    assert "Carla Costa" in school.members()
    assert (school.context().roster_problem, school.context().roster_read_at is None) == ("", False)


def test_groups_of_an_lms_that_asks_for_a_pause_hold_up_its_roster(school: School) -> None:
    school.lms.faults("groups", "429")
    read(school, NORTH)
    assert school.context().roster_problem == "rate_limited"
    assert "Carla Costa" not in school.members()


def test_a_name_that_is_too_long_or_none_is_cut_or_left_out(school: School) -> None:
    read(school, CourseGroup("13", "N" * 300, ("alice",)), CourseGroup("14", " \u0007 ", ("bob",)))
    assert teams(school) == {"N" * 100: ["Alice Adams"]}


@pytest.mark.both_databases
def test_a_name_that_begins_with_what_nobody_sees_is_cleaned_and_costs_no_roster(school: School) -> None:
    read(school, CourseGroup("15", "\u200b" * 120 + "Hill " + "\u2028 School" + " s" * 60, ("carla",)))
    assert teams(school) == {("Hill School" + " s" * 60)[:100].strip(): ["Carla Costa"]}
    assert school.context().roster_problem == ""


def test_a_trainer_of_one_group_looks_at_its_people_and_pieces_alone(school: School) -> None:
    read(school, NORTH, SOUTH)
    for person in ("alice", "carla"):
        hand_in(school, person)
    team = {one.name: one.id for one in school.teams()}["South School"]
    tina = school.walk_in("tina", "desk")
    everybody, members, pieces = (
        tina.get(path).text for path in ("members/", f"members/?team={team}", f"desk/?team={team}")
    )
    assert "does not tell Partnerwise about groups" not in everybody
    assert "Alice Adams" in everybody
    for page in (members, pieces):
        assert "Carla Costa" in page
        assert "Alice Adams" not in page
    assert f"team={team}" in pieces.split("Begin with the first")[0], "the walk through the pieces stays in the group"
    assert "1 of 1" in tina.get(f"desk/2?team={team}&state=waiting").text
    assert "Alice Adams" in tina.get("desk/?team=999").text, "another course's team, or none"
