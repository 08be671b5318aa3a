"""Submission Review: the gradebook opens one person's work, for those who may see it."""

import pytest
import requests
from sqlalchemy import delete

from lti_tool.demo import reviewing
from lti_tool.scores.models import LineItem
from tests.fixtures.school import School
from tests.scores.marking import hand_in, release

COLUMN = 1


def test_a_trainer_comes_from_the_gradebook_straight_to_the_piece(school: School) -> None:
    hand_in(school)
    hand_in(school, "bob")
    tina = school.review("tina", COLUMN, "bob")
    assert "Bob Brown" in tina.get("desk/2").text
    answer = school.try_to_open(f"/as/tina/review/{COLUMN}/bob")
    assert "/desk/2" in answer.url


@pytest.mark.both_databases
def test_the_newest_submission_opens(school: School) -> None:
    alice = hand_in(school)
    tina = school.walk_in("tina", "desk")
    tina.post("desk/1", {"comment": "Go on.", "version": 0, "do": "return"})
    version = alice.put("journal/j3/text", {"text": "<p>Again.</p>", "version": 1}).json()["version"]
    alice.post("journal/j3", {"do": "submit", "version": version})
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/desk/2")


@pytest.mark.parametrize("known", [True, False])
def test_who_has_handed_in_nothing_is_said_to_have_handed_in_nothing(school: School, known: bool) -> None:
    if known:
        school.walk_in("carla", "journal-j3")
    answer = school.try_to_open(f"/as/tina/review/{COLUMN}/carla")
    assert answer.status_code == 200
    assert "Nothing was handed in yet" in answer.text


def test_a_trainee_sees_the_own_work(school: School) -> None:
    hand_in(school)
    answer = school.try_to_open(f"/as/alice/review/{COLUMN}/alice")
    assert answer.url.endswith("/journal/j3")
    assert "A moment at the gate" in answer.text


def test_a_trainee_sees_nobody_elses_work_whatever_the_platform_says(school: School) -> None:
    hand_in(school)
    with school.lms.demo.store.transaction() as session:
        fields = reviewing.begin_review(
            session, school.lms.config, school.lms.person("bob"), COLUMN, school.lms.person("alice")
        )
    answer = school.go_on(fields)
    assert answer.status_code == 403
    assert "A moment at the gate" not in answer.text


def test_a_column_that_we_made_leads_to_its_activity(school: School) -> None:
    school.lms.drop_column()
    hand_in(school)
    release(school)
    school.deliver()
    (column,) = school.lms.columns()
    assert column.link_id is None
    assert school.try_to_open(f"/as/tina/review/{column.id}/alice").url.endswith("/desk/1")


def test_a_review_whose_address_says_nothing_is_of_the_columns_activity(school: School) -> None:
    hand_in(school)
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).review_url = f"{school.tool_url}/lti/launch"
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/desk/1")


def test_a_review_of_a_column_that_nobody_knows_opens_the_course(school: School) -> None:
    hand_in(school)
    with school.database.transaction() as session:
        session.execute(delete(LineItem))
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).review_url = f"{school.tool_url}/lti/launch"
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/course/")


def test_the_gradebook_offers_it_to_staff(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    page = requests.get(f"{school.lms.url}/as/tina/grades", timeout=20).text
    assert f"/as/tina/review/{COLUMN}/alice" in page
    assert "/review/" not in requests.get(f"{school.lms.url}/as/alice/grades", timeout=20).text
