"""Submitting: the piece goes to the trainer exactly as its writer saw it, and can be found there."""

from sqlalchemy.orm import Session

from lti_tool.course.placed_activities import offered_in, require_not_closed
from lti_tool.course.prompts import is_asked_for, prompt_activity
from lti_tool.errors import BadInput, NotFound
from lti_tool.journal.attachments import hand_in_attachments
from lti_tool.journal.declarations import Declaration
from lti_tool.journal.entry_status import handed_in_before
from lti_tool.journal.errors import NothingWritten, PieceWithdrawn
from lti_tool.journal.html_cleaning import count_words
from lti_tool.journal.models import EntryState, PieceStatus, Submission
from lti_tool.journal.writing import expect_version, hold_entry
from lti_tool.people.members import is_trying_out
from scorm_builder.course_format.journal import Prompt

NOTHING_SAID = Declaration()


class NotAskedFor(BadInput):
    """No trainer has put this prompt before the course, so nobody waits for a piece on it."""


def submit(
    session: Session,
    *,
    context_id: int,
    user_id: int,
    prompt: Prompt,
    version: int,
    link: str = "",
    said: Declaration = NOTHING_SAID,
) -> Submission:
    """Hand in the text of this version, through this link of the platform. The same click twice hands it in once.

    Raises NothingWritten for an empty piece, Stale where it was saved meanwhile, EntryNotOpen where it is with the
    trainer, BadInput for a prompt that nobody marks, NotAskedFor for one that no trainer wants pieces on, NotOpenYet or
    Closed outside the times that a trainer set.
    """
    if prompt.rubric is None:
        raise BadInput("nobody marks this prompt")
    entry = hold_entry(session, context_id, user_id, prompt.id)
    if entry.state is EntryState.SUBMITTED and version == entry.version:
        return entry.submissions[-1]
    expect_version(entry, version)
    require_not_closed(session, context_id, prompt_activity(prompt.id), user_id)
    if not entry.text:
        raise NothingWritten(prompt.id)
    number = len(entry.submissions) + 1
    if not is_asked_for(prompt, offered_in(session, context_id)) and not handed_in_before(session, [entry]):
        raise NotAskedFor(prompt.id)
    for earlier in entry.submissions:
        earlier.status = PieceStatus.REPLACED
    submission = Submission(
        context_id=context_id,
        prompt=prompt.id,
        number=number,
        text=entry.text,
        words=count_words(entry.text),
        question=entry.question,
        question_language=entry.question_language,
        link=link,
        is_trial=is_trying_out(session, context_id, user_id),
        help_used=list(said.help_used),
        help_note=said.note,
        unticked=list(said.unticked),
    )
    entry.submissions.append(submission)
    entry.state = EntryState.SUBMITTED
    session.flush()
    hand_in_attachments(session, entry, submission)
    return submission


def find_submission(session: Session, context_id: int, submission_id: int) -> Submission:
    """The submission, in this course; raises NotFound in any other, PieceWithdrawn where its writer took it back."""
    found = session.get(Submission, submission_id)
    if found is None or found.entry.context_id != context_id:
        raise NotFound("submission")
    if found.status is PieceStatus.WITHDRAWN:
        raise PieceWithdrawn("find")
    return found
