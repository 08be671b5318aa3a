"""A browser that several people use one after another: whoever comes from the LMS ends the pages of the one before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.lti.launch.claims import NRPS
from lti_tool.lti.products import find_product
from lti_tool.people.models import Membership
from lti_tool.platforms.models import Launch, Registration
from tests.fixtures.platform import Platform, StartPlatform
from tests.fixtures.tool import ADDRESS
from tests.lti.cases import CONTEXT, ROLES
from tests.platforms.conftest import Door, register

INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def lms(door: Door) -> Door:
    """An LMS like any other; the demo is one in which a browser may be several people."""
    door.platform.become(product="moodle")
    return door


def come(
    door: Door, person: str = "alice", change: Change = lambda _claims: None, browser: FlaskClient | None = None
) -> str:
    """Arrive from the LMS; gives the path of the page."""
    door.browser = browser or door.browser
    location = door.begin(person)
    asked = parse_qs(urlsplit(location).query)
    claims = door.platform.claims(person, "journal-j3", asked["nonce"][0])
    change(claims)
    answer = door.finish({"state": asked["state"][0], "id_token": door.platform.sign(claims)})
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.headers["Location"]).path


def status(door: Door, page: str, browser: FlaskClient | None = None) -> int:
    return (browser or door.browser).get(page, base_url=ADDRESS).status_code


def in_another_course(claims: dict[str, Any]) -> None:
    claims[CONTEXT] = {**claims[CONTEXT], "id": "another"}


def as_trainer(claims: dict[str, Any]) -> None:
    in_another_course(claims)
    claims[ROLES] = [INSTRUCTOR]


def unnamed(claims: dict[str, Any]) -> None:
    del claims["sub"]


@pytest.mark.both_databases
def test_the_next_person_finds_no_page_of_the_former_one_open(lms: Door) -> None:
    desk, writing = come(lms, "tina"), come(lms, "tina", in_another_course)
    assert {status(lms, desk), status(lms, writing)} == {200}
    hers = come(lms, "alice")
    assert {status(lms, desk), status(lms, writing)} == {401}
    assert status(lms, hers) == 200
    told = lms.browser.get(desk, base_url=ADDRESS).text
    assert "Somebody else uses this browser now" in told
    assert "Tina" not in told
    again = come(lms, "tina")
    assert (status(lms, again), status(lms, hers), status(lms, desk)) == (200, 401, 401)


def test_the_same_person_in_another_course_and_another_role_ends_nothing(lms: Door) -> None:
    as_trainee, teaching, as_trainee_again = come(lms), come(lms, change=as_trainer), come(lms)
    assert {status(lms, page) for page in (as_trainee, teaching, as_trainee_again)} == {200}


def test_the_next_person_at_another_computer_ends_nothing(lms: Door) -> None:
    first = lms.browser
    hers = come(lms, "alice")
    his = come(lms, "bob", browser=lms.another_browser())
    assert (status(lms, hers, first), status(lms, his)) == (200, 200)


def test_people_of_another_lms_are_other_peoples_business(lms: Door, running_platform: StartPlatform) -> None:
    hers = come(lms, "alice")
    other: Platform = running_platform(ADDRESS)
    other.become(product="moodle")
    register(lms.app, other)
    there = Door(lms.app, other, lms.browser)
    his = come(there, "bob")
    assert (status(lms, hers), status(there, his)) == (200, 200)


def test_in_the_demo_one_browser_is_several_people(door: Door) -> None:
    pages = [come(door, person) for person in ("alice", "tina", "bob")]
    assert {status(door, page) for page in pages} == {200}
    assert find_product("partnerwise-demo").several_people_a_browser
    assert not find_product("moodle").several_people_a_browser
    assert not find_product("").several_people_a_browser


def test_a_test_student_is_the_teacher_who_goes_on_with_both(lms: Door) -> None:
    desk = come(lms, "tina")

    def as_test_student(claims: dict[str, Any]) -> None:
        claims["sub"] = "test student"
        claims[ROLES] = [*claims[ROLES], TEST_USER]

    trying = come(lms, "alice", as_test_student)
    with lms.app.parts.database.transaction(write=False) as session:
        assert session.scalar(select(Membership.is_test).order_by(Membership.id.desc()))
    assert (status(lms, desk), status(lms, trying)) == (200, 200)


def test_somebody_without_a_name_ends_named_peoples_pages_but_none_that_nobody_could_come_back_to(lms: Door) -> None:
    with lms.app.parts.database.transaction() as session:
        session.execute(update(Registration).values(allows_anonymous=True))
    hers = come(lms, "alice")
    first, second = come(lms, "bob", unnamed), come(lms, "bob", unnamed)
    assert [status(lms, page) for page in (hers, first, second)] == [401, 200, 200]
    come(lms, "carla")
    assert [status(lms, page) for page in (first, second)] == [401, 401]


def test_who_comes_back_after_a_long_time_opens_no_old_page_again(lms: Door) -> None:
    old = come(lms)
    with lms.app.parts.database.transaction() as session:
        session.execute(update(Launch).values(seen_at=now() - timedelta(hours=3)))
    new = come(lms)
    assert (status(lms, old), status(lms, new)) == (401, 200)
    assert "nobody used it" in lms.browser.get(old, base_url=ADDRESS).text


def test_a_browser_whose_tabs_hold_the_proof_is_known_by_the_name_that_its_lms_keeps(lms: Door) -> None:
    computers = {"alice": "the one in the library", "bob": "the one in the library", "tina": "another", "carla": ""}
    pages = {person: _come_held(lms, person, computer) for person, computer in computers.items()}
    with lms.app.parts.database.transaction(write=False) as session:
        living = {person: session.get_one(Launch, page.split("/")[2]).ending for person, page in pages.items()}
    assert living == {"alice": "next_person", "bob": None, "tina": None, "carla": None}


def without_roster(claims: dict[str, Any]) -> None:
    del claims[NRPS]


@pytest.mark.parametrize(("change", "hours"), [(in_another_course, 10), (without_roster, 4)])
def test_where_the_lms_has_no_roster_pages_live_four_hours(lms: Door, change: Change, hours: int) -> None:
    page = come(lms, change=change)
    with lms.app.parts.database.transaction(write=False) as session:
        launch = session.get_one(Launch, page.split("/")[2])
    assert round((launch.expires_at - launch.created_at) / timedelta(hours=1)) == hours


def _come_held(door: Door, person: str, computer: str) -> str:
    """Arrive with a secret that the LMS keeps, as the page of `proving.js` does."""
    form = {**door.platform.launch_form(person, "journal-j3"), "lti_storage_target": "_parent"}
    tab = door.app.test_client(use_cookies=False)
    opening = tab.post("/lti/login", data=form, base_url=ADDRESS, headers={"Sec-Fetch-Dest": "iframe"}).text

    def told(name: str) -> str:
        return opening.split(f'data-{name}="')[1].split('"')[0].replace("&amp;", "&")

    fields = {**door.platform.auth(told("onward")), "proof": told("secret"), "computer": computer}
    answer = tab.post("/lti/launch", data=fields, base_url=ADDRESS, headers={"Accept": "application/json"})
    assert answer.json, answer.text
    return str(answer.json["page"])
