"""A soak of some seconds; `make soak` runs one for as long as one likes."""

import pytest

from tests.fixtures.house import House
from tests.soak.soak import Load, Soak

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


def test_nothing_is_lost_and_nobody_kept_waiting_whatever_others_do(building: House) -> None:
    building.start("demo")
    load = Load(seconds=15, writers=8, launches=4, launchers=2, courses=2, stalling=3, kills=("tool",), between_kills=4)
    figures = Soak(building, load).run()
    print("\n".join(figures.lines()))
    assert figures.seen.faults == []
    assert figures.lost == []
    assert figures.seen.answers["writer 200"] >= load.writers
    assert figures.seen.answers["launch 200"] > 0
    assert figures.grades, "no grade arrived"
    assert max(figures.grades) < 60
