"""The actor that a person is: whom the logs of the rooms name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert_id
from lti_tool.people.models import Actor


def find_actor(session: Session, user_id: int) -> int | None:
    """The id of the person's actor, if they have done anything that is written down."""
    return session.scalar(select(Actor.id).where(Actor.user_id == user_id))


def actor_of(session: Session, user_id: int) -> int:
    """The id of the person's actor, made where there is none yet; safe when two requests make it at once."""
    return find_actor(session, user_id) or upsert_id(session, Actor, {"user_id": user_id}, {})
