"""Canvas takes the same score twice and adds its comment again: one whose answer was lost must be taken once."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from lti_tool.demo import claims, grades, tokens
from lti_tool.demo.errors import ServiceRefused
from tests.fixtures.school import School
from tests.scores.marking import COMMENT, FORM, hand_in, refuse, release
from tests.scores.test_few_rights import OTHERS


@dataclass
class CanvasGradebook:
    """Refuses with 400 what is older than what it has, to the millisecond, and notes all that it takes."""

    newest: str = ""
    comments: list[str] = field(default_factory=list)

    def take(self, _session: object, _item: object, score: dict[str, Any]) -> None:
        """One score."""
        if score["timestamp"] < self.newest:
            raise ServiceRefused(400, "before last updated timestamp")
        self.newest = score["timestamp"]
        self.comments.append(score["comment"])


@pytest.fixture
def gradebook(school: School, monkeypatch: pytest.MonkeyPatch) -> CanvasGradebook:
    """That of the school, whose administrator did not allow reading results; Alice's piece is released."""
    gradebook = CanvasGradebook()
    monkeypatch.setattr(grades, "post_score", gradebook.take)
    monkeypatch.setattr(tokens, "GRANTED_SCOPES", OTHERS)
    school.lms.become(product="canvas")
    hand_in(school)
    release(school)
    return gradebook


def state_after(school: School, tries: int) -> tuple[str, str]:
    """State and problem of the newest delivery after so many tries."""
    for _ in range(tries):
        school.deliver()
        school.let_time_pass()
    newest = school.deliveries()[-1]
    return newest.state.value, newest.problem


@pytest.mark.both_databases
@pytest.mark.parametrize("promised", [True, False], ids=["promised, not granted", "not promised"])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_score_whose_answer_was_lost_is_taken_once(
    school: School, gradebook: CanvasGradebook, monkeypatch: pytest.MonkeyPatch, lost: int, promised: bool
) -> None:
    if not promised:
        monkeypatch.setattr(claims, "AGS_SCOPES", OTHERS)
        school.walk_in("tina", "desk")
    school.lms.faults("scores", "accept_then_drop", times=lost)
    assert state_after(school, lost + 1) == ("sent", "")
    assert gradebook.comments == [COMMENT]


def test_a_score_that_never_arrived_is_taken_at_a_later_try(school: School, gradebook: CanvasGradebook) -> None:
    school.lms.faults("scores", "500", times=2)
    assert state_after(school, 3) == ("sent", "")
    assert gradebook.comments == [COMMENT]


def test_the_next_score_of_the_same_person_is_taken_at_a_later_try_too(
    school: School, gradebook: CanvasGradebook
) -> None:
    school.lms.faults("scores", "accept_then_drop")
    assert state_after(school, 2) == ("sent", "")
    tina = school.walk_in("tina", "desk")
    assert tina.post("desk/1", {"do": "reopen"}).status_code == 200
    assert tina.post("desk/1", {**FORM, "version": 1, "do": "release"}).status_code == 200
    school.lms.faults("scores", "500")
    assert state_after(school, 2) == ("sent", "")
    assert gradebook.comments == [COMMENT, COMMENT]


@pytest.mark.parametrize(("at", "kind"), [("token", "500"), ("scores", "429")])
def test_a_score_that_cannot_have_arrived_is_not_taken_for_one_that_did(
    school: School, gradebook: CanvasGradebook, at: str, kind: str
) -> None:
    gradebook.newest = "9999-12-31T00:00:00.000Z"
    school.lms.faults(at, kind, times=2)  # the first may meet the news that the piece was handed in
    assert state_after(school, 3) == ("waiting", "score_conflict")
    gradebook.newest = ""
    assert state_after(school, 1) == ("sent", "")
    assert gradebook.comments == [COMMENT]


def test_a_score_whose_answer_was_lost_and_that_was_refused_is_taken_once_when_sent_again(
    school: School, gradebook: CanvasGradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.lms.faults("scores", "accept_then_drop")
    assert state_after(school, 1)[0] == "waiting"
    with monkeypatch.context() as patch:
        patch.setattr(grades, "post_score", refuse)
        assert state_after(school, 1) == ("refused", "http_403")
    assert school.walk_in("tina", "desk").post("desk/1/send", {}).status_code == 200
    assert state_after(school, 1) == ("sent", "")
    assert gradebook.comments == [COMMENT]


def test_a_score_that_canvas_calls_too_old_at_once_is_not_taken_for_one_that_arrived(
    school: School, gradebook: CanvasGradebook
) -> None:
    gradebook.newest = "9999-12-31T00:00:00.000Z"
    assert state_after(school, 3) == ("waiting", "score_conflict")
