"""Scores and results: what is sent, what comes back, and what is said when it does not."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs

import pytest

from lti_tool.lti.errors import ScoreConflict, ServiceFailed
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.results import RESULT_SCOPE, Result, read_result
from lti_tool.lti.services.scores import Score, send_score
from tests.lti.far_side import Reply
from tests.lti.lms import RESULTS_PATH, SCORE, SCORES_PATH, Lms


def failure_of(services: PlatformServices, line_item: str, score: Score = SCORE) -> ServiceFailed:
    with pytest.raises(ServiceFailed) as failed:
        send_score(services, line_item, score)
    return failed.value


def test_a_score_goes_to_the_line_item_with_its_query_kept(
    services: PlatformServices, lms: Lms, line_item: str
) -> None:
    send_score(services, line_item, SCORE)
    (call,) = lms.calls(SCORES_PATH)
    assert (call.method, call.path) == ("POST", f"{SCORES_PATH}?type_id=1")
    assert call.headers["Content-Type"] == call.headers["Accept"] == "application/vnd.ims.lis.v1.score+json"
    assert json.loads(call.body) == {
        "userId": "4",
        "scoreGiven": 12.5,
        "scoreMaximum": 15,
        "comment": "Well argued — γειά",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-21T12:00:05.000Z",
    }


def test_zero_is_a_score_and_no_score_is_none(services: PlatformServices, lms: Lms, line_item: str) -> None:
    send_score(services, line_item, replace(SCORE, score_given=0, comment=None))
    send_score(services, line_item, replace(SCORE, score_given=None, grading_progress="NotReady"))
    zero, none = [json.loads(call.body) for call in lms.calls(SCORES_PATH)]
    assert (zero["scoreGiven"], zero["scoreMaximum"]) == (0, 15)
    assert "comment" not in zero
    assert "scoreGiven" not in none
    assert "scoreMaximum" not in none


def test_a_timestamp_of_another_time_zone_is_sent_in_utc(services: PlatformServices, lms: Lms, line_item: str) -> None:
    athens = SCORE.timestamp.astimezone(timezone(timedelta(hours=2)))
    send_score(services, line_item, replace(SCORE, timestamp=athens))
    assert json.loads(lms.calls(SCORES_PATH)[0].body)["timestamp"] == "2026-11-21T12:00:05.000Z"


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_id": ""},
        {"score_given": -1},
        {"score_given": float("nan")},
        {"score_maximum": 0},
        {"score_maximum": float("inf")},
        {"timestamp": datetime(2026, 11, 21, 12)},  # noqa: DTZ001  (that is what is wrong)
        {"timestamp": datetime(2026, 11, 21, 12, 0, 0, 1, UTC)},
        {"activity_progress": "Banana"},
        {"grading_progress": "Completed"},
    ],
    ids=str,
)
def test_a_score_that_no_platform_could_take_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=" "):
        replace(SCORE, **wrong)


def test_a_newer_score_at_the_platform_is_a_conflict(services: PlatformServices, lms: Lms, line_item: str) -> None:
    lms.serve = lambda _: Reply(409)
    failed = failure_of(services, line_item)
    assert isinstance(failed, ScoreConflict)
    assert failed.status == 409


@pytest.mark.parametrize(
    ("reply", "permanent", "retry_after"),
    [
        (Reply(400), True, None),
        (Reply(403), True, None),
        (Reply(404), True, None),
        (Reply(408), False, None),
        (Reply(425), False, None),
        (Reply(429, {"Retry-After": "120"}), False, 120),
        (Reply(500), False, None),
        (Reply(503, {"Retry-After": "5"}), False, 5),
        (Reply(raw=iter([])), False, None),
        (Reply(200, body=b"<html>Please log in</html>"), False, None),
        (Reply(200, {"Content-Type": "application/json"}, b'{"resultUrl":'), False, None),
    ],
    ids=["400", "403", "404", "408", "425", "429", "500", "503", "dropped", "a page", "malformed"],
)
def test_a_score_that_did_not_arrive_says_whether_to_try_again(
    reply: Reply, permanent: bool, retry_after: int | None, *, services: PlatformServices, lms: Lms, line_item: str
) -> None:
    lms.serve = lambda _: reply
    failed = failure_of(services, line_item)
    assert (failed.permanent, failed.retry_after) == (permanent, retry_after)
    assert not isinstance(failed, ScoreConflict)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(204),
        Reply(200, body=b" \n"),
        Reply(201, body=b'{"resultUrl": "x"}'),
        Reply(200, {"Content-Type": "text/plain"}, b"OK"),
    ],
    ids=["204", "blank", "JSON", "text"],
)
def test_every_receipt_that_platforms_give_will_do(
    reply: Reply, services: PlatformServices, lms: Lms, line_item: str
) -> None:
    lms.serve = lambda _: reply
    send_score(services, line_item, SCORE)


def test_a_result_is_read_for_one_person(services: PlatformServices, lms: Lms, line_item: str) -> None:
    listed = [
        {"userId": "5", "resultScore": 1},
        {"userId": "4", "resultScore": 10, "resultMaximum": 20, "comment": "ok"},
    ]
    lms.serve = lambda _: Reply(body=json.dumps(listed).encode())
    assert read_result(services, line_item, "4") == Result("4", 10.0, 20.0, "ok")
    (call,) = lms.calls(RESULTS_PATH)
    assert (call.method, call.path) == ("GET", f"{RESULTS_PATH}?type_id=1&user_id=4")
    assert call.headers["Accept"] == "application/vnd.ims.lis.v2.resultcontainer+json"
    assert parse_qs(lms.calls("/token")[0].body.decode())["scope"] == [RESULT_SCOPE]


def test_a_user_id_is_escaped_in_the_address(services: PlatformServices, lms: Lms, line_item: str) -> None:
    lms.serve = lambda _: Reply(body=b"[]")
    assert read_result(services, line_item, "a&b=c") is None
    assert parse_qs(lms.calls(RESULTS_PATH)[0].path.partition("?")[2])["user_id"] == ["a&b=c"]


@pytest.mark.parametrize(
    ("entry", "score"),
    [
        ({}, None),
        ({"resultScore": None}, None),
        ({"resultScore": "10"}, None),
        ({"resultScore": 10**400}, None),
        ({"resultScore": 0}, 0),
    ],
    ids=str,
)
def test_an_empty_cell_of_the_gradebook_is_a_result_without_score(
    entry: dict[str, Any], score: float | None, *, services: PlatformServices, lms: Lms, line_item: str
) -> None:
    lms.serve = lambda _: Reply(body=json.dumps([{"userId": 4} | entry]).encode())
    assert read_result(services, line_item, "4") == Result("4", score, None, None)


@pytest.mark.parametrize("body", [b"{}", b"<html>", b""])
def test_results_that_are_no_list_are_temporary(
    body: bytes, services: PlatformServices, lms: Lms, line_item: str
) -> None:
    lms.serve = lambda _: Reply(body=body)
    with pytest.raises(ServiceFailed) as failed:
        read_result(services, line_item, "4")
    assert not failed.value.permanent
