"""Tables of what trainees write. The course's prompts are not rows: they are course data, named by identifier."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.files.models import StoredFile
from lti_tool.people.models import User


class EntryState(StrEnum):
    """Where a piece is between the two desks."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    GRADED = "graded"


class PieceStatus(StrEnum):
    """Where a submission is on the trainer's desk; a trainer looks at one list of these at a time."""

    WAITING = "waiting"
    DRAFT = "draft"
    RELEASED = "released"
    RETURNED = "returned"
    REPLACED = "replaced"
    """Its writer has handed in a later text, so it stands in no list."""
    WITHDRAWN = "withdrawn"
    """Its writer has taken it back before anybody began to mark it: it is the writer's alone again."""


class Help(StrEnum):
    """What a writer says to have been helped by."""

    NONE = "none"
    COLLEAGUE = "colleague"
    TRANSLATION = "translation"
    AI = "ai"


class RevisionKind(StrEnum):
    """Why a text was kept."""

    REPLACED = "replaced"
    SET_ASIDE = "set_aside"


class Verdict(StrEnum):
    """What the trainer did with a submission."""

    RETURNED = "returned"
    GRADED = "graded"


class Entry(Base):
    """One person's piece on one prompt in one course: the text as it stands now."""

    __tablename__ = "journal_entry"
    __table_args__ = (UniqueConstraint("context_id", "user_id", "prompt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who writes."""
    prompt: Mapped[str] = mapped_column(String(50))
    """The prompt's identifier, `j3`."""
    text: Mapped[str] = mapped_column(Text, default="")
    """The text as cleaned HTML."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts saves; a save must name the version that it was read at."""
    question: Mapped[str] = mapped_column(Text, default="", deferred=True)
    """The question that the text answers, as HTML, as it was asked when the text was begun; empty before that."""
    question_language: Mapped[str] = mapped_column(String(10), default="", deferred=True)
    """The language of the question; empty where a trainer wrote it."""
    state: Mapped[EntryState] = mapped_column(one_of(EntryState), default=EntryState.DRAFT)
    """Where it is."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    """When it was first saved."""
    saved_at: Mapped[datetime] = mapped_column(default=now)
    """When it was last saved."""
    user: Mapped[User] = relationship(lazy="joined")
    """The writer's row."""
    submissions: Mapped[list["Submission"]] = relationship(
        primaryjoin="and_(Entry.id == Submission.entry_id, Submission.number.is_not(None))",
        order_by="Submission.number",
        back_populates="entry",
    )
    """What was handed in and not taken back, oldest first."""


class Revision(Base):
    """What an entry was before, kept so that nothing written is lost."""

    __tablename__ = "journal_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), index=True)
    """The entry."""
    version: Mapped[int]
    """The entry's version that this was, or that this was written upon."""
    kind: Mapped[RevisionKind] = mapped_column(one_of(RevisionKind), default=RevisionKind.REPLACED)
    """Replaced by a later text, or set aside because another window had saved meanwhile."""
    text: Mapped[str] = mapped_column(Text)
    """The text as cleaned HTML."""
    saved_at: Mapped[datetime]
    """When it was written."""
    kept_at: Mapped[datetime] = mapped_column(default=now)
    """When it was put here."""


class Submission(Base):
    """A piece as it was handed in; grades belong to it and never move to a later text."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        # The desk's lists in their order, of all prompts and of one: paged and counted without looking at any text.
        Index("ix_submission_desk", "context_id", "status", "submitted_at", "id"),
        Index("ix_submission_desk_prompt", "context_id", "prompt", "status", "submitted_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"))
    """The entry."""
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The entry's course, here too for the desk's lists."""
    prompt: Mapped[str] = mapped_column(String(50))
    """The entry's prompt, here for the same reason."""
    status: Mapped[PieceStatus] = mapped_column(one_of(PieceStatus), default=PieceStatus.WAITING)
    """In which of the desk's lists it is. Changes only while the entry is held."""
    number: Mapped[int | None]
    """First, second, third time; none where its writer has taken it back."""
    text: Mapped[str] = mapped_column(Text)
    """The text as cleaned HTML, as it was then; empty where it was taken back: the entry's versions have it."""
    words: Mapped[int]
    """How many words it has."""
    question: Mapped[str] = mapped_column(Text, default="", deferred=True)
    """The question that it answers, as HTML, as it was asked; empty where that is not known."""
    question_language: Mapped[str] = mapped_column(String(10), default="", deferred=True)
    """The language of the question; empty where a trainer wrote it."""
    submitted_at: Mapped[datetime] = mapped_column(default=now)
    """When it was handed in."""
    link: Mapped[str] = mapped_column(String(255), default="")
    """The platform's id of the link through which it was handed in; empty where there was none."""
    is_trial: Mapped[bool] = mapped_column(default=False)
    """Whether a test student handed it in, or one of the staff who tried things out as a trainee."""
    help_used: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What helped, as its writer says, in words of `Help`; empty where nothing was said."""
    help_note: Mapped[str] = mapped_column(Text, default="")
    """The writer's own words on it, plain text."""
    unticked: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Points of the checklist that the writer has not ticked, as they were worded."""
    entry: Mapped[Entry] = relationship(back_populates="submissions", lazy="joined")
    """The entry's row."""
    feedback: Mapped["Feedback | None"] = relationship(back_populates="submission")
    """What the trainer has said of it so far."""
    attachments: Mapped[list["Attachment"]] = relationship(
        secondary="submission_attachment", order_by="Attachment.id", viewonly=True
    )
    """The files that were handed in with it, as they were then."""


class Attachment(Base):
    """A file that its writer has added to a piece."""

    __tablename__ = "journal_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), index=True)
    """The entry."""
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    """The file."""
    description: Mapped[str] = mapped_column(String(500), default="")
    """What is to be seen or read in it; of a picture, for those who cannot see it."""
    removed_at: Mapped[datetime | None]
    """When its writer took it out of the text that is being written; kept, where it had been handed in before."""
    file: Mapped[StoredFile] = relationship(lazy="joined")
    """The file's row."""


class SubmissionAttachment(Base):
    """That a file was handed in with a submission. Such rows never change; they go where it is taken back."""

    __tablename__ = "submission_attachment"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    """The submission."""
    attachment_id: Mapped[int] = mapped_column(ForeignKey("journal_attachment.id"), primary_key=True, index=True)
    """What was handed in with it."""


class Feedback(Base):
    """What the writer is shown of a trainer's judgement; a draft of it never gets here."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    """What is judged."""
    trainer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who judged."""
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict))
    """Returned for another go, or graded."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """The overall comment, plain text."""
    levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Points by criterion identifier; none where it was returned."""
    points: Mapped[int] = mapped_column(default=0)
    """The plain sum from 0."""
    maximum: Mapped[int] = mapped_column(default=0)
    """The rubric's highest sum; 0 where it was returned."""
    given_at: Mapped[datetime] = mapped_column(default=now)
    """When the writer was shown it."""
    trainer: Mapped[User] = relationship(lazy="joined")
    """The trainer's row."""
    submission: Mapped[Submission] = relationship(back_populates="feedback")
    """The submission's row."""
