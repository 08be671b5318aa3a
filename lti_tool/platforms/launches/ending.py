"""Ends launches before their time: their people are done, others have come, or their rights have ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.people.models import Membership, Role, User
from lti_tool.people.roster import AT_ONCE
from lti_tool.platforms.audit_trail import write_down
from lti_tool.platforms.models import Ending, Launch
from lti_tool.security_log import Event

MOST_BROWSERS = 50
"""Shown of one person."""


@dataclass(frozen=True)
class OpenBrowser:
    """A browser in which a person has pages open."""

    pages: int
    """Openings from the LMS, each of which may be in several windows."""
    opened_at: datetime
    """When the first of them was."""
    seen_at: datetime
    """When the person last did something there, give or take a minute."""
    is_this: bool


def end_of_former(session: Session, arrived: Launch, *, is_anonymous: bool) -> None:
    """End what everybody else of the platform has open in the browser of this launch.

    Somebody whom the platform does not name ends no launches of such people: it may be the same person, who could never
    come back to what they wrote there.
    """
    others = (
        (Launch.computer_hash == arrived.computer_hash)
        & (Launch.registration_id == arrived.registration_id)
        & (Launch.user_id != arrived.user_id)
    )
    if is_anonymous:
        others &= Launch.user_id.in_(select(User.id).where(~User.is_anonymous))
    _end(session, others, Ending.NEXT_PERSON)


def end_of_idle(session: Session, arrived: Launch, idle: timedelta) -> None:
    """End what this person had left idle in this browser: that they are back is no reason to open it again."""
    theirs = (Launch.computer_hash == arrived.computer_hash) & (Launch.user_id == arrived.user_id)
    if last_seen(session, arrived.user_id, arrived.computer_hash, besides=arrived.id) < now() - idle:
        _end(session, theirs & (Launch.id != arrived.id), Ending.IDLE)


def end_of_person(session: Session, user_id: int, computer_hash: str) -> None:
    """End what this person has open in this browser: they are done here."""
    _end(session, (Launch.user_id == user_id) & (Launch.computer_hash == computer_hash), Ending.DONE)


def end_of_user(session: Session, user: User, *, by: str, course: int | None = None, besides: str = "") -> int:
    """End whatever this person has open, in every browser but the one whose `computer_hash` is given; gives how much.

    Whoever has rights opens it anew from the LMS. `by` and `course` say who asked for it, and where.
    """
    theirs = (Launch.user_id == user.id) & (Launch.computer_hash != besides)
    write_down(session, Event.PAGES_CLOSED, by=by, registration=user.registration_id, course=course, person=user.id)
    return _end(session, theirs, Ending.CLOSED)


def end_of_erased(session: Session, which: ColumnElement[bool]) -> None:
    """End these launches, whose person's data are being erased."""
    _end(session, which, Ending.ERASED)


def open_browsers(session: Session, user_id: int, idle: timedelta, here: str = "") -> Sequence[OpenBrowser]:
    """Where this person has pages open, the latest first; `here` is the `computer_hash` of the browser that asks."""
    last = func.max(Launch.seen_at)
    wanted = (
        select(Launch.computer_hash, func.count(), func.min(Launch.created_at), last)
        .where(Launch.user_id == user_id, Launch.expires_at > now())
        .group_by(Launch.computer_hash)
        .having(last >= now() - idle)
        .order_by(last.desc())
        .limit(MOST_BROWSERS)
    )
    found = session.execute(wanted).all()
    return [OpenBrowser(count, opened, seen, computer == here) for computer, count, opened, seen in found]


def end_of_registration(session: Session, registration_id: int) -> None:
    """End whatever is open of this platform."""
    _end(session, Launch.registration_id == registration_id, Ending.SWITCHED_OFF)


def end_of_left(session: Session, context_id: int, since: datetime) -> None:
    """End what is older than this moment of those who have left the course."""
    left = select(Membership.user_id).where(Membership.context_id == context_id, Membership.left_at.is_not(None))
    _end(session, _older(context_id, since) & Launch.user_id.in_(left), Ending.RIGHTS)


def end_of_changed(session: Session, context_id: int, changed: Mapping[int, Role], since: datetime) -> None:
    """End what is older than this moment of those who have another role now (user id to role), but not what they have
    opened in that role already.
    """
    for role in sorted(set(changed.values())):
        people = sorted(user_id for user_id, named in changed.items() if named is role)
        for start in range(0, len(people), AT_ONCE):
            theirs = Launch.user_id.in_(people[start : start + AT_ONCE])
            _end(session, _older(context_id, since) & theirs & (Launch.role != role), Ending.RIGHTS)


def last_seen(session: Session, user_id: int, computer_hash: str, besides: str = "") -> datetime:
    """When this person last did something in this browser; now, where they have never been there."""
    wanted = select(func.max(Launch.seen_at)).where(
        Launch.computer_hash == computer_hash, Launch.user_id == user_id, Launch.id != besides
    )
    return session.scalar(wanted) or now()


def note_seen(session: Session, launch_id: str, at: datetime) -> None:
    """Write down that the person did something on a page of this launch."""
    seen = update(Launch).where(Launch.id == launch_id, Launch.seen_at < at).values(seen_at=at)
    session.execute(seen.execution_options(synchronize_session=False))


def _older(context_id: int, since: datetime) -> ColumnElement[bool]:
    return (Launch.context_id == context_id) & (Launch.created_at < since)


def _end(session: Session, which: ColumnElement[bool], why: Ending) -> int:
    # Found first, in one order: two that end the same launches at once must not wait in a ring.
    living = select(Launch.id).where(which, Launch.expires_at > now()).order_by(Launch.id).with_for_update()
    found = session.scalars(living).all()
    for start in range(0, len(found), AT_ONCE):
        these = Launch.id.in_(found[start : start + AT_ONCE])
        ended = update(Launch).where(these).values(expires_at=now(), ending=why)
        session.execute(ended.execution_options(synchronize_session=False))
    return len(found)
