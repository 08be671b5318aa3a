"""What a round of calibration says: how far a trainer agrees, where not, and whether that has changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.grading.agreement import Agreement, compare
from lti_tool.grading.models import CalibrationMark, CalibrationRound

MOST_DIFFERENCES = 5
"""Shown of a round; the pieces have all of them."""
CHANGE = 0.05
"""By how much kappa changes before one speaks of it."""


class Drift(StrEnum):
    """How far a trainer agrees now, beside the round before."""

    NEARER = "nearer"
    SAME = "same"
    FURTHER = "further"


@dataclass(frozen=True)
class Difference:
    """A level of one's own that is not the agreed one."""

    sample: str
    criterion: str
    own: int
    agreed: int


@dataclass(frozen=True)
class RoundResult:
    """One round, over the pieces of which the agreed levels were shown."""

    number: int
    begun_at: datetime
    pieces: int
    overall: Agreement
    """Over all levels of all pieces."""
    by_criterion: Mapping[str, Agreement]
    differences: Sequence[Difference]
    """The largest ones, largest first."""


def result_of(round_: CalibrationRound, marks: Iterable[CalibrationMark]) -> RoundResult:
    """What these marks of the round say; those whose agreed levels were not shown yet count for nothing."""
    compared = [mark for mark in marks if mark.compared_at is not None]
    pairs: dict[str, list[tuple[int, int]]] = {}
    differences = []
    for mark in compared:
        for criterion, agreed in mark.agreed.items():
            own = mark.levels.get(criterion)
            if own is None:
                continue  # the course had no such criterion yet
            pairs.setdefault(criterion, []).append((own, agreed))
            if own != agreed:
                differences.append(Difference(mark.sample, criterion, own, agreed))
    differences.sort(key=lambda one: (-abs(one.own - one.agreed), one.sample, one.criterion))
    return RoundResult(
        number=round_.number,
        begun_at=round_.begun_at,
        pieces=len(compared),
        overall=compare([pair for some in pairs.values() for pair in some], len(compared)),
        by_criterion={criterion: compare(some, len(some)) for criterion, some in pairs.items()},
        differences=differences[:MOST_DIFFERENCES],
    )


def drift_of(results: Sequence[RoundResult]) -> Drift | None:
    """How the newest of these rounds compares with the one before; nothing where one of them has no kappa."""
    found = [one.overall.kappa for one in results[-2:]]
    if len(found) < 2 or found[0] is None or found[1] is None:
        return None
    change = found[1] - found[0]
    if abs(change) < CHANGE:
        return Drift.SAME
    return Drift.NEARER if change > 0 else Drift.FURTHER
