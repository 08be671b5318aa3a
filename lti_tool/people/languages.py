"""In which language a person wants to see the course."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from lti_tool.people.models import User


def choose_course_language(session: Session, user_id: int, language: str) -> None:
    """Remember it for every course of the person's platform."""
    session.execute(update(User).where(User.id == user_id).values(course_language=language))
