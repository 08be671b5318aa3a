"""A piece that was handed in shows in the gradebook as waiting for a trainer, where the platform can show that."""

from sqlalchemy.orm import Session

from lti_tool.course.prompts import prompt_activity
from lti_tool.journal.models import Submission
from lti_tool.scores.outbox import latest_deliveries, queue_handing_in

WHOLE = 100.0
"""No score goes along, so it does not matter out of how many."""


def send_submitted_notice(session: Session, submission: Submission) -> None:
    """Tell the gradebook, once a submission."""
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
