"""Two people one after the other at one computer, through a real LMS: with a cookie, and with what the LMS keeps."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from lti_tool.demo.storage import FRAME
from tests.fixtures.cookie_settings import Cookies, OpenBrowser
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.journeys.cookies import editor, held_by_tab, offer_storage, open_activity, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]


@pytest.mark.parametrize(
    ("cookies", "storage", "held"), [(Cookies.ALLOWED, "", False), (Cookies.NONE_FOR_US, FRAME, True)]
)
def test_the_next_person_cannot_go_back_to_the_former_ones_pages(
    house: House, open_browser: OpenBrowser, cookies: Cookies, storage: str, held: bool
) -> None:
    house.demo.config = replace(house.demo.config, product="moodle")  # the demo itself lets people play several parts
    offer_storage(house, storage)
    context = open_browser(cookies)
    page, other_tab = context.new_page(), context.new_page()
    write(open_activity(house, page, "alice"), "A mother waited at the gate.")
    expect(editor(open_activity(house, other_tab, "alice"))).to_have_text("A mother waited at the gate.")
    assert held_by_tab(page) is held
    [frame] = [one for one in page.frames if "/l/" in one.url]
    former = frame.url
    expect(editor(open_activity(house, page, "bob"))).to_have_text("")
    expect(editor(open_activity(house, page, "bob"))).to_have_text("")  # he opens it a second time: his own stays
    page.frames[1].locator("html").evaluate("(html, address) => { location.href = address; }", former)
    ended = page.frame_locator("iframe[data-tool]")
    expect(ended.get_by_text("open the activity again", exact=False).first).to_be_visible()
    expect(ended.get_by_text("mother", exact=False)).to_have_count(0)
    [hers] = [one for one in other_tab.frames if "/l/" in one.url]
    hers.locator("html").evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(other_tab.frame_locator("iframe[data-tool]").get_by_text("mother", exact=False)).to_have_count(0)
