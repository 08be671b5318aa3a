"""What is kept about somebody, told in numbers: how much of each kind, and what an erasure does with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.held_data import Fate, Scope
from lti_tool.privacy.rooms import held_in


@dataclass(frozen=True)
class Holding:
    """One kind of what is kept."""

    what: str
    """A text marked by `N_`."""
    count: int
    fate: Fate
    is_told: bool
    """Whether the person is shown it, and has it in a copy."""


def holdings(session: Session, scope: Scope) -> Sequence[Holding]:
    """All kinds of which there is something, in the order of the rooms."""
    counted: Counter[tuple[str, Fate, bool]] = Counter()
    for held in held_in(scope):
        if held.what:
            number = session.scalar(select(func.count()).select_from(held.table).where(held.where(scope)))
            counted[held.what, held.fate, held.is_told] += number or 0
    return [Holding(what, count, fate, is_told) for (what, fate, is_told), count in counted.items() if count]
