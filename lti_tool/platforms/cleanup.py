"""What is over is forgotten: used logins, old launches, invitations that nobody used, key sets that nobody wants."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from lti_tool.database import Database, now
from lti_tool.platforms.models import Invitation, Launch, PlatformKeySet, UsedLogin

JOB = "clean_up"
KEPT = timedelta(days=7)
"""How long launches and invitations are kept after their end, for the pages that count them."""
UNWANTED = timedelta(days=30)
"""How old a key set is that no registration has any more: the worker asks for all others day by day."""


def clean_up(database: Database) -> datetime | None:
    """Forget what is over; the worker's next round comes by itself."""
    with database.transaction() as session:
        session.execute(delete(UsedLogin).where(UsedLogin.expires_at < now()))
        session.execute(delete(Launch).where(Launch.expires_at < now() - KEPT))
        session.execute(delete(Invitation).where(Invitation.expires_at < now() - KEPT, Invitation.used_at.is_(None)))
        session.execute(delete(PlatformKeySet).where(PlatformKeySet.asked_at < now() - UNWANTED))
    return None
