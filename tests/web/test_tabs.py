"""Several tabs of one browser, and what becomes of pages that stay open too long; with a cookie and held by the tab."""

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from lti_tool.journal.models import Entry
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.web.tabs import OpenTab, context, editor, end, open_held, open_tab, open_with_cookie, write

__all__ = ["context", "open_held", "open_tab", "open_with_cookie"]
pytestmark = on_sqlite


def texts(app: Application) -> dict[tuple[int, int], str]:
    """What was saved: (course, person) to text."""
    with app.parts.database.transaction(write=False) as session:
        return {(entry.context_id, entry.user_id): entry.text for entry in session.scalars(select(Entry))}


def test_two_courses_in_two_tabs_do_not_mix(app: Application, visitor: Arrive, open_tab: OpenTab) -> None:
    first, second = visitor("alice", course="c1"), visitor("alice", course="c2")
    here, there = open_tab(first, "journal/j3"), open_tab(second, "journal/j3")
    write(here, "In the first course.")
    write(there, "In the second course.")
    write(here, " Still there.")
    assert texts(app) == {
        (first.context_id, first.user_id): "<p>In the first course. Still there.</p>",
        (second.context_id, second.user_id): "<p>In the second course.</p>",
    }
    here.reload()
    expect(editor(here)).to_have_text("In the first course. Still there.")


def test_two_people_in_one_browser_do_not_mix(app: Application, visitor: Arrive, open_tab: OpenTab) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    hers, his = open_tab(alice, "journal/j3"), open_tab(bob, "journal/j3")
    write(hers, "Hers.")
    write(his, "His.")
    hers.reload()
    his.reload()
    expect(editor(hers)).to_have_text("Hers.")
    expect(editor(his)).to_have_text("His.")
    assert set(texts(app).values()) == {"<p>Hers.</p>", "<p>His.</p>"}


def test_back_and_forward_show_the_pages_as_they_are_now(visitor: Arrive, open_tab: OpenTab) -> None:
    page = open_tab(visitor("alice"), "journal/j3")
    write(page, "Before I left.")
    page.get_by_role("link", name="Course", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("parents")
    page.go_back()
    expect(editor(page)).to_have_text("Before I left.")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("parents")


def test_a_page_left_open_overnight_says_how_to_come_back(app: Application, visitor: Arrive, open_tab: OpenTab) -> None:
    alice = visitor("alice")
    page = open_tab(alice, "journal/")
    course = page.get_by_role("link", name="Course", exact=True)
    expect(course).to_be_visible()
    end(app, alice)
    course.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is no longer open for you")
    expect(page.get_by_text("Go back to your course and open the activity again.")).to_be_visible()


def test_a_session_that_ends_while_somebody_writes_keeps_the_text_for_the_next(
    app: Application, visitor: Arrive, open_tab: OpenTab
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = open_tab(alice, "journal/j3")
    write(page, "Saved.")
    end(app, alice)
    write(page, " Not saved.", state="ended")
    expect(page.locator("#saving")).to_contain_text("open the activity again from your course")
    page.get_by_role("button", name="Hand in", exact=False).first.click()
    expect(editor(page)).to_have_text("Saved. Not saved.")
    page.close()
    again = open_tab(visitor("alice"), "journal/j3")
    expect(editor(again)).to_have_text("Saved. Not saved.")
    expect(again.locator("#saving")).to_have_attribute("data-state", "saved")


def test_a_form_that_is_sent_too_late_leaves_what_was_typed_on_the_page(
    app: Application, visitor: Arrive, open_held: OpenTab
) -> None:
    alice = visitor("alice")
    page = open_held(alice, "roadmap/")
    page.locator("input[name=name]").fill("Primary School 12")
    end(app, alice)
    page.locator("input[name=name]").press("Enter")
    expect(page.get_by_text("This page is no longer open for you")).to_be_visible()
    expect(page.locator("input[name=name]")).to_have_value("Primary School 12")
    expect(page.locator("#pw-told")).to_be_focused()


def test_a_form_that_cannot_be_sent_says_so_and_can_be_sent_again(
    visitor: Arrive, open_held: OpenTab, context: BrowserContext
) -> None:
    page = open_held(visitor("alice"), "roadmap/")
    expect(page.locator("[data-pw-appearance]")).to_be_visible()  # the page's script is there
    page.locator("input[name=name]").fill("Primary School 12")
    context.set_offline(True)
    page.locator("input[name=name]").press("Enter")
    expect(page.locator("#pw-told")).to_contain_text("What you wrote is still here")
    context.set_offline(False)
    page.locator("input[name=name]").press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Which school are you from?")


def test_a_page_that_comes_late_is_waited_for(visitor: Arrive, open_held: OpenTab) -> None:
    page = open_held(visitor("alice"), "journal/")
    lost: list[str] = []

    def lose_one(route: object) -> None:
        # The second request is the one with the proof.
        lost.append("")
        route.abort() if len(lost) == 2 else route.continue_()  # type: ignore[attr-defined]

    page.route("**/course/", lose_one)
    page.get_by_role("link", name="Course", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("parents")
    assert len(lost) == 3


def test_the_proof_is_in_no_address_and_leaves_with_no_referer(
    visitor: Arrive, open_held: OpenTab, context: BrowserContext
) -> None:
    seen: list[str] = []
    context.on("request", lambda sent: seen.extend([sent.url, sent.headers.get("referer", "")]))
    alice = visitor("alice")
    page = open_held(alice, "journal/j3")
    write(page, "Something.")
    page.get_by_role("link", name="Course", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("parents")
    assert seen
    assert not [one for one in seen if "tab-secret" in one]
    assert "tab-secret" not in page.content()
