"""Judging: a level for each criterion and a comment, kept as a draft until it is released."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now, upsert
from lti_tool.errors import BadInput, TooLong
from lti_tool.grading.errors import GradeNotOpen
from lti_tool.grading.models import Grade, GradeState
from lti_tool.journal.errors import EntryNotSubmitted
from lti_tool.journal.feedback import hold_submission
from lti_tool.journal.models import EntryState, PieceStatus, Submission
from lti_tool.plain_text import storable
from scorm_builder.course_format.journal import Rubric

LONGEST_COMMENT = 20_000
"""Characters."""
JUDGED = frozenset({EntryState.SUBMITTED, EntryState.GRADED})


@dataclass(frozen=True)
class Judgement:
    """What a trainer thinks of a piece so far; a criterion without a level is missing from `levels`."""

    levels: Mapping[str, int]
    comment: str

    def missing(self, rubric: Rubric) -> tuple[str, ...]:
        """The criteria that have no level yet."""
        return tuple(criterion.id for criterion in rubric.criteria if criterion.id not in self.levels)


@dataclass(frozen=True)
class Judged:
    """The grade after a save; `conflict` says that another window had saved meanwhile, and nothing was replaced."""

    grade: Grade
    conflict: bool = False


def read_judgement(rubric: Rubric, levels: Mapping[str, object], comment: str) -> Judgement:
    """A judgement by this rubric. An empty level is none; raises BadInput for what the rubric does not have."""
    allowed = {criterion.id: {level.points for level in criterion.levels} for criterion in rubric.criteria}
    chosen = {name: _points(value) for name, value in levels.items() if value not in (None, "")}
    if any(points not in allowed.get(name, ()) for name, points in chosen.items()):
        raise BadInput("level")
    comment = storable(comment).strip()
    if len(comment) > LONGEST_COMMENT:
        raise TooLong("comment")
    return Judgement(chosen, comment)


def save_judgement(
    session: Session, submission: Submission, *, grader_id: int, judgement: Judgement, version: int
) -> Judged:
    """Save a draft that was read at `version`; the same twice is one save.

    Raises EntryNotSubmitted where the piece is no longer on the desk, GradeNotOpen where its grade is released.
    """
    hold_submission(session, submission, JUDGED)
    grade = _hold_grade(session, submission, grader_id)
    if (grade.levels, grade.comment) == (judgement.levels, judgement.comment):
        return Judged(grade)
    if grade.state is GradeState.RELEASED:
        raise GradeNotOpen("save")
    if version != grade.version:
        return Judged(grade, conflict=True)
    grade.levels, grade.comment = dict(judgement.levels), judgement.comment
    grade.grader_id, grade.saved_at = grader_id, now()
    grade.version += 1
    submission.status = status_of(grade)
    session.flush()
    session.refresh(grade, ["grader"])
    return Judged(grade)


def reopen(session: Session, submission: Submission) -> Grade:
    """Let a released grade be changed; its writer sees the former one until it is released again."""
    hold_submission(session, submission, JUDGED)
    grade = find_grade(session, submission)
    if grade is None:
        raise EntryNotSubmitted("no grade")
    grade.state, submission.status = GradeState.DRAFT, status_of(grade)
    session.flush()
    return grade


def find_grade(session: Session, submission: Submission) -> Grade | None:
    """The grade of this submission, if one was begun."""
    return session.scalar(
        select(Grade).where(Grade.submission_id == submission.id).execution_options(populate_existing=True)
    )


def _hold_grade(session: Session, submission: Submission, grader_id: int) -> Grade:
    # The piece is held already, so nobody else makes the row meanwhile.
    found = find_grade(session, submission)
    return found or upsert(session, Grade, {"submission_id": submission.id}, {"grader_id": grader_id, "levels": {}})


def status_of(draft: Grade) -> PieceStatus:
    """An empty judgement, such as one that was taken away again, is none."""
    return PieceStatus.DRAFT if draft.levels or draft.comment else PieceStatus.WAITING


def _points(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise BadInput("level") from None
