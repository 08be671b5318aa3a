"""Long lists are shown page by page."""

from dataclasses import dataclass

A_PAGE = 100
"""Lines shown at once."""


@dataclass(frozen=True)
class Place:
    """One page of a long list; `number` counts from 1."""

    number: int
    count: int
    """Of pages, one at least."""
    total: int
    """Of what is listed."""
    offset: int
    """How much of it comes before this page."""


def place_of(total: int, number: int, size: int = A_PAGE) -> Place:
    """The page with this number, or the nearest that there is; `size` is how many lines it has."""
    count = max(1, -(-total // size))
    number = min(max(number, 1), count)
    return Place(number, count, total, (number - 1) * size)
