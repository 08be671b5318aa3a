"""What the SCORM player keeps per person, and what it gives back."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lti_tool.demo import DemoConfig, create_demo
from lti_tool.demo.tracking import add_times
from tests.demo.playing import MODE, PLACE, RAW, STATUS, SUSPEND, commit, opened
from tests.demo.sample_package import write_package


def test_a_first_visit_begins_from_nothing(learner: FlaskClient) -> None:
    elements = opened(learner)
    assert elements[STATUS] == "not attempted"
    assert elements["cmi.core.entry"] == "ab-initio"
    assert elements["cmi.core.lesson_mode"] == "normal"
    assert elements["cmi.core.credit"] == "credit"
    assert elements["cmi.core.student_name"] == "Adams, Alice"
    assert elements["cmi.core.student_id"] == "4"
    assert SUSPEND not in elements


def test_what_was_committed_is_there_next_time_for_this_person_only(learner: FlaskClient) -> None:
    sent = {STATUS: "incomplete", "cmi.core.lesson_location": "page-2", SUSPEND: "ü&=<\"'", "cmi.core.exit": "suspend"}
    assert commit(learner, {**sent, "cmi.interactions.0.id": "q1", "cmi.interactions.0.objectives": {}}) == 200
    elements = opened(learner)
    assert {name: elements[name] for name in (STATUS, "cmi.core.lesson_location", SUSPEND)} == {
        name: sent[name] for name in (STATUS, "cmi.core.lesson_location", SUSPEND)
    }
    assert elements["cmi.core.entry"] == "resume"
    assert elements["cmi.interactions.0.id"] == "q1"
    assert opened(learner, "bob")[STATUS] == "not attempted"


def test_what_content_empties_is_empty_next_time(learner: FlaskClient) -> None:
    commit(learner, {SUSPEND: "much"})
    commit(learner, {SUSPEND: ""})
    assert SUSPEND not in opened(learner)


def test_time_counts_when_content_finishes_and_adds_up(learner: FlaskClient) -> None:
    commit(learner, {STATUS: "incomplete", "cmi.core.session_time": "00:10:00"})
    assert opened(learner)["cmi.core.total_time"] == "00:00:00", "without a finish the time is lost"
    commit(learner, {STATUS: "incomplete", "cmi.core.session_time": "00:01:30.25"}, finished=True)
    commit(learner, {STATUS: "incomplete", "cmi.core.session_time": "00:00:45.75"}, finished=True)
    assert opened(learner)["cmi.core.total_time"] == "00:02:16"


@pytest.mark.parametrize(
    ("total", "more", "expected"),
    [
        ("00:00:00", "00:00:59.99", "00:00:59.99"),
        ("00:59:59.99", "00:00:00.01", "01:00:00"),
        ("99:59:59", "00:00:01", "100:00:00"),
        ("00:00:00", "00:01:30.5", "00:01:30.05"),
        ("00:00:10", "nonsense", "00:00:10"),
        ("00:00:10", "", "00:00:10"),
    ],
)
def test_times_are_added_as_moodle_adds_them(total: str, more: str, expected: str) -> None:
    assert add_times(total, more) == expected


def test_content_cannot_say_what_is_the_lms_to_say(learner: FlaskClient) -> None:
    commit(
        learner,
        {"cmi.core.student_name": "Mallory", "cmi.core.total_time": "99:00:00", "other": "x", STATUS: "incomplete"},
    )
    elements = opened(learner)
    assert elements["cmi.core.student_name"] == "Adams, Alice"
    assert elements["cmi.core.total_time"] == "00:00:00"
    assert "other" not in elements


@pytest.mark.parametrize("status", ["passed", "completed", "failed"])
def test_what_is_finished_opens_for_review_in_which_nothing_is_kept(learner: FlaskClient, status: str) -> None:
    commit(learner, {STATUS: status, RAW: "80", MODE: "normal", PLACE: "page-2"}, finished=True)
    elements = opened(learner)
    assert (elements[MODE], elements["cmi.core.credit"]) == ("review", "no-credit")
    again = {STATUS: "incomplete", RAW: "10", MODE: "review", PLACE: "page-9", "cmi.core.session_time": "00:10:00"}
    commit(learner, again, finished=True)
    assert opened(learner) == elements


@pytest.mark.parametrize("status", ["incomplete", "browsed"])
def test_what_is_not_finished_goes_on_in_the_same_attempt(learner: FlaskClient, status: str) -> None:
    commit(learner, {STATUS: status, MODE: "normal"}, finished=True)
    assert opened(learner)[MODE] == "normal"


def test_a_preview_ends_as_content_says_and_completed_where_it_says_nothing(learner: FlaskClient) -> None:
    elements = opened(learner, query="?mode=browse")
    assert (elements[MODE], elements["cmi.core.credit"]) == ("browse", "no-credit")
    commit(learner, {STATUS: "browsed", MODE: "browse"}, finished=True)
    assert opened(learner)[STATUS] == "browsed"
    commit(learner, {MODE: "browse"}, finished=True, person="bob")
    assert opened(learner, "bob")[STATUS] == "completed"
    assert "Nothing counts yet" in learner.get("/as/alice/packages/sample?mode=browse").text


def test_a_pass_in_mid_visit_can_still_change_until_the_end(learner: FlaskClient) -> None:
    commit(learner, {STATUS: "passed", RAW: "70", "cmi.core.lesson_mode": "normal"})
    commit(learner, {STATUS: "passed", RAW: "90", "cmi.core.lesson_mode": "normal"}, finished=True)
    assert opened(learner)[RAW] == "90"


def test_a_new_attempt_begins_anew_and_keeps_the_old(learner: FlaskClient) -> None:
    commit(learner, {STATUS: "passed", RAW: "80"}, finished=True)
    answer = learner.post("/as/alice/packages/sample/attempts")
    assert answer.status_code == 303
    elements = opened(learner)
    assert (elements[STATUS], elements["cmi.core.lesson_mode"]) == ("not attempted", "normal")
    commit(learner, {STATUS: "failed", RAW: "20"}, finished=True)
    page = learner.get("/as/alice/tracks").text
    assert "attempt 2" in page
    assert "attempt 1" in page


def test_finishing_in_not_attempted_is_completed(learner: FlaskClient) -> None:
    commit(learner, {STATUS: "not attempted"}, finished=True)
    assert opened(learner)[STATUS] == "completed"


@pytest.mark.parametrize("status", ["completed", "incomplete"])
@pytest.mark.parametrize(("raw", "expected"), [("69.5", "failed"), ("70", "passed")])
def test_a_mastery_score_decides_in_the_end(
    folder: Path, learner: FlaskClient, status: str, raw: str, expected: str
) -> None:
    write_package(folder, mastery="70")
    assert opened(learner)["cmi.student_data.mastery_score"] == "70"
    commit(learner, {STATUS: status, RAW: raw}, finished=True)
    assert opened(learner)[STATUS] == expected


def test_a_mastery_score_decides_nothing_in_a_preview(folder: Path, learner: FlaskClient) -> None:
    write_package(folder, mastery="70")
    commit(learner, {STATUS: "browsed", RAW: "100", MODE: "browse"}, finished=True)
    assert opened(learner)[STATUS] == "browsed"


def test_suspend_data_ends_at_4096_characters(learner: FlaskClient) -> None:
    assert commit(learner, {SUSPEND: "x" * 4096}) == 200
    assert commit(learner, {SUSPEND: "y" * 4097}) == 400
    assert opened(learner)[SUSPEND] == "x" * 4096


def test_nonsense_is_refused(learner: FlaskClient) -> None:
    for body in (b"{", b"[]", b"{}", b'{"elements": 1}'):
        assert learner.post("/as/alice/packages/sample/tracks", data=body).status_code == 400
    assert learner.post("/as/alice/packages/none/tracks", data=b"{}").status_code == 404


def test_tracks_show_a_trainee_their_own_and_a_trainer_all(learner: FlaskClient) -> None:
    answer = {
        "cmi.interactions.0.id": "q-home",
        "cmi.interactions.0.student_response": "b",
        "cmi.interactions.0.result": "wrong",
    }
    commit(learner, {STATUS: "incomplete", RAW: "55", "cmi.core.lesson_location": "page-7", **answer})
    for person in ("alice", "tina", "adam"):
        page = learner.get(f"/as/{person}/tracks").text
        assert all(word in page for word in ("incomplete", "55", "page-7", "q-home", "wrong"))
    assert "page-7" not in learner.get("/as/bob/tracks").text
    assert "incomplete, 55 points" in learner.get("/as/alice/").text


def test_several_parts_are_tracked_apart(folder: Path, learner: FlaskClient) -> None:
    write_package(folder, parts=2)
    commit(learner, {STATUS: "passed"}, finished=True, query="?sco=i1")
    assert opened(learner, query="?sco=i2")[STATUS] == "not attempted"
    assert opened(learner)[STATUS] == "passed"
    page = learner.get("/as/alice/packages/sample").text
    assert "Part 2" in page
    assert learner.get("/as/alice/packages/sample?sco=i3").status_code == 404


def test_tracks_survive_a_restart(folder: Path, tmp_path: Path) -> None:
    config = DemoConfig(packages=folder, database_path=tmp_path / "var" / "demo.db")
    for expected in ("not attempted", "incomplete"):
        made = create_demo(config)
        learner = made.test_client()
        assert opened(learner)[STATUS] == expected
        commit(learner, {STATUS: "incomplete"})
        made.extensions["demo"].close()
