"""Open launches as every page reads them: plain values, by a statement that is built once."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import SessionEnded
from lti_tool.people.models import Context, ResourceLink, Role, User
from lti_tool.platforms.errors import (
    ClosedFromElsewhere,
    PersonErased,
    RightsEnded,
    SessionFinished,
    SessionLeftIdle,
    SessionTakenOver,
)
from lti_tool.platforms.launches.ending import last_seen
from lti_tool.platforms.models import Ending, Launch, Registration

REASONS: dict[Ending | None, type[SessionEnded]] = {
    Ending.DONE: SessionFinished,
    Ending.NEXT_PERSON: SessionTakenOver,
    Ending.IDLE: SessionLeftIdle,
    Ending.RIGHTS: RightsEnded,
    Ending.ERASED: PersonErased,
    Ending.CLOSED: ClosedFromElsewhere,
}
_THE_LAUNCH = (
    select(
        Launch.id,
        Launch.browser_hash,
        Launch.computer_hash,
        Launch.expires_at,
        Launch.seen_at,
        Launch.ending,
        Launch.user_id,
        User.name,
        User.course_language,
        Launch.context_id,
        Context.title,
        Launch.role,
        Launch.administers,
        Launch.activity,
        Launch.locale,
        Launch.sealed_return_url,
        Launch.storage_target,
        Launch.registration_id,
        Registration.issuer,
        Registration.auth_url,
        Registration.frame_ancestors,
        Registration.enabled,
    )
    .join(User, User.id == Launch.user_id)
    .join(Context, Context.id == Launch.context_id)
    .join(Registration, Registration.id == Launch.registration_id)
    .where(Launch.id == bindparam("id"))
)


@dataclass(frozen=True)
class OpenLaunch:
    """Who opened what, where and as what, by which platform; see the rows' own descriptions in the models."""

    id: str
    browser_hash: str
    computer_hash: str
    expires_at: datetime
    seen_at: datetime
    ending: Ending | None
    user_id: int
    user_name: str
    course_language: str
    context_id: int
    context_title: str
    role: Role
    administers: bool
    activity: str
    locale: str
    sealed_return_url: str
    storage_target: str
    registration_id: int
    issuer: str
    auth_url: str
    frame_ancestors: str
    enabled: bool


def find_launch(session: Session, launch_id: str) -> OpenLaunch:
    """The launch, be it over or not; raises SessionEnded where there is none."""
    row = session.connection().execute(_THE_LAUNCH, {"id": launch_id}).one_or_none()
    if row is None:
        raise SessionEnded("unknown launch")
    values: tuple[Any, ...] = tuple(row)
    return OpenLaunch(*values)


def why_over(session: Session, launch: OpenLaunch, idle: timedelta) -> SessionEnded | None:
    """Why the launch's pages work no more; None while it lasts, its platform is let in, and somebody is there."""
    if launch.expires_at <= now() or not launch.enabled:
        return REASONS.get(launch.ending, SessionEnded)("launch over")
    # Somebody who works in one of several windows is at all of them.
    if launch.seen_at < now() - idle and seen_before(session, launch) < now() - idle:
        return SessionLeftIdle("launch over")
    return None


def seen_before(session: Session, launch: OpenLaunch) -> datetime:
    """When the person last did something in this browser, in whatever window."""
    return max(launch.seen_at, last_seen(session, launch.user_id, launch.computer_hash))


def link_of(session: Session, launch_id: str) -> str:
    """The platform's id of the link through which this launch came; empty where there was none."""
    wanted = select(ResourceLink.lti_id).join(Launch, Launch.resource_link_id == ResourceLink.id)
    return session.scalar(wanted.where(Launch.id == launch_id)) or ""


def prove(launch: OpenLaunch, browser_hash: str) -> None:
    """Raises SessionEnded for any browser but the one that made the launch."""
    if not hmac.compare_digest(launch.browser_hash, browser_hash):
        raise SessionEnded("other browser")
