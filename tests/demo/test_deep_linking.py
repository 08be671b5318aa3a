"""The demo LMS's side of deep linking: it opens a picker, takes its signed answer once, and copies courses."""

import re
import time
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient

from lti_tool.demo import deep_linking, launching
from lti_tool.demo.added import find_activity
from lti_tool.demo.claims import LTI
from lti_tool.demo.deep_linking import DL
from lti_tool.demo.models import LineItem
from lti_tool.demo.people import BY_KEY
from tests.demo.fake_tool import KID, FakeTool
from tests.fixtures.platform import Platform

ITEM = {
    "type": "ltiResourceLink",
    "url": "http://127.0.0.1:8000/activities/journal/j3?placement=k",
    "title": "Our think piece",
    "text": "One moment <that> stayed.",
    "custom": {
        "placement": "k",
        "history": "$Context.id.history",
        "links": "$ResourceLink.id.history",
        "x": "$Nothing",
    },
    "lineItem": {"scoreMaximum": 20, "label": "Our column", "resourceId": "journal/j3", "tag": "partnerwise"},
    "submission": {"endDateTime": "2026-12-24T16:00:00Z"},
}


@pytest.fixture
def token(platform: Platform) -> str:
    """An open picker of Tina's."""
    with platform.demo.store.transaction() as session:
        form = deep_linking.begin_picking(session, platform.config, BY_KEY["tina"])
    found = re.search(r"ltipicking_([\w-]+)", form["lti_message_hint"])
    assert found
    return found[1]


def answer(platform: Platform, tool: FakeTool, token: str, *items: dict[str, Any], **changed: Any) -> str:
    """An answer as a tool signs it; a change to None takes a claim out."""
    now = int(time.time())
    claims = {
        "iss": platform.config.client_id,
        "aud": [platform.config.issuer],
        "iat": now,
        "exp": now + 60,
        "nonce": "n",
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": "1",
        DL + "content_items": list(items),
        DL + "data": token,
        **changed,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, tool.private, algorithm="RS256", headers={"kid": KID})


def send(client: FlaskClient, token: str, answer: str, person: str = "tina") -> tuple[int, str]:
    sent = client.post(f"/as/{person}/add/return?token={token}", data={"JWT": answer})
    return sent.status_code, sent.text


def test_the_picker_is_asked_for_in_a_message_of_its_own(platform: Platform, client: FlaskClient) -> None:
    page = client.get("/as/tina/add/launch").text
    hint = re.search(r'name="lti_message_hint" value="([^"]+)"', page)
    assert hint
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "client_id": platform.config.client_id,
        "redirect_uri": platform.config.redirect_uri,
        "login_hint": "3",
        "nonce": "n1",
        "lti_message_hint": hint[1].replace("&#34;", '"'),
    }
    sent = re.search(r'name="id_token" value="([^"]+)"', client.get("/lti/auth", query_string=asked).text)
    assert sent
    claims = jwt.decode(sent[1], options={"verify_signature": False})
    assert claims[LTI + "message_type"] == "LtiDeepLinkingRequest"
    assert LTI + "resource_link" not in claims
    assert claims[DL + "deep_linking_settings"]["accept_types"] == ["ltiResourceLink"]


@pytest.mark.parametrize("person", ["alice", "bob"])
def test_only_staff_add_activities_and_copy_the_course(client: FlaskClient, person: str) -> None:
    assert "Add an activity" not in client.get(f"/as/{person}/").text
    for path in ("add", "add/launch"):
        assert client.get(f"/as/{person}/{path}").status_code == 404
    assert client.post(f"/as/{person}/copy").status_code == 404


def test_what_was_picked_stands_on_the_course_page_with_its_column(
    platform: Platform, client: FlaskClient, fake_tool: FakeTool, token: str
) -> None:
    other = {"type": "link", "url": "https://else.example/", "title": "Not ours"}
    status, page = send(client, token, answer(platform, fake_tool, token, ITEM, other))
    assert status == 200
    assert "Our think piece" in page
    course = client.get("/as/alice/").text
    assert "Our think piece" in course
    assert "One moment &lt;that&gt; stayed." in course
    assert "2026-12-24T16:00:00Z" in course
    assert "Not ours" not in course
    with platform.demo.store.transaction() as session:
        column = session.query(LineItem).filter(LineItem.label == "Our column").one()
        assert (column.score_maximum, column.resource_id, column.tag) == (20, "journal/j3", "partnerwise")
    assert "Our column" in client.get("/as/tina/grades").text


