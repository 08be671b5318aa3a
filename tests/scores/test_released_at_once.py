"""Two trainers who release at once in a course without columns: neither may wait for the other in a ring."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text, update
from werkzeug.test import TestResponse

from lti_tool.database import Database
from lti_tool.grading import releasing
from lti_tool.lti.services.line_items import LINE_ITEM_SCOPE
from lti_tool.people.models import Context
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.scores.outbox import queue_score
from tests.fixtures.databases import on_postgresql
from tests.fixtures.pieces import as_form, judge, submissions, write
from tests.fixtures.tool import Arrive, Visitor

pytestmark = on_postgresql
PATIENCE = 30
"""Seconds, generous for a busy machine."""
FIRST, SECOND = "j3", "j4"
"""Two prompts of one rubric."""


@pytest.fixture
def pieces(database: Database, visitor: Arrive) -> dict[str, int]:
    """Five pieces that wait to be marked, by the order in which they were begun: a letter each."""
    visitor("tina", activity=f"journal/{SECOND}")  # whoever opened its link has shown that it is asked for
    alice, bob, carla = (visitor(name, activity=f"journal/{FIRST}") for name in ("alice", "bob", "carla"))
    with database.transaction() as session:
        offered = {"lineitems_url": "https://lms.school.example/items", "grade_scopes": LINE_ITEM_SCOPE}
        session.execute(update(Context).values(**offered))
    begun = [(alice, FIRST), (alice, SECOND), (bob, FIRST), (bob, SECOND), (carla, FIRST)]
    return dict(zip("abcde", [hand_in(*one) for one in begun], strict=True))


def hand_in(who: Visitor, prompt: str) -> int:
    """Write and hand in; gives the submission's id."""
    version = write(who, prompt=prompt)
    assert who.post(f"journal/{prompt}", {"do": "submit", "version": version}).status_code == 302
    return submissions(who)[-1].id


@contextmanager
def queueing_by(do: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have scores queued by this instead."""
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "queue_score", do)
        yield


def somebody_waits(database: Database) -> bool:
    """Whether a transaction waits for another's lock."""
    with database.transaction(write=False) as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def wait_for(database: Database, event: threading.Event) -> None:
    """Wait for the event, or until the others can come no further."""
    ends = time.monotonic() + PATIENCE
    while not event.is_set() and not somebody_waits(database) and time.monotonic() < ends:
        time.sleep(0.02)


def scored(database: Database) -> tuple[int, int]:
    """How many columns are wanted, and how many scores wait for them."""
    with database.transaction(write=False) as session:
        return len(session.scalars(select(LineItem)).all()), len(session.scalars(select(Delivery)).all())


def test_one_releases_a_piece_while_another_releases_all(
    database: Database, pieces: dict[str, int], visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    tina, adam = visitor("tina", activity="desk"), visitor("adam", activity="desk")
    versions = {name: judge(tina, pieces[name]) for name in "ae"}
    holds_piece, has_column = threading.Event(), threading.Event()

    def queue(*arguments: Any, **values: Any) -> Any:
        if threading.current_thread().name == "one":
            holds_piece.set()
            wait_for(database, has_column)
        queued = queue_score(*arguments, **values)
        has_column.set()
        return queued

    def release_one() -> TestResponse:
        threading.current_thread().name = "one"
        return tina.post(f"desk/{pieces['e']}", as_form(version=versions["e"], do="release"))

    def release_all() -> TestResponse:
        assert holds_piece.wait(PATIENCE)
        return adam.post("desk/release-all")

    with queueing_by(queue, monkeypatch), ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(release_one), pool.submit(release_all)]
        assert [answer.result(60).status_code for answer in answers] == [302, 302]
    assert scored(database) == (1, 2)


@pytest.mark.parametrize("how", ["release-all", "send-all"])
def test_two_release_or_send_pieces_of_the_same_prompts_in_another_order(
    database: Database, pieces: dict[str, int], visitor: Arrive, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Each has seen drafts that the other has not: one began with the first prompt, the other with the second."""
    tina, adam = visitor("tina", activity="desk"), visitor("adam", activity="desk")
    for name in "abcd":
        judge(tina, pieces[name])
    if how == "send-all":
        with monkeypatch.context() as patch:
            patch.setattr(releasing, "queue_score", lambda *_, **__: None)
            assert tina.post("desk/release-all").status_code == 302
    chosen = {"tina": [pieces["a"], pieces["d"]], "adam": [pieces["b"], pieces["c"]]}
    begun = {name: threading.Event() for name in chosen}
    listed = {name: getattr(queue_module(), name) for name in ("submissions_in", "unsent_submissions")}

    def queue(*arguments: Any, **values: Any) -> Any:
        me = threading.current_thread().name
        queued = queue_score(*arguments, **values)
        begun[me].set()
        wait_for(database, begun["adam" if me == "tina" else "tina"])
        return queued

    def list_some(list_all: Any) -> Any:
        return lambda *arguments: [one for one in list_all(*arguments) if one.id in mine()]

    def mine() -> list[int]:
        return chosen[threading.current_thread().name]

    def act(who: Visitor, name: str) -> TestResponse:
        threading.current_thread().name = name
        return who.post(f"desk/{how}")

    for name, list_all in listed.items():
        monkeypatch.setattr(queue_module(), name, list_some(list_all))
    with queueing_by(queue, monkeypatch), ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(act, tina, "tina"), pool.submit(act, adam, "adam")]
        assert [answer.result(60).status_code for answer in answers] == [302, 302]
    assert scored(database) == (2, 4)


def queue_module() -> Any:
    """The desk's list, whose name its package gives to something else."""
    from lti_tool.grading.views import queue

    return queue
