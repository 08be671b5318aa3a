"""Sends a score and reads back what the gradebook holds (Assignment and Grade Services 2.0, 3.3, 3.4)."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args
from urllib.parse import urlencode, urlsplit, urlunsplit

from pylti1p3.grade import Grade

from lti_tool.lti.errors import ScoreConflict, ServiceFailed
from lti_tool.lti.outbound import Answer
from lti_tool.lti.services import PlatformServices

ActivityProgress = Literal["Initialized", "Started", "InProgress", "Submitted", "Completed"]
GradingProgress = Literal["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"]

SCORE_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"


@dataclass(frozen=True, slots=True)
class Score:
    """One person's score; ``score_given`` None says only how far the work and its grading are.

    Beware: on Moodle any ``grading_progress`` but FullyGraded wipes a grade that stands there.
    ``timestamp`` is aware and a whole second, because platforms compare whole seconds. Raises ValueError
    for what no platform could take.
    """

    user_id: str
    score_given: float | None
    score_maximum: float
    comment: str | None
    activity_progress: ActivityProgress
    grading_progress: GradingProgress
    timestamp: datetime

    def __post_init__(self) -> None:
        _insist(bool(self.user_id), "a score needs a user")
        _insist(math.isfinite(self.score_maximum) and self.score_maximum > 0, "the maximum is above 0")
        given = 0.0 if self.score_given is None else self.score_given
        _insist(math.isfinite(given) and given >= 0, "the score is a number from 0")
        _insist(self.timestamp.tzinfo is not None, "the timestamp is aware")
        _insist(self.timestamp.microsecond == 0, "the timestamp is a whole second")
        _insist(self.activity_progress in get_args(ActivityProgress), "the activity progress is known")
        _insist(self.grading_progress in get_args(GradingProgress), "the grading progress is known")


def _insist(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)


@dataclass(frozen=True, slots=True)
class Result:
    """What the gradebook holds for one person; None where it holds nothing. It may have been rescaled."""

    user_id: str
    score: float | None
    maximum: float | None
    comment: str | None


def send_score(services: PlatformServices, lineitem_url: str, score: Score) -> None:
    """Deliver the score.

    Raises ScoreConflict if the platform has one of the same or a later second, and ServiceFailed for all
    else; a temporary one may have been delivered nevertheless.
    """
    body = _serialise(score).encode()
    try:
        answer = services.post(_beside(lineitem_url, "scores"), body, scopes=[SCORE_SCOPE], media_type=SCORE_TYPE)
    except ServiceFailed as failed:
        if failed.status == 409:
            raise ScoreConflict("score_conflict", permanent=False, status=409) from failed
        raise
    _check_receipt(answer)


def _check_receipt(answer: Answer) -> None:
    # A maintenance or log-in page may come with 200: a score that it swallowed would be lost without a trace.
    is_text = answer.headers.get("Content-Type", "").startswith("text/plain")
    if answer.body.strip() and not is_text:
        answer.json()


def _serialise(score: Score) -> str:
    grade = (
        Grade()
        .set_user_id(score.user_id)
        .set_activity_progress(score.activity_progress)
        .set_grading_progress(score.grading_progress)
        .set_timestamp(score.timestamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    )
    if score.comment:
        grade.set_comment(score.comment)
    if score.score_given is not None:
        grade.set_score_given(score.score_given).set_score_maximum(score.score_maximum)
    return str(grade.get_value())


def read_result(services: PlatformServices, lineitem_url: str, user_id: str) -> Result | None:
    """What the gradebook holds for this person in this line item, or None; raises ServiceFailed."""
    url = _beside(lineitem_url, "results", user_id=user_id)
    listed = services.get(url, scopes=[RESULT_SCOPE], accept=RESULTS_TYPE).json()
    if not isinstance(listed, list):
        raise ServiceFailed("malformed_answer", permanent=False)
    for entry in listed:
        if isinstance(entry, dict) and str(entry.get("userId")) == user_id:
            return _result(user_id, entry)
    return None


def _result(user_id: str, entry: dict[str, object]) -> Result:
    comment = entry.get("comment")
    return Result(
        user_id=user_id,
        score=_number(entry.get("resultScore")),
        maximum=_number(entry.get("resultMaximum")),
        comment=comment if isinstance(comment, str) else None,
    )


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _beside(lineitem_url: str, service: str, **parameters: str) -> str:
    """The address of a line item's service: a further part of the path, before its query."""
    address = urlsplit(lineitem_url)
    query = "&".join(part for part in (address.query, urlencode(parameters)) if part)
    return urlunsplit(address._replace(path=f"{address.path.rstrip('/')}/{service}", query=query, fragment=""))
