"""Two platforms without people: one that is well, and one whose services hang, drip and page without end."""

import json
import threading
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lti_tool.lti.keys import ToolKey
from lti_tool.lti.platform import Platform
from tests.fixtures.walking import Browser, Walker, arrive_at
from tests.lti.far_side import Asked, FarSide, Reply

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"
CLIENT = "soak"
HANG = 30.0
"""Seconds that a hostile service takes for an answer, longer than the tool waits."""


class SoakPlatform:
    """An issuer at the far side of the network; `hostile` decides whether it offers services, which then misbehave."""

    def __init__(self, side: FarSide, *, hostile: bool) -> None:
        self.issuer, self.hostile = side.url, hostile
        self.over = threading.Event()
        """Set, it lets go whoever is kept waiting."""
        self._key = ToolKey.generate()
        self._side = side
        side.answer = self._answer

    @property
    def registration(self) -> Platform:
        """What the tool is told of it."""
        return Platform(self.issuer, CLIENT, *(f"{self.issuer}/{name}" for name in ("auth", "token", "jwks")))

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

    def _answer(self, asked: Asked) -> Reply:
        self._side.asked.clear()  # nobody reads them, and a soak is long
        path = urlsplit(asked.path)
        if asked.path == "/token":
            return Reply(body=b'{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}')
        if path.path == "/jwks":
            return Reply(body=json.dumps({"keys": [self._key.public_jwk]}).encode())
        if path.path.endswith("/members"):
            return Reply(raw=self._drip())
        if path.path.endswith("/lineitems") and asked.method == "GET":
            self.over.wait(0.2)
            page = int(path.query.partition("=")[2] or 0)
            return Reply(headers={"Link": f'<{self.issuer}{path.path}?page={page + 1}>; rel="next"'}, body=b"[]")
        self.over.wait(HANG)
        return Reply()

    def _drip(self) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.ims.lti-nrps.v2.membershipcontainer+json\r\n\r\n"
        while not self.over.wait(1):
            yield b" "
