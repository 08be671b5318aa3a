"""Releasing: the writer sees the grade, and its score goes to the outbox, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.course.bundle import Rubric
from lti_tool.course.placing import find_placed
from lti_tool.database import now
from lti_tool.errors import EntryNotSubmitted, NotFullyJudged, Stale
from lti_tool.grading.judging import JUDGED, Judgement, find_grade
from lti_tool.grading.models import Grade, GradeState
from lti_tool.journal.models import Submission
from lti_tool.journal.receiving import hold_submission, receive_grade
from lti_tool.scores.models import Delivery
from lti_tool.scores.queueing import queue_score

RubricOf = Callable[[Submission], Rubric]


@dataclass(frozen=True)
class Released:
    """How many grades were released at once, and how many stay drafts because a level is missing."""

    count: int
    incomplete: int


def release(
    session: Session, submission: Submission, *, grader_id: int, rubric: Rubric, version: int
) -> Delivery | None:
    """Release the draft of this version; nothing comes back where the platform has no column for the prompt.

    The same click twice releases once. Raises NotFullyJudged, Stale where it was changed meanwhile,
    EntryNotSubmitted where the piece is no longer on the desk.
    """
    entry = hold_submission(session, submission, JUDGED)
    grade = find_grade(session, submission)
    if grade is None:
        raise NotFullyJudged(tuple(criterion.id for criterion in rubric.criteria))
    if version != grade.version:
        raise Stale(f"version {version}, not {grade.version}")
    if grade.state is GradeState.RELEASED:
        return None
    if missing := Judgement(grade.levels, grade.comment).missing(rubric):
        raise NotFullyJudged(missing)
    grade.state, grade.grader_id, grade.released_at = GradeState.RELEASED, grader_id, grade.released_at or now()
    receive_grade(
        session,
        submission,
        trainer_id=grader_id,
        comment=grade.comment,
        levels=grade.levels,
        maximum=rubric.maximum,
    )
    return queue_grade(session, entry.context_id, grade, rubric)


def release_all(
    session: Session, submissions: Iterable[Submission], *, grader_id: int, rubric_of: RubricOf
) -> Released:
    """Release every complete draft among these; one that is incomplete or was changed never stops the rest."""
    count = incomplete = 0
    # In one order everywhere, so that two trainers who release at once wait for each other and never in a ring.
    for submission in sorted(submissions, key=lambda one: one.entry_id):
        grade = find_grade(session, submission)
        if grade and grade.state is GradeState.RELEASED:
            continue
        try:
            release(
                session,
                submission,
                grader_id=grader_id,
                rubric=rubric_of(submission),
                version=grade.version if grade else 0,
            )
            count += 1
        except NotFullyJudged:
            incomplete += 1
        except (EntryNotSubmitted, Stale):
            continue
    return Released(count, incomplete)


def queue_grade(session: Session, context_id: int, grade: Grade, rubric: Rubric) -> Delivery | None:
    """Put a released grade's score into the outbox; nothing where the platform has no column for the prompt.

    Where a trainer chose the highest score when placing it, the rubric's points are scaled to that.
    """
    entry = grade.submission.entry
    activity = f"journal/{entry.prompt}"
    placed = find_placed(session, context_id, activity)
    maximum = (placed and placed.points) or rubric.maximum
    return queue_score(
        session,
        context_id=context_id,
        activity=activity,
        user_id=entry.user_id,
        source=source_of(grade.submission_id),
        points=grade.points * maximum / rubric.maximum,
        maximum=maximum,
        comment=grade.comment,
        label=(placed and placed.title) or f"Journal {entry.prompt.upper()}",
        started_at=entry.begun_at,
        submitted_at=grade.submission.submitted_at,
    )


def source_of(submission_id: int) -> str:
    """How the outbox names what was judged."""
    return f"submission/{submission_id}"
