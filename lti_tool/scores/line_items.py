"""Line items: which column of which gradebook an activity's scores go to (AGS 2.0, 3.1)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.lti.launch import Launch as LaunchMessage
from lti_tool.platforms.models import Launch
from lti_tool.scores.models import LineItem


def remember_line_item(session: Session, launch: Launch, message: LaunchMessage) -> None:
    """Keep the column that the platform named for this link; a launch that names none changes nothing."""
    if message.ags is None or not message.ags.lineitem:
        return
    upsert(
        session,
        LineItem,
        {"context_id": launch.context_id, "activity": launch.activity},
        {"registration_id": launch.registration_id, "url": message.ags.lineitem},
    )


def find_line_item(session: Session, context_id: int, activity: str) -> LineItem | None:
    """The column of this activity in this course, where the platform has one."""
    wanted = select(LineItem).where(LineItem.context_id == context_id, LineItem.activity == activity)
    return session.scalar(wanted)
