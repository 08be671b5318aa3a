"""Weighted kappa against published values, and against the definition by tables of weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.grading.agreement import FEWEST, Closeness, Pair, compare, weighted_kappa

# Two radiologists on 85 mammograms: D. G. Altman, Practical Statistics for Medical Research, 1991, page 403; Stata's
# manual of `kap` gives 0.6714 with the weights w2.
MAMMOGRAMS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
# Husbands and wives: A. Agresti, Categorical Data Analysis, 1990; R's vcd gives 0.3320 with Fleiss-Cohen weights.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
LEVELS = st.integers(0, 3)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=40)


def pairs_of(table: list[list[int]]) -> list[Pair]:
    return [(one, other) for one, row in enumerate(table) for other, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(("table", "published"), [(MAMMOGRAMS, 0.6714), (COUPLES, 0.3320)])
def test_published_values_come_out(table: list[list[int]], published: float) -> None:
    assert weighted_kappa(pairs_of(table)) == pytest.approx(published, abs=5e-5)


def by_tables(pairs: list[Pair], levels: int = 4) -> float | None:
    """Cohen's own definition: observed and expected proportions of each cell, weighted."""
    cells = [(one, other) for one in range(levels) for other in range(levels)]
    weights = {cell: ((cell[0] - cell[1]) / (levels - 1)) ** 2 for cell in cells}
    share = {cell: pairs.count(cell) / len(pairs) for cell in cells}
    rows = [sum(share[level, other] for other in range(levels)) for level in range(levels)]
    columns = [sum(share[one, level] for one in range(levels)) for level in range(levels)]
    expected = sum(weights[cell] * rows[cell[0]] * columns[cell[1]] for cell in cells)
    return 1 - sum(weights[cell] * share[cell] for cell in cells) / expected if expected else None


@given(PAIRS)
def test_it_is_what_the_definition_says(pairs: list[Pair]) -> None:
    expected = by_tables(pairs)
    assert weighted_kappa(pairs) == (None if expected is None else pytest.approx(expected))
    assert weighted_kappa([(other, one) for one, other in pairs]) == weighted_kappa(pairs)


def test_equal_levels_are_full_agreement_and_swapped_ones_full_disagreement() -> None:
    assert weighted_kappa([(0, 0), (3, 3)]) == 1
    assert weighted_kappa([(0, 3), (3, 0)]) == -1


def test_one_level_alone_and_nothing_at_all_have_no_kappa() -> None:
    assert weighted_kappa([(2, 2), (2, 2)]) is None
    assert weighted_kappa([]) is None
    assert compare([], 0).count == 0


def test_few_pieces_have_counts_and_no_kappa() -> None:
    few = compare([(0, 1), (3, 3), (2, 0)], FEWEST - 1)
    assert (few.count, few.same, few.near, few.kappa, few.closeness) == (3, 1, 1, None, None)
    assert few.tendency == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("pairs", "closeness"),
    [
        ([(0, 0), (1, 1), (2, 2), (3, 3)], Closeness.NEARLY_ALWAYS),
        ([(0, 0), (1, 2), (2, 1), (3, 3)], Closeness.MOSTLY),
        ([(0, 1), (1, 0), (2, 1), (3, 2)], Closeness.IN_PART),
        ([(0, 3), (1, 2), (2, 1), (3, 0)], Closeness.SELDOM),
    ],
)
def test_kappa_in_words(pairs: list[Pair], closeness: Closeness) -> None:
    assert compare(pairs, FEWEST).closeness is closeness
