"""Where a person's pieces stand, and what is to be done next, in the order of the course."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from lti_tool.course.extensions import Times, more_time, times_of
from lti_tool.course.models import PlacedActivity
from lti_tool.course.placed_activities import offered_in, placed_in
from lti_tool.course.prompts import is_asked_for, prompt_activity
from lti_tool.database import now
from lti_tool.journal.models import Entry, EntryState, Feedback, Submission
from scorm_builder.course_format.journal import Prompt


class Step(StrEnum):
    """What the writer sees of a piece."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    WITH_TRAINER = "with_trainer"
    CAME_BACK = "came_back"
    GRADED = "graded"


STEPS = {
    EntryState.DRAFT: Step.DRAFT,
    EntryState.SUBMITTED: Step.WITH_TRAINER,
    EntryState.RETURNED: Step.CAME_BACK,
    EntryState.GRADED: Step.GRADED,
}
URGENCY = (Step.CAME_BACK, Step.DRAFT, Step.NOT_BEGUN)
"""What is offered first: a trainer's answer, then what was begun, then what is new."""


@dataclass(frozen=True)
class Piece:
    """A prompt with what this person has written on it."""

    prompt: Prompt
    entry: Entry | None
    placed: PlacedActivity | None = None
    """How it was placed in the course."""
    until: datetime | None = None
    """Until when this person has more time than the others."""
    asked_for: bool = True
    """Whether a trainer wants it, or wanted it when it was handed in; the others are for the writer alone."""

    @property
    def step(self) -> Step:
        """Where it stands. A draft whose text was all deleted counts as not begun."""
        if self.entry is None or (self.entry.state is EntryState.DRAFT and not self.entry.text):
            return Step.NOT_BEGUN
        return STEPS[self.entry.state]

    @property
    def times(self) -> Times:
        """When it opens, is due and closes for this person."""
        return times_of(self.placed, self.until)

    @property
    def is_closed(self) -> bool:
        """Whether it can no longer be handed in."""
        return _is_past(self.times.closes_at)

    @property
    def is_past_due(self) -> bool:
        """Whether what is handed in now comes late."""
        return _is_past(self.times.due_at)

    @property
    def is_open(self) -> bool:
        """Whether the time has come from which it can be written."""
        return self.placed is None or self.placed.opens_at is None or _is_past(self.placed.opens_at)

    @property
    def is_for_trainer(self) -> bool:
        """Whether it can be handed in, its time apart."""
        return self.prompt.rubric is not None and self.asked_for

    @property
    def gradebook_maximum(self) -> float | None:
        """What the gradebook's column goes up to, where it is not the rubric's own sum."""
        return self.placed.points if self.placed else None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been handed in, or written where nobody marks it, and was not."""
        waits = self.step is Step.NOT_BEGUN or (self.step is Step.DRAFT and self.prompt.rubric is not None)
        return waits and self.is_past_due

    @property
    def feedback(self) -> Feedback | None:
        """The latest that the trainer has said."""
        return latest_feedback(self.entry) if self.entry else None


def pieces_of(session: Session, context_id: int, user_id: int, prompts: Iterable[Prompt]) -> list[Piece]:
    """One piece for each prompt."""
    entries, placed = _entries(session, context_id, user_id), placed_in(session, context_id)
    offered, until = offered_in(session, context_id), more_time(session, context_id, [user_id])
    handed_in = handed_in_before(session, entries.values())
    return [
        Piece(
            prompt,
            entry := entries.get(prompt.id),
            placed.get(prompt_activity(prompt.id)),
            until.get((user_id, prompt_activity(prompt.id))),
            is_asked_for(prompt, offered) or (entry is not None and entry.id in handed_in),
        )
        for prompt in prompts
    ]


def handed_in_before(session: Session, entries: Iterable[Entry]) -> Set[int]:
    """Which of these were handed in at least once, by id, also where they were taken back: they can be again, whatever
    the trainer has taken away since.
    """
    wanted = select(Submission.entry_id).where(Submission.entry_id.in_([entry.id for entry in entries]))
    return set(session.scalars(wanted))


def next_piece(pieces: Iterable[Piece]) -> Piece | None:
    """What to do next; a prompt that nobody marks is done once something was written."""
    waiting = [piece for piece in pieces if piece.step in URGENCY and not _is_kept_only(piece) and _can_be_done(piece)]
    return min(waiting, key=lambda piece: URGENCY.index(piece.step), default=None)


def latest_feedback(entry: Entry) -> Feedback | None:
    """What the trainer said of the newest submission that was answered."""
    answered = (submission.feedback for submission in reversed(entry.submissions))
    return next(filter(None, answered), None)


def _can_be_done(piece: Piece) -> bool:
    return piece.is_open and not piece.is_closed and piece.asked_for


def _is_past(moment: datetime | None) -> bool:
    return moment is not None and moment < now()


def _is_kept_only(piece: Piece) -> bool:
    return piece.prompt.rubric is None and piece.step is Step.DRAFT


def _entries(session: Session, context_id: int, user_id: int) -> Mapping[str, Entry]:
    wanted = (
        select(Entry)
        .where(Entry.context_id == context_id, Entry.user_id == user_id)
        .options(selectinload(Entry.submissions).joinedload(Submission.feedback))
    )
    return {entry.prompt: entry for entry in session.scalars(wanted)}
