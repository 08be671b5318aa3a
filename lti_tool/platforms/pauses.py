"""Pauses that a platform asked for, or needs: nothing of it is tried before they are over; others go on."""

from datetime import datetime, timedelta

from sqlalchemy import Case, ColumnElement, case, or_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from lti_tool.database import now
from lti_tool.lti.errors import RateLimited, ServiceFailed
from lti_tool.lti.network.deadlines import TOO_SLOW
from lti_tool.platforms.models import Registration

USUAL_PAUSE = 60
"""Seconds, where the platform asks for a pause but not for how long (Canvas)."""
UNREACHABLE_PAUSE = 20
"""Seconds: as long as one try may take, so that a platform that hangs cannot keep the worker from the others."""
LONGEST_PAUSE = 24 * 60 * 60
UNREACHABLE = frozenset({"timed_out", "not_reached", "host_not_found", TOO_SLOW})


def pause_after(session: Session, registration_id: int, failed: ServiceFailed) -> None:
    """Leave the platform alone for a while, where this failure says so."""
    if isinstance(failed, RateLimited):
        seconds = USUAL_PAUSE if failed.retry_after is None else failed.retry_after
    elif failed.reason in UNREACHABLE:
        seconds = UNREACHABLE_PAUSE
    else:
        return
    until = now() + timedelta(seconds=min(seconds, LONGEST_PAUSE))
    session.execute(
        update(Registration)
        .where(
            Registration.id == registration_id,
            or_(Registration.quiet_until.is_(None), Registration.quiet_until < until),
        )
        .values(quiet_until=until)
    )


def may_be_called() -> ColumnElement[bool]:
    """Whether a registration of a query is switched on and in no pause."""
    rested = or_(Registration.quiet_until.is_(None), Registration.quiet_until <= now())
    return Registration.enabled & rested


def not_before_pause(due: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> Case[datetime]:
    """When something of a query's registration that is due can be tried: no sooner than its pause is over."""
    return case((Registration.quiet_until > due, Registration.quiet_until), else_=due)
