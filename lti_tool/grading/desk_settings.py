"""How each trainer wants the desk to be."""

from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.grading.models import DeskSetting


def hides_names(session: Session, context_id: int, user_id: int) -> bool:
    """Whether this trainer marks without names in this course."""
    found = session.get(DeskSetting, (context_id, user_id))
    return found is not None and found.hides_names


def hide_names(session: Session, context_id: int, user_id: int, *, hide: bool) -> None:
    """Let this trainer mark without names from now on, or with them."""
    upsert(session, DeskSetting, {"context_id": context_id, "user_id": user_id}, {"hides_names": hide})
