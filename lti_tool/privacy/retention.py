"""Courses that nobody opens any more are erased, once the operator has said after how many days.

What goes is the course with all that people wrote in it, and then the people who are in no other course. A course that
somebody opens at that moment stays.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.held_data import Scope
from lti_tool.people.models import Context, Membership, User
from lti_tool.platforms.audit_trail import WORKER, write_down
from lti_tool.platforms.models import Deployment, Registration
from lti_tool.privacy.erasure import erase_leftovers, erase_person, in_order
from lti_tool.privacy.rooms import ROOMS, held_in
from lti_tool.security_log import Event

JOB = "erase_what_is_over"
AT_ONCE = 20
"""Courses that one round erases; the next round comes within a minute."""


def erase_what_is_over(database: Database, keep: timedelta | None) -> datetime | None:
    """What the worker does: courses that are too old, and what erasures have missed; its next round comes by itself."""
    with database.transaction() as session:
        erase_leftovers(session)
    if keep is not None:
        for course in _too_old(database, keep):
            with database.transaction() as session:
                erase_course(session, course, keep)
    return None


def unused_courses(session: Session, since: datetime) -> Sequence[Row[int, str, str, datetime]]:
    """Id, title, label of the LMS and last opening of those that nobody has opened since then, the oldest first."""
    return session.execute(
        select(Context.id, Context.title, Registration.label, Context.opened_at)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(Context.opened_at < since)
        .order_by(Context.opened_at, Context.id)
    ).all()


def erase_course(session: Session, context_id: int, keep: timedelta) -> bool:
    """Erase a course with everything in it; False where somebody has opened it meanwhile."""
    # Whoever arrives writes the course's row first, and waits for it; it is there anew for them.
    held = select(Context).where(Context.id == context_id, Context.opened_at < now() - keep).with_for_update()
    course = session.scalar(held.execution_options(populate_existing=True))
    if course is None:
        return False
    registration_id = session.get_one(Deployment, course.deployment_id).registration_id
    members = session.scalars(select(Membership.user_id).where(Membership.context_id == context_id)).all()
    session.expunge_all()
    _delete_rows(session, Scope(context_id=context_id))
    write_down(session, Event.COURSE_ERASED, by=WORKER, registration=registration_id, course=context_id)
    for user_id in sorted(members):
        _erase_if_nowhere(session, user_id)
    return True


def _too_old(database: Database, keep: timedelta) -> Sequence[int]:
    with database.transaction(write=False) as session:
        return [course.id for course in unused_courses(session, now() - keep)[:AT_ONCE]]


def _delete_rows(session: Session, scope: Scope) -> None:
    quietly = {"synchronize_session": False}
    of_tables = {held.stored: held for held in held_in(scope)}
    for column in (column for room in ROOMS for column in room.loose):
        (key,) = column.property.columns[0].foreign_keys
        going = select(key.column).where(of_tables[key.column.table].where(scope))
        forgotten = update(column.class_).where(column.in_(going)).values({column: None})
        session.execute(forgotten, execution_options=quietly)
    for held in reversed(in_order(iter(of_tables.values()))):
        session.execute(delete(held.table).where(held.where(scope)), execution_options=quietly)


def _erase_if_nowhere(session: Session, user_id: int) -> None:
    if not session.scalar(select(exists().where(Membership.user_id == user_id))):
        erase_person(session, session.get_one(User, user_id), by=WORKER)
