"""Two platforms without people: one that is well, and one whose services hang, drip and page without end."""

import json
import re
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from lti_tool.lti.keys import ToolKey
from lti_tool.lti.platform import Platform
from tests.fixtures.walking import Browser, Walker, arrive_at

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"
CLIENT = "soak"
HANG = 30.0
"""Seconds that a hostile service takes for an answer, longer than the tool waits."""


class SoakPlatform:
    """An issuer on a free port of this machine; `hostile` decides how its services behave."""

    def __init__(self, *, hostile: bool) -> None:
        self.hostile = hostile
        self.over = threading.Event()
        self._key = ToolKey.generate()
        self._server = _Server(self)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def registration(self) -> Platform:
        """What the tool is told of it."""
        return Platform(self.issuer, CLIENT, *(f"{self.issuer}/{name}" for name in ("auth", "token", "jwks")))

    def stop(self) -> None:
        """Let go whoever is kept waiting, and answer no more."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def launch(self, tool: str, person: str, role: str, activity: str, course: str) -> Walker:
        """Login and launch as this person; gives them on their first page."""
        browser = Browser()
        target = f"{tool}/activities/{activity}"
        asked = {"iss": self.issuer, "login_hint": person, "target_link_uri": target, "client_id": CLIENT}
        answer = browser.send("POST", f"{tool}/lti/login", data={**asked, "lti_deployment_id": "1"})
        answer.raise_for_status()
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        token = self._sign(person, role, course, {"nonce": query["nonce"][0], f"{CLAIM}target_link_uri": target})
        sent = {"state": query["state"][0], "id_token": token}
        page = browser.send("POST", f"{tool}/lti/launch", data=sent)
        page.raise_for_status()
        return arrive_at(browser, page)

    def _sign(self, person: str, role: str, course: str, more: dict[str, str]) -> str:
        moment = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": person,
            "iat": moment,
            "exp": moment + 60,
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}roles": [ROLE + role],
            f"{CLAIM}resource_link": {"id": f"link-{course}", "title": "Think piece"},
            f"{CLAIM}context": {"id": course, "title": "Working with parents"},
            **more,
        }
        if self.hostile:
            scopes = [f"{AGS}scope/{name}" for name in ("lineitem", "result.readonly", "score")]
            claims[f"{AGS}claim/endpoint"] = {"scope": scopes, "lineitems": f"{self.issuer}/{course}/lineitems"}
            claims[f"{NRPS}claim/namesroleservice"] = {
                "context_memberships_url": f"{self.issuer}/{course}/members",
                "service_versions": ["2.0"],
            }
        return self._key.sign(claims)

    @property
    def keys(self) -> bytes:
        """Its key set."""
        return json.dumps({"keys": [self._key.public_jwk]}).encode()


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        name = urlsplit(self.path).path.rsplit("/", 1)[-1]
        if name == "jwks":
            self._answer("application/json", self.server.platform.keys)
        elif name == "lineitems":
            self._page_without_end()
        else:
            self._drip()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/token":
            self._answer("application/json", b'{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}')
        else:
            self.server.platform.over.wait(HANG)

    def _page_without_end(self) -> None:
        platform = self.server.platform
        number = int("".join(re.findall(r"page=(\d+)", self.path)) or 0)
        following = f"{platform.issuer}{urlsplit(self.path).path}?page={number + 1}"
        platform.over.wait(0.2)
        self._answer("application/vnd.ims.lis.v2.lineitemcontainer+json", b"[]", f'<{following}>; rel="next"')

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.ims.lti-nrps.v2.membershipcontainer+json")
        self.end_headers()
        while not self.server.platform.over.wait(1):
            self.wfile.write(b" ")

    def _answer(self, kind: str, body: bytes, link: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if link:
            self.send_header("Link", link)
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with suppress(OSError):  # the tool has hung up, as it should
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, platform: SoakPlatform) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.platform = platform

    def handle_error(self, *_: object) -> None:
        """Say nothing."""
