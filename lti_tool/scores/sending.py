"""Deliveries leave the outbox: claimed, sent outside any transaction, confirmed or planned anew (AGS 2.0, 3.4).

A worker that dies between claiming and confirming leaves a lease that runs out; the score is then sent again with the
same timestamp, and a platform that has it already answers 409, which is settled by reading the result.
"""

import logging
import math
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.lti.errors import RateLimited, ScoreConflict, ServiceFailed
from lti_tool.lti.network.deadlines import within
from lti_tool.lti.services.calls import PlatformServices, ServicesFor
from lti_tool.lti.services.line_items import LINE_ITEM_SCOPE, read_line_item
from lti_tool.lti.services.results import RESULT_SCOPE, read_result
from lti_tool.lti.services.scores import SCORE_SCOPE, send_score
from lti_tool.lti.services.tokens import TOKEN_REFUSED
from lti_tool.people.models import Context
from lti_tool.platforms.pauses import pause_after
from lti_tool.platforms.service_endpoints import doubt_roster
from lti_tool.scores.columns import COLUMN_GONE, find_or_make, forget_column, keep_maximum
from lti_tool.scores.delivery_claims import (
    CLAIM_LOST,
    Claimed,
    Lease,
    claim_next,
    finish,
    is_overtaken,
    next_due,
    settle,
)
from lti_tool.scores.models import DeliveryState, LineItem
from lti_tool.scores.retries import MOST_TRIES, plan_retry

log = logging.getLogger("lti_tool.scores")

LONGEST = 60.0
"""Seconds that all calls for one delivery may take together."""
SCORE_CONFLICT = "score_conflict"
ABOUT_PEOPLE = frozenset({400, 404, 410, 422})
"""What platforms answer, without a reason, for people whose scores they do not take: who left, who is no trainee."""
NEVER_LEFT = frozenset({TOKEN_REFUSED, "host_not_found", "address_not_allowed"})
"""Reasons of failures before anything was sent."""


def deliver_due(
    database: Database, services_for: ServicesFor, base_url: str = "", longest: float = LONGEST
) -> datetime | None:
    """Send everything that is due; one bad score never stops the rest. Gives the moment of the next try.

    `base_url` is the tool's own address, for columns that are made on the way; `longest` is what one delivery may take,
    in seconds. Registrations take turns, a delivery each.
    """
    while True:
        with database.transaction() as session:
            claimed = claim_next(session)
            if claimed is not None and _is_superseded(session, claimed):
                finish(session, claimed, state=DeliveryState.OVERTAKEN, problem="later_score")
                continue
        if claimed is None:
            break
        with within(longest):
            outcome = _try(database, claimed, services_for, base_url)
        with database.transaction() as session:
            if outcome.get("state") is DeliveryState.OVERTAKEN and _is_newest(session, claimed):
                outcome = _with_new_time(claimed)
            finish(session, claimed, **outcome)
    with database.transaction(write=False) as session:
        return next_due(session)


def _try(database: Database, claimed: Claimed, services_for: ServicesFor, base_url: str) -> dict[str, Any]:
    """How the try ended, as values of the delivery's row."""
    url = claimed.line_item_url
    try:
        services = services_for(claimed.platform).before_each(Lease().check)
        url = url or find_or_make(database, services, claimed.row.line_item_id, base_url, claimed.row.maximum)
        try:
            return _send(database, services, claimed, url)
        except ServiceFailed as failed:
            is_gone = failed.status in {404, 410} and _is_gone(services, claimed, url)
            return _after_failure(database, claimed, failed, url if is_gone else "")
    except ServiceFailed as failed:
        return _after_failure(database, claimed, failed)
    except Exception:
        # Nothing may stop the scores behind this one; it is tried again, and the log says what to mend.
        log.exception("delivery %s failed", claimed.id)
        return plan_retry(claimed.tries, "fault_of_ours")


def _send(database: Database, services: PlatformServices, claimed: Claimed, url: str) -> dict[str, Any]:
    score = claimed.score
    if score.score_given is None and _may_be_graded(services, claimed, url):
        return {"state": DeliveryState.OVERTAKEN, "problem": "grade_stands"}
    if score.score_given is not None and LINE_ITEM_SCOPE in claimed.scopes:
        keep_maximum(database, services, claimed.row.line_item_id, url, score.score_maximum)
    asks_first = claimed.row.send_attempts > 0 and services.platform.profile.takes_scores_twice
    try:
        if not (asks_first and _has(services, claimed, url)):
            _post(database, services, claimed, url)
    except ScoreConflict:
        has = _has(services, claimed, url)
        if not (_arrived_unseen(services, claimed) if has is None else has):
            return {"state": DeliveryState.OVERTAKEN, "problem": "later_score"}
    return {"state": DeliveryState.SENT, "sent_at": now(), "problem": ""}


def _post(database: Database, services: PlatformServices, claimed: Claimed, url: str) -> None:
    # Where no token can be had, nothing has been sent. From here on it may arrive, even if we die.
    services.fetch_token([SCORE_SCOPE])
    before = claimed.row.send_attempts
    with database.transaction() as session:
        if not settle(session, claimed, send_attempts=before + 1):
            raise ServiceFailed(CLAIM_LOST, permanent=False)
    send_score(services, url, claimed.score, before)


