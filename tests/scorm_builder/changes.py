"""Waiting for what a server of the tests, which answers in threads of its own, has been told."""

from collections.abc import Callable
from threading import Condition

from tests.fixtures.browser import PATIENCE

POLL = 0.01
"""Seconds between two looks of a server whether it is to end: a test waits for that."""


class Changes:
    """Says that something has changed to whoever waits for a state."""

    def __init__(self) -> None:
        self._condition = Condition()

    def tell(self) -> None:
        """Let all who wait look again."""
        with self._condition:
            self._condition.notify_all()

    def until(self, fits: Callable[[], bool], told: Callable[[], str]) -> None:
        """Wait until a state is reached; `told` says what is there instead where it never is."""
        with self._condition:
            assert self._condition.wait_for(fits, PATIENCE / 1000), told()
