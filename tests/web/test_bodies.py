"""A request's body is read before anything waits for it, whole or not at all."""

import io
import json
import socket
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pytest
from gunicorn.http.errors import (
    ChunkMissingTerminator,
    InvalidChunkSize,
    InvalidHeader,
    LimitRequestHeaders,
    NoMoreData,
)
from sqlalchemy import text

from lti_tool.app import LARGEST_REQUEST
from lti_tool.web import bodies
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

pytestmark = on_sqlite
FIELD, TEAMS = "roadmap/fields/p1.definition", "roadmap/teams"


class Watched(io.BytesIO):
    """A body that tries, whenever it is asked for more, whether others can write meanwhile."""

    def __init__(self, app: Application, content: bytes) -> None:
        super().__init__(content)
        self._app = app
        self.tried = 0

    def readinto(self, buffer: Any) -> int:
        with self._app.parts.database.transaction() as session:
            session.execute(text("UPDATE context SET title = title"))
        self.tried += 1
        return super().readinto(buffer)


def send(alice: Visitor, path: str, body: Any, length: int, **environ: Any) -> Any:
    """Send a body of which `length` bytes were promised, a form by POST and anything else by PUT."""
    form = path == TEAMS
    return alice.client.open(
        alice.at(path),
        method="POST" if form else "PUT",
        content_type="application/x-www-form-urlencoded" if form else "application/json",
        base_url=ADDRESS,
        headers={"X-CSRFToken": alice.token(), "Accept": "application/json"},
        environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(length), **environ},
    )


def piece(words: str) -> bytes:
    return json.dumps({"text": f"<p>{words}</p>", "version": 0}).encode()


def test_others_can_write_while_a_body_is_on_its_way(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    content = piece("A father stayed.")
    body = Watched(app, content)
    answer = send(alice, "journal/j3/text", body, len(content))
    assert answer.status_code == 200, answer.text
    assert body.tried


def in_chunks(**environ: Any) -> dict[str, Any]:
    """A body without a length, whose end the server marks."""
    return {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, **environ}


def test_others_can_write_while_a_body_comes_in_chunks(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="roadmap")
    assert alice.post(TEAMS, {"name": "Lakeside School"}).status_code == 303
    content = json.dumps({"value": "We listen first.", "version": 0}).encode()
    body = Watched(app, content)
    answer = send(alice, FIELD, body, 0, **in_chunks())
    assert answer.status_code == 200, answer.text
    assert body.tried
    assert "We listen first." in alice.get("roadmap/whole").text


@pytest.mark.parametrize("path", ["journal/j3/text", FIELD, TEAMS])
def test_a_body_in_chunks_may_be_no_larger_than_another(visitor: Arrive, path: str) -> None:
    body = io.BytesIO(b" " * (LARGEST_REQUEST + 1))
    answer = send(visitor("alice"), path, body, 0, **in_chunks())
    assert (answer.status_code, answer.json["error"]) == (413, "TooLong")
    assert body.tell() <= LARGEST_REQUEST + 1


class Broken(io.BytesIO):
    """A body in which something is wrong, as gunicorn tells it."""

    def __init__(self, wrong: Exception) -> None:
        super().__init__()
        self._wrong = wrong

    def readinto(self, buffer: Any) -> int:
        raise self._wrong


WRONG = [
    (ConnectionResetError(), 408, "BodyIncomplete"),
    (NoMoreData(), 408, "BodyIncomplete"),
    (ChunkMissingTerminator(b"x"), 400, "BadInput"),
    (InvalidChunkSize(b"zz"), 400, "BadInput"),
    (InvalidHeader("bare LF as line terminator"), 400, "BadInput"),
    (LimitRequestHeaders("limit request trailer section size"), 400, "BadInput"),
]


@pytest.mark.parametrize(("wrong", "status", "error"), WRONG, ids=[type(wrong).__name__ for wrong, *_ in WRONG])
def test_a_body_in_chunks_that_is_broken_is_no_body(visitor: Arrive, wrong: Exception, status: int, error: str) -> None:
    answer = send(visitor("alice"), FIELD, Broken(wrong), 0, **in_chunks())
    assert (answer.status_code, answer.json["error"]) == (status, error)


@pytest.mark.parametrize("ended", [True, False], ids=["ended by the server", "ended by its length"])
@pytest.mark.parametrize("path", ["journal/j3/text", FIELD, "course/units/m1u1/progress"])
def test_a_body_that_ends_early_changes_nothing_and_may_come_again(visitor: Arrive, path: str, ended: bool) -> None:
    content = piece("A father stayed.")
    answer = send(visitor("alice"), path, io.BytesIO(content[:5]), len(content), **{"wsgi.input_terminated": ended})
    assert (answer.status_code, answer.json["error"]) == (408, "BodyIncomplete")


def test_half_a_form_is_no_form(visitor: Arrive) -> None:
    form = b"name=School+of+the+North"
    alice = visitor("alice", activity="roadmap")
    answer = send(alice, TEAMS, io.BytesIO(form[:11]), len(form))
    assert (answer.status_code, answer.json["title"]) == (408, "Not all of it arrived")
    assert "School" not in alice.get("roadmap/").text


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
@pytest.mark.parametrize("pause", [0.01, 3], ids=["dribbles", "stands still"])
def test_a_sender_that_takes_too_long_is_let_go(
    visitor: Arrive, monkeypatch: pytest.MonkeyPatch, pause: float, chunked: bool
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.2)
    alice = visitor("alice", activity="journal/j3")
    content = piece("x" * 20_000)
    ours, theirs = socket.socketpair()
    let_go = Event()

    def dribble() -> None:
        for place in range(int(3 / pause)):
            with suppress(BrokenPipeError):  # where it was let go already
                theirs.sendall(content[place : place + 1])
            if let_go.wait(pause):
                return
        theirs.close()

    sender = Thread(target=dribble)
    with ours, theirs, ours.makefile("rb") as body:
        sender.start()
        how = in_chunks() if chunked else {}
        answer = send(alice, "journal/j3/text", body, len(content), **how | {"gunicorn.socket": ours})
        in_time = theirs.fileno() != -1
        let_go.set()
        sender.join()
    assert (answer.status_code, answer.json["error"], in_time) == (408, "BodyIncomplete", True)
