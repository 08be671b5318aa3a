"""Tables of grades, and of trainers' practice in marking."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.journal.models import Submission
from lti_tool.people.models import User


class GradeState(StrEnum):
    """Whether the writer can see it."""

    DRAFT = "draft"
    RELEASED = "released"


class Grade(Base):
    """A trainer's judgement of one submission: a level for each criterion and a comment."""

    __tablename__ = "grade"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    """What is judged; one grade each."""
    grader_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who judged last."""
    levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Points by criterion identifier; a criterion not judged yet is missing."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """The overall comment, plain text."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts saves, so that two windows cannot overwrite each other."""
    state: Mapped[GradeState] = mapped_column(one_of(GradeState), default=GradeState.DRAFT)
    """Draft or released."""
    saved_at: Mapped[datetime] = mapped_column(default=now)
    """When it was last saved."""
    released_at: Mapped[datetime | None]
    """When the writer was first shown it."""
    submission: Mapped[Submission] = relationship(lazy="joined")
    """The submission's row."""
    grader: Mapped[User] = relationship(lazy="joined")
    """The trainer's row."""

    @property
    def points(self) -> int:
        """The plain sum from 0."""
        return sum(self.levels.values())


class GradeRelease(Base):
    """One release of a grade, as its writer was shown it. Such rows are kept, also those that were undone."""

    __tablename__ = "grade_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    grade_id: Mapped[int] = mapped_column(ForeignKey("grade.id"), index=True)
    """The grade."""
    trainer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who released it."""
    levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Points by criterion identifier."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """The overall comment, plain text."""
    maximum: Mapped[int]
    """The rubric's highest sum."""
    released_at: Mapped[datetime] = mapped_column(default=now)
    """When the writer was shown it."""
    undo_until: Mapped[datetime] = mapped_column(default=now)
    """Until then it can be undone, and its score waits."""
    undone_at: Mapped[datetime | None]
    """When it was undone, if it was."""
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    """Its score in the outbox; nothing where the platform has no column, or once it was undone."""


class DeskSetting(Base):
    """How a trainer wants the desk of a course to be."""

    __tablename__ = "desk_setting"

    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"), primary_key=True)
    """The course."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)
    """The trainer."""
    hides_names: Mapped[bool] = mapped_column(default=False)
    """Whether pieces have numbers instead of names until their grade is released."""


class CalibrationRound(Base):
    """One go of a trainer through the course's sample pieces. It is the trainer's own, and of no course."""

    __tablename__ = "calibration_round"
    __table_args__ = (UniqueConstraint("user_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    """The trainer."""
    number: Mapped[int]
    """First, second, third time."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    """When its first piece was marked."""


class CalibrationMark(Base):
    """What a trainer thinks of one sample piece in one round."""

    __tablename__ = "calibration_mark"
    __table_args__ = (UniqueConstraint("round_id", "sample"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("calibration_round.id"))
    """The round."""
    sample: Mapped[str] = mapped_column(String(50))
    """The sample's identifier in the course, `s3`."""
    levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Points by criterion identifier; a criterion not judged yet is missing."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """The trainer's own reasons, plain text."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts saves, so that two windows cannot overwrite each other."""
    saved_at: Mapped[datetime] = mapped_column(default=now)
    """When it was last saved."""
    agreed: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """The agreed levels as they were when the trainer was shown them, so that a later course changes no result."""
    compared_at: Mapped[datetime | None]
    """When the trainer was shown the agreed levels; from then on the marks stay as they are."""
