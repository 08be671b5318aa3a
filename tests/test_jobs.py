"""The worker's threads: however many calls of one job wait, and however slow it is, another job gets its turn."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Semaphore

import pytest

from lti_tool.database import now
from lti_tool.jobs import Job, Queue
from tests.fixtures.waiting import until

pytestmark = pytest.mark.both_databases

AT_ONCE = 2
PATIENCE = 60
"""Seconds, generous for a busy machine."""


def run_worker(url: str, running: "Synchronized[int]", may_end: Event, was_quick: Event) -> None:
    """A worker process with a job that takes as long as the test likes, and one that is done at once."""

    def slow() -> None:
        with running.get_lock():
            running.value += 1
        may_end.wait(PATIENCE)

    Queue(url).work({"slow": Job(slow, AT_ONCE), "quick": Job(was_quick.set)})


@contextmanager
def worker(url: str, *arguments: object) -> Iterator[None]:
    """The process, for the length of the block."""
    process = get_context("spawn").Process(target=run_worker, args=(url, *arguments))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(PATIENCE)


@pytest.fixture(params=["sqlite", "postgresql"])
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the queue is, on a database of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobs.db'}"
    address: str = request.getfixturevalue("postgresql")
    return address.replace("+psycopg", "")


def test_a_slow_job_that_is_asked_for_often_leaves_threads_to_the_others(queue_url: str) -> None:
    context = get_context("spawn")
    running, may_end, was_quick = context.Value("i", 0), context.Event(), context.Event()
    with worker(queue_url, running, may_end, was_quick):
        assert was_quick.wait(PATIENCE), "each job once, as the worker starts"
        until(lambda: running.value)
        was_quick.clear()
        queue = Queue(queue_url)
        for _ in range(4 * AT_ONCE):
            queue.start(frozenset({"slow"}))
        queue.start(frozenset({"quick"}))
        assert was_quick.wait(PATIENCE)
        until(lambda: running.value == AT_ONCE)
        may_end.set()


def test_a_call_that_finds_all_places_taken_is_made_again(queue_url: str) -> None:
    queue = Queue(queue_url)
    queue._huey.storage.flush_all()
    runs: list[str] = []

    def run() -> None:
        runs.append("looks for what is due")
        if len(runs) == 1:
            queue._run("job")  # as another thread does, for something that is due only now

    queue._jobs, queue._places = {"job": Job(run)}, {"job": Semaphore(1)}
    queue._run("job")
    assert (len(runs), queue._huey.pending_count()) == (1, 1)
    queue._huey.execute(queue._huey.dequeue())
    assert (len(runs), queue._huey.pending_count()) == (2, 0)
    queue._let_go()


class Planted:
    """What runs code of an attacker's when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.file,)


def test_what_somebody_else_put_into_the_queue_is_never_run(queue_url: str, tmp_path: Path) -> None:
    huey = Queue(queue_url)._huey
    huey.storage.flush_all()
    huey.storage.enqueue(pickle.dumps(Planted(tmp_path / "run")))
    with pytest.raises(ValueError, match="decode"):
        huey.dequeue()
    assert not (tmp_path / "run").exists()
    huey.storage.close()


def test_messages_are_plain_json_and_come_back_as_they_were(queue_url: str) -> None:
    queue, at = Queue(queue_url), now()
    queue._huey.storage.flush_all()
    queue.start(frozenset({"slow"}))
    assert b'"args": ["slow"]' in queue._huey.storage.enqueued_items()[0]
    queue._task.schedule(("quick",), eta=at)
    assert queue._huey.dequeue().args == ("slow",)
    planned = queue._huey.dequeue()
    assert (planned.args, planned.eta) == (("quick",), at.replace(tzinfo=None))
    queue._huey.storage.close()
