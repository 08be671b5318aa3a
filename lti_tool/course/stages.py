"""How far the trainees of a course are in its units: counted, and by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from lti_tool.course.models import UnitProgress
from lti_tool.people.members import taking_part
from lti_tool.people.models import Membership, Role, User
from lti_tool.people.paging import A_PAGE, Place, place_of


class Stage(StrEnum):
    """How far somebody is in a unit."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    FAILED = "failed"
    PASSED = "passed"


_STAGES = {None: Stage.NOT_BEGUN, "failed": Stage.FAILED, "completed": Stage.PASSED, "passed": Stage.PASSED}


def stage_of(status: str | None) -> Stage:
    """The stage of a progress row with this status; None stands for no row."""
    return _STAGES.get(status, Stage.BEGUN)


@dataclass(frozen=True)
class TraineeAt:
    """One trainee in one unit; `score` is in percent, of whoever has one."""

    name: str
    stage: Stage
    pages_seen: int
    score: float | None


@dataclass(frozen=True)
class TraineePage:
    """Some of a course's trainees, by name."""

    trainees: Sequence[TraineeAt]
    place: Place


def count_trainees(session: Session, context_id: int, units: Sequence[str]) -> Mapping[str, Mapping[Stage, int]]:
    """By unit how many trainees are at each stage; nothing where the course has no trainees yet."""
    counts = {unit: Counter[Stage]() for unit in units}
    begun = (
        select(UnitProgress.unit, UnitProgress.status, func.count())
        .join(Membership, _progress_of_member())
        .where(*taking_part(context_id, Role.TRAINEE), UnitProgress.unit.in_(units))
        .group_by(UnitProgress.unit, UnitProgress.status)
    )
    for unit, status, count in session.execute(begun):
        counts[unit][stage_of(status)] += count
    everybody = select(func.count()).select_from(Membership).where(*taking_part(context_id, Role.TRAINEE))
    total = session.scalar(everybody) or 0
    for stages in counts.values():
        stages[Stage.NOT_BEGUN] = total - stages.total()
    return counts if total else {}


def page_of_trainees(
    session: Session, context_id: int, unit: str, stage: Stage | None = None, number: int = 1
) -> TraineePage:
    """Those who are at this stage of the unit, or all; on this page, counted from 1, or on the nearest there is."""
    chosen = _trainees(context_id, unit, stage)
    place = place_of(session.scalar(select(func.count()).select_from(chosen.subquery())) or 0, number)
    rows = session.execute(chosen.order_by(User.name, User.id).limit(A_PAGE).offset(place.offset))
    found = [TraineeAt(name, stage_of(status), seen or 0, score) for name, status, seen, score in rows]
    return TraineePage(found, place)


def _trainees(context_id: int, unit: str, stage: Stage | None) -> Select[str, str, int, float | None]:
    progress = and_(_progress_of_member(), UnitProgress.unit == unit)
    return (
        select(User.name, UnitProgress.status, UnitProgress.pages_seen, UnitProgress.score)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(UnitProgress, progress)
        .where(*taking_part(context_id, Role.TRAINEE), *_at(stage))
    )


def _progress_of_member() -> ColumnElement[bool]:
    return and_(UnitProgress.context_id == Membership.context_id, UnitProgress.user_id == Membership.user_id)


def _at(stage: Stage | None) -> tuple[ColumnElement[bool], ...]:
    if stage is None:
        return ()
    if stage is Stage.NOT_BEGUN:
        return (UnitProgress.id.is_(None),)
    named = [status for status, other in _STAGES.items() if status]
    wanted = [status for status in named if _STAGES[status] is stage]
    return (UnitProgress.status.in_(wanted) if wanted else UnitProgress.status.not_in(named),)
