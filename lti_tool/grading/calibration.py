"""Calibration: a trainer marks the course's sample pieces and compares the levels with the agreed ones.

Nobody else sees any of it. After each piece the agreed levels are shown with their reasons, and its marks stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now, upsert
from lti_tool.errors import NotFound, Stale
from lti_tool.grading.draft_grades import Judgement
from lti_tool.grading.errors import MarksCompared, NotFullyJudged, TooManyRounds
from lti_tool.grading.models import CalibrationMark, CalibrationRound
from scorm_builder.course_format.journal import Rubric, Sample

MOST_ROUNDS = 100
"""Of one trainer."""


@dataclass(frozen=True)
class Practised:
    """The marks after a save; `conflict` says that another window had saved meanwhile, and nothing was replaced."""

    mark: CalibrationMark
    conflict: bool = False


def rounds_of(session: Session, user_id: int) -> Sequence[CalibrationRound]:
    """A trainer's rounds, oldest first."""
    wanted = select(CalibrationRound).where(CalibrationRound.user_id == user_id).order_by(CalibrationRound.number)
    return session.scalars(wanted).all()


def marks_of(session: Session, rounds: Sequence[CalibrationRound]) -> dict[int, dict[str, CalibrationMark]]:
    """The marks of these rounds by the round's number and the sample."""
    numbers = {one.id: one.number for one in rounds}
    found: dict[int, dict[str, CalibrationMark]] = {number: {} for number in numbers.values()}
    for mark in session.scalars(select(CalibrationMark).where(CalibrationMark.round_id.in_(numbers))):
        found[numbers[mark.round_id]][mark.sample] = mark
    return found


def find_mark(session: Session, user_id: int, number: int, sample_id: str) -> CalibrationMark | None:
    """What a trainer thinks of a piece in the round with this number, if anything was saved."""
    wanted = (
        select(CalibrationMark)
        .join(CalibrationRound, CalibrationRound.id == CalibrationMark.round_id)
        .where(CalibrationRound.user_id == user_id, CalibrationRound.number == number)
        .where(CalibrationMark.sample == sample_id)
        .execution_options(populate_existing=True)
    )
    return session.scalar(wanted)


def begin_round(session: Session, user_id: int, after: int) -> int:
    """Begin the round after the one with this number and give its own; the same click twice begins one.

    A round of which nothing has been compared yet is gone on with. Raises TooManyRounds.
    """
    rounds = rounds_of(session, user_id)
    newest = rounds[-1].number if rounds else 0
    compared = any(mark.compared_at for mark in marks_of(session, rounds[-1:]).get(newest, {}).values())
    if after != newest or not compared:
        return max(newest, 1)
    if newest >= MOST_ROUNDS:
        raise TooManyRounds("begin")
    upsert(session, CalibrationRound, {"user_id": user_id, "number": newest + 1}, {})
    return newest + 1


def save_practice(
    session: Session, user_id: int, number: int, sample: Sample, *, judgement: Judgement, version: int
) -> Practised:
    """Save marks that were read at `version`; the same twice is one save.

    Raises MarksCompared once the agreed levels were shown, NotFound for a round that was never begun.
    """
    mark = _hold_mark(session, user_id, number, sample)
    if (mark.levels, mark.comment) == (judgement.levels, judgement.comment):
        return Practised(mark)
    if mark.compared_at is not None:
        raise MarksCompared("save")
    if version != mark.version:
        return Practised(mark, conflict=True)
    mark.levels, mark.comment, mark.saved_at = dict(judgement.levels), judgement.comment, now()
    mark.version += 1
    session.flush()
    return Practised(mark)


def compare_with_agreed(session: Session, mark: CalibrationMark, sample: Sample, rubric: Rubric, version: int) -> None:
    """Let the trainer see the agreed levels of a piece; the same click twice compares once.

    Raises NotFullyJudged while a criterion has no level, Stale where the marks were changed meanwhile.
    """
    if mark.compared_at is not None:
        return
    if mark.version != version:
        raise Stale(f"version {version}, not {mark.version}")
    if missing := Judgement(mark.levels, mark.comment).missing(rubric):
        raise NotFullyJudged(missing)
    mark.agreed, mark.compared_at = dict(sample.levels), now()
    session.flush()


def _hold_mark(session: Session, user_id: int, number: int, sample: Sample) -> CalibrationMark:
    """The marks of this piece, held until the end of the transaction; the first round begins by itself."""
    if number == 1:
        upsert(session, CalibrationRound, {"user_id": user_id, "number": 1}, {})
    wanted = select(CalibrationRound).where(CalibrationRound.user_id == user_id, CalibrationRound.number == number)
    found = session.scalar(wanted.with_for_update())
    if found is None:
        raise NotFound("round")
    known = find_mark(session, user_id, number, sample.id)
    return known or upsert(session, CalibrationMark, {"round_id": found.id, "sample": sample.id}, {})
