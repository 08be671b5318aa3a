"""Tables of progress through units, and of what trainers placed and wrote for one course."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.people.models import SchoolTeam, User


class UnitProgress(Base):
    """How far one person is in one unit of one course."""

    __tablename__ = "unit_progress"
    __table_args__ = (UniqueConstraint("context_id", "user_id", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """The person."""
    unit: Mapped[str] = mapped_column(String(50))
    """The unit's identifier, `m1u1`."""
    saved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the player saved last; `scorm_builder/player/progress.js` knows its shape."""
    pages_seen: Mapped[int] = mapped_column(default=0)
    """How many of the unit's pages were seen."""
    status: Mapped[str] = mapped_column(one_of(("incomplete", "completed", "passed", "failed")), default="incomplete")
    """How it stands, in the player's words."""
    score: Mapped[float | None]
    """Percent of the counting points, or nothing yet."""
    updated_at: Mapped[datetime] = mapped_column(default=now)
    """When it was saved."""


class PlacedActivity(Base):
    """An activity as a trainer placed it in one course: its name, points and dates there."""

    __tablename__ = "placed_activity"
    __table_args__ = (UniqueConstraint("context_id", "activity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    """Random; stands in the link's address and custom parameters, so that a copied course can be told."""
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    activity: Mapped[str] = mapped_column(String(200))
    """What it opens, `journal/j3`."""
    title: Mapped[str] = mapped_column(String(500), default="")
    """The trainer's name for it; empty where it has the course's own."""
    points: Mapped[float | None]
    """The highest score, where the trainer chose one."""
    opens_at: Mapped[datetime | None]
    """From when people may work on it."""
    due_at: Mapped[datetime | None]
    """By when they should hand in."""
    closes_at: Mapped[datetime | None]
    """After this nothing can be handed in."""
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("placed_activity.id"), index=True)
    """What it was copied from, with its course."""
    placed_at: Mapped[datetime] = mapped_column(default=now)
    """When it was placed."""


class Extension(Base):
    """More time for one placed activity that a trainer gave one person or one school team."""

    __tablename__ = "extension"
    __table_args__ = (
        UniqueConstraint("placed_id", "user_id"),
        UniqueConstraint("placed_id", "team_id"),
        CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="ck_extension_whose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placed_id: Mapped[int] = mapped_column(ForeignKey("placed_activity.id"))
    """What there is more time for."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who has it; nobody where it is a team's."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("school_team.id"), index=True)
    """The school team whose members have it; none where it is one person's."""
    until: Mapped[datetime]
    """What is handed in by then is in time, also where the activity is due or closes before."""
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """The trainer."""
    given_at: Mapped[datetime] = mapped_column(default=now)
    """When it was given."""
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    """The person's row."""
    team: Mapped[SchoolTeam | None] = relationship()
    """The team's row."""
    placed: Mapped[PlacedActivity] = relationship()
    """The activity's row."""


class WrittenPrompt(Base):
    """A journal prompt that a trainer wrote for one course."""

    __tablename__ = "written_prompt"
    __table_args__ = (UniqueConstraint("context_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    name: Mapped[str] = mapped_column(String(50))
    """Its identifier there, `own-…`; kept when the course is copied, so that links go on working."""
    title: Mapped[str] = mapped_column(String(500))
    """What people call it."""
    question: Mapped[str] = mapped_column(Text)
    """What is asked, as cleaned HTML."""
    words_min: Mapped[int] = mapped_column(default=0)
    """How long a piece should be at least, in words; 0 leaves it open."""
    words_max: Mapped[int] = mapped_column(default=0)
    """How long at most; 0 leaves it open."""
    points: Mapped[int] = mapped_column(default=0)
    """The highest score; 0 where it is not graded."""
    rubric: Mapped[str] = mapped_column(String(50), default="")
    """The course's rubric that it is judged by; empty for a plain number of points."""
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("written_prompt.id"), index=True)
    """What it was copied from, with its course."""
    written_at: Mapped[datetime] = mapped_column(default=now)
    """When it was written."""
