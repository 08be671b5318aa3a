"""What the gradebook is told besides grades: that work waits for a trainer, when it was done, and units' own scores."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.demo import grades, line_items
from lti_tool.people.models import Membership
from lti_tool.scores.models import DeliveryState
from tests.fixtures.school import School
from tests.scores.marking import FORM, POINTS, hand_in, release

CANVAS = "https://canvas.instructure.com/lti/submission"


def sent(school: School) -> list[dict[str, Any]]:
    """What was posted and taken, oldest first."""
    return [score for score in school.lms.scores() if score["status"] == 200]


def states(school: School) -> list[tuple[str, str]]:
    """State and problem of each delivery, oldest first."""
    return [(delivery.state.value, delivery.problem) for delivery in school.deliveries()]


def test_a_piece_that_was_handed_in_shows_as_waiting_for_a_trainer(school: School) -> None:
    school.lms.become(product="desire2learn")
    hand_in(school)
    school.deliver()
    (score,) = sent(school)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Submitted", "PendingManual")
    assert "scoreGiven" not in score
    times = score["submission"]
    assert times["startedAt"] <= times["submittedAt"]


def test_the_grade_that_follows_says_when_the_piece_was_handed_in(school: School) -> None:
    school.lms.become(product="desire2learn")
    hand_in(school)
    release(school)
    for _ in range(3):
        school.deliver()
        school.let_time_pass()
    waiting, graded = sent(school)
    assert (graded["scoreGiven"], graded["gradingProgress"]) == (POINTS, "FullyGraded")
    assert graded["submission"] == waiting["submission"]
    assert school.lms.results() == {"alice": POINTS}


@pytest.mark.parametrize("product", ["moodle", "Moodle", "partnerwise-demo", ""])
def test_a_platform_that_wipes_grades_by_it_or_is_not_known_is_never_told(school: School, product: str) -> None:
    school.lms.become(product=product)
    hand_in(school)
    school.deliver()
    assert school.deliveries() == []


def test_a_grade_that_stands_is_not_wiped_by_handing_in_again(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    release(school)
    for _ in range(3):
        school.deliver()
        school.let_time_pass()
    alice.post("journal/j3", {"do": "submit", "version": 1})
    school.deliver()
    assert len(sent(school)) == 2
    assert school.lms.results() == {"alice": POINTS}


def test_a_grade_that_a_trainer_typed_into_the_gradebook_is_not_wiped(school: School) -> None:
    school.lms.become(product="desire2learn")
    hand_in(school)
    type_in_a_grade(school, 9)
    school.deliver()
    assert states(school) == [("overtaken", "grade_stands")]
    assert school.lms.results() == {"alice": 9}


def type_in_a_grade(school: School, points: float) -> None:
    """As somebody does who grades in the LMS itself."""
    with school.lms.demo.store.transaction() as session:
        score = {
            "userId": school.lms.person("alice").id,
            "scoreGiven": points,
            "scoreMaximum": 15,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": "2026-01-01T00:00:00Z",
        }
        grades.post_score(session, line_items.list_line_items(session)[0], score)


@pytest.mark.both_databases
def test_the_same_click_twice_tells_it_once(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    alice.post("journal/j3", {"do": "submit", "version": 1})
    assert len(school.deliveries()) == 1


def test_canvas_is_told_what_is_a_new_submission_and_what_is_not(school: School) -> None:
    school.lms.become(product="canvas")
    hand_in(school)
    release(school)
    for _ in range(3):
        school.deliver()
        school.let_time_pass()
    waiting, graded = sent(school)
    assert waiting[CANVAS] == {"new_submission": True, "submitted_at": waiting["submission"]["submittedAt"]}
    assert graded[CANVAS] == {"new_submission": False, "submitted_at": waiting["submission"]["submittedAt"]}


def test_other_platforms_get_no_word_for_canvas(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    assert CANVAS not in sent(school)[0]


def test_canvas_does_not_get_the_same_score_and_comment_twice_when_its_answer_was_lost(school: School) -> None:
    hand_in(school)
    school.lms.become(product="canvas")
    release(school)
    school.lms.faults("scores", "accept_then_drop")
    school.deliver()
    school.let_time_pass()
    school.deliver()
    assert len(school.lms.scores()) == 1
    assert states(school) == [("sent", "")]


def test_a_test_student_has_no_line_in_the_gradebook(school: School) -> None:
    hand_in(school)
    with school.database.transaction() as session:
        session.execute(update(Membership).values(is_test=True))
    tina = school.walk_in("tina", "desk")
    tina.post("desk/1", {**FORM, "version": 0, "do": "release"})
    assert school.deliveries() == []


def test_what_is_sent_is_what_the_specification_names(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    (score,) = sent(school)
    del score["status"]
    assert set(score) == {
        "userId",
        "scoreGiven",
        "scoreMaximum",
        "comment",
        "activityProgress",
        "gradingProgress",
        "timestamp",
        "submission",
    }
    assert json.dumps(score)
    assert school.deliveries()[0].state is DeliveryState.SENT
