"""Withdrawing: a writer takes a piece back that was handed in, while no trainer has begun to mark it."""

from sqlalchemy.orm import Session

from lti_tool.course.errors import Closed
from lti_tool.course.placed_activities import require_not_closed
from lti_tool.course.prompts import prompt_activity
from lti_tool.errors import NotFound
from lti_tool.journal.attachments import withdraw_attachments
from lti_tool.journal.errors import MarkingBegun, TooLateToWithdraw
from lti_tool.journal.models import Entry, EntryState, PieceStatus, Submission
from lti_tool.journal.revisions import keep_replaced
from lti_tool.journal.writing import hold_entry
from scorm_builder.course_format.journal import Prompt


def can_withdraw(entry: Entry) -> bool:
    """Whether the piece is with the trainer and nobody has begun to mark it."""
    return entry.state is EntryState.SUBMITTED and entry.submissions[-1].status is PieceStatus.WAITING


def withdraw(session: Session, *, context_id: int, user_id: int, prompt: Prompt, submission_id: int) -> Submission:
    """Make what was handed in the writer's alone again. The same click twice takes it back once.

    The text stays as it is and is kept as an earlier version, so that no copy of it is needed, however often this is
    done; what was returned before stands on the desk as returned again. The entry is held as by whoever hands in or
    marks, so of a writer and a trainer at the same moment one is first. Raises NothingWritten, NotFound for what is not
    this piece's, MarkingBegun, TooLateToWithdraw.
    """
    entry = hold_entry(session, context_id, user_id, prompt.id)
    submission = session.get(Submission, submission_id, populate_existing=True)
    if submission is None or submission.entry_id != entry.id:
        raise NotFound("submission")
    if submission.status is PieceStatus.WITHDRAWN:
        return submission
    if not can_withdraw(entry) or entry.submissions[-1].id != submission.id:
        raise MarkingBegun(submission.status)
    _require_time(session, entry)
    keep_replaced(session, entry)
    submission.status, submission.number = PieceStatus.WITHDRAWN, None
    submission.text, submission.question, submission.question_language = "", "", ""
    withdraw_attachments(session, submission)
    session.flush()
    session.refresh(entry, ["submissions"])
    entry.state = EntryState.DRAFT
    if entry.submissions:
        entry.state, entry.submissions[-1].status = EntryState.RETURNED, PieceStatus.RETURNED
    session.flush()
    return submission


def _require_time(session: Session, entry: Entry) -> None:
    """Who takes it back when it can no longer be handed in would have handed in nothing."""
    try:
        require_not_closed(session, entry.context_id, prompt_activity(entry.prompt), entry.user_id)
    except Closed:
        raise TooLateToWithdraw(entry.prompt) from None