def test_an_answer_is_taken_once_and_only_for_its_own_picker(
    platform: Platform, client: FlaskClient, fake_tool: FakeTool, token: str
) -> None:
    good = answer(platform, fake_tool, token, ITEM)
    assert send(client, token, good, person="adam")[0] == 400
    assert send(client, "another", good)[0] == 400
    assert send(client, token, answer(platform, fake_tool, "another", ITEM))[0] == 400
    assert send(client, token, good)[0] == 200
    assert send(client, token, good)[0] == 400
    assert client.get("/as/alice/").text.count("Our think piece") == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://else.example"},
        {"iss": "another"},
        {"exp": 1},
        {"nonce": None},
        {LTI + "message_type": "LtiResourceLinkRequest"},
        {LTI + "version": "1.1"},
        {LTI + "deployment_id": "2"},
    ],
    ids=str,
)
def test_an_answer_that_is_not_for_this_platform_is_refused(
    platform: Platform, client: FlaskClient, fake_tool: FakeTool, token: str, changed: dict[str, Any]
) -> None:
    status, page = send(client, token, answer(platform, fake_tool, token, ITEM, **changed))
    assert status == 400
    assert "The answer is" in page
    assert "Our think piece" not in client.get("/as/alice/").text


def test_an_answer_that_somebody_else_signed_is_refused(platform: Platform, client: FlaskClient, token: str) -> None:
    stranger = FakeTool()
    assert send(client, token, answer(platform, stranger, token, ITEM))[0] == 400
    for nonsense in ("", "a.b.c", "x" * 5000):
        assert send(client, token, nonsense)[0] == 400


def test_an_added_link_is_launched_with_what_the_tool_asked_for(
    platform: Platform, client: FlaskClient, fake_tool: FakeTool, token: str
) -> None:
    send(client, token, answer(platform, fake_tool, token, ITEM))
    claims = launched(platform, "added-1")
    assert claims[LTI + "target_link_uri"] == ITEM["url"]
    assert claims[LTI + "resource_link"]["id"] == "101"
    custom = claims[LTI + "custom"]
    assert (custom["placement"], custom["history"], custom["links"], custom["x"]) == ("k", "", "", "$Nothing")


def test_a_copied_course_has_the_links_anew_and_says_where_they_come_from(
    platform: Platform, client: FlaskClient, fake_tool: FakeTool, token: str
) -> None:
    send(client, token, answer(platform, fake_tool, token, ITEM))
    made = client.post("/as/tina/copy")
    assert made.status_code == 303
    page = client.get(made.headers["Location"]).text
    assert "Our think piece" in page
    assert "added-2" in page
    claims = launched(platform, "added-2")
    assert claims[LTI + "context"]["id"] == "11"
    custom = claims[LTI + "custom"]
    assert (custom["placement"], custom["history"], custom["links"]) == ("k", "2", "101")
    assert not [name for name in claims if "lti-ags" in name]
    assert client.get("/as/tina/courses/99/").status_code == 404


def launched(platform: Platform, activity: str) -> dict[str, Any]:
    """The claims with which Alice is let into an added activity."""
    store = platform.demo.store
    with store.transaction() as session:
        found = find_activity(session, activity)
        assert found is not None
        form = launching.begin_launch(session, platform.config, BY_KEY["alice"], found)
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "client_id": platform.config.client_id,
        "redirect_uri": platform.config.redirect_uri,
        "login_hint": form["login_hint"],
        "nonce": "n",
        "lti_message_hint": form["lti_message_hint"],
    }
    with store.transaction() as session:
        hint = launching.redeem_hint(session, asked)
        fields = launching.authenticate(session, platform.config, hint, asked)
    claims: dict[str, Any] = jwt.decode(fields["id_token"], options={"verify_signature": False})
    return claims
