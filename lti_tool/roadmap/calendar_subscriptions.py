"""The address at which calendars of other programs read a map's days: made, shown again, and taken away."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.people.models import Context, SchoolTeam
from lti_tool.platforms.keys.encryption import Encryption
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Deployment, Registration
from lti_tool.roadmap.change_log import begin_change, log_change
from lti_tool.roadmap.errors import CalendarNotFound
from lti_tool.roadmap.models import CalendarSubscription, ChangeKind, RoadMap

LENGTH = 32
"""Bytes of a secret, as random as they come."""


def open_calendar(session: Session, road_map_id: int, actor_id: int, language: str, encryption: Encryption) -> None:
    """Give the map a new address; a former one ends at once."""
    change = begin_change(session, road_map_id, actor_id)
    secret = secrets.token_urlsafe(LENGTH)
    found = session.get(CalendarSubscription, road_map_id) or CalendarSubscription(road_map_id=road_map_id)
    found.secret_hash, found.sealed_secret = hash_secret(secret), encryption.close(secret)
    found.language, found.made_by_id, found.made_at = language, actor_id, now()
    session.add(found)
    session.flush()
    log_change(session, change, ChangeKind.CALENDAR_OPENED)


def close_calendar(session: Session, road_map_id: int, actor_id: int) -> None:
    """Take the address away; where there is none, nothing happens."""
    change = begin_change(session, road_map_id, actor_id)
    found = session.get(CalendarSubscription, road_map_id)
    if found is not None:
        session.delete(found)
        session.flush()
        log_change(session, change, ChangeKind.CALENDAR_CLOSED)


def secret_of(session: Session, road_map_id: int, encryption: Encryption) -> str | None:
    """The secret in the map's address; None where it has none, empty where it was sealed under another secret key."""
    found = session.get(CalendarSubscription, road_map_id)
    return encryption.open_or_nothing(found.sealed_secret) if found else None


def find_calendar(session: Session, secret: str) -> tuple[CalendarSubscription, SchoolTeam]:
    """Whose days the secret opens; raises CalendarNotFound, also where the LMS of that course is switched off."""
    wanted = (
        select(CalendarSubscription, SchoolTeam)
        .join(RoadMap, RoadMap.id == CalendarSubscription.road_map_id)
        .join(SchoolTeam, SchoolTeam.id == RoadMap.team_id)
        .join(Context, Context.id == SchoolTeam.context_id)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(CalendarSubscription.secret_hash == hash_secret(secret), Registration.enabled)
    )
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise CalendarNotFound("secret")
    return found.CalendarSubscription, found.SchoolTeam
