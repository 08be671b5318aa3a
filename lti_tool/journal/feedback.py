"""Receiving: what comes back from the trainer's desk, returned for another go or graded."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.journal.errors import EntryNotSubmitted
from lti_tool.journal.models import Entry, EntryState, Feedback, PieceStatus, Submission, Verdict
from lti_tool.journal.writing import lock_entry


def hold_submission(
    session: Session, submission: Submission, states: frozenset[EntryState] = frozenset({EntryState.SUBMITTED})
) -> Entry:
    """The piece of this submission, held until the end of the transaction, so that its state stays as it is.

    Raises EntryNotSubmitted where it is in no such state, or where a later text was handed in.
    """
    entry = lock_entry(session, submission.entry_id)
    if entry.state not in states or entry.submissions[-1].id != submission.id:
        raise EntryNotSubmitted(entry.state)
    return entry


def record_return(session: Session, submission: Submission, *, trainer_id: int, comment: str) -> None:
    """Open the piece again for its writer, with a comment on what to do; raises EntryNotSubmitted."""
    entry = hold_submission(session, submission)
    _tell(session, submission, trainer_id, Verdict.RETURNED, comment)
    entry.state, submission.status = EntryState.RETURNED, PieceStatus.RETURNED
    session.flush()


def record_grade(
    session: Session,
    submission: Submission,
    *,
    trainer_id: int,
    comment: str,
    levels: Mapping[str, int],
    maximum: int,
) -> None:
    """Show the writer a grade, for the first time or anew; raises EntryNotSubmitted."""
    entry = hold_submission(session, submission, frozenset({EntryState.SUBMITTED, EntryState.GRADED}))
    told = _tell(session, submission, trainer_id, Verdict.GRADED, comment)
    told.levels, told.points, told.maximum = dict(levels), sum(levels.values()), maximum
    entry.state, submission.status = EntryState.GRADED, PieceStatus.RELEASED
    session.flush()


def take_back_grade(session: Session, submission: Submission, *, is_first: bool) -> Feedback | None:
    """Let the writer see the grade no longer: the piece is with the trainer again, or, where it is not the first grade,
    gives what the writer sees, to be filled with the former one.
    """
    entry = hold_submission(session, submission, frozenset({EntryState.GRADED}))
    told = submission.feedback
    if not is_first:
        return told
    entry.state, submission.status = EntryState.SUBMITTED, PieceStatus.WAITING
    if told is not None:
        session.delete(told)
    session.flush()
    session.expire(submission, ["feedback"])
    return None


def _tell(session: Session, submission: Submission, trainer_id: int, verdict: Verdict, comment: str) -> Feedback:
    told = submission.feedback or Feedback(submission=submission, levels={}, points=0, maximum=0)
    told.trainer_id, told.verdict, told.comment, told.given_at = trainer_id, verdict, comment, now()
    session.add(told)
    return told
