"""Tables of gradebook columns and of scores on their way there."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.people.models import User

ACTIVITY_PROGRESS = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING_PROGRESS = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")


class LineItem(Base):
    """A column of the platform's gradebook for one activity of one course (AGS 2.0, 3.1).

    An activity that stands in a course more than once may have a column for each of its links.
    """

    __tablename__ = "line_item"
    __table_args__ = (UniqueConstraint("context_id", "activity", "link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    """Through whose services it is reached."""
    activity: Mapped[str] = mapped_column(String(200))
    """What is scored, `journal/j3`."""
    link: Mapped[str] = mapped_column(String(255), default="")
    """The platform's id of the link that it belongs to; empty where we made it, or as long as no launch has told."""
    url: Mapped[str] = mapped_column(Text, default="")
    """The platform's address of the column; empty until it is found or made."""
    label: Mapped[str] = mapped_column(String(500), default="")
    """What we call it, should we make it: also where the platform has its own, which may be deleted."""
    maximum: Mapped[float | None]
    """Its highest score (scoreMaximum), where we have made it or are to; nothing where the platform decides."""
    is_doubted: Mapped[bool] = mapped_column(default=False)
    """Whether a worker is to look whether it is still there."""
    looked_at: Mapped[datetime | None]
    """When one last did."""
    claim: Mapped[str] = mapped_column(String(32), default="")
    """Which worker is finding or making it."""
    claimed_until: Mapped[datetime | None]
    """When that worker counts as dead."""


class DeliveryState(StrEnum):
    """What the trainer sees of a score on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class Delivery(Base):
    """One score to be sent, exactly as it will be sent, however often that takes."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("line_item_id", "user_id", "score_at"),
        Index("ix_delivery_due", "state", "next_try_at"),
        Index("ix_delivery_column_state", "line_item_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_item_id: Mapped[int] = mapped_column(ForeignKey("line_item.id"))
    """The column."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Whose score."""
    source: Mapped[str] = mapped_column(String(100), index=True)
    """What was judged, `submission/17`, so that the desk can show the state beside it."""
    points: Mapped[float | None]
    """scoreGiven; nothing where only progress is told."""
    maximum: Mapped[float]
    """scoreMaximum."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """What the gradebook shows beside it."""
    activity_progress: Mapped[str] = mapped_column(one_of(ACTIVITY_PROGRESS), default="Completed")
    """How far the person is (AGS 2.0, 3.4.7)."""
    grading_progress: Mapped[str] = mapped_column(one_of(GRADING_PROGRESS), default="FullyGraded")
    """How far the judging is (AGS 2.0, 3.4.8)."""
    started_at: Mapped[datetime | None]
    """When the person began the piece."""
    submitted_at: Mapped[datetime | None]
    """When it was handed in."""
    score_at: Mapped[datetime]
    """The score's timestamp: whole seconds, strictly later than any before it for this person and column."""
    state: Mapped[DeliveryState] = mapped_column(one_of(DeliveryState), default=DeliveryState.WAITING)
    """waiting, sending, sent, refused, or overtaken by a later score."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often we tried since it was put into the outbox."""
    send_attempts: Mapped[int] = mapped_column("posted", default=0)
    """How often it was sent, under this timestamp, so that it may have arrived."""
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    """Not before this; while sending: when the lease of a worker that died runs out."""
    claim: Mapped[str] = mapped_column(String(32), default="")
    """Which worker's try holds it, so that a late answer of another cannot change it."""
    problem: Mapped[str] = mapped_column(String(100), default="")
    """Why the last try failed: a code, never the platform's words."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was released."""
    sent_at: Mapped[datetime | None]
    """When the platform confirmed it."""
    line_item: Mapped[LineItem] = relationship(lazy="joined")
    """The column's row."""
    user: Mapped[User] = relationship(lazy="joined")
    """The person's row."""
