"""Whoever is done at a computer, or away from it, leaves no open page: the button, the idle time, and what they end."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from lti_tool.app import _lifetimes
from lti_tool.database import now
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch, Registration
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from lti_tool.web.leaving import AWAY
from lti_tool.web.session import PROOF
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

SECRET = "what the platform keeps for this tab"


def change(app: Application, who: Visitor, **values: object) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).where(Launch.id == who.launch_id).values(**values))


def seen(app: Application, who: Visitor) -> timedelta:
    """How long ago, as far as the server knows."""
    with app.parts.database.transaction(write=False) as session:
        return now() - session.get_one(Launch, who.launch_id).seen_at


def one_browser(app: Application, *visitors: Visitor) -> None:
    """Let all of these be in the first one's browser."""
    with app.parts.database.transaction() as session:
        shared = session.get_one(Launch, visitors[0].launch_id).browser_hash
        for one in visitors:
            made = session.get_one(Launch, one.launch_id)
            made.browser_hash = made.computer_hash = shared
            one.client = visitors[0].client


def title(answer: str) -> str:
    return answer.split("<h1>")[1].split("</h1>", 1)[0]


@pytest.mark.both_databases
def test_who_is_done_ends_all_their_pages_in_this_browser_and_in_no_other(app: Application, visitor: Arrive) -> None:
    here, elsewhere, at_home = visitor("alice"), visitor("alice", course="c2"), visitor("alice")
    bob = visitor("bob")
    one_browser(app, here, elsewhere, bob)
    answer = here.post("done", follow_redirects=True)
    assert answer.request.path == "/done"
    assert "You are done here" in answer.text
    assert "Log out of your LMS" in answer.text
    for closed in (here, elsewhere):
        refused = closed.get("course/")
        assert (refused.status_code, title(refused.text)) == (401, "You are done here")
    assert at_home.get("course/").status_code == 200
    assert bob.get("course/").status_code == 200


