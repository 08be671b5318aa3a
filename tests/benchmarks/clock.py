"""Time for the benchmarks."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds that something took, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result
