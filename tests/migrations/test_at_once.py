"""Containers that start together migrate one after the other: real processes, over an empty database of each kind."""

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import pytest

from lti_tool.database import Database
from lti_tool.migrations import is_current, migrate

pytestmark = pytest.mark.both_databases

PROCESSES = 3
PATIENCE = 120
"""Seconds, generous for a busy machine."""


def migrate_with_the_others(url: str, together: Barrier) -> None:
    """What each process does; one that fails ends with another code than 0."""
    database = Database(url)
    together.wait(PATIENCE)
    migrate(database, "")
    database.close()


def test_processes_that_migrate_at_once_all_find_the_newest_form(old_database: Database) -> None:
    context = get_context("spawn")
    together = context.Barrier(PROCESSES)
    url = old_database.engine.url.render_as_string(hide_password=False)
    started = [context.Process(target=migrate_with_the_others, args=(url, together)) for _ in range(PROCESSES)]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE)
    assert [process.exitcode for process in started] == [0] * PROCESSES
    assert is_current(old_database)
