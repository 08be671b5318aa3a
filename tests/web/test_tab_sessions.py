"""Sessions that a tab holds because the browser keeps no cookie: the header is the proof, and nothing else is."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from lti_tool.database import now
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch, Registration
from lti_tool.web.application import Application
from lti_tool.web.session import KEPT, PROOF
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

SECRET = "what the platform keeps for this tab"
PAGE = {"Accept": "text/html"}
HELD = {PROOF: SECRET, "Accept": "text/html"}


@pytest.fixture
def alice(app: Application, visitor: Arrive) -> Visitor:
    """Alice, whose proof a tab holds; her client keeps no cookie."""
    made = visitor("alice", activity="journal/j3")
    change(app, Launch, browser_hash=hash_secret(SECRET), storage_target="_parent")
    return Visitor(app.test_client(use_cookies=False), made.launch_id, made.user_id, made.context_id, made.browser)


def change(app: Application, table: type, **values: object) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(table).values(**values))


def send(client: FlaskClient, path: str, headers: dict[str, str], **form: str) -> TestResponse:
    return client.post(path, data=form, base_url=ADDRESS, headers=headers)


def test_a_page_opens_with_the_header(alice: Visitor) -> None:
    page = alice.get("journal/j3", headers=HELD)
    assert page.status_code == 200
    assert SECRET not in page.text
    assert SECRET not in str(page.headers)


def test_an_address_by_itself_gets_the_script_that_finds_the_proof_under_what_ends_the_session(alice: Visitor) -> None:
    answer = alice.get("journal/j3", headers=PAGE)
    assert answer.status_code == 401
    assert re.search(r'src="/static/build/web/tab-\w+\.js"', answer.text)
    assert 'data-target="_parent"' in answer.text
    assert 'data-origin="https://lms.school.example"' in answer.text
    assert "This page is no longer open for you" in answer.text
    assert "Alice Adams" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://lms.school.example" in policy
    assert "form-action 'self' https://lms.school.example;" in policy


def test_a_script_that_comes_without_the_proof_is_told_so_in_json(alice: Visitor) -> None:
    answer = alice.get("course/units/m1u1/progress", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json
    assert answer.json["error"] == "ProofMissing"


@pytest.mark.parametrize("proof", ["", "guessed", "x" * 5000])
def test_a_wrong_proof_ends_at_the_plain_page(alice: Visitor, proof: str) -> None:
    answer = alice.get("journal/j3", headers={**PAGE, PROOF: proof})
    assert answer.status_code == 401
    assert "/web/tab-" not in answer.text, "it would ask for ever"


def test_nothing_is_asked_for_a_launch_that_is_over_switched_off_or_never_was(app: Application, alice: Visitor) -> None:
    stranger = Visitor(alice.client, "never-was", 0, 0, alice.browser)
    assert "/web/tab-" not in stranger.get("course/", headers=PAGE).text
    change(app, Registration, enabled=False)
    assert "/web/tab-" not in alice.get("course/", headers=PAGE).text
    change(app, Registration, enabled=True)
    assert "/web/tab-" in alice.get("course/", headers=PAGE).text
    change(app, Launch, expires_at=now() - timedelta(seconds=1))
    assert "/web/tab-" not in alice.get("course/", headers=PAGE).text
    assert alice.get("course/", headers=HELD).status_code == 401


def test_a_launch_that_a_cookie_proves_asks_no_tab(visitor: Arrive, app: Application) -> None:
    bob = visitor("bob")
    stranger = app.test_client()
    assert "/web/tab-" not in stranger.get(bob.at("course/"), base_url=ADDRESS, headers=PAGE).text


def test_the_header_is_its_own_token_against_forgeries_but_the_origin_must_be_ours(alice: Visitor) -> None:
    path = alice.at("journal/j3/text")
    own = {PROOF: SECRET, "Accept": "application/json"}
    saved = alice.client.put(path, json={"text": "<p>x</p>", "version": 0}, base_url=ADDRESS, headers=own)
    assert saved.status_code == 200
    for other in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        refused = alice.client.put(path, json={"text": "", "version": 1}, base_url=ADDRESS, headers=own | other)
        assert refused.status_code == 403


def test_a_header_with_anything_in_it_does_not_make_a_cookies_form_safe(app: Application, visitor: Arrive) -> None:
    bob = visitor("bob")
    answer = send(bob.client, bob.at("roadmap/teams"), {PROOF: "anything"}, name="Primary School 12")
    assert answer.status_code == 401


def test_a_form_leads_on_by_a_header_and_its_message_reaches_the_next_page_once(alice: Visitor) -> None:
    alice.client.put(
        alice.at("journal/j3/text"),
        json={"text": "<p>One.</p>", "version": 0},
        base_url=ADDRESS,
        headers={PROOF: SECRET},
    )
    sent = send(alice.client, alice.at("journal/j3"), HELD, do="submit", version="1")
    assert sent.status_code == 200
    assert "Location" not in sent.headers
    assert sent.headers["X-Partnerwise-Location"].endswith("/journal/j3")
    assert "Set-Cookie" not in sent.headers
    page = alice.get("journal/j3", headers={**HELD, KEPT: sent.headers[KEPT]})
    assert "Handed in." in page.text
    assert KEPT not in page.headers
    assert "Handed in." not in alice.get("journal/j3", headers=HELD).text


def test_what_a_tab_carries_counts_only_as_we_signed_it(alice: Visitor) -> None:
    for carried in ("", "eyJmIjoxfQ.x.y", "\x7f", "x" * 4000):
        assert alice.get("journal/j3", headers={**HELD, KEPT: carried}).status_code == 200


def test_an_administrator_may_let_more_pages_frame_ours(app: Application, alice: Visitor) -> None:
    change(app, Registration, frame_ancestors="https://portal.school.example\nhttps://x.example:8443/path\n'none' *")
    policy = alice.get("course/", headers=HELD).headers["Content-Security-Policy"]
    allowed = policy.split("frame-ancestors ")[1].split()
    assert allowed == [
        "'self'",
        "https://lms.school.example",
        "https://portal.school.example",
        "https://x.example:8443",
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "", "data:text/html,x", "//evil.example", "ftp://x.example"]
)
def test_the_way_back_leads_to_pages_of_the_web_only(app: Application, alice: Visitor, address: str) -> None:
    change(app, Launch, sealed_return_url=app.parts.return_addresses.close(address))
    assert "Back to your course" not in alice.get("course/", headers=HELD).text


def test_the_way_back_says_what_went_wrong_and_keeps_its_own_query(app: Application, alice: Visitor) -> None:
    address = "https://lms.school.example/back?course=2&sesskey=a%2Fb"
    change(app, Launch, sealed_return_url=app.parts.return_addresses.close(address))
    assert "https://lms.school.example/back?course=2&amp;sesskey=a%2Fb" in alice.get("course/", headers=HELD).text
    refused = alice.get("desk/", headers=HELD)
    assert refused.status_code == 403
    assert "sesskey=a%2Fb&amp;lti_errormsg=This+is+not+for+you" in refused.text
