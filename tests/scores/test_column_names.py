"""What a column that we make is called, and out of how many it is: as the course has it, never as a machine would."""

import pytest
from sqlalchemy import update

from lti_tool.course.placed_activities import Placing, place
from lti_tool.people.models import ResourceLink
from tests.fixtures.school import School
from tests.scores.marking import POINTS, hand_in, release


def columns(school: School) -> list[tuple[str, float]]:
    """Names and highest scores in the gradebook."""
    return [(column.label, column.score_maximum) for column in school.lms.columns()]


def forget_link_titles(school: School) -> None:
    """As on a platform that does not say what its links are called."""
    with school.database.transaction() as session:
        session.execute(update(ResourceLink).values(title=""))


@pytest.mark.parametrize("deleted", ["before the release", "after the release"])
def test_the_platforms_own_column_that_was_deleted_comes_back_under_its_name(school: School, deleted: str) -> None:
    hand_in(school)
    if deleted == "after the release":
        release(school)
    school.lms.drop_column()
    if deleted == "before the release":
        release(school)
    school.deliver()
    assert columns(school) == [("Think piece", 15)]
    (column,) = school.lms.columns()
    assert [grade.score for grade in column.grades] == [POINTS]


def test_a_column_without_a_link_of_a_name_is_called_what_the_trainer_placed(school: School) -> None:
    school.lms.drop_column()
    hand_in(school)
    forget_link_titles(school)
    with school.database.transaction() as session:
        place(session, school.context().id, Placing("journal/j3", title="A moment at the gate", points=30))
    release(school)
    school.deliver()
    assert columns(school) == [("A moment at the gate", 30)]


@pytest.mark.parametrize("early", [True, False])
def test_a_column_that_nobody_named_is_called_what_the_course_calls_the_prompt(school: School, early: bool) -> None:
    hand_in(school)
    forget_link_titles(school)
    if early:
        school.lms.drop_column()
    release(school)
    if not early:
        school.lms.drop_column()
    school.deliver()
    assert columns(school) == [(school.app.parts.course.prompt("j3", "en").title, 15)]


def test_the_platforms_own_column_keeps_its_own_maximum(school: School) -> None:
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).score_maximum = 60
    hand_in(school)
    release(school)
    school.deliver()
    assert columns(school) == [("Think piece", 60)]
    assert school.lms.results() == {"alice": POINTS * 4}


def test_a_column_that_came_back_follows_another_maximum(school: School) -> None:
    hand_in(school)
    release(school)
    school.lms.drop_column()
    school.deliver()
    with school.database.transaction() as session:
        place(session, school.context().id, Placing("journal/j3", points=30))
    hand_in(school, "bob")
    release(school, 2)
    school.deliver()
    assert columns(school) == [("Think piece", 30)]
