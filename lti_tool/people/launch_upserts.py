"""Who arrives: contexts, resource links, users and memberships are brought up to date at each launch."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now, upsert, upsert_id
from lti_tool.people.models import STAFF, Context, Membership, ResourceLink, Role, User
from lti_tool.search_text import folded


@dataclass(frozen=True)
class Arrival:
    """What a launch says of the person and the place; empty texts where the platform says nothing."""

    subject: str
    name: str
    role: Role
    context_id: str
    context_title: str
    link_id: str
    """Empty while activities are being picked: there is no place yet."""
    link_title: str
    activity: str
    is_anonymous: bool = False
    """Whether the platform does not say who it is; `subject` is then one of ours, for this launch alone."""
    is_test: bool = False
    """Whether this is a trainer's test student."""


@dataclass(frozen=True)
class Arrived:
    """The rows of the person and the place."""

    user_id: int
    context: Context
    link_id: int | None


def arrive(session: Session, registration_id: int, deployment_row_id: int, arrival: Arrival) -> Arrived:
    """Bring the rows up to date. A name that this launch does not bring is not wiped: a former one brought it."""
    # The course first, as whoever reads its roster does: on PostgreSQL two that lock the same rows in another order
    # wait for each other until one of them fails.
    context = upsert(
        session,
        Context,
        {"deployment_id": deployment_row_id, "lti_id": arrival.context_id},
        {**_said(title=arrival.context_title), "opened_at": now()},
    )
    user_id = upsert_id(
        session,
        User,
        {"registration_id": registration_id, "subject": arrival.subject},
        {
            **_said(name=arrival.name, search_name=folded(arrival.name)),
            **({"is_anonymous": True} if arrival.is_anonymous else {}),
        },
    )
    link_id = _arrive_at_link(session, context.id, arrival) if arrival.link_id else None
    member = {"context_id": context.id, "user_id": user_id}
    coming = {"role": arrival.role, "is_test": arrival.is_test, "tries_out": _tries_out(session, arrival.role, member)}
    upsert_id(session, Membership, member, {**coming, "seen_at": now(), "left_at": None})
    return Arrived(user_id, context, link_id)


def _tries_out(session: Session, role: Role, member: Mapping[str, int]) -> bool:
    """Whether somebody whom we know as staff comes as a trainee: in Moodle by switching the role, with the same `sub`.

    Where the roster takes their role away, they are trainees like all others.
    """
    if role is not Role.TRAINEE:
        return False
    known = select(Membership.role, Membership.listed_role, Membership.tries_out).filter_by(**member)
    found = session.execute(known).one_or_none()
    return found is not None and (found.tries_out or not STAFF.isdisjoint({found.role, found.listed_role}))


def _arrive_at_link(session: Session, context_id: int, arrival: Arrival) -> int:
    return upsert_id(
        session,
        ResourceLink,
        {"context_id": context_id, "lti_id": arrival.link_id},
        _said(title=arrival.link_title, activity=arrival.activity),
    )


def _said(**texts: str) -> dict[str, str]:
    return {name: text[:500] for name, text in texts.items() if text}
