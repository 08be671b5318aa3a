"""Who is in a course."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.people.models import Membership, Role, User


def members_with_role(session: Session, context_id: int, role: Role) -> Sequence[User]:
    """Everybody who has this role in the course, by name."""
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.context_id == context_id, Membership.role == role)
        .order_by(User.name, User.id)
    )
    return session.scalars(wanted).all()
