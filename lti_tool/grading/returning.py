"""Returning: a piece goes back to its writer for another go, with a comment and without a grade."""

from sqlalchemy.orm import Session

from lti_tool.grading.draft_grades import find_grade
from lti_tool.grading.errors import CommentNeeded
from lti_tool.grading.progress_notices import send_returned_notice
from lti_tool.journal.feedback import hold_submission, record_return
from lti_tool.journal.models import Submission


def return_piece(session: Session, submission: Submission, *, trainer_id: int) -> None:
    """Return the piece with the comment of its draft; the levels stay with the trainer.

    Raises CommentNeeded where there is no comment, EntryNotSubmitted where the piece is no longer on the desk.
    """
    hold_submission(session, submission)
    grade = find_grade(session, submission)
    if grade is None or not grade.comment:
        raise CommentNeeded("return")
    record_return(session, submission, trainer_id=trainer_id, comment=grade.comment)
    send_returned_notice(session, submission)
