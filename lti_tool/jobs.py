"""The queue (huey): a SQLite file by default, PostgreSQL beside a PostgreSQL database.

The queue only wakes the worker up. What is to be done stands in the tables: a lost job costs a minute, never a score.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from huey import SqliteHuey, crontab
from huey.api import Huey
from huey.contrib.sql_huey import SqlHuey

from lti_tool.database import now

log = logging.getLogger("lti_tool.jobs")

WORKERS = 3

Job = Callable[[], datetime | None]
"""Does all that is due; gives the moment at which something is due next, or nothing."""


class Queue:
    """The names of jobs that should run soon, across processes. `url` is `sqlite:///file` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self._huey = _open(url)
        self._jobs: Mapping[str, Job] = {}
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

    def work(self, jobs: Mapping[str, Job]) -> None:
        """Run jobs as they are asked for, and each of them every minute; returns on SIGINT or SIGTERM."""
        self._jobs = jobs
        self.start(frozenset(jobs))
        # Several, so that a roster of thousands holds up no grade; each job claims its rows, so none is done twice.
        self._huey.create_consumer(workers=WORKERS, initial_delay=0.1, max_delay=0.5).run()

    def _let_go(self) -> None:
        # Each thread of the server would otherwise keep a connection for the few moments in which it has news.
        self._huey.storage.close()

    def _run(self, name: str) -> None:
        due = self._jobs[name]()
        planned = self._woken_at.get(name)
        # One planned call a job is enough: without this each new score would begin a chain of its own.
        if due and (planned is None or due < planned or planned <= now()):
            self._woken_at[name] = due
            self._task.schedule((name,), delay=max(0.0, (due - now()).total_seconds()))

    def _sweep(self) -> None:
        # Each for itself: one that fails, or takes long, is no reason for the others to wait.
        self.start(frozenset(self._jobs))


def _open(url: str) -> Huey:
    if url.startswith("sqlite:///"):
        return SqliteHuey("partnerwise", filename=url.removeprefix("sqlite:///"), fsync=False, results=False)
    return SqlHuey("partnerwise", database=url, results=False)
