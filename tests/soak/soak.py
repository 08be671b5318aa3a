"""One soak: people write, launch and judge while a platform is hostile, senders stall and processes are killed.

What must hold all the time: no answer is a fault of ours, no confirmed text is lost, the grades of other schools arrive
within a minute, and the tool's memory does not grow.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path

import requests
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from lti_tool.journal.models import Entry
from lti_tool.people.models import User
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.scores.delivery_claims import LEASE
from lti_tool.scores.models import Delivery, DeliveryState
from tests.fixtures.forking import Process
from tests.fixtures.house import House
from tests.fixtures.walking import walk_in
from tests.lti.far_side import far_side
from tests.soak.desk import Desk
from tests.soak.people import AWAY, Seen, Writer, burden, keep_launching, number_in, stall
from tests.soak.platforms import SoakPlatform

CALM_FROM = 0.6
"""The part of the time after which nothing is killed any more, so that memory can be compared."""
LONGEST_WAIT = LEASE.total_seconds() + 60
"""Seconds after which a grade counts as never arriving."""


@dataclass(frozen=True)
class Load:
    """How much of each."""

    seconds: float
    writers: int = 30
    pause: float = 1.0
    """Seconds that each writer rests after a save."""
    launches: float = 10.0
    """A second."""
    launchers: int = 5
    courses: int = 3
    """Of the hostile platform."""
    stalling: int = 5
    kills: tuple[str, ...] = ("worker", "tool", "database")
    """What is killed in turn and started again."""
    between_kills: float = 20.0


@dataclass
class Figures:
    """What a soak has shown."""

    seen: Seen = field(default_factory=Seen)
    lost: list[str] = field(default_factory=list)
    grades: list[float] = field(default_factory=list)
    """Seconds from each release at the good school to its arrival in the gradebook."""
    interrupted: list[float] = field(default_factory=list)
    """The same where the worker was killed meanwhile: what it had in hand waits until its lease is over."""
    kills: int = 0
    memory: list[float] = field(default_factory=list)
    """Resident megabytes of the tool, from the last kill on."""

    def lines(self) -> Iterator[str]:
        """All of it, for people."""
        yield "answers: " + ", ".join(f"{name}: {number}" for name, number in sorted(self.seen.answers.items()))
        yield f"faults: {len(self.seen.faults)}; lost texts: {len(self.lost)}; kills and restarts: {self.kills}"
        yield f"grades: {len(self.grades)}, the slowest after {max(self.grades, default=0):.1f} s"
        slowest = max(self.interrupted, default=0)
        yield f"grades while the worker was killed: {len(self.interrupted)}, the slowest after {slowest:.1f} s"
        yield f"memory: {self.memory[0]:.0f} MB after the last restart, {self.memory[-1]:.0f} MB at the end"


Job = Callable[[], None]


class Soak:
    """The house holds a demo LMS that answers, and neither tool nor worker yet."""

    def __init__(self, house: House, load: Load, restart_database: Job = lambda: None) -> None:
        self.house, self.load, self.restart_database = house, load, restart_database
        self.figures = Figures()
        self.workers_killed = 0
        self.writers = [Writer(f"writer-{number}", load.pause) for number in range(load.writers)]

    def run(self) -> Figures:
        """Let it all happen."""
        with far_side() as good, far_side() as hostile:
            self.good, self.hostile = SoakPlatform(good, hostile=False), SoakPlatform(hostile, hostile=True)
            try:
                return self._run()
            finally:
                self.hostile.over.set()

    def _run(self) -> Figures:
        self._register()
        for name in ("tool", "worker"):
            self.house.start_process(name)
        threads = [threading.Thread(target=job, daemon=True) for job in self._jobs()]
        for thread in threads:
            thread.start()
        self._kill_now_and_then()
        self._watch_memory()
        self.figures.seen.over.set()
        for thread in threads:
            thread.join(LONGEST_WAIT + 30)
        self.figures.lost = self._lost()
        return self.figures

    def _jobs(self) -> Iterator[Job]:
        seen, tool, load = self.figures.seen, self.house.tool_url, self.load
        for writer in self.writers:
            yield partial(writer.write, seen, self.good, tool)
        for _ in range(load.launchers):
            yield partial(keep_launching, seen, self.good, tool, load.launchers / load.launches)
        for number in range(load.courses):
            yield partial(burden, seen, self.hostile, tool, number)
        for _ in range(load.stalling):
            yield partial(stall, seen, tool)
        yield self._judge

    def _judge(self) -> None:
        """At the school whose LMS is well: change a grade, wait for it in the gradebook, and again."""
        seen, house = self.figures.seen, self.house
        desk: Desk | None = None
        while not seen.over.is_set():
            try:
                desk = desk or Desk(walk_in(house, "alice", "journal-j3"), walk_in(house, "tina", "desk"))
                if seen.take("judge", desk.release(), (200,)):
                    self._await_grade(f"submission/{desk.piece}")
            except AWAY:
                seen.answers["judge away"] += 1
            except requests.HTTPError as refused:
                seen.take("judge", refused.response, ())
            seen.over.wait(1)

    def _await_grade(self, source: str) -> None:
        begun, killed = time.monotonic(), self.workers_killed
        wanted = select(Delivery.state).where(Delivery.source == source).order_by(Delivery.id.desc()).limit(1)
        database = self.house.database()
        while time.monotonic() - begun < LONGEST_WAIT:
            time.sleep(0.2)
            with suppress(DBAPIError), database.transaction(write=False) as session:
                if session.scalars(wanted).first() is DeliveryState.SENT:
                    break
        database.close()
        times = self.figures.grades if killed == self.workers_killed else self.figures.interrupted
        times.append(time.monotonic() - begun)

    def _kill_now_and_then(self) -> None:
        ends = time.monotonic() + self.load.seconds * CALM_FROM
        kinds = cycle(self.load.kills)
        while time.monotonic() < ends:
            time.sleep(self.load.between_kills)
            kind = next(kinds)
            if kind == "database":
                self.restart_database()
            else:
                self.house.kill(kind)
                self.house.start_process(kind)
            self.figures.kills += 1
            self.workers_killed += kind == "worker"

    def _watch_memory(self) -> None:
        ends = time.monotonic() + self.load.seconds * (1 - CALM_FROM)
        time.sleep(self.load.seconds * 0.1)  # what has just started is still growing
        while time.monotonic() < ends:
            self.figures.memory.append(self._resident())
            time.sleep(self.load.seconds * 0.05)

    def _resident(self) -> float:
        tool = self.house.running["tool"]
        assert isinstance(tool, Process)
        pages = [Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1] for number in tool.children()]
        return max(map(int, pages)) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _register(self) -> None:
        database = self.house.database()
        with database.transaction() as session:
            for platform in (self.good, self.hostile):
                add_registration(session, platform.registration, "1", "Soak")
        database.close()

    def _lost(self) -> list[str]:
        """Whose confirmed text is not there any more."""
        database = self.house.database()
        with database.transaction(write=False) as session:
            wanted = select(User.subject, Entry.text).join(User, User.id == Entry.user_id)
            there = {subject: number_in(text) for subject, text in session.execute(wanted)}
        database.close()
        return [
            f"{one.name}: {there.get(one.name, 0)} of {one.confirmed}, {one.sent}"
            for one in self.writers
            if not one.confirmed <= there.get(one.name, 0) <= one.sent
        ]
