"""What waits at the worker, and for which LMS: the numbers that tell whether one holds others up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.people.models import Context
from lti_tool.platforms.keys.key_sets import keys_not_had
from lti_tool.platforms.models import Registration
from lti_tool.scores.delivery_claims import OPEN
from lti_tool.scores.models import Delivery


@dataclass(frozen=True)
class Backlog:
    """What is due and not done, now."""

    scores: int
    """Scores that should be on their way."""
    oldest: timedelta
    """For how long the oldest of them has been due."""
    rosters: int
    """Rosters that should have been read."""
    paused: Sequence[str]
    """LMSs that are left alone, since they asked for it or do not answer."""
    keyless: Sequence[str]
    """LMSs whose keys could not be fetched at the last try."""


def read_backlog(session: Session) -> Backlog:
    """Count it."""
    due = select(func.count(), func.min(Delivery.next_try_at)).where(Delivery.state.in_(OPEN))
    scores, first = session.execute(due.where(Delivery.next_try_at <= now())).one()
    rosters = select(func.count()).select_from(Context).where(Context.roster_url != "", Context.roster_due_at <= now())
    paused = select(Registration.label).where(Registration.quiet_until > now(), Registration.enabled)
    return Backlog(
        scores=scores,
        oldest=now() - first if first else timedelta(),
        rosters=session.scalar(rosters) or 0,
        paused=session.scalars(paused.order_by(Registration.id)).all(),
        keyless=keys_not_had(session),
    )
