"""A trainer in the picker of a genuine platform, with the browser's part played by hand."""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.demo import deep_linking
from lti_tool.demo.deep_linking import DL
from lti_tool.demo.people import BY_KEY
from lti_tool.demo.walking import form_fields
from tests.fixtures.platform import Platform
from tests.fixtures.tool import ADDRESS

LTI = "https://purl.imsglobal.org/spec/lti/claim/"


@dataclass
class Picker:
    """The picker of one request; `page` is the address of its launch."""

    client: FlaskClient
    page: str

    def get(self, path: str = "picker", **query: Any) -> TestResponse:
        return self.client.get(f"{self.page}/course/{path}", query_string=query, base_url=ADDRESS)

    def post(self, path: str, **form: Any) -> TestResponse:
        """Send a form of the picker with its token."""
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.get().text)
        assert token
        headers = {"X-CSRFToken": token[1]}
        return self.client.post(f"{self.page}/course/{path}", data=form, base_url=ADDRESS, headers=headers)

    def add(self, *chosen: str, **form: Any) -> "Answered":
        """Take the form of names and dates as it comes, with these fields changed, and send it."""
        details = self.get("picker/details", chosen=list(chosen))
        assert details.status_code == 200, details.text
        fields = {name: value for name, value in form_fields(details.text).items() if name != "opens_in"}
        sent = self.post("picker/answer", **{**fields, **form, "chosen": list(chosen)})
        return Answered.of(sent)


@dataclass
class Answered:
    """What goes back to the platform."""

    page: TestResponse
    address: str = ""
    token: str = ""
    claims: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, page: TestResponse) -> "Answered":
        assert page.status_code == 200, page.text
        address = re.search(r'<form method="post" action="([^"]+)" data-answer>', page.text)
        assert address
        token = form_fields(page.text)["JWT"]
        claims = jwt.decode(token, options={"verify_signature": False})
        return cls(page, html.unescape(address[1]), token, claims)

    @property
    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.claims[DL + "content_items"]
        return found


def open_picker(
    platform: Platform, client: FlaskClient, person: str = "tina", *, settings: Any = None, **changed: Any
) -> TestResponse:
    """Begin a login for the picker, spoil the platform's claims where asked, and finish it."""
    with platform.demo.store.transaction() as session:
        form = deep_linking.begin_picking(session, platform.config, BY_KEY[person])
    answer = client.post("/lti/login", data=form, base_url=ADDRESS)
    assert answer.status_code == 302, answer.text
    fields = platform.auth(answer.headers["Location"])
    if settings is not None or changed:
        claims = jwt.decode(fields["id_token"], options={"verify_signature": False})
        claims[f"{DL}deep_linking_settings"].update(settings or {})
        for name, value in (settings or {}).items():
            if value is None:
                del claims[f"{DL}deep_linking_settings"][name]
        claims.update({LTI + name: value for name, value in changed.items()})
        claims = {name: value for name, value in claims.items() if value is not None}
        fields["id_token"] = platform.sign(claims)
    return client.post("/lti/launch", data=fields, base_url=ADDRESS, headers={"Origin": platform.url})


def picker_of(launched: TestResponse, client: FlaskClient) -> Picker:
    """The picker that a launch opened."""
    assert launched.status_code == 303, launched.text
    path = urlsplit(launched.headers["Location"]).path
    assert path.endswith("/course/picker")
    return Picker(client, path.removesuffix("/course/picker"))


def open_link(platform: Platform, client: FlaskClient, person: str, url: str, **changed: Any) -> TestResponse:
    """Launch a link that was added, as the platform does; `changed` are claims without their long names."""
    form = {**platform.launch_form(person, "roadmap"), "target_link_uri": url}
    answer = client.post("/lti/login", data=form, base_url=ADDRESS)
    assert answer.status_code == 302, answer.text
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    claims = platform.claims(person, "roadmap", asked["nonce"][0])
    claims |= {LTI + "target_link_uri": url, LTI + "custom": {}}
    claims |= {LTI + name: value for name, value in changed.items()}
    fields = {"state": asked["state"][0], "id_token": platform.sign(claims)}
    return client.post("/lti/launch", data=fields, base_url=ADDRESS, headers={"Origin": platform.url})
