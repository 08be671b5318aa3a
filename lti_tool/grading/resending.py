"""Sending scores again at the trainer's wish: those that were refused, and those that had no column before."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from lti_tool.errors import NotFound
from lti_tool.grading.desk import Piece, PieceStatus, deliveries_of
from lti_tool.grading.draft_grades import JUDGED, find_grade
from lti_tool.grading.models import Grade, GradeState
from lti_tool.grading.releasing import TaskOf, queue_grades, source_of
from lti_tool.journal.errors import EntryNotSubmitted
from lti_tool.journal.feedback import hold_submission
from lti_tool.journal.models import Submission
from lti_tool.scores.errors import NoLineItem
from lti_tool.scores.models import DeliveryState
from lti_tool.scores.outbox import latest_deliveries, send_again


def resend(session: Session, submission: Submission, task_of: TaskOf) -> None:
    """Send this piece's score again; raises NoLineItem where the platform has no column for it."""
    unsent = _send_again(session, submission)
    if unsent is not None and not queue_grades(session, [(unsent, task_of(submission))]):
        raise NoLineItem(source_of(submission.id))


def resend_all(session: Session, context_id: int, pieces: Sequence[Piece], task_of: TaskOf) -> int:
    """Send every released score again that was refused or had no column; gives how many are on their way."""
    released = [piece for piece in pieces if piece.status is PieceStatus.RELEASED]
    deliveries = deliveries_of(session, context_id, released)
    count, unsent = 0, []
    for piece in sorted(released, key=lambda one: one.submission.entry_id):
        delivery = deliveries.get(piece.submission.id)
        if delivery is not None and delivery.state is not DeliveryState.REFUSED:
            continue
        try:
            grade = _send_again(session, piece.submission)
            unsent += [(grade, task_of(piece.submission))] if grade else []
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
