"""A small LRS for cmi5: the fetch token, statements, state and agent profile (xAPI 1.0.3; cmi5, sections 8 to 11).

It refuses what CATAPULT's player and ADL_LRS refuse, and writes down which rules a session broke; the LRS of
tests/player/support is as strict, and knows more rules.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.scorm_builder.changes import POLL
from tests.scorm_builder.site import Site

COMPONENTS = ("choices", "scale", "source", "target", "steps")
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "carla"}}
REGISTRATION = "7f1f0f5a-0000-4000-8000-000000000001"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
TEMPLATE = {
    "extensions": {SESSION: "session-1"},
    "contextActivities": {"grouping": [{"id": "urn:partnerwise:rich:en:module:m1:unit:m1u1"}]},
}


class Lrs(Site):
    """The package behind an LMS with an LRS.

    `refuse` is a status that everything but the token is answered with; `faults` are statuses for the next requests
    whose method and path begin so ("POST statements"); `slow` is how many seconds every answer takes; with `guarded`
    a state is overwritten only by who names its tag; with `once` nothing is taken of what comes together with something
    known; `registration` is the enrolment that is launched; `hangs` are beginnings of requests that are answered only
    when `released` is set; `violations` says which rules were broken; `ended` are the tokens of sessions that are over.
    """

    launch: dict[str, Any] | None
    statements: list[dict[str, Any]]
    state: dict[str, Any]
    tokens: int
    faults: dict[str, list[int]]
    slow: float
    guarded: bool
    once: bool
    registration: str
    hangs: tuple[str, ...]
    released: Event
    violations: list[str]
    sessions: int
    ended: set[str]

    def begin(self, **launch: Any) -> None:
        """An empty LRS; `launch` changes LMS.LaunchData."""
        self.launch = {"contextTemplate": TEMPLATE, "launchMode": "Normal", "moveOn": "CompletedAndPassed", **launch}
        self.statements, self.state, self.tokens = [], {}, 0
        self.faults, self.slow, self.guarded, self.once = {}, 0, False, False
        self.registration, self.hangs, self.released = REGISTRATION, (), Event()
        self.violations, self.sessions, self.ended = [], 0, set()

    def open_session(self) -> None:
        """The LMS begins another session, with a token of its own."""
        self.tokens = 0
        self.sessions += 1

    @property
    def token(self) -> str:
        """The token of the latest session."""
        return f"token-{self.sessions}"

    def fault(self, request: str) -> int:
        """The status that this request fails with, or 0."""
        for name, statuses in self.faults.items():
            if request.startswith(name) and statuses:
                return statuses.pop(0)
        return self.refuse

    def launch_address(self, page: str) -> str:
        """The address that the LMS opens, with the parameters of the launch."""
        query = {
            "endpoint": f"{self.address}/xapi",
            "fetch": f"{self.address}/token",
            "actor": json.dumps(ACTOR),
            "registration": self.registration,
            "activityId": "https://lms.example.org/launched/1",
        }
        return f"{self.address}/unit/{page}?{urlencode(query)}"

    def verbs(self) -> list[str]:
        """The verbs so far, by their last word."""
        return [statement["verb"]["id"].rpartition("/")[2] for statement in self.statements]


@contextmanager
def running(lrs: Lrs) -> Iterator[Lrs]:
    """Serve an LRS and the package on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"lrs": lrs}))
    lrs.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(POLL,), daemon=True)
    thread.start()
    try:
        yield lrs
    finally:
        lrs.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _tag(value: Any) -> str:
    return f'"{hashlib.sha256(json.dumps(value).encode()).hexdigest()}"'


def _components(statement: dict[str, Any]) -> list[dict[str, Any]]:
    definition = statement["object"].get("definition", {})
    return [part for name in COMPONENTS for part in definition.get(name, [])]


class _Handler(BaseHTTPRequestHandler):
    lrs: Lrs

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if not address.path.startswith("/xapi/"):
            body = self.lrs.content(address.path)
            self._answer(200 if body is not None else 404, body or b"")
        elif self._may():
            found = self._found(address.path, parse_qs(address.query))
            self._answer(404, b"") if found is None else self._json(200, found, _tag(found))

    def _found(self, path: str, query: dict[str, list[str]]) -> Any:
        if path == "/xapi/statements":
            return next((one for one in self.lrs.statements if one["id"] == query["statementId"][0]), None)
        name = query.get("stateId", [""])[0]
        return self.lrs.launch if name == "LMS.LaunchData" else self.lrs.state.get(name)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/token":
            if fault := self.lrs.fault("POST token"):
                self._answer(fault, b"")
                return
            self.lrs.tokens += 1
            used = {"error-code": "1", "error-text": "used"}
            self._json(200, {"auth-token": self.lrs.token} if self.lrs.tokens == 1 else used)
        elif self._may():
            there = {statement["id"]: statement for statement in self.lrs.statements}
            sent = json.loads(body)
            if any("description" not in part for one in sent for part in _components(one)):
                self._answer(400, b"")  # as ADL_LRS does
                return
            known = [one for one in sent if one["id"] in there]
            if any(self.lrs.once or there[one["id"]] != one for one in known):
                self._answer(409, b"")  # xAPI 1.0.3, Communication, section 2.1.1: nothing of it is taken
                return
            self.lrs.statements += [one for one in sent if one["id"] not in there]
            if any(one["verb"]["id"].endswith("/terminated") for one in sent):
                self.lrs.ended.add(self._token())
            self.lrs.changes.tell()
            self._json(200, [])

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = parse_qs(urlsplit(self.path).query)["stateId"][0]
        there = self.lrs.state.get(name)
        if not self._may():
            return
        if self.lrs.guarded and there is not None and self.headers["If-Match"] != _tag(there):
            self._answer(412 if self.headers["If-Match"] else 409, b"")
            return
        self.lrs.state[name] = body
        self.lrs.changes.tell()
        self._answer(204, b"")

    def _may(self) -> bool:
        time.sleep(self.lrs.slow)
        request = f"{self.command} {urlsplit(self.path).path.removeprefix('/xapi/')}"
        if request.startswith(self.lrs.hangs):
            self.lrs.released.wait()
        if self._token() in self.lrs.ended:
            self.lrs.violations.append(f"{request} after terminated")
            self._answer(403, b"")
            return False
        known = self._token().startswith("token-") and self.headers["X-Experience-API-Version"]
        refused = self.lrs.fault(request) or (0 if known else 401)
        if refused:
            self._answer(refused, b"")
        return not refused

    def _token(self) -> str:
        return str(self.headers["Authorization"]).removeprefix("Basic ")

    def _json(self, status: int, value: Any, tag: str = "") -> None:
        self._answer(status, json.dumps(value).encode(), tag)

    def _answer(self, status: int, body: bytes, tag: str = "") -> None:
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if status == 429:
            self.send_header("Retry-After", "1")
        path = self.path.partition("?")[0]
        kind = "text/javascript" if path.endswith(".js") else "text/css" if path.endswith(".css") else "text/html"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass
