"""A computer that several people use, in a real browser: nothing of the former is left, and nothing typed is lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from lti_tool.database import now
from lti_tool.platforms.models import Ending, Launch
from lti_tool.web.application import Application
from tests.fixtures.browser import take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.waiting import until
from tests.web.tabs import OpenTab, change, context, editor, end, open_held, open_tab, open_with_cookie, write

__all__ = ["context", "open_held", "open_tab", "open_with_cookie"]
pytestmark = on_sqlite

NO_SEALING = "Object.defineProperty(Crypto.prototype, 'subtle', { get() { return undefined; } })"
"""As in a page that came by plain http from another machine."""
MINUTE = 60_000


def title(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def expect_title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def done(page: Page) -> None:
    page.get_by_role("button", name="I am done here").click()


def drafts(page: Page) -> str:
    """All that the browser holds of what was typed."""
    found = "Object.entries(localStorage).filter(([name]) => name.startsWith('partnerwise:draft:')).join()"
    return str(page.evaluate(found))


def lose_saves(context: BrowserContext) -> list[Route]:
    """No save arrives from now on."""
    lost: list[Route] = []

    def lose(route: Route) -> None:
        lost.append(route)
        route.abort()

    context.route("**/text", lose)
    return lost


def idle_since(app: Application, who: Visitor, minutes: int) -> None:
    change(app, who, seen_at=now() - timedelta(minutes=minutes))


def test_who_is_done_leaves_no_page_open_in_any_tab(
    visitor: Arrive, open_tab: OpenTab, context: BrowserContext
) -> None:
    first, second = visitor("alice"), visitor("alice", course="c2")
    here, there = open_tab(first, "journal/"), open_tab(second, "journal/j3")
    here.get_by_role("link", name="Think piece", exact=False).first.click()
    write(here, "Mine.")
    write(there, "Mine too.")
    take_pictures(here, "done-button")
    done(here)
    expect_title(here, "You are done here")
    assert here.url.endswith("/done")
    take_pictures(here, "done")
    expect(there.get_by_text("Mine too.")).to_have_count(0)
    assert title(there) in {"You are done here", "This page is no longer open for you"}
    assert drafts(here) == ""
    here.go_back()
    assert title(here) in {"You are done here", "This page is no longer open for you"}


def test_what_has_not_arrived_is_asked_about_before_it_goes(
    visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    alice = visitor("alice")
    page = open_with_cookie(alice, "journal/j3")
    lose_saves(context)
    write(page, "Not sent.", state="kept")
    done(page)
    sure = page.get_by_role("dialog", name="Not everything is saved")
    expect(sure).to_be_visible()
    take_pictures(page, "done-sure", whole=False)
    sure.get_by_role("button", name="Stay").click()
    expect(editor(page)).to_have_text("Not sent.")
    assert drafts(page) != ""
    done(page)
    sure.get_by_role("button", name="Finish and lose it").click()
    expect_title(page, "You are done here")
    assert drafts(page) == ""


def test_a_form_that_was_not_sent_is_asked_about_and_leaves_nothing_behind(
    visitor: Arrive, open_with_cookie: OpenTab
) -> None:
    page = open_with_cookie(visitor("alice"), "roadmap/")
    page.locator("input[name=name]").fill("Primary School 12")
    done(page)
    page.get_by_role("dialog", name="Not everything is saved").get_by_role("button", name="Stay").click()
    expect(page.locator("input[name=name]")).to_have_value("Primary School 12")
    assert drafts(page) == ""


def test_what_a_unit_could_not_send_is_sealed_asked_about_and_gone_at_the_end(
    visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    page = open_with_cookie(visitor("alice"), "course/units/m1u1/")
    context.route("**/progress", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    page.locator("[data-ready] .pw-page:visible a[rel=next]").click()
    unsent = "Object.entries(localStorage).filter(([name]) => name.includes(':unsent:')).join()"
    until(lambda: page.evaluate(unsent), "the unit has kept what it could not send")
    assert "units" not in page.evaluate(unsent)
    done(page)
    page.get_by_role("button", name="Finish and lose it").click()
    expect_title(page, "You are done here")
    assert page.evaluate(unsent) == ""


def test_nothing_is_closed_where_the_tool_cannot_be_reached(
    visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    page = open_with_cookie(visitor("alice"), "journal/j3")
    expect(editor(page)).to_be_visible()
    context.set_offline(True)
    done(page)
    expect(page.get_by_text("your pages are still open", exact=False)).to_be_visible()
    context.set_offline(False)
    done(page)
    expect_title(page, "You are done here")


def test_a_draft_is_sealed_and_opens_for_its_writer_alone(
    app: Application, visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    alice = visitor("alice")
    page = open_with_cookie(alice, "journal/j3")
    lose_saves(context)
    write(page, "A father shouted at me.", state="kept")
    end(app, alice)
    kept = drafts(page)
    assert "father" not in kept
    assert len(kept) > 50
    page.close()
    his = open_with_cookie(visitor("bob"), "journal/j3")
    expect(editor(his)).to_have_text("")
    # Whatever is done to it, it is nobody else's text.
    his.evaluate("""() => {
        const [name] = Object.keys(localStorage).filter((one) => one.startsWith('partnerwise:draft:journal'));
        localStorage.setItem('theirs', localStorage.getItem(name));
    }""")
    bob = his.locator("[data-editor]").get_attribute("data-key")
    his.evaluate("key => localStorage.setItem(`partnerwise:draft:${key}#x`, localStorage.getItem('theirs'))", bob)
    his.reload()
    expect(editor(his)).to_have_text("")
    his.close()
    context.unroute_all()
    again = open_with_cookie(visitor("alice"), "journal/j3")
    expect(editor(again)).to_have_text("A father shouted at me.")
    expect(again.locator("#saving")).to_have_attribute("data-state", "saved")


def test_a_draft_ends_after_a_week_whoevers_it_is(visitor: Arrive, open_with_cookie: OpenTab) -> None:
    page = open_with_cookie(visitor("bob"), "journal/")
    for name, days in (("old", 8), ("new", 6)):
        at = (now() - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        page.evaluate(
            '([name, at]) => localStorage.setItem(`partnerwise:draft:${name}#x`, `{"at":"${at}"}`)', [name, at]
        )
    page.evaluate('localStorage.setItem(\'partnerwise:draft:open#x\', \'{"value":{"text":"Once they stood open."}}\')')
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    until(lambda: "old" not in drafts(page), "the old draft is gone")
    assert drafts(page).count("#x") == 1


def test_where_a_browser_cannot_seal_nothing_is_kept_and_that_is_said(
    app: Application, visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    context.add_init_script(NO_SEALING)
    alice = visitor("alice")
    page = open_with_cookie(alice, "journal/j3")
    lose_saves(context)
    write(page, "Only here.", state="unkept")
    expect(page.locator("#saving")).to_contain_text("this browser keeps no copy")
    assert drafts(page) == ""
    change(app, alice, expires_at=now(), ending=Ending.NEXT_PERSON)
    context.unroute_all()
    write(page, " Still.", state="ended-unkept")
    expect(editor(page)).to_have_text("Only here. Still.")


def test_the_next_person_ends_the_former_ones_tab_and_what_was_typed_there_comes_back(
    app: Application, visitor: Arrive, open_tab: OpenTab, context: BrowserContext
) -> None:
    alice = visitor("alice")
    hers = open_tab(alice, "journal/j3")
    lose_saves(context)
    write(hers, "Not sent.", state="kept")
    change(app, alice, expires_at=now(), ending=Ending.NEXT_PERSON)
    his = open_tab(visitor("bob"), "journal/j3")
    expect(hers.get_by_text("Not sent.")).to_have_count(0)
    assert title(hers) in {"Somebody else uses this browser now", "This page is no longer open for you"}
    take_pictures(hers, "taken-over", whole=False)
    expect(editor(his)).to_have_text("")
    context.unroute_all()
    hers.close()
    again = open_tab(visitor("alice"), "journal/j3")
    expect(editor(again)).to_have_text("Not sent.")
    expect(again.locator("#saving")).to_have_attribute("data-state", "saved")


def test_a_cookie_that_is_gone_is_an_ended_session_and_what_was_typed_is_kept(
    visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    page = open_with_cookie(visitor("alice"), "journal/j3")
    write(page, "Saved.")
    context.clear_cookies()
    write(page, " Typed after.", state="ended")
    advice = "Your text is kept on this device: open the activity again from your course."
    expect(page.locator("#saving").get_by_role("status")).to_contain_text(advice)
    expect(editor(page)).to_have_text("Saved. Typed after.")
    page.close()
    again = open_with_cookie(visitor("alice"), "journal/j3")
    expect(editor(again)).to_have_text("Saved. Typed after.")
    expect(again.locator("#saving")).to_have_attribute("data-state", "saved")


def test_a_page_asks_before_it_closes_and_goes_on_for_whoever_is_there(
    app: Application, visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    context.pages[0].clock.install()
    alice = visitor("alice")
    page = open_with_cookie(alice, "journal/j3")
    expect(editor(page)).to_be_visible()
    idle_since(app, alice, 86)
    page.clock.run_for(86 * MINUTE)
    asking = page.get_by_role("dialog", name="Are you still there?")
    expect(asking).to_be_visible()
    take_pictures(page, "idle", whole=False)
    asking.get_by_role("button", name="I am still here").click()
    expect(asking).to_be_hidden()
    until(lambda: seen_lately(app, alice), "the server knows")


def seen_lately(app: Application, who: Visitor) -> bool:
    with app.parts.database.transaction(write=False) as session:
        seen = session.scalars(select(Launch.seen_at).where(Launch.id == who.launch_id)).one()
    return seen > now() - timedelta(minutes=2)


def test_a_page_that_nobody_uses_closes_and_a_form_is_as_it_was_when_its_writer_is_back(
    app: Application, visitor: Arrive, open_with_cookie: OpenTab, context: BrowserContext
) -> None:
    context.pages[0].clock.install()
    alice = visitor("alice")
    page = open_with_cookie(alice, "roadmap/")
    page.locator("input[name=name]").fill("Primary School 12")
    idle_since(app, alice, 91)
    page.clock.run_for(91 * MINUTE)
    expect_title(page, "This page was closed because nobody used it")
    assert "School" not in drafts(page)
    page.close()
    his = open_with_cookie(visitor("bob"), "roadmap/")
    expect(his.locator("input[name=name]")).to_have_value("")
    his.close()
    again = open_with_cookie(visitor("alice"), "roadmap/")
    expect(again.locator("input[name=name]")).to_have_value("Primary School 12")
    expect(again.get_by_text("is back. It is not saved yet", exact=False)).to_be_visible()
    take_pictures(again, "put-back", whole=False)


@pytest.mark.parametrize("ending", [Ending.RIGHTS, Ending.NEXT_PERSON])
def test_coming_back_to_a_tab_shows_no_page_that_has_ended(
    app: Application, visitor: Arrive, open_with_cookie: OpenTab, ending: Ending
) -> None:
    alice = visitor("alice")
    page = open_with_cookie(alice, "journal/j3")
    write(page, "Saved.")
    change(app, alice, expires_at=now(), ending=ending)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Saved.")).to_have_count(0)
