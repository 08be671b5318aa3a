"""Releasing: the writer sees the grade, and its score goes to the outbox, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.course.placed_activities import find_placed, highest_score
from lti_tool.course.prompts import prompt_activity
from lti_tool.database import now
from lti_tool.errors import NotFound, Stale
from lti_tool.grading.draft_grades import JUDGED, Judgement, find_grade
from lti_tool.grading.errors import NotFullyJudged
from lti_tool.grading.models import Grade, GradeRelease, GradeState
from lti_tool.journal.errors import EntryNotSubmitted
from lti_tool.journal.feedback import hold_submission, record_grade
from lti_tool.journal.models import Submission
from lti_tool.scores.models import Delivery
from lti_tool.scores.outbox import queue_score
from scorm_builder.course_format.journal import Rubric

SOURCE = "submission/"
NO_GRACE = timedelta(0)


@dataclass(frozen=True)
class Task:
    """What a piece was written for: how it is judged, and what the prompt is called."""

    rubric: Rubric
    title: str


TaskOf = Callable[[Submission], Task]


@dataclass(frozen=True)
class Released:
    """How many grades were released at once, and how many stay drafts because a level is missing."""

    count: int
    incomplete: int


def release(
    session: Session, submission: Submission, *, grader_id: int, task: Task, version: int, grace: timedelta = NO_GRACE
) -> Delivery | None:
    """Release the draft of this version; nothing comes back where the platform has no column for the prompt.

    As long as the grace time lasts it can be undone, and its score waits.

    The same click twice releases once. Raises NotFullyJudged, Stale where it was changed meanwhile,
    EntryNotSubmitted where the piece is no longer on the desk.
    """
    grade = _give(session, submission, grader_id=grader_id, rubric=task.rubric, version=version, grace=grace)
    return queue_grade(session, grade, task) if grade else None


def _give(
    session: Session, submission: Submission, *, grader_id: int, rubric: Rubric, version: int, grace: timedelta
) -> Grade | None:
    """Show the writer the grade; nothing where it is released already."""
    hold_submission(session, submission, JUDGED)
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
    record_grade(
        session,
        submission,
        trainer_id=grader_id,
        comment=grade.comment,
        levels=grade.levels,
        maximum=rubric.maximum,
    )
    _keep_release(session, grade, rubric, grace)
    return grade


def _keep_release(session: Session, grade: Grade, rubric: Rubric, grace: timedelta) -> None:
    present = now()
    session.add(
        GradeRelease(
            grade_id=grade.id,
            trainer_id=grade.grader_id,
            levels=dict(grade.levels),
            comment=grade.comment,
            maximum=rubric.maximum,
            released_at=present,
            undo_until=present + grace,
        )
    )
    session.flush()


def release_all(
    session: Session,
    submissions: Iterable[Submission],
    *,
    grader_id: int,
    task_of: TaskOf,
    grace: timedelta = NO_GRACE,
) -> Released:
    """Release every complete draft among these; one that is incomplete, was changed, or whose prompt the course has
    dropped never stops the rest.
    """
    given: list[tuple[Grade, Task]] = []
    incomplete = 0
    # In one order everywhere, so that two trainers who release at once wait for each other and never in a ring.
    for submission in sorted(submissions, key=lambda one: one.entry_id):
        grade = find_grade(session, submission)
        version = grade.version if grade else 0
        try:
            task = task_of(submission)
            released = _give(session, submission, grader_id=grader_id, rubric=task.rubric, version=version, grace=grace)
        except NotFullyJudged:
            incomplete += 1
        except (EntryNotSubmitted, NotFound, Stale):
            continue
        else:
            given += [(released, task)] if released else []
    queue_grades(session, given)
    return Released(len(given), incomplete)


def queue_grades(session: Session, given: Iterable[tuple[Grade, Task]]) -> int:
    """Put the scores of released grades into the outbox; gives how many have a column.

    Whoever makes a column holds it until the end of the transaction. So columns come after all the pieces, and in one
    order everywhere: two trainers then wait for each other and never in a ring.
    """
    in_order = sorted(given, key=lambda one: (_activity_of(one[0]), one[0].submission_id))
    return sum(queue_grade(session, grade, task) is not None for grade, task in in_order)


def queue_grade(session: Session, grade: Grade, task: Task) -> Delivery | None:
    """Put a released grade's score into the outbox; nothing where the platform has no column for the prompt.

    Where a trainer chose the highest score when placing it, the rubric's points are scaled to that.
    """
    entry, activity, whole = grade.submission.entry, _activity_of(grade), task.rubric.maximum
    placed = find_placed(session, entry.context_id, activity)
    maximum, kept = highest_score(placed, whole), _newest_release(session, grade)
    delivery = queue_score(
        session,
        context_id=entry.context_id,
        activity=activity,
        user_id=entry.user_id,
        source=source_of(grade.submission_id),
        points=grade.points * maximum / whole,
        maximum=maximum,
        comment=grade.comment,
        label=(placed and placed.title) or task.title,
        link=grade.submission.link,
        started_at=entry.begun_at,
        submitted_at=grade.submission.submitted_at,
        not_before=kept.undo_until if kept else None,
    )
    if kept and delivery:
        kept.delivery_id = delivery.id
        session.flush()
    return delivery


def _newest_release(session: Session, grade: Grade) -> GradeRelease | None:
    wanted = select(GradeRelease).where(GradeRelease.grade_id == grade.id).order_by(GradeRelease.id.desc())
    return session.scalar(wanted.limit(1))


def _activity_of(grade: Grade) -> str:
    return prompt_activity(grade.submission.entry.prompt)


def source_of(submission_id: int) -> str:
    """How the outbox names what was judged."""
    return f"{SOURCE}{submission_id}"
