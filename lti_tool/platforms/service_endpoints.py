"""What a platform offers for a course, kept from its launches, and whether its roster should be read again."""

from datetime import timedelta

from sqlalchemy.orm import Session

from lti_tool.database import ask_for, now
from lti_tool.lti.launch.claims import RESOURCE_LINK
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.people.models import Context
from lti_tool.platforms.launches.login_attempts import ExpectedAnswer
from lti_tool.platforms.models import Registration
from lti_tool.platforms.rosters.schedule import JOB

STALE = timedelta(hours=1)
"""How old a roster may be when somebody arrives."""
FRESH = timedelta(minutes=1)
"""How old it may be where something shows that the course has other people by now."""
LONGEST_PRODUCT = 50


def remember_services(session: Session, login: ExpectedAnswer, context: Context, message: LaunchMessage) -> None:
    """Keep the product and the services that this message names; one that names none takes nothing away.

    Wakes the worker up where the roster is stale. What failed is not asked for again before its time.
    """
    _remember_product(session, login, message)
    if message.message_type != RESOURCE_LINK:
        return
    if message.nrps is not None:
        context.roster_url = message.nrps.url
    if message.groups is not None:
        context.groups_url = message.groups.url
    _want_if_older(session, context, STALE)


def doubt_roster(session: Session, context: Context) -> None:
    """Have the roster read again, unless it is fresh: somebody in it is not whom the platform takes them for.

    What failed is not asked for again before its time.
    """
    _want_if_older(session, context, FRESH)


def want_roster(session: Session, context: Context, query: str = "") -> None:
    """Have the roster read as soon as the worker can; `query` narrows that one reading, as in `role=Learner`."""
    context.roster_due_at, context.roster_query = now(), query
    ask_for(session, JOB)


def _want_if_older(session: Session, context: Context, age: timedelta) -> None:
    is_old = context.roster_read_at is None or context.roster_read_at < now() - age
    waits = bool(context.roster_problem) and context.roster_due_at is not None
    is_asked_for = context.roster_due_at is not None and context.roster_due_at <= now()
    if context.roster_url and is_old and not waits and not is_asked_for:
        want_roster(session, context)


def _remember_product(session: Session, login: ExpectedAnswer, message: LaunchMessage) -> None:
    product = (message.tool_platform.product or "").lower()[:LONGEST_PRODUCT]
    if product and login.client.platform.product != product:
        session.get_one(Registration, login.client.registration_id).product = product
