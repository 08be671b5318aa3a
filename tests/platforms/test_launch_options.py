"""What a registration allows beyond the usual: nameless people, new deployments, further audiences; and odd people."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from sqlalchemy import select

from lti_tool.demo.walking import form_fields
from lti_tool.people.models import Membership, Role, User
from lti_tool.platforms.models import Deployment, Registration
from tests.fixtures.school import School
from tests.fixtures.walking import Browser
from tests.scores.marking import hand_in

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"


def launch(school: School, person: str = "alice", activity: str = "journal-j3", **changes: Any) -> requests.Response:
    """A launch whose claims are changed before they are signed; None takes one out."""
    browser = Browser()
    login = form_fields(browser.send("GET", f"{school.lms.url}/as/{person}/launch/{activity}").text)
    onward = browser.send("POST", f"{school.tool_url}/lti/login", data=login)
    query = dict(parse_qsl(urlsplit(onward.headers["Location"]).query))
    claims = {**school.lms.claims(person, activity, query["nonce"]), **changes}
    token = school.lms.sign({name: value for name, value in claims.items() if value is not None})
    return browser.send("POST", f"{school.tool_url}/lti/launch", data={"state": query["state"], "id_token": token})


def said(**claims: Any) -> dict[str, Any]:
    """LTI's own claims, by their short names."""
    return {f"{LTI}{name}": value for name, value in claims.items()}


def test_nobody_comes_in_without_a_name_unless_the_registration_allows_it(school: School) -> None:
    assert launch(school, sub=None).status_code == 400
    school.allow(allows_anonymous=True)
    assert launch(school, sub=None).status_code == 200


def test_each_nameless_launch_is_a_person_of_its_own(school: School) -> None:
    school.allow(allows_anonymous=True)
    for _ in range(2):
        assert launch(school, sub=None, name=None, given_name=None, family_name=None).status_code == 200
    with school.database.transaction(write=False) as session:
        people = session.scalars(select(User)).all()
    assert [person.is_anonymous for person in people] == [True, True]
    assert len({person.subject for person in people}) == 2


def test_a_new_deployment_is_let_in_only_where_the_registration_takes_it(school: School) -> None:
    new = said(deployment_id="another")
    assert launch(school, **new).status_code == 400
    school.allow(accepts_new_deployments=True)
    assert launch(school, **new).status_code == 200
    assert launch(school, **new).status_code == 200
    with school.database.transaction(write=False) as session:
        known = session.scalars(select(Deployment.deployment_id).order_by(Deployment.id)).all()
    assert known == ["1", "another"]


def test_the_same_course_of_two_deployments_is_two_courses(school: School) -> None:
    school.allow(accepts_new_deployments=True)
    hand_in(school)
    page = launch(school, "tina", "desk", **said(deployment_id="another"))
    assert page.status_code == 200
    assert "Alice Adams" not in page.text


def test_another_audience_passes_only_where_the_registration_trusts_it(school: School) -> None:
    client = school.lms.config.client_id
    both: dict[str, Any] = {"aud": ["portal", client], "azp": client}
    assert launch(school, **both).status_code == 400
    school.allow(trusted_audiences="portal\nanother")
    assert launch(school, **both).status_code == 200
    assert launch(school, aud=["portal", client, "stranger"], azp=client).status_code == 400


@pytest.mark.parametrize(
    ("roles", "role", "is_test"),
    [
        ([f"{MEMBERSHIP}Learner", TEST_USER], Role.TRAINEE, True),
        ([f"{MEMBERSHIP}Learner"], Role.TRAINEE, False),
        ([f"{MEMBERSHIP}Mentor"], Role.OBSERVER, False),
    ],
)
def test_a_test_student_is_known_as_one(school: School, roles: list[str], role: Role, is_test: bool) -> None:
    assert launch(school, activity="unit-m1u1", **said(roles=roles), email=None, name=None).status_code == 200
    with school.database.transaction(write=False) as session:
        member = session.scalars(select(Membership)).one()
    assert (member.role, member.is_test) == (role, is_test)


def test_a_test_student_is_in_no_list_of_the_class(school: School) -> None:
    assert launch(school, **said(roles=[f"{MEMBERSHIP}Learner", TEST_USER])).status_code == 200
    tina = school.walk_in("tina", "desk")
    assert "Alice Adams" not in tina.get("course/").text
    assert "Test student" in tina.get("members/").text


def test_the_product_is_remembered_from_the_launch(school: School) -> None:
    school.lms.become(product="BlackboardLearn")
    school.walk_in("alice", "journal-j3")
    with school.database.transaction(write=False) as session:
        assert session.scalars(select(Registration.product)).one() == "blackboardlearn"
