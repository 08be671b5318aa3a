"""Login and launch from the platform's side, as far as a tool can tell."""

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
import requests
from flask.testing import FlaskClient

from lti_tool.demo.claims import AGS, LTI, NRPS
from lti_tool.demo.walking import form_fields
from tests.fixtures.platform import Platform, StartPlatform


def question(platform: Platform, login: dict[str, str], **changes: str | None) -> dict[str, str]:
    """What a tool asks at the authorization endpoint after a login; a change to None leaves a field out."""
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": login["client_id"],
        "redirect_uri": platform.config.redirect_uri,
        "login_hint": login["login_hint"],
        "lti_message_hint": login["lti_message_hint"],
        "state": "state-1",
        "nonce": "nonce-1",
    }
    return {name: value for name, value in {**asked, **changes}.items() if value is not None}


def launched(platform: Platform, person: str, activity: str, target: str = "iframe") -> dict[str, Any]:
    """The verified claims of a whole launch, asked over HTTP."""
    login = platform.launch_form(person, activity, target)
    fields = platform.auth(f"{platform.url}/lti/auth?{urlencode(question(platform, login))}")
    assert fields["state"] == "state-1"
    key_set = jwt.PyJWKSet.from_dict(requests.get(f"{platform.url}/lti/jwks", timeout=5).json())
    key = key_set[jwt.get_unverified_header(fields["id_token"])["kid"]]
    return dict(jwt.decode(fields["id_token"], key, algorithms=["RS256"], audience=platform.config.client_id))


def test_the_launch_page_posts_a_login_to_the_tool(platform: Platform, client: FlaskClient) -> None:
    page = client.get("/as/alice/launch/journal-j3").text
    assert f'action="{platform.config.tool_url}/lti/login"' in page
    fields = form_fields(page)
    assert fields["iss"] == platform.url
    assert fields["login_hint"] == "4"
    assert fields["client_id"] == "partnerwise-demo"
    assert fields["lti_deployment_id"] == "1"
    assert fields["target_link_uri"] == f"{platform.config.tool_url}/activities/journal/j3"
    assert "lti_storage_target" not in fields


def test_a_graded_launch_of_a_trainee_carries_what_moodle_sends(platform: Platform) -> None:
    claims = launched(platform, "alice", "journal-j3")
    assert claims["iss"] == platform.url
    assert claims["sub"] == "4"
    assert claims["nonce"] == "nonce-1"
    assert claims["exp"] - claims["iat"] == 60
    assert abs(claims["iat"] - time.time()) < 10
    assert (claims["name"], claims["given_name"], claims["family_name"]) == ("Alice Adams", "Alice", "Adams")
    assert claims["email"] == "alice@example.com"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}message_type"] == "LtiResourceLinkRequest"
    assert claims[f"{LTI}deployment_id"] == "1"
    assert claims[f"{LTI}roles"] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]
    assert claims[f"{LTI}context"]["id"] == "2"
    assert claims[f"{LTI}context"]["type"] == ["CourseSection"]
    assert claims[f"{LTI}resource_link"]["id"] == "2"
    assert claims[f"{LTI}launch_presentation"]["document_target"] == "iframe"
    assert claims[f"{LTI}target_link_uri"] == f"{platform.config.tool_url}/activities/journal/j3"
    assert claims[f"{AGS}claim/endpoint"]["lineitem"] == platform.line_item_url("journal-j3")
    assert claims[f"{AGS}claim/endpoint"]["lineitems"].startswith(platform.url)
    members_url = claims[f"{NRPS}claim/namesroleservice"]["context_memberships_url"]
    assert members_url == f"{platform.url}/lti/services/CourseSection/2/bindings/1/memberships"
    assert claims[f"{LTI}custom"]["available_end"] == "$ResourceLink.available.endDateTime"


def test_an_ungraded_launch_names_no_line_item(platform: Platform) -> None:
    assert "lineitem" not in launched(platform, "bob", "roadmap")[f"{AGS}claim/endpoint"]


