"""Access tokens: what the platform grants, and what it does not."""

import time
from typing import Any

import pytest
import requests

from lti_tool.demo.claims import AGS, NRPS_SCOPE
from tests.demo.fake_tool import FakeTool
from tests.fixtures.platform import Platform

SCORE = f"{AGS}scope/score"


def ask(platform: Platform, form: dict[str, str]) -> requests.Response:
    return requests.post(platform.registration["token_url"], data=form, timeout=10)


def form(
    platform: Platform,
    tool: FakeTool,
    *scopes: str,
    header: dict[str, str] | None = None,
    **changes: object,
) -> dict[str, str]:
    url = platform.registration["token_url"]
    return tool.token_form(url, *(scopes or (SCORE,)), header=header, **changes)


def test_an_assertion_is_answered_with_a_token_for_an_hour(platform: Platform, fake_tool: FakeTool) -> None:
    answer = ask(platform, form(platform, fake_tool, SCORE, NRPS_SCOPE))
    assert answer.status_code == 200
    granted = answer.json()
    assert granted["expires_in"] == 3600
    assert granted["token_type"] == "Bearer"
    assert granted["scope"].split() == [SCORE, NRPS_SCOPE]
    assert len(granted["access_token"]) > 30


def test_scopes_that_are_not_granted_are_dropped_silently(platform: Platform, fake_tool: FakeTool) -> None:
    answer = ask(platform, form(platform, fake_tool, SCORE, "https://example.org/scope/everything"))
    assert (answer.status_code, answer.json()["scope"]) == (200, SCORE)


def test_the_issuer_is_accepted_as_audience_too(platform: Platform, fake_tool: FakeTool) -> None:
    assert ask(platform, fake_tool.token_form(platform.config.issuer, SCORE)).status_code == 200


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "other"}, "invalid_request"),
        ({"client_assertion": "nonsense"}, "invalid_request"),
        ({"scope": ""}, "invalid_request"),
        ({"scope": "openid"}, "invalid_scope"),
    ],
)
def test_a_wrong_form_gets_no_token(
    platform: Platform, fake_tool: FakeTool, change: dict[str, str], error: str
) -> None:
    answer = ask(platform, {**form(platform, fake_tool), **change})
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_json_body_gets_no_token(platform: Platform, fake_tool: FakeTool) -> None:
    body = form(platform, fake_tool)
    answer = requests.post(platform.registration["token_url"], json=body, timeout=10)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_a_wrong_assertion_gets_no_token(platform: Platform, fake_tool: FakeTool) -> None:
    now = int(time.time())
    cases: list[tuple[dict[str, Any], str]] = [
        ({"sub": "another", "iss": "another"}, "invalid_client"),
        ({"exp": now - 10}, "Expired token"),
        ({"iat": now + 600, "exp": now + 900}, "not yet valid"),
        ({"header": {"kid": "unknown"}}, "unable to lookup correct key"),
        ({"header": {"typ": "JWT"}}, "kid must be provided"),
        ({"aud": "http://elsewhere.example"}, "Audience"),
        ({"exp": None}, "exp"),
    ]
    for change, expected in cases:
        answer = ask(platform, form(platform, fake_tool, **change))
        assert answer.status_code == 400, change
        assert expected in answer.json()["error"], change


def test_an_assertion_signed_by_somebody_else_gets_no_token(platform: Platform, fake_tool: FakeTool) -> None:
    foreign = FakeTool()
    answer = ask(platform, form(platform, foreign))
    assert (answer.status_code, "Signature" in answer.json()["error"]) == (400, True)


def test_a_tool_whose_key_set_cannot_be_read_gets_no_token(platform: Platform, fake_tool: FakeTool) -> None:
    fake_tool.broken = True
    answer = ask(platform, form(platform, fake_tool))
    assert (answer.status_code, "key set" in answer.json()["error"]) == (400, True)


def test_a_token_opens_only_what_it_was_granted_for(platform: Platform) -> None:
    token = platform.grant_token(SCORE)
    results = platform.line_item_url("journal-j3", "/results")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.ims.lis.v2.resultcontainer+json",
    }
    assert requests.get(results, headers=headers, timeout=5).status_code == 401
    headers["Authorization"] = f"Bearer {platform.grant_token()}"
    assert requests.get(results, headers=headers, timeout=5).status_code == 200


def test_an_old_token_opens_nothing(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    token = platform.grant_token()
    later = time.time() + 3601
    monkeypatch.setattr("lti_tool.demo.tokens.time.time", lambda: later)
    url = platform.line_item_url("journal-j3", "/results")
    answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5)
    assert answer.status_code == 401
