"""What the gradebook is told besides grades: that work waits for a trainer, when it was done, and units' own scores."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.demo import grades, line_items
from lti_tool.people.models import Membership
from lti_tool.scores.models import DeliveryState
from tests.fixtures.school import School
from tests.fixtures.walking import Walker
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


def type_in_a_grade(school: School, points: float, at: str = "2026-01-01T00:00:00Z") -> None:
    """As somebody does who grades in the LMS itself."""
    with school.lms.demo.store.transaction() as session:
        score = {
            "userId": school.lms.person("alice").id,
            "scoreGiven": points,
            "scoreMaximum": 15,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": at,
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


@pytest.fixture
def keeps_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """The LMS puts no time of its own clock to what is not graded; only Moodle does, and is not told."""
    monkeypatch.setattr(grades, "time", SimpleNamespace(time=lambda: 0.0))


def take_back(alice: Walker, piece: int = 1) -> None:
    """Take the piece back."""
    assert alice.post("journal/j3/withdraw", {"submission": piece}).status_code == 200


def progress(school: School) -> list[tuple[str, str]]:
    """How far the work and its grading are, as the gradebook was told one after the other."""
    return [(score["activityProgress"], score["gradingProgress"]) for score in sent(school)]


STARTED, WAITING = ("Started", "NotReady"), ("Submitted", "PendingManual")


@pytest.mark.usefixtures("keeps_times")
@pytest.mark.both_databases
def test_a_piece_that_is_taken_back_waits_for_a_trainer_no_longer(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    school.deliver()
    for _twice in range(2):
        take_back(alice)
    school.deliver()
    assert progress(school) == [WAITING, STARTED]
    handed_in, taken_back = sent(school)
    assert taken_back["timestamp"] > handed_in["timestamp"]
    assert set(taken_back["submission"]) == {"startedAt"}
    assert "scoreGiven" not in taken_back
    alice.post("journal/j3", {"do": "submit", "version": 1})
    school.deliver()
    assert progress(school) == [WAITING, STARTED, WAITING]


@pytest.mark.both_databases
def test_nothing_is_told_of_a_piece_that_was_taken_back_before_the_gradebook_heard_of_it(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    take_back(alice)
    school.deliver()
    assert sent(school) == []
    assert school.deliveries() == []
    alice.post("journal/j3", {"do": "submit", "version": 1})
    school.deliver()
    assert progress(school) == [WAITING]


@pytest.mark.usefixtures("keeps_times")
def test_what_may_have_arrived_is_followed_by_the_word_that_it_was_taken_back(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    school.lms.faults("scores", "accept_then_drop")
    school.deliver()
    take_back(alice)
    for _ in range(2):
        school.let_time_pass()
        school.deliver()
    assert progress(school)[-1] == STARTED
    assert states(school) == [("overtaken", "later_score"), ("sent", "")]


def test_what_the_gradebook_refused_to_hear_is_not_taken_back_there(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    type_in_a_grade(school, 9)
    school.deliver()
    take_back(alice)
    school.deliver()
    assert states(school) == [("overtaken", "grade_stands")]
    assert school.lms.results() == {"alice": 9}


def test_a_grade_that_was_typed_in_meanwhile_is_not_wiped_by_taking_back(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    school.deliver()
    take_back(alice)
    type_in_a_grade(school, 9, "2199-01-01T00:00:00Z")
    school.deliver()
    assert states(school)[-1] == ("overtaken", "grade_stands")
    assert school.lms.results() == {"alice": 9}


@pytest.mark.usefixtures("keeps_times")
def test_a_piece_that_was_returned_waits_for_a_trainer_no_longer(school: School) -> None:
    school.lms.become(product="desire2learn")
    alice = hand_in(school)
    school.deliver()
    tina = school.walk_in("tina", "desk")
    assert tina.post("desk/1", {"comment": "Go on.", "version": 0, "do": "return"}).status_code == 200
    school.deliver()
    assert progress(school) == [WAITING, ("InProgress", "NotReady")]
    alice.post("journal/j3", {"do": "submit", "version": 1})
    take_back(alice, 2)
    school.deliver()
    assert progress(school)[-1] == ("InProgress", "NotReady")


@pytest.mark.usefixtures("keeps_times")
def test_canvas_counts_taking_back_as_no_new_submission(school: School) -> None:
    school.lms.become(product="canvas")
    alice = hand_in(school)
    school.deliver()
    take_back(alice)
    school.deliver()
    assert [score[CANVAS]["new_submission"] for score in sent(school)] == [True, False]
    assert sent(school)[1][CANVAS] == {"new_submission": False}


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
