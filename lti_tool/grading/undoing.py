"""Undoing: within a grace time a release is taken back as if it had not been, before its score is sent."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, defer, joinedload

from lti_tool.database import now
from lti_tool.grading.draft_grades import JUDGED, find_grade, status_of
from lti_tool.grading.errors import TooLateToUndo
from lti_tool.grading.models import Grade, GradeRelease, GradeState
from lti_tool.journal.feedback import hold_submission, take_back_grade
from lti_tool.journal.models import Entry, Submission
from lti_tool.scores.outbox import withdraw_score


def undo_release(session: Session, submission: Submission) -> None:
    """Take the newest release of this piece back: its grade is a draft, and its writer sees what they saw before.

    The same click twice undoes once. Raises TooLateToUndo, EntryNotSubmitted where the piece is no longer on the desk.
    """
    hold_submission(session, submission, JUDGED)
    grade = find_grade(session, submission)
    releases = releases_of(session, grade) if grade else []
    if grade is None or not releases:
        raise TooLateToUndo("no release")
    newest = releases[-1]
    if newest.undone_at is not None and grade.state is GradeState.DRAFT:
        return
    if grade.state is not GradeState.RELEASED or newest.undo_until <= now() or not _withdraw(session, newest):
        raise TooLateToUndo("undo")
    newest.undone_at = now()
    former = next((one for one in reversed(releases) if one.undone_at is None), None)
    _show_former(session, submission, former)
    grade.state, grade.released_at = GradeState.DRAFT, grade.released_at if former else None
    submission.status = status_of(grade)
    session.flush()


def undo_all(session: Session, submissions: Sequence[Submission]) -> int:
    """Undo what can still be undone of these releases; gives how many these were."""
    count = 0
    # In one order everywhere, so that two trainers who undo at once wait for each other and never in a ring.
    for submission in sorted(submissions, key=lambda one: one.entry_id):
        try:
            undo_release(session, submission)
        except TooLateToUndo:
            continue
        count += 1
    return count


def undoable(session: Session, context_id: int, trainer_id: int) -> Sequence[Submission]:
    """The pieces whose newest release is this trainer's and can be undone, the newest first; without their texts."""
    later = aliased(GradeRelease)
    newest = ~exists().where(later.grade_id == GradeRelease.grade_id, later.id > GradeRelease.id)
    wanted = (
        select(Submission)
        .join(Grade, Grade.submission_id == Submission.id)
        .join(GradeRelease, GradeRelease.grade_id == Grade.id)
        .where(GradeRelease.trainer_id == trainer_id, GradeRelease.undone_at.is_(None), GradeRelease.undo_until > now())
        .where(Submission.context_id == context_id, Grade.state == GradeState.RELEASED, newest)
        .options(defer(Submission.text), joinedload(Submission.entry).defer(Entry.text))
        .order_by(GradeRelease.id.desc())
    )
    return session.scalars(wanted).all()


def releases_of(session: Session, grade: Grade) -> Sequence[GradeRelease]:
    """All releases of a grade, oldest first, also those that were undone."""
    return session.scalars(
        select(GradeRelease).where(GradeRelease.grade_id == grade.id).order_by(GradeRelease.id)
    ).all()


def _withdraw(session: Session, release: GradeRelease) -> bool:
    """Take its score out of the outbox, where it has one; False where it is on its way."""
    delivery_id, release.delivery_id = release.delivery_id, None
    session.flush()  # the row must not be named any more when it goes
    if delivery_id is None or withdraw_score(session, delivery_id):
        return True
    release.delivery_id = delivery_id
    session.flush()
    return False


def _show_former(session: Session, submission: Submission, former: GradeRelease | None) -> None:
    told = take_back_grade(session, submission, is_first=former is None)
    if told is None or former is None:
        return
    told.trainer_id, told.comment, told.levels = former.trainer_id, former.comment, dict(former.levels)
    told.points, told.maximum, told.given_at = sum(former.levels.values()), former.maximum, former.released_at
