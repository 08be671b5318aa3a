"""Rights end when the LMS ends them: what a reading of the roster says ends the pages that are older than it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import Context, Membership
from lti_tool.platforms.models import Launch
from tests.fixtures.school import School
from tests.fixtures.walking import Walker


def read(school: School) -> None:
    """As on another night."""
    school.let_time_pass()
    school.read_rosters()


def is_open(walker: Walker) -> bool:
    answer = walker.get("course/")
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


def save(walker: Walker, text: str, version: int = 0) -> int:
    return walker.put("journal/j3/text", {"text": text, "version": version}).status_code


@pytest.mark.both_databases
def test_whoever_has_left_writes_no_more_and_the_work_stays(school: School) -> None:
    bob, alice = school.walk_in("bob", "journal-j3"), school.walk_in("alice", "journal-j3")
    assert save(bob, "<p>Mine.</p>") == 200
    read(school)
    school.lms.demo.away.add("bob")
    read(school)
    assert save(bob, "<p>After I left.</p>", 1) == 401
    assert "Your place in this course has changed" in bob.get("journal/j3").text
    assert is_open(alice)
    school.lms.demo.away.clear()
    read(school)
    assert not is_open(bob), "what has ended does not begin again"
    assert "Mine." in school.walk_in("bob", "journal-j3").get("journal/j3").text


@pytest.mark.both_databases
def test_a_trainer_whom_the_roster_now_calls_a_learner_judges_no_more(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    assert tina.get("desk/").status_code == 200
    school.lms.demo.non_editing.add("tina")
    read(school)
    assert tina.get("desk/").status_code == 401
    again = school.walk_in("tina", "desk")
    read(school)
    assert again.get("desk/").status_code == 200, "the LMS says so at the launch, and the roster has not changed since"


def test_a_mere_difference_between_launch_and_roster_ends_nothing(school: School) -> None:
    school.lms.demo.non_editing.add("tina")
    tina = school.walk_in("tina", "desk")
    for _ in range(3):
        read(school)
    assert tina.get("desk/").status_code == 200


def test_who_tries_things_out_in_another_role_goes_on_as_both(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    school.lms.switch_role("tina")
    trying = school.walk_in("tina", "journal-j3")
    read(school)
    assert tina.get("desk/").status_code == 200
    assert is_open(trying)


def test_what_was_opened_in_the_new_role_already_goes_on(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    school.lms.switch_role("tina")
    as_trainee = school.walk_in("tina", "journal-j3")
    school.lms.demo.non_editing.add("tina")
    read(school)
    assert not is_open(tina)
    assert is_open(as_trainee)


def test_who_came_while_the_roster_was_read_comes_after_it(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    school.lms.demo.non_editing.add("tina")
    with school.database.transaction() as session:
        session.execute(update(Launch).values(created_at=now() + timedelta(minutes=1)))
    read(school)
    assert tina.get("desk/").status_code == 200


@pytest.mark.parametrize("kind", ["500", "malformed", "drop"])
def test_a_reading_that_breaks_off_ends_nobodys_pages_for_being_missing(school: School, kind: str) -> None:
    bob = school.walk_in("bob", "journal-j3")
    read(school)
    school.lms.demo.away.add("bob")
    school.lms.become(most_per_page=1)
    school.lms.faults("members", "slow", times=2, seconds=0)
    school.lms.faults("members", kind)
    read(school)
    assert is_open(bob)


def test_a_reading_of_one_role_ends_nobodys_pages_of_another(school: School) -> None:
    bob, tina = school.walk_in("bob", "journal-j3"), school.walk_in("tina", "desk")
    read(school)
    tina.post("members/read", {"whom": "trainer"})
    school.read_rosters()
    assert is_open(bob)
    assert is_open(tina)


def test_another_course_of_the_same_person_goes_on(school: School) -> None:
    tina = school.walk_in("tina", "desk")
    read(school)
    with school.database.transaction() as session:
        other = Context(deployment_id=1, lti_id="77")
        session.add(other)
        session.flush()
        launch = session.get_one(Launch, tina.page.split("/")[-2])
        session.add(Membership(context_id=other.id, user_id=launch.user_id, role=launch.role))
        launch.context_id = other.id
    school.lms.demo.non_editing.add("tina")
    read(school)
    assert is_open(tina)


def lifetime(school: School, walker: Walker) -> timedelta:
    with school.database.transaction(write=False) as session:
        launch = session.get_one(Launch, walker.page.split("/")[-2])
        return timedelta(hours=round((launch.expires_at - launch.created_at) / timedelta(hours=1)))


def change_course(school: School, **values: object) -> None:
    with school.database.transaction() as session:
        session.execute(update(Context).values(**values))


@pytest.mark.parametrize(
    ("course", "hours"),
    [
        ({"roster_read_at": now()}, 10),
        ({"roster_read_at": None, "roster_problem": "http_403"}, 4),
        ({"roster_read_at": now() - timedelta(days=3), "roster_problem": "http_403"}, 4),
        ({"roster_read_at": now() - timedelta(hours=20), "roster_problem": "timed_out"}, 10),
    ],
)
def test_where_no_roster_ends_rights_pages_live_four_hours(
    school: School, course: dict[str, object], hours: int
) -> None:
    assert lifetime(school, school.walk_in("tina", "desk")) == timedelta(hours=10), "its roster is about to be read"
    change_course(school, **course)
    assert lifetime(school, school.walk_in("tina", "desk")) == timedelta(hours=hours)
