"""The token against forged requests: one for all pages of a browser, and what is said where it is gone."""

import re

from pydantic import SecretStr

from lti_tool.app import create_app
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

pytestmark = on_sqlite


def text(words: str) -> dict[str, object]:
    return {"text": f"<p>{words}</p>", "version": 0}


def open_page(app: Application, alice: Visitor) -> tuple[str, str]:
    """The page's token and the cookie that its answer leaves, for a browser that has had none but the launch's."""
    browser = app.test_client()
    launched = alice.client.get_cookie("partnerwise", domain="127.0.0.1")
    assert launched
    browser.set_cookie("partnerwise", launched.value, domain="127.0.0.1")
    page = browser.get(alice.at("journal/j3"), base_url=ADDRESS)
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    left = browser.get_cookie("partnerwise", domain="127.0.0.1")
    assert found
    assert left
    return found[1], left.value


def save(app: Application, alice: Visitor, token: str, cookie: str, words: str = "One.") -> int:
    browser = app.test_client()
    browser.set_cookie("partnerwise", cookie, domain="127.0.0.1")
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    return browser.put(alice.at("journal/j3/text"), json=text(words), base_url=ADDRESS, headers=headers).status_code


def test_of_two_pages_opened_at_once_both_can_save_whichever_cookie_came_last(
    app: Application, visitor: Arrive
) -> None:
    alice = visitor("alice", activity="journal/j3")
    (one, first_cookie), (other, last_cookie) = open_page(app, alice), open_page(app, alice)
    assert save(app, alice, one, last_cookie) == 200
    assert save(app, alice, other, first_cookie, "Two.") == 409, (
        "let in, and found that the text had been saved meanwhile"
    )


def test_another_browsers_token_is_a_forgery(app: Application, visitor: Arrive) -> None:
    alice, bob = visitor("alice", activity="journal/j3"), visitor("bob")
    _, cookie = open_page(app, alice)
    assert save(app, alice, bob.token(), cookie) == 403


def test_a_cookie_that_is_gone_is_an_ended_session_and_the_page_is_told_so(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    token, _ = open_page(app, alice)
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    answer = app.test_client().put(alice.at("journal/j3/text"), json=text("One."), base_url=ADDRESS, headers=headers)
    assert answer.status_code == 401
    assert answer.json
    assert (answer.json["error"], answer.json["session_ended"]) == ("SessionEnded", True)


def test_what_is_refused_for_another_reason_ends_no_session(visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    answer = alice.put("journal/j3/text", {"text": [], "version": 0})
    assert answer.json
    assert (answer.status_code, answer.json["session_ended"]) == (400, False)


def test_over_https_browsers_are_told_to_use_nothing_else(settings: Settings, app: Application) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz", base_url=ADDRESS).headers
    address = "https://partnerwise.school.example"
    secure = create_app(settings.model_copy(update={"base_url": address, "secret_key": SecretStr("s3cret-" * 8)}))
    answer = secure.test_client().get("/healthz", base_url=address)
    secure.parts.database.close()
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
