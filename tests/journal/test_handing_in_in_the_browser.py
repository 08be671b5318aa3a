"""Before handing in, in a real browser: the dialog, the way to a place and back, taking back; and how it looks."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lti_tool.course.extensions import give_person_time
from lti_tool.course.placed_activities import Placing, place
from lti_tool.database import now
from lti_tool.people.teams import found_team
from lti_tool.web.application import Application
from tests.fixtures.browser import sweep_for_barriers, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import entry_of, submissions, write
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow
from tests.grading.test_look_of_both_desks import look_at
from tests.web.tabs import OpenTab, context, open_held, open_tab, open_with_cookie

__all__ = ["context", "open_held", "open_tab", "open_with_cookie"]
pytestmark = [pytest.mark.journey, on_sqlite]

TOLD = (
    "<p>At the gate Mrs <strong>Bro</strong>wn waited, and I walked past her with a pile of exercise books.</p>"
    "<ul><li><p>Her number is 210 1234567.</p></li><li><p>Mrs Brown lives at 12 Rose Hill Lane.</p></li></ul>"
)


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


def open_dialog(page: Page) -> None:
    page.locator("[data-hand-in]").click()
    expect(page.get_by_role("dialog", name="Before you hand it in")).to_be_visible()


def test_a_place_is_shown_by_keyboard_changed_and_handed_in(alice: Visitor, open_tab: OpenTab) -> None:
    write(alice, TOLD)
    page = open_tab(alice, "journal/j3")
    open_dialog(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_count(4)
    dialog.get_by_role("button", name=re.compile("Show me the place.*Brown")).nth(1).press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#editor")).to_be_focused()
    assert page.evaluate("() => getSelection().toString()") == "Brown"
    page.keyboard.type("X")
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    open_dialog(page)
    expect(dialog.locator("mark")).to_have_count(4)
    dialog.get_by_role("button", name=re.compile("Show me the place.*Brown")).first.press("Enter")
    page.keyboard.type("Y")
    open_dialog(page)
    dialog.get_by_label("I have read it aloud once").check()
    dialog.get_by_label("an AI tool").check()
    dialog.get_by_role("button", name="Hand in now").click()
    expect(page.get_by_text("Your trainer has it now")).to_be_visible()
    (piece,) = submissions(alice)
    assert "Mrs <strong>Y</strong> waited" in piece.text
    assert "Mrs X lives" in piece.text
    assert (piece.help_used, len(piece.unticked)) == (["ai"], 3)
    page.get_by_role("button", name="Take it back …").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(page.locator("#editor")).to_contain_text("Mrs Y waited")
    assert entry_of(alice).state == "draft"


def test_where_the_server_is_away_the_page_says_so_and_goes_on(alice: Visitor, window: OpenWindow) -> None:
    write(alice, TOLD)
    page = window(alice, "journal/j3")
    page.route("**/hand-in?*", lambda route: route.abort())
    page.locator("[data-hand-in]").click()
    expect(page.locator("[data-problem]")).to_contain_text("cannot be handed in just now")
    page.unroute("**/hand-in?*")
    page.route("**/hand-in?*", lambda route: route.fulfill(body="<p>Log in to the school's network</p>"))
    page.locator("[data-hand-in]").click()
    expect(page.locator("[data-problem]")).to_contain_text("cannot be handed in just now")
    page.unroute("**/hand-in?*")
    open_dialog(page)


def test_how_it_looks(app: Application, visitor: Arrive, alice: Visitor, window: OpenWindow) -> None:
    tina = visitor("tina", activity="desk")
    write(alice, TOLD)
    with app.parts.database.transaction() as session:
        due, closes = now() - timedelta(days=1), now() + timedelta(days=9)
        placed = place(session, alice.context_id, Placing("journal/j3", due_at=due, closes_at=closes))
        team = found_team(session, alice.context_id, alice.user_id, "Primary School 12, the one at the river")
        give_person_time(session, placed, alice.user_id, now() + timedelta(days=5), given_by_id=tina.user_id)
        placed_id, team_id = placed.id, team.id
    page = window(alice, "journal/j3")
    look_at(page, "journal-more-time")
    open_dialog(page)
    sweep_for_barriers(page)
    take_pictures(page, "journal-look-over", whole=False)
    plain = window(alice, "journal/j3/hand-in")
    look_at(plain, "journal-hand-in-page")
    plain.get_by_label("a colleague").check()
    note = plain.get_by_label("What for, in your own words")
    note.fill("Bob read it and asked where the mother stood. " * 50)
    plain.get_by_role("button", name="Hand in now").click()
    expect(note).to_have_accessible_description(re.compile("longer than 2000 characters"))
    expect(plain.get_by_label("a colleague")).to_be_checked()
    look_at(plain, "journal-note-too-long")
    note.fill("Bob read it and asked where the mother stood.")
    plain.get_by_role("button", name="Hand in now").click()
    expect(plain.get_by_text("Your trainer has it now")).to_be_visible()
    look_at(plain, "journal-handed-in")
    plain.get_by_role("button", name="Take it back …").click()
    take_pictures(plain, "journal-take-back", whole=False)
    desk = window(tina, f"desk/{submissions(alice)[0].id}")
    look_at(desk, "desk-declaration")
    base = f"course/placed/{placed_id}"
    for path, name in (
        (base, "placed-times"),
        (f"{base}/more-time", "more-time-whom"),
        (f"{base}/more-time/team/{team_id}", "more-time-team"),
    ):
        look_at(window(tina, path), name)
