"""An activity that stands twice in one course, each link with a column of its own; and columns that are deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.demo import added, line_items
from lti_tool.scores.column_checks import look_for_columns
from lti_tool.scores.models import DeliveryState, LineItem
from tests.fixtures.school import School
from tests.fixtures.walking import Walker
from tests.scores.marking import POINTS, hand_in, release
from tests.scores.test_unit_scores import progress


def another_link(school: School, path: str, points: float | None = 10) -> str:
    """Let the course have one more link to an activity, with a column of its own; gives its key."""
    column = {"lineItem": {"scoreMaximum": points, "resourceId": path}} if points else {}
    item = {"url": f"{school.tool_url}/activities/{path}", "title": "A copy", **column}
    with school.lms.demo.store.transaction() as session:
        link = added.add_link(session, "2", item)
        session.flush()
        return f"{added.PREFIX}{link.id}"


def shown(school: School) -> list[dict[str, float | None]]:
    """The points in each column of the gradebook, by person."""
    return [{grade.user_id: grade.score for grade in column.grades} for column in school.lms.columns()]


def hand_in_through(school: School, person: str, link: str) -> Walker:
    who = school.walk_in(person, link)
    version = who.put("journal/j3/text", {"text": "<p>A moment.</p>", "version": 0}).json()["version"]
    assert who.post("journal/j3", {"do": "submit", "version": version}).status_code == 200
    return who


@pytest.mark.parametrize("last", ["journal-j3", "the copy"])
def test_a_grade_goes_to_the_column_of_the_link_through_which_the_piece_was_handed_in(
    school: School, last: str
) -> None:
    copy = another_link(school, "journal/j3")
    hand_in_through(school, "alice", "journal-j3")
    hand_in_through(school, "bob", copy)
    school.walk_in("carla", copy if last == "the copy" else last)
    release(school, 1)
    release(school, 2)
    school.deliver()
    assert shown(school) == [{"4": POINTS}, {"5": pytest.approx(POINTS * 10 / 15)}]


def test_a_grade_of_a_link_without_a_column_goes_to_the_one_that_there_is(school: School) -> None:
    copy = another_link(school, "journal/j3", points=None)
    school.walk_in("alice", "journal-j3")
    hand_in_through(school, "bob", copy)
    release(school)
    school.deliver()
    assert shown(school) == [{"5": POINTS}]


def test_a_column_that_we_made_is_left_for_the_platforms_own_once(school: School) -> None:
    school.lms.drop_column()
    hand_in(school)
    release(school)
    school.deliver()
    copies = [another_link(school, "journal/j3") for _ in range(2)]
    hand_in_through(school, "bob", copies[0])
    hand_in_through(school, "carla", copies[1])
    release(school, 2)
    release(school, 3)
    school.deliver()
    assert [set(column) for column in shown(school)] == [{"4"}, {"5"}, {"6"}]


def test_a_units_score_goes_to_the_column_of_the_link_that_was_opened(school: School) -> None:
    links = [another_link(school, "unit/m1u1", points=50) for _ in range(2)]
    for person, link in zip(("alice", "bob"), links, strict=True):
        school.walk_in(person, link).put("course/units/m1u1/progress", progress("passed", 80))
    school.walk_in("carla", links[0])
    school.deliver()
    assert shown(school)[1:] == [{"4": 40}, {"5": 40}]


def delete_column(school: School, number: int = 1) -> None:
    with school.lms.demo.store.transaction() as session:
        line_items.delete_line_item(session, number)


def released(school: School) -> str:
    return school.walk_in("tina", "desk").get("desk/?state=released").text


def some_minutes_later(school: School) -> None:
    with school.database.transaction() as session:
        session.execute(update(LineItem).values(looked_at=now() - timedelta(minutes=6)))


def test_what_a_deleted_column_held_is_not_said_to_be_in_the_gradebook(school: School) -> None:
    hand_in(school)
    hand_in(school, "bob")
    release(school, 1)
    school.deliver()
    assert "In the gradebook" in released(school)
    delete_column(school)
    release(school, 2)
    school.deliver()
    page = released(school)
    assert "No longer in the gradebook" in page
    assert shown(school) == [{"5": POINTS}], "the next score made a column of its own"
    school.walk_in("tina", "desk").post("desk/send-all?state=released", {})
    school.deliver()
    assert shown(school) == [{"4": POINTS, "5": POINTS}]
    assert "No longer in the gradebook" not in released(school)


def test_a_trainer_who_comes_has_the_columns_looked_for(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    delete_column(school)
    school.walk_in("tina", "desk")
    look_for_columns(school.database, school.services_for)
    assert "No longer in the gradebook" in released(school)


def test_a_column_that_is_there_or_cannot_be_read_is_left_as_it_is(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    for fault in (None, "500", "401", "malformed", "drop"):
        some_minutes_later(school)
        school.walk_in("tina", "desk")
        if fault:
            school.lms.faults("lineitems", fault, times=2)
        look_for_columns(school.database, school.services_for)
        school.lms.clear_faults()
        assert [one.state for one in school.deliveries()] == [DeliveryState.SENT], fault


def test_one_column_is_looked_for_once_in_five_minutes_and_not_for_trainees(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    school.walk_in("tina", "desk")
    look_for_columns(school.database, school.services_for)
    delete_column(school)
    for person in ("tina", "alice"):
        school.walk_in(person, "journal-j3")
        look_for_columns(school.database, school.services_for)
    assert "In the gradebook" in released(school)
    some_minutes_later(school)
    school.walk_in("alice", "journal-j3")
    look_for_columns(school.database, school.services_for)
    assert "In the gradebook" in released(school)
    look_for_columns(school.database, school.services_for)
    assert "No longer in the gradebook" in released(school)
