"""The table of progress through units."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, now


class UnitProgress(Base):
    """How far one person is in one unit of one course."""

    __tablename__ = "unit_progress"
    __table_args__ = (UniqueConstraint("context_id", "user_id", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    """The person."""
    unit: Mapped[str] = mapped_column(String(50))
    """The unit's identifier, `m1u1`."""
    saved: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the player saved last; `scorm_builder/player/progress.js` knows its shape."""
    pages_seen: Mapped[int] = mapped_column(default=0)
    """How many of the unit's pages were seen."""
    status: Mapped[str] = mapped_column(String(20), default="incomplete")
    """incomplete, completed, passed or failed."""
    score: Mapped[float | None]
    """Percent of the counting points, or nothing yet."""
    updated_at: Mapped[datetime] = mapped_column(default=now)
    """When it was saved."""
