"""The audit trail: who changed registrations, closed pages, gave out or erased what is kept about somebody, and when.

It stands in the transaction of what it tells of, and goes into the security log with it. It never holds content, names
or addresses.
"""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lti_tool.people.paging import A_PAGE, Place, place_of
from lti_tool.platforms.models import AuditRecord
from lti_tool.security_log import Event, log_change

OPERATOR, WORKER = "operator", "worker"


def by_person(user_id: int) -> str:
    """An actor: somebody of a platform."""
    return f"person/{user_id}"


def by_invitation(invitation_id: int) -> str:
    """An actor: the administrator who was given this invitation."""
    return f"invitation/{invitation_id}"


def write_down(
    session: Session,
    what: Event,
    *,
    by: str,
    registration: int | None = None,
    course: int | None = None,
    person: int | None = None,
    change: str = "",
) -> None:
    """Write down that this was done."""
    about = {"registration": registration, "course": course, "person": person}
    session.add(AuditRecord(what=what, actor=by, change=change, **about))
    session.flush()
    log_change(session, what, by=by, **about, change=change or None)


def page_of_records(
    session: Session, number: int, *, registration: int | None = None, course: int | None = None
) -> tuple[Sequence[AuditRecord], Place]:
    """One page of the records, newest first: all, or those of a platform, or of one of its courses and of no course."""
    wanted = select(AuditRecord)
    if registration is not None:
        wanted = wanted.where(AuditRecord.registration == registration)
    if course is not None:
        wanted = wanted.where(or_(AuditRecord.course == course, AuditRecord.course.is_(None)))
    place = place_of(session.scalar(select(func.count()).select_from(wanted.subquery())) or 0, number)
    newest = wanted.order_by(AuditRecord.id.desc()).limit(A_PAGE).offset(place.offset)
    return session.scalars(newest).all(), place
