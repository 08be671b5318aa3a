"""Sends a score (Assignment and Grade Services 2.0, 3.4)."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from pylti1p3.grade import Grade

from lti_tool.lti.errors import ScoreConflict, ServiceFailed
from lti_tool.lti.network.outbound import Answer
from lti_tool.lti.products import Product
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.service_urls import beside

ActivityProgress = Literal["Initialized", "Started", "InProgress", "Submitted", "Completed"]
GradingProgress = Literal["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"]

SCORE_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"


@dataclass(frozen=True, slots=True)
class Score:
    """One person's score; ``score_given`` None says only how far the work and its grading are.

    Beware: on Moodle any ``grading_progress`` but FullyGraded wipes a grade that stands there.
    ``timestamp`` is aware and a whole second, because platforms compare whole seconds. ``started_at`` and
    ``submitted_at`` are aware, where they are known. Raises ValueError for what no platform could take.
    """

    user_id: str
    score_given: float | None
    score_maximum: float
    comment: str | None
    activity_progress: ActivityProgress
    grading_progress: GradingProgress
    timestamp: datetime
    started_at: datetime | None = None
    submitted_at: datetime | None = None

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


def send_score(services: PlatformServices, lineitem_url: str, score: Score, tried_before: int = 0) -> None:
    """Deliver the score, which was sent so often before without our knowing whether it arrived.

    Raises ScoreConflict if the platform has, or may have, one of the same or a later second, and ServiceFailed
    for all else; a temporary one may have been delivered nevertheless.
    """
    body = _serialise(score, services.platform.profile, tried_before).encode()
    try:
        answer = services.post(beside(lineitem_url, "scores"), body, scopes=[SCORE_SCOPE], media_type=SCORE_TYPE)
    except ServiceFailed as failed:
        if failed.status in services.platform.profile.conflict_statuses:
            raise ScoreConflict("score_conflict", permanent=False, status=failed.status) from failed
        raise
    _check_receipt(answer)


def _check_receipt(answer: Answer) -> None:
    # A maintenance or log-in page may come with 200: a score that it swallowed would be lost without a trace.
    is_text = answer.headers.get("Content-Type", "").startswith("text/plain")
    if answer.body.strip() and not is_text:
        answer.json()


def _serialise(score: Score, product: Product, tried_before: int) -> str:
    older = timedelta(milliseconds=tried_before if product.takes_scores_twice else 0)
    grade = (
        Grade()
        .set_user_id(score.user_id)
        .set_activity_progress(score.activity_progress)
        .set_grading_progress(score.grading_progress)
        .set_timestamp(_moment(score.timestamp - older))
        .set_extra_claims(_submission(score, product))
    )
    if score.comment:
        grade.set_comment(score.comment)
    if score.score_given is not None:
        grade.set_score_given(score.score_given).set_score_maximum(score.score_maximum)
    return str(grade.get_value())


def _submission(score: Score, product: Product) -> dict[str, object]:
    """When the work was begun and handed in; where the product wants it, also whether this is a new submission."""
    known = {"startedAt": score.started_at, "submittedAt": score.submitted_at}
    times = {name: _moment(moment) for name, moment in known.items() if moment is not None}
    claims: dict[str, object] = {"submission": times} if times else {}
    if product.submission_claim:
        at = {"submitted_at": times["submittedAt"]} if "submittedAt" in times else {}
        claims[product.submission_claim] = {"new_submission": score.activity_progress == "Submitted", **at}
    return claims


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
