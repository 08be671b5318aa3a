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
COURSES_AT_ONCE, PEOPLE_AT_ONCE = 20, 200
"""That one round erases, each in a transaction of its own; the next round comes within a minute."""


def erase_what_is_over(database: Database, keep: timedelta | None) -> datetime | None:
    """What the worker does: courses that are too old, and what erasures have missed; its next round comes by itself."""
    with database.transaction() as session:
        erase_leftovers(session)
    if keep is not None:
        for course in _too_old(database, keep):
            with database.transaction() as session:
                erase_course(session, course, keep)
        for user_id in _in_no_course(database):
            with database.transaction() as session:
                _erase_if_nowhere(session, user_id)
    return None


def unused_courses(
    session: Session, since: datetime, most: int | None = None
) -> Sequence[Row[int, str, str, datetime]]:
    """Id, title, label of the LMS and last opening of those that nobody has opened since then, the oldest first."""
    return session.execute(
        select(Context.id, Context.title, Registration.label, Context.opened_at)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(Context.opened_at < since)
        .order_by(Context.opened_at, Context.id)
        .limit(most)
    ).all()


def erase_course(session: Session, context_id: int, keep: timedelta) -> bool:
    """Erase a course with everything in it; False where somebody has opened it meanwhile."""
    # Whoever arrives writes the course's row first, and waits for it; it is there anew for them.
    held = select(Context).where(Context.id == context_id, Context.opened_at < now() - keep).with_for_update()
    course = session.scalar(held.execution_options(populate_existing=True))
    if course is None:
        return False
    registration_id = session.get_one(Deployment, course.deployment_id).registration_id
    session.expunge_all()
    _delete_rows(session, Scope(context_id=context_id))
    write_down(session, Event.COURSE_ERASED, by=WORKER, registration=registration_id, course=context_id)
    return True


def _too_old(database: Database, keep: timedelta) -> Sequence[int]:
    with database.transaction(write=False) as session:
        return [course.id for course in unused_courses(session, now() - keep, COURSES_AT_ONCE)]


def _in_no_course(database: Database) -> Sequence[int]:
    """Whose last course has gone, and who are still there by name."""
    member = exists().where(Membership.user_id == User.id)
    wanted = select(User.id).where(User.erased_at.is_(None), ~member).order_by(User.id).limit(PEOPLE_AT_ONCE)
    with database.transaction(write=False) as session:
        return session.scalars(wanted).all()


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
    # Held, so that whoever arrives at this moment either is a member by now or comes as somebody new.
    person = session.scalar(select(User).where(User.id == user_id).with_for_update())
    if person is not None and not session.scalar(select(exists().where(Membership.user_id == user_id))):
        erase_person(session, person, by=WORKER)
