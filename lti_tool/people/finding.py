"""People are found by name or by their LMS's id, across courses: for the operator alone."""

from collections.abc import Sequence

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from lti_tool.people.models import Context, Membership, User
from lti_tool.search_text import folded

MOST_FOUND = 50


def find_people(session: Session, text: str, registration_id: int | None = None) -> Sequence[User]:
    """Whose name holds every word of the text, whatever its case and accents, or whose `sub` it is."""
    words = [User.search_name.contains(word, autoescape=True) for word in folded(text).split()]
    named = and_(*words) if words else false()
    wanted = select(User).where(or_(User.subject == text, named))
    if registration_id is not None:
        wanted = wanted.where(User.registration_id == registration_id)
    return session.scalars(wanted.order_by(User.search_name, User.id).limit(MOST_FOUND)).all()


def courses_of(session: Session, user_id: int) -> Sequence[str]:
    """The titles of the courses that this person is or was in."""
    wanted = select(Context.title).join(Membership, Membership.context_id == Context.id)
    return session.scalars(wanted.where(Membership.user_id == user_id).order_by(Context.id)).all()