def _may_be_graded(services: PlatformServices, claimed: Claimed, url: str) -> bool:
    """Whether a grade may stand, such as one that a trainer typed into the gradebook: progress alone would wipe it."""
    if RESULT_SCOPE not in claimed.scopes:
        return True
    held = read_result(services, url, claimed.score.user_id)
    return held is not None and held.score is not None


def _has(services: PlatformServices, claimed: Claimed, url: str) -> bool | None:
    """Whether the gradebook already holds this very score: an earlier try arrived, but its answer did not.

    None where we may not look.
    """
    wanted = claimed.score
    if wanted.score_given is None:
        return False
    if RESULT_SCOPE not in claimed.scopes:
        return None
    try:
        held = read_result(services, url, wanted.user_id)
    except ServiceFailed as failed:
        # Launches may promise rights that no token brings.
        if failed.reason == TOKEN_REFUSED or failed.status == 401 or (failed.status == 403 and failed.permanent):
            return None
        raise
    if held is None or held.score is None:
        return False
    share = held.score / (held.maximum or wanted.score_maximum)
    same_comment = held.comment is None or held.comment.strip() == (wanted.comment or "").strip()
    return same_comment and math.isclose(share, wanted.score_given / wanted.score_maximum, abs_tol=1e-4)


def _arrived_unseen(services: PlatformServices, claimed: Claimed) -> bool:
    """Whether a conflict says by itself that the score arrived: where the LMS would else have taken it twice.

    Elsewhere it is sent once more with a new time: better the same score twice than none.
    """
    return claimed.row.send_attempts > 0 and services.platform.profile.takes_scores_twice


def _is_superseded(session: Session, claimed: Claimed) -> bool:
    """Whether it must not be sent any more: a later score arrived, or news that failed has a score behind it.

    Not every platform looks at times: an old score that a trainer sends again would take a new one's place.
    """
    is_failed_news = claimed.row.points is None and claimed.tries > 1
    return is_overtaken(session, claimed, by_sent=not is_failed_news)


def _is_newest(session: Session, claimed: Claimed) -> bool:
    """Whether the platform's later score is not of ours; news of progress gives way to any score."""
    return claimed.row.points is not None and not is_overtaken(session, claimed)


def _is_gone(services: PlatformServices, claimed: Claimed, url: str) -> bool:
    """Whether the column itself is: some platforms say 404 of a person whom the course no longer has, too."""
    if LINE_ITEM_SCOPE not in claimed.scopes:
        return False
    try:
        return read_line_item(services, url) is None
    except ServiceFailed:
        return False


def _after_failure(database: Database, claimed: Claimed, failed: ServiceFailed, gone: str = "") -> dict[str, Any]:
    with database.transaction() as session:
        pause_after(session, claimed.registration_id, failed)
        # Once: a column that was just found or made and is gone again is no accident.
        is_new = claimed.row.problem != COLUMN_GONE
        if gone and is_new and forget_column(session, claimed.row.line_item_id, gone):
            return {"state": DeliveryState.WAITING, "next_try_at": now(), "problem": COLUMN_GONE}
    arrivals = {"send_attempts": claimed.row.send_attempts} if _surely_not_taken(failed) else {}
    if failed.permanent or claimed.tries >= MOST_TRIES:
        log.warning("delivery %s refused: %s", claimed.id, failed)
        if failed.status in ABOUT_PEOPLE:
            _doubt_roster(database, claimed)
        return {"state": DeliveryState.REFUSED, "problem": _code(failed), **arrivals}
    return {**plan_retry(claimed.tries, _code(failed), failed.retry_after), **arrivals}


def _doubt_roster(database: Database, claimed: Claimed) -> None:
    """Have it found out whether this is why, so that the trainer is told."""
    with database.transaction() as session:
        context_id = session.get_one(LineItem, claimed.row.line_item_id).context_id
        doubt_roster(session, session.get_one(Context, context_id, with_for_update=True))


def _surely_not_taken(failed: ServiceFailed) -> bool:
    return failed.reason in NEVER_LEFT or 400 <= (failed.status or 0) < 500


def _with_new_time(claimed: Claimed) -> dict[str, Any]:
    """The platform holds another score of this second or later, and we know of none: ours is the newest judgement."""
    if claimed.tries >= MOST_TRIES:
        return {"state": DeliveryState.REFUSED, "problem": SCORE_CONFLICT, "send_attempts": 0}
    moment = max(now().replace(microsecond=0), claimed.score.timestamp + timedelta(seconds=1))
    return {**plan_retry(claimed.tries, SCORE_CONFLICT), "score_at": moment, "send_attempts": 0}


def _code(failed: ServiceFailed) -> str:
    if isinstance(failed, RateLimited) or failed.reason == TOKEN_REFUSED or not failed.status:
        return failed.reason[:100]
    return f"http_{failed.status}"
