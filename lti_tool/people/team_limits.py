"""How many teams one person may found, and one course may have; course groups of the LMS are not counted."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.people.errors import FoundedTooMany, TooManyTeams
from lti_tool.people.models import SchoolTeam

MOST_FOUNDED, MOST_TEAMS = 5, 200
"""By one person in one course, and by all of them there."""


def require_room(session: Session, context_id: int, user_id: int) -> None:
    """Raises FoundedTooMany or TooManyTeams where this person cannot found another team of the course."""
    here = select(func.count()).where(SchoolTeam.context_id == context_id, SchoolTeam.group_id.is_(None))
    if (session.scalar(here.where(SchoolTeam.founded_by_id == user_id)) or 0) >= MOST_FOUNDED:
        raise FoundedTooMany("found")
    if (session.scalar(here) or 0) >= MOST_TEAMS:
        raise TooManyTeams("found")
