"""One person is erased: what is theirs alone goes, what is others' as well stays and names nobody any more.

In one course, as an administrator may do it there, or altogether. What is kept of somebody who is in no other course
has no reason to stay, so the last course's erasure is the whole one.
"""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from lti_tool.database import Base, now
from lti_tool.held_data import Fate, Held, Path, Scope
from lti_tool.people.actors import actor_of
from lti_tool.people.models import Actor, Membership, User
from lti_tool.platforms.audit_trail import write_down
from lti_tool.platforms.launches.ending import end_of_erased
from lti_tool.platforms.models import AuditRecord, Launch
from lti_tool.privacy.rooms import held_in
from lti_tool.security_log import Event

LATE = timedelta(hours=1)
"""How long it is looked for what a request wrote that was under way; each has ended long before."""
WHOLE, IN_COURSE = "whole", "course"
"""What the audit trail says of an erasure."""
NOBODY = "erased:"
"""How the `subject` begins that an erased person has, which no platform tells."""


def scope_of(session: Session, person_id: int, context_id: int | None) -> Scope:
    """What an erasure in this course reaches: all of the person's where they are in no other one."""
    elsewhere = exists().where(Membership.user_id == person_id, Membership.context_id != context_id)
    if context_id is None or not session.scalar(select(elsewhere)):
        return Scope(person_id)
    return Scope(person_id, context_id)


def erase_person(session: Session, person: User, *, by: str, context_id: int | None = None) -> None:
    """Erase what is kept about somebody in one course, or altogether; `by` says who asked for it.

    Their pages end. The same once more is no harm. Whoever comes back from the LMS after it begins as somebody new.
    """
    scope = scope_of(session, person.id, context_id)
    _hold(session, scope)
    end_of_erased(session, Held(Launch, (Launch.user_id,), (Launch.context_id,)).where(scope))
    _delete(session, scope)
    if scope.context_id is None:
        _forget_name(person)
    else:
        _leave_to(session, _somebody_nameless(session, person), scope)
    session.flush()
    about = {"registration": person.registration_id, "course": context_id, "person": person.id}
    write_down(session, Event.PERSON_ERASED, by=by, **about, change=WHOLE if scope.context_id is None else IN_COURSE)


def erase_leftovers(session: Session) -> None:
    """Delete what requests wrote that were under way while their person was erased."""
    recent = (AuditRecord.what == Event.PERSON_ERASED, AuditRecord.at > now() - LATE)
    for record in session.scalars(select(AuditRecord).where(*recent)).all():
        scope = Scope(record.person, record.course if record.change == IN_COURSE else None)
        # Who has come into that course again is there anew, and what is theirs now is none of this.
        here = (Membership.user_id == scope.person_id, Membership.context_id == scope.context_id)
        if scope.context_id is None or not session.scalar(select(exists().where(*here))):
            _delete(session, scope)


def in_order(tables: Iterator[Held]) -> list[Held]:
    """Each behind those that its rows refer to."""
    places = {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
    return sorted(tables, key=lambda held: places[held.stored])


def _hold(session: Session, scope: Scope) -> None:
    # What others lock goes first, the person last: whoever holds a piece may go on to write a row that names its
    # writer, and two that lock the same rows in another order wait for each other until one of them fails.
    for held in in_order(_deleted(scope)):
        keys = held.stored.primary_key.columns
        wanted = select(*keys).where(held.where(scope)).order_by(*keys)
        session.execute(wanted.with_for_update()).all()
    session.execute(select(User.id).where(User.id == scope.person_id).with_for_update()).all()


def _deleted(scope: Scope) -> Iterator[Held]:
    return (held for held in held_in(scope) if held.fate is Fate.DELETED)


def _delete(session: Session, scope: Scope) -> None:
    for held in reversed(in_order(_deleted(scope))):
        gone = delete(held.table).where(held.where(scope))
        session.execute(gone.execution_options(synchronize_session=False))


def _forget_name(person: User) -> None:
    person.subject = f"{NOBODY}{secrets.token_urlsafe(16)}"
    person.name = person.course_language = ""
    person.erased_at = person.erased_at or now()


def _somebody_nameless(session: Session, person: User) -> User:
    """A row that stands for the person in one course, while they keep their own in others."""
    made = User(registration_id=person.registration_id)
    _forget_name(made)
    session.add(made)
    session.flush()
    return made


def _leave_to(session: Session, nobody: User, scope: Scope) -> None:
    """Let what stays in the course be of a person without a name."""
    for held in held_in(scope):
        if held.fate is Fate.KEPT and (whose := _whose(session, held.person, nobody)) is not None:
            left = update(held.table).where(held.where(scope)).values({held.person[0]: whose})
            session.execute(left.execution_options(synchronize_session=False))


def _whose(session: Session, path: Path, nobody: User) -> int | None:
    """What the first column of the path is to hold; nothing where it names no person."""
    if len(path) == 1:
        return nobody.id
    return actor_of(session, nobody.id) if path[1] is Actor.user_id else None
