"""Scores and results, as strict as the Moodle that they imitate."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.fixtures.platform import Platform

SCORE = "application/vnd.ims.lis.v1.score+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
START = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)


def score(**changes: object) -> dict[str, Any]:
    """A good score of 12 out of 15 for Alice; a change to None leaves a field out."""
    whole: dict[str, object] = {
        "userId": "4",
        "scoreGiven": 12,
        "scoreMaximum": 15,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": START.isoformat(),
        "comment": "Well observed",
    }
    return {name: value for name, value in {**whole, **changes}.items() if value is not None}


def post(platform: Platform, body: dict[str, Any], content_type: str = SCORE) -> requests.Response:
    headers = {"Authorization": f"Bearer {platform.grant_token()}", "Content-Type": content_type}
    url = platform.line_item_url("journal-j3", "/scores")
    return requests.post(url, json=body, headers=headers, timeout=5)


def read(platform: Platform, query: str = "", accept: str = RESULTS) -> requests.Response:
    headers = {"Authorization": f"Bearer {platform.grant_token()}", "Accept": accept}
    return requests.get(platform.line_item_url("journal-j3", "/results") + query, headers=headers, timeout=5)


def test_a_score_is_taken_and_shown_as_a_result(platform: Platform) -> None:
    answer = post(platform, score())
    assert (answer.status_code, answer.content) == (200, b"")
    [result] = read(platform).json()
    assert result["userId"] == "4"
    assert (result["resultScore"], result["resultMaximum"]) == (12, 15)
    assert result["comment"] == "Well observed"
    assert result["timestamp"] == "2026-11-20T10:00:00+00:00"
    assert result["scoreOf"] == platform.line_item_url("journal-j3")
    assert platform.results() == {"alice": 12}


def test_results_can_be_asked_for_one_person(platform: Platform) -> None:
    post(platform, score())
    post(platform, score(userId="5", scoreGiven=9))
    assert [result["userId"] for result in read(platform).json()] == ["4", "5"]
    assert [result["resultScore"] for result in read(platform, "&user_id=5").json()] == [9]
    assert read(platform, "&user_id=6").json() == []


def test_a_score_is_rescaled_and_never_beyond_the_maximum(platform: Platform) -> None:
    post(platform, score(scoreGiven=0.5, scoreMaximum=1))
    assert platform.results() == {"alice": 7.5}
    post(platform, score(scoreGiven=25, scoreMaximum=20, timestamp="2026-11-20T10:00:01Z"))
    assert platform.results() == {"alice": 15}
    post(platform, score(scoreGiven=-1, timestamp="2026-11-20T10:00:02Z"))
    assert platform.results() == {"alice": 0}


def test_a_score_of_the_same_second_or_older_is_a_conflict(platform: Platform) -> None:
    post(platform, score(timestamp="2026-11-20T10:00:05.100Z"))
    for late in ("2026-11-20T10:00:05.900Z", "2026-11-20T10:00:04Z", "2026-11-20T12:00:05+02:00"):
        assert post(platform, score(scoreGiven=3, timestamp=late)).status_code == 409
    assert platform.results() == {"alice": 12}
    assert post(platform, score(scoreGiven=3, timestamp="2026-11-20T10:00:06Z")).status_code == 200
    assert platform.results() == {"alice": 3}


def test_a_score_from_the_future_blocks_those_of_now(platform: Platform) -> None:
    now = datetime.now(UTC)
    assert post(platform, score(timestamp=(now + timedelta(hours=1)).isoformat())).status_code == 200
    assert post(platform, score(timestamp=now.isoformat())).status_code == 409


def test_a_score_that_is_not_fully_graded_wipes_the_grade(platform: Platform) -> None:
    post(platform, score())
    pending = score(gradingProgress="PendingManual", timestamp="2026-11-20T10:00:01Z")
    assert post(platform, pending).status_code == 200
    assert platform.results() == {"alice": None}
    [result] = read(platform).json()
    assert "resultScore" not in result
    grade = platform.grade("alice")
    assert grade is not None
    assert grade.grading_progress == "PendingManual"
    assert abs(grade.timestamp - time.time()) < 10, "Moodle stamps it with its own clock"


@pytest.mark.parametrize(
    "change",
    [
        {"userId": "99999"},
        {"userId": "3"},
        {"userId": "2"},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-13-40T10:00:00Z"},
        {"timestamp": "2026-11-20T10:00:00"},
        {"timestamp": None},
        {"activityProgress": None},
        {"gradingProgress": None},
        {"scoreMaximum": None},
        {"scoreGiven": "12"},
        {"scoreGiven": True},
    ],
)
def test_a_score_that_makes_no_sense_is_refused(platform: Platform, change: dict[str, object]) -> None:
    assert post(platform, score(**change)).status_code == 400
    assert platform.results() == {}
    assert platform.scores()[-1]["status"] == 400


def test_a_user_id_that_is_no_number_breaks_the_server_like_moodles(platform: Platform) -> None:
    assert post(platform, score(userId="abc")).status_code == 502


def test_a_number_as_user_id_and_long_fractions_are_taken(platform: Platform) -> None:
    body = score(userId=5, timestamp="2026-11-20T10:00:00.123456789Z")
    assert post(platform, body).status_code == 200
    assert platform.results() == {"bob": 12}


def test_the_content_type_must_be_the_services_own(platform: Platform) -> None:
    assert post(platform, score(), "application/json").status_code == 400
    assert post(platform, score(), f"{SCORE}; charset=utf-8").status_code == 200


def test_results_want_exactly_one_media_type(platform: Platform) -> None:
    for accept in ("*/*", "application/json", f"{RESULTS}, application/json"):
        assert read(platform, accept=accept).status_code == 400
    assert read(platform).headers["Content-Type"] == f"{RESULTS}; charset=utf-8"


def test_a_deleted_line_item_takes_no_scores(platform: Platform) -> None:
    url = platform.line_item_url("journal-j3")
    scores_url = platform.line_item_url("journal-j3", "/scores")
    headers = {"Authorization": f"Bearer {platform.grant_token()}"}
    assert requests.delete(url, headers=headers, timeout=5).status_code == 204
    answer = requests.post(scores_url, json=score(), headers={**headers, "Content-Type": SCORE}, timeout=5)
    assert answer.status_code == 404
    assert "doesn't exist" in answer.json()["reason"]


def test_every_score_is_remembered_in_the_order_of_arrival(platform: Platform) -> None:
    post(platform, score())
    post(platform, score(scoreGiven=1))
    assert [(one["scoreGiven"], one["status"]) for one in platform.scores()] == [(12, 200), (1, 409)]