def test_who_comes_again_after_that_works_on(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    assert alice.put("journal/j3/text", {"text": "<p>Mine.</p>", "version": 0}).status_code == 200
    alice.post("done")
    again = visitor("alice", activity="journal/j3")
    one_browser(app, alice, again)
    assert "Mine." in again.get("journal/j3").text
    assert alice.get("journal/j3").status_code == 401


def test_every_page_has_the_button(visitor: Arrive) -> None:
    alice, tina, adam = visitor("alice"), visitor("tina"), visitor("adam")
    for who, paths in (
        (alice, "course/ course/units/m1u1/ journal/ journal/j3 roadmap/"),
        (tina, "desk/ members/ course/placed/"),
        (adam, "connection/"),
    ):
        for path in paths.split():
            assert f'action="{who.at("done")}"' in who.get(path).text, path


def test_nobody_is_done_for_somebody_else(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    token = bob.token()
    assert bob.client.post(alice.at("done"), base_url=ADDRESS, headers={"X-CSRFToken": token}).status_code == 401
    assert alice.client.post(alice.at("done"), base_url=ADDRESS).status_code == 403, "no token"
    assert alice.get("course/").status_code == 200


def test_a_session_that_a_tab_holds_ends_with_the_others_of_its_browser(app: Application, visitor: Arrive) -> None:
    here, other_tab = visitor("alice"), visitor("alice", course="c2")
    for one in (here, other_tab):
        change(
            app, one, browser_hash=hash_secret(SECRET + one.launch_id), computer_hash="one", storage_target="_parent"
        )
    client = app.test_client(use_cookies=False)
    headers = {PROOF: SECRET + here.launch_id, "Accept": "text/html"}
    sent = client.post(here.at("done"), base_url=ADDRESS, headers=headers)
    assert sent.headers["X-Partnerwise-Location"].endswith("/done")
    headers[PROOF] = SECRET + other_tab.launch_id
    assert title(client.get(other_tab.at("course/"), base_url=ADDRESS, headers=headers).text) == "You are done here"


@pytest.mark.both_databases
def test_pages_that_nobody_has_used_for_too_long_are_closed(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    token = alice.token()
    change(app, alice, seen_at=now() - timedelta(minutes=91))
    page = alice.get("course/")
    assert (page.status_code, title(page.text)) == (401, "This page was closed because nobody used it")
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    text = {"text": "<p>Late.</p>", "version": 0}
    saved = alice.client.put(alice.at("journal/j3/text"), json=text, base_url=ADDRESS, headers=headers)
    assert saved.json
    assert (saved.json["error"], saved.json["session_ended"]) == ("SessionLeftIdle", True)


def test_the_limit_is_a_setting(app: Application, visitor: Arrive, settings: Settings) -> None:
    app.parts = replace(app.parts, lifetimes=_lifetimes(settings.model_copy(update={"idle_minutes": 60})))
    alice = visitor("alice")
    change(app, alice, seen_at=now() - timedelta(minutes=59))
    assert alice.get("course/").status_code == 200
    change(app, alice, seen_at=now() - timedelta(minutes=61))
    assert alice.get("course/").status_code == 401


@pytest.mark.both_databases
def test_who_opens_a_page_or_saves_was_there(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice", activity="journal/j3")
    alice.token()
    for path, saved in (("journal/", None), ("journal/j3/text", "<p>x</p>"), ("journal/none-such", None)):
        change(app, alice, seen_at=now() - timedelta(minutes=80))
        alice.put(path, {"text": saved, "version": 0}) if saved else alice.get(path)
        assert seen(app, alice) < timedelta(minutes=1)


def test_a_page_that_asks_by_itself_says_for_how_long_nobody_has_touched_it(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    change(app, alice, seen_at=now() - timedelta(minutes=80))
    for away, minutes in (("3000", 50), ("600", 10), ("5400", 10), ("0", 0)):
        answer = alice.get("session", headers={AWAY: away})
        assert answer.json
        assert round(answer.json["seconds"] / 60) == 90 - minutes
        assert round(seen(app, alice).total_seconds() / 60) == minutes


@pytest.mark.parametrize("away", ["", "-5", "1e9", "9" * 400, "٣", "now"])
def test_whatever_stands_for_the_time_is_bounded(visitor: Arrive, away: str) -> None:
    answer = visitor("alice").get("session", headers={AWAY: away.encode().decode("latin-1")})
    assert answer.status_code == 200
    assert answer.json
    assert 0 <= answer.json["seconds"] <= 90 * 60


def test_who_works_in_one_window_is_at_all_of_them(app: Application, visitor: Arrive) -> None:
    reading, writing, at_home = visitor("alice"), visitor("alice", course="c2"), visitor("alice")
    one_browser(app, reading, writing)
    for one in (reading, at_home):
        change(app, one, seen_at=now() - timedelta(hours=3))
    assert reading.get("course/").status_code == 200
    assert at_home.get("course/").status_code == 401, "that is another computer"


def test_a_page_comes_also_where_it_cannot_be_noted_that_somebody_was_there(
    app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = visitor("alice")
    change(app, alice, seen_at=now() - timedelta(minutes=5))
    begin = app.parts.database.transaction

    def read_only(*, write: bool = True) -> AbstractContextManager[Session]:
        if write:
            raise OperationalError("", {}, Exception("locked"))
        return begin(write=write)

    monkeypatch.setattr(app.parts.database, "transaction", read_only)
    assert alice.get("course/").status_code == 200


def test_an_lms_that_was_switched_off_says_no_more_than_before(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    with app.parts.database.transaction() as session:
        session.execute(update(Registration).values(enabled=False))
    assert title(alice.get("course/").text) == "This page is no longer open for you"


def test_why_a_page_has_ended_is_told_to_its_own_browser_alone(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    change(app, alice, seen_at=now() - timedelta(hours=3))
    stranger = app.test_client().get(alice.at("course/"), base_url=ADDRESS)
    assert title(stranger.text) == "This page is no longer open for you"


def test_each_person_has_a_key_of_their_own_the_same_at_each_launch(visitor: Arrive) -> None:
    def key(who: Visitor) -> str:
        return who.get("course/").text.split('name="pw-drafts" content="')[1].split('"')[0]

    alice, again, bob = visitor("alice"), visitor("alice", course="c2"), visitor("bob")
    assert key(alice) == key(again) != key(bob)
    assert len(key(alice)) == 43, "256 bits"
