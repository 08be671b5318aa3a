"""A time by which several calls to a platform are over together: each of them gets what is left of it."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

TOO_SLOW: Final = "too_slow"
"""Why a call was not made any more: those before it had used the time up."""

_ends: ContextVar[float] = ContextVar("ends", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All calls made inside are over after so many seconds; of two that hold, the nearer end counts.

    A call that waits then is cut off, and none begins: Outbound raises a temporary ServiceFailed.
    """
    token = _ends.set(min(_ends.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ends.reset(token)


def time_left() -> float:
    """Seconds until the nearest end; infinite where there is none."""
    return _ends.get() - time.monotonic()
