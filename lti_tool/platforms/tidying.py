"""What is over is forgotten: used logins, launches a week after their end, invitations that nobody used."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from lti_tool.database import Database, now
from lti_tool.platforms.models import Invitation, Launch, UsedLogin

JOB = "tidy_up"
KEPT = timedelta(days=7)
"""How long launches and invitations are kept after their end, for the pages that count them."""


def tidy_up(database: Database) -> datetime | None:
    """Forget what is over; the worker's next round comes by itself."""
    with database.transaction() as session:
        session.execute(delete(UsedLogin).where(UsedLogin.expires_at < now()))
        session.execute(delete(Launch).where(Launch.expires_at < now() - KEPT))
        session.execute(delete(Invitation).where(Invitation.expires_at < now() - KEPT, Invitation.used_at.is_(None)))
    return None
