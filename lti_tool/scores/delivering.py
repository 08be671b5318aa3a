"""Deliveries leave the outbox: claimed, sent outside any transaction, confirmed or planned anew (AGS 2.0, 3.4).

A worker that dies between claiming and confirming leaves a lease that runs out; the score is then sent again with the
same timestamp, and a platform that has it already answers 409, which is settled by reading the result.
"""

import logging
import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lti_tool.database import Database, now
from lti_tool.lti.errors import ScoreConflict, ServiceFailed
from lti_tool.lti.platform import Platform
from lti_tool.lti.results import read_result
from lti_tool.lti.scores import Score, send_score
from lti_tool.lti.services import PlatformServices
from lti_tool.lti.tokens import TOKEN_REFUSED
from lti_tool.scores.claiming import Claimed, claim_next, is_overtaken, next_due, settle
from lti_tool.scores.models import DeliveryState

log = logging.getLogger("lti_tool.scores")

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 3600.0
"""Seconds between tries: doubled each time, up to an hour."""
MOST_TRIES = 60
"""About two days; then the trainer decides."""

ServicesFor = Callable[[Platform], PlatformServices]


def deliver_due(database: Database, services_for: ServicesFor) -> datetime | None:
    """Send everything that is due; one bad score never stops the rest. Gives the moment of the next try."""
    while True:
        with database.transaction() as session:
            claimed = claim_next(session)
        if claimed is None:
            break
        outcome = _try(claimed, services_for)
        with database.transaction() as session:
            if outcome.get("state") is DeliveryState.OVERTAKEN and not is_overtaken(session, claimed):
                outcome = _with_new_time(claimed)
            settle(session, claimed, **outcome)
    with database.transaction(write=False) as session:
        return next_due(session)


def _try(claimed: Claimed, services_for: ServicesFor) -> dict[str, Any]:
    """How the try ended, as values of the delivery's row."""
    try:
        services = services_for(claimed.platform)
        try:
            send_score(services, claimed.line_item_url, claimed.score)
        except ScoreConflict:
            if not _has(services, claimed):
                return {"state": DeliveryState.OVERTAKEN, "problem": "later_score"}
    except ServiceFailed as failed:
        return _after_failure(claimed, failed)
    except Exception:
        # Nothing may stop the scores behind this one; it is tried again, and the log says what to mend.
        log.exception("delivery %s failed", claimed.id)
        return _plan(claimed, "fault_of_ours")
    return {"state": DeliveryState.SENT, "sent_at": now(), "problem": ""}


def _has(services: PlatformServices, claimed: Claimed) -> bool:
    """Whether the gradebook already holds this very score: an earlier try arrived, but its answer did not."""
    held = read_result(services, claimed.line_item_url, claimed.score.user_id)
    wanted: Score = claimed.score
    if held is None or held.score is None or wanted.score_given is None:
        return False
    share = held.score / (held.maximum or wanted.score_maximum)
    same_comment = held.comment is None or held.comment.strip() == (wanted.comment or "").strip()
    return same_comment and math.isclose(share, wanted.score_given / wanted.score_maximum, abs_tol=1e-4)


def _after_failure(claimed: Claimed, failed: ServiceFailed) -> dict[str, Any]:
    if failed.permanent or claimed.tries >= MOST_TRIES:
        log.warning("delivery %s refused: %s", claimed.id, failed)
        return {"state": DeliveryState.REFUSED, "problem": _code(failed)}
    return _plan(claimed, _code(failed), failed.retry_after)


def _plan(claimed: Claimed, problem: str, wished: float | None = None) -> dict[str, Any]:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(claimed.tries - 1, 20))
    # Spread out, so that a platform that comes back is not met by all schools' scores at the same moment.
    pause = max(pause * random.uniform(0.5, 1.0), min(wished or 0.0, LONGEST_PAUSE))  # noqa: S311
    later = now() + timedelta(seconds=pause)
    return {"state": DeliveryState.WAITING, "next_try_at": later, "problem": problem}


def _with_new_time(claimed: Claimed) -> dict[str, Any]:
    """The platform holds another score of this second or later, and we know of none: ours is the newest judgement."""
    moment = max(now().replace(microsecond=0), claimed.score.timestamp + timedelta(seconds=1))
    return {**_plan(claimed, "score_conflict"), "score_at": moment}


def _code(failed: ServiceFailed) -> str:
    if failed.reason == TOKEN_REFUSED or not failed.status:
        return failed.reason[:100]
    return f"http_{failed.status}"
