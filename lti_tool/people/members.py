"""Who is in a course, and who was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lti_tool.people.models import STAFF, Membership, Role, TeamMember, User
from lti_tool.people.paging import A_PAGE, Place, place_of


@dataclass(frozen=True)
class MemberPage:
    """Some of a course's members, those who are in it first, by name."""

    members: Sequence[Membership]
    place: Place
    left: int
    """How many of all have left."""


def taking_part(context_id: int, role: Role) -> tuple[ColumnElement[bool], ...]:
    """Whose membership counts: who has this role in the course, not who has left, nor a trainer's test student."""
    return (
        Membership.context_id == context_id,
        Membership.role == role,
        Membership.left_at.is_(None),
        ~Membership.is_test,
        ~Membership.tries_out,
    )


def is_trying_out(session: Session, context_id: int, user_id: int) -> bool:
    """Whether what this person does as a trainee is nobody's work: a test student's, or that of one of the staff."""
    here = select(Membership).where(Membership.context_id == context_id, Membership.user_id == user_id)
    found = session.scalar(here)
    return found is not None and (found.is_test or found.tries_out or found.role in STAFF)


def find_member(session: Session, context_id: int, user_id: int) -> User | None:
    """The person, if they are or were in this course."""
    here = (Membership.context_id == context_id, Membership.user_id == user_id)
    return session.scalar(select(User).join(Membership, Membership.user_id == User.id).where(*here))


def memberships_of(session: Session, context_id: int, user_ids: Iterable[int]) -> dict[int, Membership]:
    """The memberships of these people in this course, also of those who have left, by the person's id."""
    wanted = select(Membership).where(Membership.context_id == context_id, Membership.user_id.in_(set(user_ids)))
    return {membership.user_id: membership for membership in session.scalars(wanted)}


def page_of_members(session: Session, context_id: int, number: int, team_id: int | None = None) -> MemberPage:
    """The members on this page, or on the nearest that there is: all of them, or those in one school team."""
    here = Membership.context_id == context_id
    if team_id is not None:
        here &= Membership.user_id.in_(select(TeamMember.user_id).where(TeamMember.team_id == team_id))
    place = place_of(session.scalar(select(func.count()).select_from(Membership).where(here)) or 0, number)
    left = select(func.count()).select_from(Membership).where(here, Membership.left_at.is_not(None))
    wanted = (
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(here)
        .order_by(Membership.left_at.is_not(None), User.name, User.id)
        .limit(A_PAGE)
        .offset(place.offset)
    )
    return MemberPage(session.scalars(wanted).all(), place, session.scalar(left) or 0)