def test_trainers_and_administrators_are_told_apart(platform: Platform) -> None:
    trainer = launched(platform, "tina", "desk")[f"{LTI}roles"]
    administrator = launched(platform, "adam", "desk")[f"{LTI}roles"]
    assert trainer == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
    assert "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator" in administrator
    assert trainer[0] in administrator


def test_a_launch_in_a_new_tab_says_so(platform: Platform, client: FlaskClient) -> None:
    login = form_fields(client.get("/as/alice/launch/roadmap?in=window").text)
    page = client.post("/lti/auth", data=question(platform, login)).text
    claims = jwt.decode(form_fields(page)["id_token"], options={"verify_signature": False})
    assert claims[f"{LTI}launch_presentation"]["document_target"] == "window"


def test_a_message_hint_works_once(platform: Platform, client: FlaskClient) -> None:
    asked = question(platform, platform.launch_form("alice", "roadmap"))
    assert client.get("/lti/auth", query_string=asked).status_code == 200
    second = client.get("/lti/auth", query_string=asked)
    assert second.status_code == 404
    assert "id_token" not in second.text


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "http://127.0.0.1:1/lti/launch"},
        {"scope": "openid email"},
        {"response_type": "code"},
        {"nonce": None},
        {"login_hint": None},
        {"lti_message_hint": None},
        {"lti_message_hint": "not json"},
        {"lti_message_hint": json.dumps({"cmid": 1, "launchid": "made up"})},
    ],
)
def test_what_cannot_be_trusted_gets_a_plain_page(
    platform: Platform, client: FlaskClient, change: dict[str, str | None]
) -> None:
    login = platform.launch_form("alice", "roadmap")
    answer = client.get("/lti/auth", query_string=question(platform, login, **change))
    assert answer.status_code == 404
    assert "Invalid request" in answer.text
    assert "<form" not in answer.text


def test_a_redirect_address_with_a_query_is_not_the_registered_one(platform: Platform, client: FlaskClient) -> None:
    login = platform.launch_form("alice", "roadmap")
    asked = question(platform, login, redirect_uri=f"{platform.config.redirect_uri}?x=1")
    assert client.get("/lti/auth", query_string=asked).status_code == 404
    repaired = question(platform, login)
    assert client.get("/lti/auth", query_string=repaired).status_code == 404, "the hint is spent all the same"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": "another"}, "unauthorized_client"),
        ({"login_hint": "5"}, "access_denied"),
        ({"response_mode": None}, "invalid_request"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": "login"}, "invalid_request"),
    ],
)
def test_other_mistakes_are_posted_back_to_the_tool(
    platform: Platform, client: FlaskClient, change: dict[str, str | None], error: str
) -> None:
    login = platform.launch_form("alice", "roadmap")
    answer = client.get("/lti/auth", query_string=question(platform, login, **change))
    fields = form_fields(answer.text)
    assert answer.status_code == 200
    assert (fields["error"], fields["state"]) == (error, "state-1")
    assert "id_token" not in fields


def test_the_keys_survive_a_restart(running_platform: StartPlatform, tmp_path: Path) -> None:
    first = running_platform(database_path=tmp_path / "demo.db")
    second = running_platform(database_path=tmp_path / "demo.db")
    published = [requests.get(f"{one.url}/lti/jwks", timeout=5).json() for one in (first, second)]
    assert published[0] == published[1]


def test_a_crafted_token_is_signed_with_the_platforms_key(platform: Platform) -> None:
    claims = platform.claims("alice", "journal-j3", "mine")
    token = platform.sign({**claims, "aud": ["other", "partnerwise-demo"]}, typ=None, jku="http://elsewhere")
    header = jwt.get_unverified_header(token)
    assert header["jku"] == "http://elsewhere"
    assert "kid" not in jwt.get_unverified_header(platform.sign(claims, kid=None))


def test_the_tools_address_can_be_given_later(running_platform: StartPlatform) -> None:
    platform = running_platform()
    platform.use_tool("http://127.0.0.1:4321")
    assert platform.launch_form("bob", "unit-m1u1")["target_link_uri"].startswith("http://127.0.0.1:4321/")
    policy = requests.get(platform.url, timeout=5).headers["Content-Security-Policy"]
    assert "frame-src 'self' http://127.0.0.1:4321;" in policy
