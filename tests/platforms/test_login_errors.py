"""What the LMS itself says against a login is told as what it is, and nothing else of what comes with it."""

import logging

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS

SAID = {
    "login_required": "wants you to log in again",
    "interaction_required": "wants you to log in again",
    "access_denied": "does not let you into this activity",
    "unauthorized_client": "does not know Partnerwise any more",
    "server_error": "has a fault at the moment",
    "temporarily_unavailable": "has a fault at the moment",
    "invalid_request": "did not go on with the opening",
    "unsupported_response_type": "did not go on with the opening",
    "a_code_of_its_own": "did not go on with the opening",
    "": "did not go on with the opening",
}


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return app.test_client()


def sent(client: FlaskClient, by: str, **fields: str) -> TestResponse:
    """An answer of the LMS's, posted or, by one that cannot post, in the address."""
    if by == "POST":
        return client.post("/lti/launch", data=fields, base_url=ADDRESS)
    return client.get("/lti/launch", query_string=fields, base_url=ADDRESS)


@on_sqlite
@pytest.mark.parametrize("by", ["POST", "GET"])
def test_each_error_of_a_login_has_its_own_words(client: FlaskClient, by: str) -> None:
    for code, words in SAID.items():
        answer = sent(client, by, error=code, state="S1")
        assert answer.status_code == 400
        assert words in answer.text, code
        assert "message was incomplete" not in answer.text


@on_sqlite
def test_nobody_puts_words_on_the_page_or_into_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = {"error": "Call 555 0100", "error_description": "Send us your password", "error_uri": "https://evil.example"}
    answer = sent(client, "POST", **told)
    assert not any(words in answer.text + caplog.text for words in told.values())
    assert "unknown code" in caplog.text


@on_sqlite
@pytest.mark.parametrize("fields", [{}, {"id_token": "a.b.c", "state": "S1"}], ids=["nothing", "a token"])
def test_nothing_but_an_error_comes_by_its_address(client: FlaskClient, fields: dict[str, str]) -> None:
    assert sent(client, "GET", **fields).status_code == 405
