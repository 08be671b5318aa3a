"""Files that take a while to make are made a few at a time, so that they never hold up the pages of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from lti_tool.roadmap.errors import TooManyFilesAtOnce

AT_ONCE = 2
"""Such files that one process makes at the same time; each takes a whole core."""
PATIENCE = 5.0
"""Seconds that others wait for their turn."""
_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn; raises TooManyFilesAtOnce."""
    if not _places.acquire(timeout=PATIENCE):
        raise TooManyFilesAtOnce("turn")
    try:
        yield
    finally:
        _places.release()
