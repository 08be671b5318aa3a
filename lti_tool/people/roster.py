"""The roster: everybody whom the platform names in a course, page by page, and who has left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.database import now, upsert_all
from lti_tool.people.models import Membership, Role, User
from lti_tool.search_text import folded

RANK = {Role.OBSERVER: 0, Role.TRAINEE: 1, Role.ADMINISTRATOR: 2, Role.TRAINER: 3}
"""Which role lets people do more."""
AT_ONCE = 500
"""Rows a statement; SQLite takes 32,766 values."""


@dataclass(frozen=True)
class Listed:
    """Somebody as the roster names them; an empty name where it is withheld."""

    subject: str
    name: str
    role: Role
    is_test: bool = False
    groups: tuple[str, ...] = ()
    """The platform's ids of the course groups that the person is in."""


@dataclass(frozen=True)
class Kept:
    """What became of the people whom a roster has named."""

    ids: Mapping[str, int]
    """The user id of each subject."""
    changed: Mapping[int, Role]
    """Whom, by user id, the roster names in another role than the last time, and in which one."""


class _Known(NamedTuple):
    """What we know of a member before the roster is read."""

    role: Role
    listed_role: Role | None
    tries_out: bool


def list_members(
    session: Session, *, registration_id: int, context_id: int, members: Sequence[Listed], at: datetime
) -> Kept:
    """Bring these people's rows up to date, as named at this moment.

    Who comes back has left no longer. A name that is withheld now does not wipe a former one. A role is taken away only
    where the roster has changed: a platform may name people in another role here than at their launches.
    """
    ids: dict[str, int] = {}
    changed: dict[int, Role] = {}
    # In one order everywhere: two courses of the same people that are read at once must not wait in a ring.
    once = sorted({member.subject: member for member in members}.values(), key=lambda one: one.subject)
    for start in range(0, len(once), AT_ONCE):
        part = once[start : start + AT_ONCE]
        ids |= _keep_users(session, registration_id, part)
        known = _known_members(session, context_id, [ids[member.subject] for member in part])
        for member in part:
            if _is_new(known.get(ids[member.subject]), member.role):
                changed[ids[member.subject]] = member.role
        rows = [
            {
                "context_id": context_id,
                "user_id": ids[member.subject],
                **_role_after(known.get(ids[member.subject]), member.role),
                "listed_role": member.role,
                "is_test": member.is_test,
                "seen_at": None,
                "listed_at": at,
                "left_at": None,
            }
            for member in part
        ]
        updated = ["role", "tries_out", "listed_role", "is_test", "listed_at", "left_at"]
        upsert_all(session, Membership, ["context_id", "user_id"], rows, updated)
    return Kept(ids, changed)


def mark_left(session: Session, context_id: int, since: datetime) -> int:
    """Mark whoever a complete reading, begun at `since`, did not name, and give how many these are; their work stays.

    Not those who came in meanwhile, and not staff whom the roster never named: administrators look in from outside.
    """
    listed = exists().where(Membership.context_id == context_id, Membership.listed_at >= since)
    if not session.scalar(select(listed)):
        return 0  # a roster that names nobody is the platform's fault, and not a class that left at once
    never = and_(Membership.listed_at.is_(None), Membership.role == Role.TRAINEE)
    marked = session.execute(
        update(Membership)
        .where(
            Membership.context_id == context_id,
            Membership.left_at.is_(None),
            ~Membership.is_test,
            or_(Membership.listed_at < since, never),
            or_(Membership.seen_at.is_(None), Membership.seen_at < since),
        )
        .values(left_at=now())
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", marked).rowcount


def _known_members(session: Session, context_id: int, user_ids: Sequence[int]) -> Mapping[int, _Known]:
    wanted = select(Membership.user_id, Membership.role, Membership.listed_role, Membership.tries_out)
    found = session.execute(wanted.where(Membership.context_id == context_id, Membership.user_id.in_(user_ids)))
    return {row.user_id: _Known(row.role, row.listed_role, row.tries_out) for row in found}


def _is_new(known: _Known | None, named: Role) -> bool:
    return known is not None and known.listed_role not in {None, named}


def _role_after(known: _Known | None, named: Role) -> dict[str, Any]:
    """The role of somebody whom the roster names in this one, and whether they only try things out as a trainee."""
    if known is None:
        return {"role": named, "tries_out": False}
    if _is_new(known, named) or RANK[named] > RANK[known.role]:
        return {"role": named, "tries_out": False}
    return {"role": known.role, "tries_out": known.tries_out}


def _keep_users(session: Session, registration_id: int, members: Sequence[Listed]) -> dict[str, int]:
    for named in (True, False):
        rows = [
            {
                "registration_id": registration_id,
                "subject": member.subject,
                "name": member.name[:500],
                "search_name": folded(member.name[:500]),
            }
            for member in members
            if bool(member.name) is named
        ]
        upsert_all(session, User, ["registration_id", "subject"], rows, ["name", "search_name"] if named else [])
    subjects = [member.subject for member in members]
    found = select(User.subject, User.id).where(User.registration_id == registration_id, User.subject.in_(subjects))
    return {row.subject: row.id for row in session.execute(found)}
