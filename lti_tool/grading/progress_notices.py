"""What the gradebook is told of a piece on its way between writer and trainer, where the platform can show that."""

from sqlalchemy.orm import Session

from lti_tool.course.prompts import prompt_activity
from lti_tool.journal.models import Submission
from lti_tool.scores.outbox import latest_deliveries, queue_handing_in, queue_reopening

WHOLE = 100.0
"""No score goes along, so it does not matter out of how many."""


def send_submitted_notice(session: Session, submission: Submission) -> None:
    """Tell the gradebook that the piece waits for a trainer, once a submission."""
    entry, source = submission.entry, f"handed-in/{submission.id}"
    if latest_deliveries(session, entry.context_id, [source]):
        return
    queue_handing_in(
        session,
        context_id=entry.context_id,
        activity=prompt_activity(entry.prompt),
        user_id=entry.user_id,
        source=source,
        link=submission.link,
        maximum=WHOLE,
        started_at=entry.begun_at,
        submitted_at=submission.submitted_at,
    )


def send_withdrawn_notice(session: Session, submission: Submission) -> None:
    """Tell the gradebook, where it has heard of the submission, that its writer has taken it back; once."""
    _reopen(session, submission, "taken-back", "Started")


def send_returned_notice(session: Session, submission: Submission) -> None:
    """Tell the gradebook, where it has heard of the submission, that its writer goes on with it; once."""
    _reopen(session, submission, "returned", "InProgress")


def _reopen(session: Session, submission: Submission, kind: str, activity_progress: str) -> None:
    handed_in, reopened = f"handed-in/{submission.id}", f"{kind}/{submission.id}"
    told = latest_deliveries(session, submission.entry.context_id, [handed_in, reopened])
    if handed_in in told and reopened not in told:
        queue_reopening(session, told[handed_in], source=reopened, activity_progress=activity_progress)
