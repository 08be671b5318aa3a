"""Sending scores again at the trainer's wish: those that were refused, and those that had no column before."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from lti_tool.errors import NotFound
from lti_tool.grading.draft_grades import JUDGED, find_grade
from lti_tool.grading.models import Grade, GradeState
from lti_tool.grading.releasing import TaskOf, queue_grades, source_of
from lti_tool.journal.errors import EntryNotSubmitted
from lti_tool.journal.feedback import hold_submission
from lti_tool.journal.models import Submission
from lti_tool.scores.errors import NoLineItem
from lti_tool.scores.outbox import latest_deliveries, send_again


def resend(session: Session, submission: Submission, task_of: TaskOf) -> None:
    """Send this piece's score again; raises NoLineItem where the platform has no column for it."""
    unsent = _send_again(session, submission)
    if unsent is not None and not queue_grades(session, [(unsent, task_of(submission))]):
        raise NoLineItem(source_of(submission.id))


def resend_all(session: Session, submissions: Iterable[Submission], task_of: TaskOf) -> int:
    """Send every released score again, of these, that was refused or had no column; gives how many are on their way."""
    count, unsent = 0, []
    # In one order everywhere, so that two trainers who send at once wait for each other and never in a ring.
    for submission in sorted(submissions, key=lambda one: one.entry_id):
        try:
            grade = _send_again(session, submission)
            unsent += [(grade, task_of(submission))] if grade else []
        except (EntryNotSubmitted, NotFound):
            continue  # it was taken up again meanwhile, or the course has dropped its prompt
        count += grade is None
    return count + queue_grades(session, unsent)


def _send_again(session: Session, submission: Submission) -> Grade | None:
    """Put the score back into the outbox; gives the grade where it has never been there. Holds the piece."""
    context_id = hold_submission(session, submission, JUDGED).context_id
    source = source_of(submission.id)
    delivery = latest_deliveries(session, context_id, [source]).get(source)
    if delivery is not None:
        send_again(session, context_id=context_id, delivery_id=delivery.id)
        return None
    grade = find_grade(session, submission)
    if grade is None or grade.state is not GradeState.RELEASED:
        raise EntryNotSubmitted("not released")
    return grade
