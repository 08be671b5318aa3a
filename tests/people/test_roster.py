"""The roster of a running LMS: read by pages, kept up to date, and never at the cost of anybody's work."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import Context, Membership, ResourceLink, Role
from tests.fixtures.school import School
from tests.lti.far_side import far_side

CLASS = {
    "Alice Adams": Role.TRAINEE,
    "Bob Brown": Role.TRAINEE,
    "Carla Costa": Role.TRAINEE,
    "Tina Trainer": Role.TRAINER,
}


def roles(school: School) -> dict[str, Role]:
    """Everybody's role, by name."""
    return {name: member.role for name, member in school.members().items()}


def who_left(school: School) -> set[str]:
    """The names of those who are marked as left."""
    return {name for name, member in school.members().items() if member.left_at is not None}


def read_again(school: School) -> None:
    """As on another night."""
    school.let_time_pass()
    school.read_rosters()


@pytest.mark.both_databases
def test_the_first_launch_brings_the_whole_class(school: School) -> None:
    school.walk_in("tina", "desk")
    assert roles(school) == {"Tina Trainer": Role.TRAINER}
    again = school.read_rosters()
    assert roles(school) == CLASS
    assert school.members()["Bob Brown"].seen_at is None
    assert again is not None
    assert timedelta(0) < again - now() < timedelta(hours=30), "the next night"


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_of_any_size_bring_everybody_once(school: School, size: int) -> None:
    school.lms.become(most_per_page=size)
    school.walk_in("tina", "desk")
    school.read_rosters()
    assert roles(school) == CLASS
    assert who_left(school) == set()


@pytest.mark.both_databases
def test_who_left_is_marked_keeps_the_work_and_may_come_back(school: School) -> None:
    bob = school.walk_in("bob", "journal-j3")
    assert bob.put("journal/j3/text", {"text": "<p>Mine.</p>", "version": 0}).status_code == 200
    school.read_rosters()
    school.lms.demo.away.add("bob")
    read_again(school)
    assert who_left(school) == {"Bob Brown"}
    school.lms.demo.away.clear()
    read_again(school)
    assert who_left(school) == set()
    assert "Mine." in school.walk_in("bob", "journal-j3").get("journal/j3").text


@pytest.mark.both_databases
def test_a_roster_that_names_nobody_marks_nobody(school: School) -> None:
    school.walk_in("tina", "desk")
    school.read_rosters()
    school.lms.demo.away.update(("alice", "bob", "carla", "tina", "adam"))
    read_again(school)
    assert who_left(school) == set()


def test_a_launch_shows_that_somebody_is_back_before_the_roster_does(school: School) -> None:
    school.walk_in("bob", "journal-j3")
    school.read_rosters()
    school.lms.demo.away.add("bob")
    read_again(school)
    school.walk_in("bob", "journal-j3")
    assert who_left(school) == set()


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["500", "malformed", "drop", "401", "canvas_limit"])
def test_a_reading_that_breaks_off_marks_nobody(school: School, kind: str) -> None:
    school.walk_in("tina", "desk")
    school.read_rosters()
    school.lms.become(most_per_page=1)
    school.lms.faults("members", "slow", times=2, seconds=0)
    school.lms.faults("members", kind, times=2 if kind == "401" else 1)
    read_again(school)
    assert who_left(school) == set()
    assert school.context().roster_problem
    read_again(school)
    assert school.context().roster_problem == ""
    assert roles(school) == CLASS


def test_a_reading_of_one_role_marks_nobody_of_another(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    school.read_rosters()
    for whom in ("trainer", "trainee", "link"):
        school.lms.demo.away.add("carla")
        assert tina.post("members/read", {"whom": whom}).status_code == 200
        assert school.context().roster_query
        school.read_rosters()
        assert who_left(school) == set()
    assert tina.post("members/read", {"whom": "everybody"}).status_code == 200
    school.read_rosters()
    assert who_left(school) == {"Carla Costa"}


def test_a_reading_for_a_link_with_the_longest_name_asks_for_just_that(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    school.read_rosters()
    longest = ("a/b&role=Learner#%2F+;= " * 11)[:255]
    with school.database.transaction() as session:
        session.execute(update(ResourceLink).values(lti_id=longest))
    assert tina.post("members/read", {"whom": "link"}).status_code == 200
    with far_side() as side:
        side.always(body=b'{"members": []}')
        with school.database.transaction() as session:
            session.execute(update(Context).values(roster_url=f"{side.url}/members"))
        school.read_rosters()
    asked = dict(parse_qsl(urlsplit(side.asked[-1].path).query))
    assert (asked["rlid"], asked.get("role")) == (longest, None)


def test_a_launch_asks_again_only_after_an_hour(school: School) -> None:
    school.walk_in("tina", "desk")
    school.read_rosters()
    first = last_read(school)
    school.walk_in("alice", "journal-j3")
    school.read_rosters()
    assert last_read(school) == first
    with school.database.transaction() as session:
        session.execute(update(Context).values(roster_read_at=now() - timedelta(minutes=61)))
    school.walk_in("alice", "journal-j3")
    school.read_rosters()
    assert last_read(school) > first


def last_read(school: School) -> datetime:
    """When the roster named Bob last."""
    named = school.members()["Bob Brown"].listed_at
    assert named is not None
    return named


def test_an_administrator_who_looks_in_from_outside_has_not_left(school: School) -> None:
    school.walk_in("adam", "desk")
    school.read_rosters()
    read_again(school)
    assert who_left(school) == set()


def test_a_trainee_who_came_once_and_was_never_listed_has_left(school: School) -> None:
    school.walk_in("bob", "journal-j3")
    school.lms.demo.away.add("bob")
    with school.database.transaction() as session:
        session.execute(update(Membership).values(seen_at=now() - timedelta(days=1)))
    school.read_rosters()
    assert who_left(school) == {"Bob Brown"}


def test_a_course_that_nobody_opens_is_let_sleep(school: School) -> None:
    school.walk_in("tina", "desk")
    school.read_rosters()
    with school.database.transaction() as session:
        session.execute(update(Membership).values(seen_at=now() - timedelta(days=61)))
    read_again(school)
    assert school.context().roster_due_at is None


@pytest.mark.both_databases
def test_the_page_says_who_is_here_who_left_and_how_new_that_is(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    page = tina.get("members/").text
    assert "Your LMS is being asked at the moment" in page
    school.read_rosters()
    school.lms.demo.away.add("bob")
    read_again(school)
    page = tina.get("members/").text
    assert "Your LMS was last asked" in page
    assert "4 people" in page
    assert page.index("Bob Brown") > page.index("Tina Trainer"), "who left stands last"
    assert "Has left" in page


def test_the_page_says_why_the_list_is_old(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    school.lms.faults("members", "500")
    school.read_rosters()
    page = tina.get("members/").text
    assert "The list could not be read anew" in page
    assert "try again by ourselves" in page


def test_a_course_without_a_roster_service_says_so_and_refuses_to_ask(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    with school.database.transaction() as session:
        session.execute(update(Context).values(roster_url=""))
    assert "does not say who is in the course" in tina.get("members/").text
    assert tina.post("members/read", {}).status_code == 409
    assert school.read_rosters() is None


@pytest.mark.both_databases
def test_a_broken_roster_of_one_course_stops_no_other(school: School) -> None:
    school.walk_in("tina", "desk")
    with school.database.transaction() as session:
        session.add(Context(deployment_id=1, lti_id="77", roster_url=f"{school.lms.url}/nothing", roster_due_at=now()))
    school.read_rosters()
    assert roles(school) == CLASS
