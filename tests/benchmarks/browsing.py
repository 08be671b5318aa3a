"""A browser of the launch benchmark: one connection kept alive, cookies, and the whole way of one launch."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.benchmarks.platform import CLIENT_ID, BenchmarkPlatform

AT_THE_TOP = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"}
IN_A_FRAME = {**AT_THE_TOP, "Sec-Fetch-Dest": "iframe"}


class LaunchFailed(Exception):
    """A step of the launch was answered with something else than its next step."""


@dataclass
class Tool:
    """Where a tool takes logins and launches, and what its links open."""

    port: int
    login: str
    launch: str
    target: str


@dataclass
class Browser:
    """Launches again and again over one connection; each launch is another person's, with no cookies at first."""

    tool: Tool
    platform: BenchmarkPlatform
    headers: dict[str, str]
    _cookies: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def connected(self) -> Iterator["Browser"]:
        """Open the connection, and close it at the end."""
        self._connection = http.client.HTTPConnection("127.0.0.1", self.tool.port, timeout=30)
        try:
            yield self
        finally:
            self._connection.close()

    def launch(self, person: int) -> float:
        """Login, launch and first page; returns the seconds that the tool took, without our own signing."""
        self._cookies.clear()
        begun = time.perf_counter()
        state, nonce = self._log_in(person)
        waited = time.perf_counter()
        token = self.platform.sign(person, nonce, self._target)
        signed = time.perf_counter()
        status, location, body = self._send("POST", self.tool.launch, {"state": state, "id_token": token})
        while status in {302, 303, 307}:
            status, location, body = self._send("GET", location)
        if status != 200 or b"<title>" not in body:
            raise LaunchFailed(f"{status} {body[:200]!r}")
        return time.perf_counter() - signed + waited - begun

    @property
    def _target(self) -> str:
        return f"http://127.0.0.1:{self.tool.port}{self.tool.target}"

    def _log_in(self, person: int) -> tuple[str, str]:
        asked = {
            "iss": self.platform.issuer,
            "login_hint": f"person-{person}",
            "target_link_uri": self._target,
            "client_id": CLIENT_ID,
            "lti_deployment_id": "1",
        }
        status, location, body = self._send("POST", self.tool.login, asked)
        if status != 302:
            raise LaunchFailed(f"login: {status} {body[:200]!r}")
        query = parse_qs(urlsplit(location).query)
        return query["state"][0], query["nonce"][0]

    def _send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        address = urlsplit(path)
        headers = {**self.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = address.path + (f"?{address.query}" if address.query else "")
        self._connection.request(method, target or "/", urlencode(form) if form else None, headers)
        answer = self._connection.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), body
