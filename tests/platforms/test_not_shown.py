"""An activity that is not for whoever opens it says why; product and operator say what institution roles mean."""

from typing import Any

import pytest

from lti_tool.lti.launch.claims import AGS
from lti_tool.lti.products import find_product
from tests.fixtures.school import School
from tests.platforms.test_launch_options import MEMBERSHIP, launch, said

SCHOOL = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"


@pytest.mark.parametrize("activity", ["journal-j3", "roadmap", "desk"])
@pytest.mark.parametrize("roles", [[f"{SCHOOL}Student"], [f"{MEMBERSHIP}Mentor"], []], ids=str)
def test_who_is_neither_trainee_nor_trainer_is_told_so(school: School, activity: str, roles: list[str]) -> None:
    # The demo LMS offers the trainers' overview to its trainer alone.
    answer = launch(school, "tina", activity, **said(roles=roles))
    assert answer.status_code == 200
    words = "This is for trainers" if activity == "desk" else "This activity is not open to you"
    assert words in answer.text
    assert "Take one unit at a time" not in answer.text


def test_a_trainee_who_opens_the_trainers_overview_is_told_whom_it_is_for(school: School) -> None:
    answer = launch(school, "tina", "desk", **said(roles=[f"{MEMBERSHIP}Learner"]))
    assert "This is for trainers" in answer.text
    assert 'href="/l/' in answer.text


def test_units_are_open_to_everybody(school: School) -> None:
    assert launch(school, activity="unit-m1u1", **said(roles=[])).url.endswith("/course/units/m1u1/")


def test_a_road_map_of_somebody_without_a_team_is_said_not_to_be_there(school: School) -> None:
    school.walk_in("alice", "roadmap")
    asked = said(
        message_type="LtiSubmissionReviewRequest",
        for_user={"user_id": "4"},
        roles=[f"{MEMBERSHIP}Instructor"],
    )
    column = school.lms.line_item_url("journal-j3")
    services: dict[str, Any] = {AGS: {"lineitem": column}}
    answer = launch(school, "tina", "roadmap", **asked, **services)
    assert "Alice Adams is in no school team yet" in answer.text


@pytest.mark.parametrize(
    ("person", "activity", "opens"),
    [
        ("tina", "roadmap", "/roadmap/"),
        ("tina", "desk", "/desk/"),
        ("adam", "journal-j3", "/desk/?prompt=j3&state=waiting"),
        ("alice", "journal-j3", "/journal/j3"),
        ("alice", "unit-m1u1", "/course/units/m1u1/"),
    ],
)
def test_a_review_of_nobody_opens_everybodys_work_for_who_teaches_and_the_own_for_others(
    school: School, person: str, activity: str, opens: str
) -> None:
    column: dict[str, Any] = {AGS: {"lineitem": school.lms.line_item_url("journal-j3")}}
    ways_to_say_so: tuple[dict[str, Any], ...] = ({}, {"for_user": []})
    for nobody in ways_to_say_so:
        asked = said(message_type="LtiSubmissionReviewRequest", **nobody)
        answer = launch(school, person, activity, **asked, **column)
        assert answer.status_code == 200
        assert answer.url.endswith(opens), answer.url


def test_institution_roles_count_by_the_operators_setting(school: School) -> None:
    student, teacher = said(roles=[f"{SCHOOL}Student"]), said(roles=[f"{SCHOOL}Instructor", f"{SCHOOL}Student"])
    school.allow(institution_roles=True)
    assert launch(school, **student).url.endswith("/journal/j3")
    assert launch(school, "tina", "desk", **teacher).url.endswith("/desk/")
    school.allow(institution_roles=False)
    assert launch(school, **student).url.endswith("/not-shown")


@pytest.mark.parametrize(
    ("known", "opens"),
    [
        ({"product": "openedx"}, "/journal/j3"),
        ({"product": "openedx", "institution_roles": False}, "/not-shown"),
        ({"product": "canvas"}, "/not-shown"),
    ],
    ids=str,
)
def test_institution_roles_count_by_the_product(school: School, known: dict[str, Any], opens: str) -> None:
    school.allow(**known)
    answer = launch(school, **said(roles=[f"{SCHOOL}Student"], tool_platform=None))
    assert answer.url.endswith(opens)


def test_open_edx_is_known_by_its_addresses_where_it_does_not_say_what_it_is() -> None:
    address = "https://school.example/api/lti_consumer/v1/launch/"
    assert find_product("", address).sends_institution_roles_only
    assert find_product("openEdX").sends_institution_roles_only
    assert not find_product("moodle", address).sends_institution_roles_only
    for other in ("https://school.example/mod/lti/auth.php", "https://[", ""):
        assert not find_product("", other).sends_institution_roles_only
