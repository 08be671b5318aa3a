"""One person's pages are closed alone: by themself from another browser, by an administrator, by the operator."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import User
from lti_tool.platforms.models import Launch
from lti_tool.security_log import Event
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator, sentence
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow

Close = Callable[[Visitor], None]
TITLE = "Your pages were closed from elsewhere"


@pytest.fixture
def operator(settings: Settings) -> Operator:
    """Types commands over the same database."""
    return Operator(settings.data_dir, settings.database_url)


@pytest.fixture(params=["an administrator", "the operator", "the person"])
def close(request: pytest.FixtureRequest, visitor: Arrive, operator: Operator) -> Close:
    """Closes the pages of this person from elsewhere."""

    def by_administrator(who: Visitor) -> None:
        done = visitor("adam").post(f"privacy/people/{who.user_id}/close", follow_redirects=True)
        assert "2 pages were closed." in done.text
        assert "This person has no page open." in done.text

    def by_operator(who: Visitor) -> None:
        said = operator.types("people", "close-pages", str(who.user_id)).stdout
        assert said.strip() == f"2 open page(s) of person {who.user_id} were closed."

    def by_person(_who: Visitor) -> None:
        done = visitor("alice", course="c3").post("privacy/close-elsewhere", follow_redirects=True)
        assert "2 pages were closed elsewhere." in done.text

    ways = {"an administrator": by_administrator, "the operator": by_operator, "the person": by_person}
    return ways[request.param]


@pytest.mark.both_databases
def test_all_pages_of_the_person_end_and_nobody_elses(visitor: Arrive, close: Close) -> None:
    here, elsewhere = visitor("alice", activity="journal/j3"), visitor("alice", course="c2")
    others = [visitor("bob"), visitor("alice", issuer="https://other.school.example")]
    assert here.put("journal/j3/text", {"text": "<p>Mine.</p>", "version": 0}).status_code == 200
    close(here)
    for one in (here, elsewhere):
        answer = one.get("course/")
        assert answer.status_code == 401
        assert TITLE in answer.text
        assert "What was saved is safe" in answer.text
    assert {one.get("course/").status_code for one in others} == {200}
    assert "Mine." in visitor("alice", activity="journal/j3").get("journal/j3").text


@on_sqlite
def test_it_stands_in_the_log_once_it_is_done(
    visitor: Arrive, operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    alice, adam = visitor("alice"), visitor("adam")
    caplog.set_level(logging.INFO)
    adam.post(f"privacy/people/{alice.user_id}/close")
    (told,) = [one.__dict__["fields"] for one in caplog.records if Event.PAGES_CLOSED in one.getMessage()]
    assert (told["person"], told["by"]) == (str(alice.user_id), f"person/{adam.user_id}")
    assert told["registration"]
    assert "Alice" not in caplog.text


@on_sqlite
def test_only_administrators_see_the_page_and_only_of_people_of_their_course(visitor: Arrive) -> None:
    bob, tina, adam = visitor("bob"), visitor("tina"), visitor("adam")
    stranger = visitor("carla", course="c2")
    assert f"privacy/people/{bob.user_id}" in adam.get("members/").text
    assert "privacy/people/" not in tina.get("members/").text
    for who, whose, status in ((tina, bob, 403), (bob, bob, 403), (adam, stranger, 404), (adam, bob, 200)):
        assert who.get(f"privacy/people/{whose.user_id}").status_code == status
    assert tina.post(f"privacy/people/{bob.user_id}/close").status_code == 403
    assert adam.post(f"privacy/people/{stranger.user_id}/close").status_code == 404
    assert {bob.get("course/").status_code, stranger.get("course/").status_code} == {200}


@on_sqlite
def test_an_administrator_does_not_close_their_own_page_half_way(visitor: Arrive) -> None:
    adam = visitor("adam")
    answer = adam.post(f"privacy/people/{adam.user_id}/close")
    assert answer.status_code == 409
    assert "This is you" in answer.text
    assert adam.get("course/").status_code == 200


@on_sqlite
def test_a_trainer_whom_the_lms_calls_an_administrator_may_close_pages(app: Application, visitor: Arrive) -> None:
    tina, alice = visitor("tina"), visitor("alice")
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).where(Launch.id == tina.launch_id).values(administers=True))
    assert tina.post(f"privacy/people/{alice.user_id}/close").status_code == 303
    assert alice.get("course/").status_code == 401


@on_sqlite
def test_people_see_where_they_have_pages_open_and_no_others(app: Application, visitor: Arrive) -> None:
    here = visitor("alice")
    assert "1 browser" in here.get("privacy/").text
    assert "close-elsewhere" not in here.get("privacy/").text
    left, over, bob = visitor("alice"), visitor("alice"), visitor("bob")
    at_home = visitor("alice")
    with app.parts.database.transaction() as session:
        for one, values in ((left, {"seen_at": now() - timedelta(hours=3)}), (over, {"expires_at": now()})):
            session.execute(update(Launch).where(Launch.id == one.launch_id).values(**values))
    page = here.get("privacy/").text
    assert (page.count("This browser"), page.count("A browser")) == (1, 1)
    here.post("privacy/close-elsewhere")
    assert at_home.get("course/").status_code == 401
    assert {here.get("course/").status_code, bob.get("course/").status_code} == {200}


def test_the_operator_finds_people_by_name_or_by_the_lmss_id(
    app: Application, visitor: Arrive, operator: Operator
) -> None:
    alice, other = visitor("alice"), visitor("alice", issuer="https://other.school.example")
    with app.parts.database.transaction() as session:
        session.get_one(User, other.user_id).name = "Αλίκη Άνταμς"
    found = f"{alice.user_id}  Alice Adams  LMS 1  Parents as partners"
    for words in (["ADAMS"], ["adams alice"], ["alice", "--platform", "1"]):
        assert found in operator.types("people", "find", *words).output
    assert "LMS 2" in operator.types("people", "find", "αλικη ανταμς").output
    by_id = operator.types("people", "find", "alice").output
    assert found in by_id
    assert "LMS 2" in by_id
    for nobody in ("%", "_", " ", "Zoe"):
        assert operator.types("people", "find", nobody).output == "Nobody was found.\n"
    assert "Nobody has the number 99." in sentence(operator.types("people", "close-pages", "99"))


@on_sqlite
def test_a_page_that_was_closed_says_so_and_keeps_what_was_typed(visitor: Arrive, window: OpenWindow) -> None:
    alice, adam = visitor("alice", activity="journal/j3"), visitor("adam")
    writing = window(alice, "journal/j3")
    editor = writing.locator(".ProseMirror")
    editor.click()
    writing.route("**/journal/j3/text", lambda route: route.abort())  # nothing is saved before the pages close
    editor.press_sequentially("Only typed.")
    page = window(adam, f"privacy/people/{alice.user_id}")
    assert axe_problems(page) == []
    take_pictures(page, "privacy-person")
    page.get_by_role("button", name="Close their pages").click()
    page.get_by_role("button", name="Close them").click()
    page.get_by_text("This person has no page open.").wait_for()
    writing.evaluate("() => document.dispatchEvent(new Event('pw:ended'))")  # as a refused save tells it
    writing.get_by_role("heading", name=TITLE).wait_for()
    again = visitor("alice", activity="journal/j3")
    cookie = again.client.get_cookie("partnerwise", domain="127.0.0.1")
    assert cookie is not None
    writing.unroute("**/journal/j3/text")
    address = writing.url.split("/l/")[0]
    writing.context.add_cookies([{"name": "partnerwise", "value": cookie.value, "url": address}])
    writing.goto(address + again.at("journal/j3"))
    expect(writing.locator(".ProseMirror")).to_have_text("Only typed.")


@on_sqlite
def test_the_own_page_is_usable_at_every_width(visitor: Arrive, window: OpenWindow) -> None:
    alice, at_school = visitor("alice"), visitor("alice")
    page = window(alice, "privacy/")
    assert axe_problems(page) == []
    take_pictures(page, "privacy-mine")
    page.get_by_role("button", name="Close my pages everywhere else").click()
    page.get_by_role("button", name="Close them").click()
    page.get_by_text("1 page was closed elsewhere.").wait_for()
    assert at_school.get("course/").status_code == 401
