"""Whether this process can serve: what a load balancer asks every few seconds, and what an operator is told.

A worker that does not run is named and keeps no process from being ready: grades then wait, and pages work. A load
balancer that took every web process away for it would make an outage of a delay.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from lti_tool.database import Database
from lti_tool.engines import free_space
from lti_tool.jobs import Queue, QueueAway
from lti_tool.migrations import Schema, schema_of
from lti_tool.operations.heartbeat import worker_runs
from lti_tool.platforms.keys.tool_keys import KeysUnreadable, ToolKeys

LEAST_SPACE = 64 * 1024 * 1024
"""Bytes of disk that SQLite needs to go on writing for a while."""
OK = "ok"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `said` is a short word, never more."""

    name: str
    said: str
    needed: bool = True
    """Whether this process cannot serve without it."""

    @property
    def well(self) -> bool:
        """Whether it is as it should be."""
        return self.said == OK


def check_readiness(database: Database, queue: Queue, keys: ToolKeys) -> list[Check]:
    """Look at everything, anew each time; what needs a database that does not answer is left out."""
    try:
        return [*_checks(database, queue, keys)]
    except SQLAlchemyError:
        return [Check("database", "does not answer")]


def is_ready(checks: list[Check]) -> bool:
    """Whether this process can serve."""
    return all(check.well for check in checks if check.needed)


def _checks(database: Database, queue: Queue, keys: ToolKeys) -> Iterator[Check]:
    # Tables of a newer form are what an older process meets while a new version is rolled out: it goes on serving.
    schema = schema_of(database)
    yield Check("database", OK)
    yield Check("schema", OK if schema is Schema.CURRENT else schema.value, needed=schema is not Schema.NEWER)
    yield _check("queue", queue.check, QueueAway, "cannot be written")
    space = free_space(database.engine)
    yield Check("disk", "full" if space is not None and space < LEAST_SPACE else OK)
    if schema is Schema.BEHIND:
        return
    yield _check("key", keys.current, KeysUnreadable, "cannot be read")
    with database.transaction(write=False) as session:
        yield Check("worker", OK if worker_runs(session) else "missing", needed=False)


def _check(name: str, look: Callable[[], object], away: type[Exception], said: str) -> Check:
    try:
        look()
    except away:
        return Check(name, said)
    return Check(name, OK)
