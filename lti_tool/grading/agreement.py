"""How far two raters agree on ordered levels: quadratic weighted kappa.

J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213-220; with quadratic weights it is an intraclass
correlation: J. L. Fleiss and J. Cohen, Educational and Psychological Measurement 33 (1973), 613-619.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[int, int]
"""One rater's level, and the other's."""

FEWEST = 4
"""Pieces below which a kappa says more of chance than of the raters."""


class Closeness(StrEnum):
    """Kappa in words, with the bounds of Landis and Koch (Biometrics 33, 1977, 159-174)."""

    NEARLY_ALWAYS = "nearly_always"
    MOSTLY = "mostly"
    IN_PART = "in_part"
    SELDOM = "seldom"


BOUNDS = ((0.81, Closeness.NEARLY_ALWAYS), (0.61, Closeness.MOSTLY), (0.41, Closeness.IN_PART))


@dataclass(frozen=True)
class Agreement:
    """How far one's own levels are from the agreed ones."""

    count: int
    """Levels that were compared."""
    same: int
    """Of them those that are equal."""
    near: int
    """Of them those that are one level apart."""
    tendency: float
    """By how much one's own are higher on average, in levels; negative where they are lower."""
    kappa: float | None
    """From -1 to 1; nothing where there are too few pieces, or where both raters gave one level alone."""

    @property
    def closeness(self) -> Closeness | None:
        """The kappa in words; to two places, as it is shown."""
        if self.kappa is None:
            return None
        shown = round(self.kappa, 2)
        return next((word for bound, word in BOUNDS if shown >= bound), Closeness.SELDOM)


def weighted_kappa(pairs: Sequence[Pair]) -> float | None:
    """Quadratic weighted kappa of these pairs of levels; None where chance alone would make both raters agree.

    One minus the mean squared distance of the pairs over the one to be expected if each rater gave the same levels in
    any order. The number of levels does not matter: it would divide both.
    """
    observed = sum((one - other) ** 2 for one, other in pairs) * len(pairs)
    expected = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs)
    return 1 - observed / expected if expected else None


def compare(pairs: Sequence[Pair], pieces: int) -> Agreement:
    """How far one's own levels, the first of each pair, are from the agreed ones of this many pieces."""
    distances = [own - agreed for own, agreed in pairs]
    return Agreement(
        count=len(pairs),
        same=distances.count(0),
        near=sum(abs(one) == 1 for one in distances),
        tendency=sum(distances) / len(distances) if distances else 0.0,
        kappa=weighted_kappa(pairs) if pieces >= FEWEST else None,
    )
