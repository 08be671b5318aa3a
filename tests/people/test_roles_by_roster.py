"""Rosters that name people in another role than launches do, and as other products write them."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.people.models import Context, Role
from tests.fixtures.school import School
from tests.lti.far_side import far_side


def role(school: School, name: str = "Tina Trainer") -> Role:
    return school.members()[name].role


def read(school: School, times: int = 1) -> None:
    """As on so many nights."""
    for _ in range(times):
        school.let_time_pass()
        school.read_rosters()


def test_a_non_editing_teacher_stays_a_trainer_whatever_the_roster_calls_them(school: School) -> None:
    school.lms.demo.non_editing.add("tina")
    school.walk_in("tina", "desk")
    read(school, times=3)
    assert role(school) is Role.TRAINER
    assert role(school, "Alice Adams") is Role.TRAINEE


def test_whom_only_the_roster_knows_is_what_it_says(school: School) -> None:
    school.lms.demo.non_editing.add("tina")
    school.walk_in("alice", "journal-j3")
    read(school)
    assert role(school) is Role.TRAINEE
    school.lms.demo.non_editing.clear()
    read(school)
    assert role(school) is Role.TRAINER


def test_a_roster_that_changes_takes_the_role_away_and_gives_it_back(school: School) -> None:
    school.walk_in("tina", "desk")
    read(school)
    school.lms.demo.non_editing.add("tina")
    read(school)
    assert role(school) is Role.TRAINEE
    school.lms.demo.non_editing.clear()
    read(school)
    assert role(school) is Role.TRAINER


def test_a_trainer_who_has_switched_the_role_is_a_trainer_in_the_roster_again(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    school.lms.switch_role("tina")
    school.walk_in("tina", "journal-j3")
    assert role(school) is Role.TRAINEE
    assert "Tries it as a trainee" in tina.get("members/").text
    read(school)
    assert role(school) is Role.TRAINER


def members_of(school: School, *listed: dict[str, Any]) -> dict[str, Any]:
    """Read a roster of these entries; gives whom it brought, by name."""
    school.walk_in("tina", "desk")
    with far_side() as side:
        side.always(body=json.dumps({"members": listed}).encode())
        with school.database.transaction() as session:
            session.execute(update(Context).values(roster_url=f"{side.url}/members"))
        read(school)
    return {name: one for name, one in school.members().items() if name != "Tina Trainer"}


CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership"


@pytest.mark.parametrize(
    "listed",
    [
        [],
        ["Mentor"],
        [f"{CONTEXT}#Member"],
        [f"{CONTEXT}#Learner", f"{CONTEXT}/Learner#GuestLearner"],
        ["http://lms.example/roles#Assistant"],
    ],
    ids=str,
)
def test_whatever_lesser_role_a_roster_has_for_a_trainer_from_the_beginning_takes_nothing_away(
    school: School, listed: list[str]
) -> None:
    members_of(school, {"user_id": school.lms.person("tina").id, "name": "Tina Trainer", "roles": listed})
    assert role(school) is Role.TRAINER
    assert school.walk_in("tina", "desk").get("desk/").status_code == 200


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Anna &amp; Ben Adams", "Anna & Ben Adams"),
        ("Carla O&#039;Costa", "Carla O'Costa"),
        ("Bob &lt;Brown&gt;", "Bob <Brown>"),
        ("Bob &amp;amp; Brown", "Bob &amp; Brown"),
        ("Fish&notes", "Fish&notes"),
        ("R & D; Brown", "R & D; Brown"),
        ("Alice&#0; &#xD800;Adams", "Alice\ufffd \ufffdAdams"),
    ],
)
def test_entities_in_a_name_are_read_once(school: School, written: str, read_as: str) -> None:
    found = members_of(school, {"user_id": "77", "name": written, "roles": ["Learner"]})
    assert list(found) == [read_as]


def test_entities_in_the_parts_of_a_name_are_read_too(school: School) -> None:
    parts = {"given_name": "Anna &amp; Ben", "family_name": "D&#39;Adams"}
    assert list(members_of(school, {"user_id": "77", "roles": ["Learner"], **parts})) == ["Anna & Ben D'Adams"]


def test_whoever_is_active_is_there_however_that_is_written(school: School) -> None:
    statuses: list[Any] = ["Active", "active", "ACTIVE", None, "http://purl.imsglobal.org/vocab/lis/v2/status#Active"]
    statuses += ["Inactive", "DELETED", "inactive", 7, ["Active"]]
    entries = [
        {"user_id": f"7{number}", "name": f"Person {number}", "roles": ["Learner"], "status": status}
        for number, status in enumerate(statuses)
    ]
    assert set(members_of(school, *entries)) == {f"Person {number}" for number in range(5)}


def test_roles_in_the_institution_count_in_a_roster_as_they_do_at_launches(school: School) -> None:
    school.allow(institution_roles=True)
    person = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
    found = members_of(
        school,
        {"user_id": "77", "name": "Person 1", "roles": [f"{person}Student"]},
        {"user_id": "78", "name": "Person 2", "roles": [f"{person}Instructor", f"{person}Student"]},
    )
    assert [one.role for one in found.values()] == [Role.TRAINEE, Role.TRAINER]


def test_ask_now_shows_what_came(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    asking = tina.post("members/read", {"whom": "everybody"}).text
    assert "being asked at the moment" in asking
    assert 'hx-trigger="every 2s"' in asking
    school.read_rosters()
    told = tina.get("members/").text
    assert "It named 1 trainer, 3 trainees." in told
    assert "hx-trigger" not in told
    school.lms.demo.away.update(("bob", "carla"))
    tina.post("members/read", {"whom": "everybody"})
    school.read_rosters()
    told = tina.get("members/").text
    assert "It named 1 trainer, 1 trainee." in told
    assert "2 people were missing" in told
    tina.post("members/read", {"whom": "trainer"})
    school.read_rosters()
    assert "It named 1 trainer." in tina.get("members/").text


def test_what_an_lms_does_not_tell_of_groups_is_told_as_a_limit(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    assert "does not tell Partnerwise about groups" in tina.get("members/").text
