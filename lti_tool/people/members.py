"""Who is in a course, and who was."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.people.models import Membership, Role, User

A_PAGE = 100
"""Members shown at once."""


@dataclass(frozen=True)
class MemberPage:
    """Some of a course's members, those who are in it first, by name; `number` counts from 1."""

    members: Sequence[Membership]
    number: int
    count: int
    """Of pages."""
    total: int
    """Of members."""
    left: int
    """How many of them have left."""


def members_with_role(session: Session, context_id: int, role: Role) -> Sequence[User]:
    """Everybody who has this role in the course, by name: not who has left, nor a trainer's test student."""
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.context_id == context_id,
            Membership.role == role,
            Membership.left_at.is_(None),
            ~Membership.is_test,
        )
        .order_by(User.name, User.id)
    )
    return session.scalars(wanted).all()


def find_member(session: Session, context_id: int, user_id: int) -> User | None:
    """The person, if they are or were in this course."""
    here = (Membership.context_id == context_id, Membership.user_id == user_id)
    return session.scalar(select(User).join(Membership, Membership.user_id == User.id).where(*here))


def page_of_members(session: Session, context_id: int, number: int) -> MemberPage:
    """The members on this page, or on the nearest that there is."""
    here = Membership.context_id == context_id
    total = session.scalar(select(func.count()).select_from(Membership).where(here)) or 0
    left = select(func.count()).select_from(Membership).where(here, Membership.left_at.is_not(None))
    count = max(1, -(-total // A_PAGE))
    number = min(max(number, 1), count)
    wanted = (
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(here)
        .order_by(Membership.left_at.is_not(None), User.name, User.id)
        .limit(A_PAGE)
        .offset((number - 1) * A_PAGE)
    )
    return MemberPage(session.scalars(wanted).all(), number, count, total, session.scalar(left) or 0)
