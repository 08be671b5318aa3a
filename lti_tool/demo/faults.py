"""Trouble on request, for tests: services that fail, stall, answer nonsense or hang up."""

import errno
import socket
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Place = Literal["scores", "token", "jwks", "results", "members", "lineitems", "groups"]
Kind = Literal[
    "401", "409", "429", "500", "canvas_limit", "timeout", "drop", "malformed", "slow", "accept_then_drop"
]  # fmt: skip
PLACES: tuple[Place, ...] = get_args(Place)
KINDS: tuple[Kind, ...] = get_args(Kind)
REASONS = {
    "401": "401 Unauthorized",
    "409": "409 Conflict",
    "429": "429 Too Many Requests",
    "500": "500 Internal Server Error",
    "canvas_limit": "403 Forbidden",
    "malformed": "200 OK",
}
BODIES = {"malformed": b'{"broken": [1, ', "canvas_limit": b"403 Forbidden (Rate Limit Exceeded)\n"}
LAST_PARTS: dict[str, Place] = {
    "scores": "scores",
    "token": "token",
    "jwks": "jwks",
    "results": "results",
    "memberships": "members",
    "lineitems": "lineitems",
    "lineitem": "lineitems",
    "groups": "groups",
}


@dataclass(frozen=True)
class Fault:
    """One planned failure; `seconds` is how long a slow or hanging answer takes, or what Retry-After says."""

    kind: Kind
    seconds: float


class Faults:
    """The failures still to come at each place, first in, first out; safe for many threads."""

    def __init__(self) -> None:
        self._planned: dict[Place, deque[Fault]] = {place: deque() for place in PLACES}
        self._lock = threading.Lock()
        self._cleared = threading.Event()

    def plan(self, at: str, kind: str, times: int = 1, seconds: float | None = None) -> None:
        """Fail the next `times` calls at a place; `seconds` is 30 for a time-out and 1 otherwise.

        Raises ValueError for a place or kind that is not known.
        """
        if at not in PLACES or kind not in KINDS:
            raise ValueError(f"at is one of {', '.join(PLACES)}; kind is one of {', '.join(KINDS)}")
        usual = 30.0 if kind == "timeout" else 1.0
        fault = Fault(kind, usual if seconds is None else seconds)
        with self._lock:
            self._cleared.clear()
            self._planned[at].extend([fault] * times)

    def left(self, at: Place) -> int:
        """How many failures are still to come at a place."""
        with self._lock:
            return len(self._planned[at])

    def clear(self) -> None:
        """Forget all planned failures and let those that wait go on."""
        with self._lock:
            for planned in self._planned.values():
                planned.clear()
            self._cleared.set()

    def next_for(self, path: str) -> Fault | None:
        """Take the next failure planned for a request path, if there is one."""
        place = LAST_PARTS.get(path.rstrip("/").rpartition("/")[2])
        with self._lock:
            return self._planned[place].popleft() if place and self._planned[place] else None

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the moment when the faults are cleared."""
        self._cleared.wait(seconds)


class FaultyApplication:
    """Wraps the demo's WSGI application and makes the planned failures happen."""

    def __init__(self, application: "WSGIApplication", faults: Faults) -> None:
        self._application = application
        self._faults = faults

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, by the application or by the next planned fault."""
        if length := int(environ.get("CONTENT_LENGTH") or 0):
            # The whole call first: whoever made it may end while it waits here. An unread body would also make the
            # system reset the connection before the answer is read.
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        fault = self._faults.next_for(environ.get("PATH_INFO", ""))
        if fault is None:
            return self._application(environ, start_response)
        if fault.kind in {"slow", "timeout"}:
            self._faults.pause(fault.seconds)
        if fault.kind == "slow":
            return self._application(environ, start_response)
        if fault.kind in REASONS:
            return _failed(fault, start_response)
        if fault.kind == "accept_then_drop":
            _run_and_discard(self._application, environ)
        return _hung_up(environ)


def _failed(fault: Fault, start_response: "StartResponse") -> Iterator[bytes]:
    headers = [("Content-Type", "application/json")]
    if fault.kind == "429":
        headers.append(("Retry-After", str(int(fault.seconds))))
    body = BODIES.get(fault.kind, b'{"reason": "planned by a test"}')
    start_response(REASONS[fault.kind], headers)
    return iter([body])


def _run_and_discard(application: "WSGIApplication", environ: "WSGIEnvironment") -> None:
    answer = application(environ, lambda *_: lambda _: None)
    for _ in answer:
        pass
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _hung_up(environ: "WSGIEnvironment") -> Iterator[bytes]:
    """Close the connection without a byte of answer; both servers that we use take the exception as that."""
    connection = environ.get("werkzeug.socket") or environ.get("gunicorn.socket")
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError(errno.ECONNRESET, "planned by a test")
