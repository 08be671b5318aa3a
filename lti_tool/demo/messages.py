"""The last messages between platform and tool, kept for the page for the curious."""

import time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.demo.models import Message

KEPT = 200


def record(session: Session, kind: str, summary: str, detail: dict[str, Any], status: int = 200) -> None:
    """Write one message down and forget those beyond the last `KEPT`."""
    message = Message(at=time.time(), kind=kind, summary=summary, status=status, detail=detail)
    session.add(message)
    session.flush()
    session.execute(delete(Message).where(Message.id <= message.id - KEPT))


def latest(session: Session, limit: int = 50) -> list[Message]:
    """The newest messages first."""
    return list(session.scalars(select(Message).order_by(Message.id.desc()).limit(limit)))


def masked(secret: str) -> str:
    """The first four characters of a token: enough to tell two apart, too little to use."""
    return f"{secret[:4]}…"
