"""The queue (huey): a SQLite file by default, PostgreSQL beside a PostgreSQL database.

The queue only wakes the worker up. What is to be done stands in the tables: a lost job costs a minute, never a score.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Semaphore

from huey import SqliteHuey, crontab
from huey.api import Huey
from huey.contrib.sql_huey import SqlHuey
from huey.registry import Message
from huey.serializer import Serializer
from peewee import DatabaseError

from lti_tool.database import now

log = logging.getLogger("lti_tool.jobs")


CHECK = b"check"


class QueueAway(Exception):
    """The queue's store cannot be used."""


@dataclass(frozen=True)
class Job:
    """What the worker does under one name."""

    run: Callable[[], datetime | None]
    """Does all that is due; gives the moment at which something is due next, or nothing."""
    at_once: int = 1
    """How many threads do it at the same time. These are its own: rosters of slow platforms keep no grade waiting."""


class Queue:
    """The names of jobs that should run soon, across processes. `url` is `sqlite:///file` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self._huey = _open(url)
        self._jobs: Mapping[str, Job] = {}
        self._places: Mapping[str, Semaphore] = {}
        self._asked_again: set[str] = set()
        self._woken_at: dict[str, datetime] = {}
        self._task = self._huey.task(name="run")(self._run)
        self._huey.periodic_task(crontab(minute="*"), name="sweep")(self._sweep)
        self._let_go()

    def start(self, names: frozenset[str]) -> None:
        """Wake the worker up for these jobs. A queue that is out of order is logged: the sweep finds the work."""
        for name in names:
            try:
                self._task(name)
            except Exception:
                log.exception("queue out of order")
        self._let_go()

    def check(self) -> None:
        """Write something into the queue's store and take it out again; raises QueueAway where that fails."""
        try:
            self._huey.storage.put_data(CHECK, b"")
            self._huey.storage.pop_data(CHECK)
        except Exception as failed:  # the two stores have no errors in common
            raise QueueAway from failed
        finally:
            self._let_go()

    def work(self, jobs: Mapping[str, Job]) -> None:
        """Run jobs as they are asked for, and each of them every minute; returns on SIGINT or SIGTERM."""
        self._jobs, self._places = jobs, {name: Semaphore(job.at_once) for name, job in jobs.items()}
        self.start(frozenset(jobs))
        # Each job claims its rows, so none is done twice.
        threads = sum(job.at_once for job in jobs.values())
        self._huey.create_consumer(workers=threads, initial_delay=0.1, max_delay=0.5).run()

    def _let_go(self) -> None:
        # Each thread of the server would otherwise keep a connection for the few moments in which it has news.
        self._huey.storage.close()

    def _run(self, name: str) -> None:
        # A call that finds all places taken is not lost: whoever has one may have looked already, and looks again. It
        # is noted before the place is asked for, so that nobody can leave in between without seeing it.
        self._asked_again.add(name)
        if not self._places[name].acquire(blocking=False):
            return
        self._asked_again.discard(name)
        try:
            due = self._jobs[name].run()
        finally:
            self._places[name].release()
        if name in self._asked_again:
            self._task(name)
        planned = self._woken_at.get(name)
        # One planned call a job is enough: without this each new score would begin a chain of its own.
        if due and (planned is None or due < planned or planned <= now()):
            self._woken_at[name] = due
            self._task.schedule((name,), delay=max(0.0, (due - now()).total_seconds()))

    def _sweep(self) -> None:
        # Each for itself: one that fails, or takes long, is no reason for the others to wait.
        self.start(frozenset(self._jobs))


class _Json(Serializer):  # type: ignore[misc]  # huey has no types
    """Messages in JSON: whoever can write into the queue's file cannot make the worker run what they like."""

    def _serialize(self, data: Message) -> bytes:
        told = data._asdict() | {"eta": data.eta.isoformat() if data.eta else None}
        return json.dumps({name: value for name, value in told.items() if value is not None}).encode()

    def _deserialize(self, data: bytes) -> Message:
        told = json.loads(data)
        eta = datetime.fromisoformat(told["eta"]) if "eta" in told else None
        return Message(**told | {"eta": eta, "args": tuple(told["args"])})


def _open(url: str) -> Huey:
    options = {"results": False, "serializer": _Json()}
    if url.startswith("sqlite:///"):
        return SqliteHuey("partnerwise", filename=url.removeprefix("sqlite:///"), fsync=False, **options)
    try:
        return SqlHuey("partnerwise", database=url, **options)
    except DatabaseError as failed:  # it makes its tables, so the database must be there
        first = str(failed).splitlines()[0]
        raise QueueAway(f"The queue's database cannot be used: {first}. Is it running?") from failed
