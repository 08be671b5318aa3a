"""Scores that come in and results that go out, as Moodle 4.5 treats them (AGS 2.0, sections 3.4 and 3.5)."""

import math
import re
import time
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.demo.config import DemoConfig
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.line_items import line_item_url
from lti_tool.demo.models import Grade, LineItem
from lti_tool.demo.people import trainees

REQUIRED = ("userId", "timestamp", "activityProgress", "gradingProgress")
GRADABLE = {person.id: person.key for person in trainees(with_class=True)}


def require_member(score: dict[str, Any], away: Collection[str]) -> None:
    """Raises ServiceRefused, 400 without a reason, for somebody who has left; `away` are the keys of those people."""
    if GRADABLE.get(str(score.get("userId"))) in away:
        raise _incorrect()


def post_score(session: Session, item: LineItem, score: dict[str, Any]) -> Grade:
    """Store one score: capped to its maximum, rescaled to the line item's, refused unless strictly newer.

    Raises ServiceRefused: 400 for a score that is incomplete or for somebody who cannot be graded, 409 for a
    timestamp of the same second or earlier. A score that is not FullyGraded wipes the grade that was there.
    """
    _check(score)
    user_id, sent_at = str(score["userId"]), _whole_seconds(score["timestamp"])
    grade = session.get(Grade, (item.id, user_id))
    if grade is not None and grade.timestamp >= sent_at:
        reason = f"Refusing score with an earlier timestamp for item {item.id} and user {user_id}"
        raise ServiceRefused(409, reason)
    if grade is None:
        grade = Grade(line_item=item, user_id=user_id)
    value = _value(item, score)
    grade.score = value
    # Moodle stamps a wiped grade with its own clock instead of the score's.
    grade.timestamp = int(time.time()) if value is None else sent_at
    grade.activity_progress = str(score["activityProgress"])
    grade.grading_progress = str(score["gradingProgress"])
    grade.comment = str(score.get("comment") or "")
    grade.received_at = time.time()
    session.add(grade)
    session.flush()
    return grade


def results(config: DemoConfig, item: LineItem, user_id: str | None = None) -> list[dict[str, Any]]:
    """The results of a line item; somebody without a score is listed with no `resultScore`."""
    chosen = [grade for grade in item.grades if user_id is None or grade.user_id == user_id]
    return [_as_result(config, item, grade) for grade in chosen]


def _incorrect() -> ServiceRefused:
    return ServiceRefused(400, "Incorrect score received")


def plain_number(value: float) -> int | float:
    """12.0 as 12, the way both people and JSON expect it."""
    return int(value) if float(value).is_integer() else value


def _check(score: dict[str, Any]) -> None:
    if any(score.get(name) is None for name in REQUIRED):
        raise _incorrect()
    given, maximum = score.get("scoreGiven"), score.get("scoreMaximum")
    numbers = [number for number in (given, maximum) if number is not None]
    if (given is not None and maximum is None) or not all(_is_number(number) for number in numbers):
        raise _incorrect()
    if not str(score["userId"]).isdigit():
        raise ServiceRefused(502, "Bad Gateway")  # Moodle's server dies of it
    if str(score["userId"]) not in GRADABLE:
        raise _incorrect()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole_seconds(timestamp: object) -> int:
    """Seconds since 1970; fractions of any length and any offset are allowed, a missing offset is not."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)", str(timestamp))
    if match is None:
        raise _incorrect()
    try:
        return int(datetime.fromisoformat(match[1] + match[2]).timestamp())
    except ValueError:
        raise _incorrect() from None


def _value(item: LineItem, score: dict[str, Any]) -> float | None:
    given = score.get("scoreGiven")
    if given is None or score["gradingProgress"] != "FullyGraded":
        return None
    maximum = float(score["scoreMaximum"])
    share = float(given) / maximum if maximum > 0 else 0.0
    return round(item.score_maximum * min(max(share, 0.0), 1.0), 5)


def _as_result(config: DemoConfig, item: LineItem, grade: Grade) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": f"{line_item_url(config, item.id, '/results')}&user_id={grade.user_id}",
        "userId": grade.user_id,
    }
    if grade.score is not None:
        shown |= {
            "resultScore": plain_number(grade.score),
            "resultMaximum": plain_number(item.score_maximum),
            "comment": grade.comment,
            "scoreOf": line_item_url(config, item.id),
            "timestamp": datetime.fromtimestamp(grade.timestamp, UTC).isoformat(),
        }
    return shown
