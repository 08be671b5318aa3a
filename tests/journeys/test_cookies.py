"""From the launch to the handed-in piece, in a real Chromium with each setting for cookies that people have."""

import pytest
from playwright.sync_api import Page, expect

from lti_tool.demo.storage import FRAME
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.cookie_settings import Cookies, OpenBrowser
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.journeys.cookies import editor, held_by_tab, offer_storage, open_activity, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]

thorough = pytest.mark.thorough
FORGETS = """
addEventListener('message', (event) => { if (/get_data/.test(event.data.subject)) event.stopImmediatePropagation(); });
"""
"""Makes the LMS's page forget between the login and the launch."""
TEXT = "A mother waited at the gate. I walked past her."


@pytest.mark.parametrize(
    ("cookies", "storage", "held"),
    [
        (Cookies.ALLOWED, "", False),
        pytest.param(Cookies.THIRD_PARTY_BLOCKED, "", False, marks=thorough),
        pytest.param(Cookies.THIRD_PARTY_BLOCKED, "_parent", False, marks=thorough),
        pytest.param(Cookies.NONE_IN_FRAMES, "_parent", True, marks=thorough),
        pytest.param(Cookies.NONE_FOR_US, "_parent", True, marks=thorough),
        (Cookies.NONE_FOR_US, FRAME, True),
        pytest.param(Cookies.NONE_AT_ALL, "_parent", True, marks=thorough),
    ],
)
def test_a_piece_is_written_reloaded_left_come_back_to_and_handed_in(
    house: House, open_browser: OpenBrowser, cookies: Cookies, storage: str, held: bool
) -> None:
    offer_storage(house, storage)
    page = open_browser(cookies).new_page()
    journal = open_activity(house, page)
    write(journal, TEXT)
    assert held_by_tab(page) is held
    page.frames[1].locator("html").evaluate("() => location.reload()")
    expect(editor(journal)).to_contain_text(TEXT)
    journal.get_by_role("link", name="Road map").click()
    expect(journal.get_by_role("heading", name="Which school are you from?")).to_be_visible()
    page.evaluate("history.back()")
    expect(editor(journal)).to_contain_text(TEXT)
    page.evaluate("history.forward()")
    expect(journal.get_by_role("heading", name="Which school are you from?")).to_be_visible()
    page.evaluate("history.back()")
    expect(editor(journal)).to_contain_text(TEXT)
    journal.get_by_role("button", name="Hand in", exact=False).first.click()
    journal.get_by_role("button", name="Hand in now").click()
    expect(journal.get_by_text("Handed in. Your trainer has it now.")).to_be_visible()
    page.frames[1].locator("html").evaluate("() => location.reload()")
    expect(journal.get_by_text("Your trainer has it", exact=True)).to_be_visible()
    expect(journal.get_by_text("Handed in. Your trainer has it now.")).to_have_count(0)


def test_a_unit_a_road_map_and_the_desk_work_in_a_session_that_the_tab_holds(
    house: House, open_browser: OpenBrowser
) -> None:
    offer_storage(house, "_parent")
    page = open_browser(Cookies.NONE_FOR_US).new_page()
    unit = open_activity(house, page, "alice", "unit-m1u1")
    with page.expect_response(lambda answer: answer.url.endswith("/progress") and answer.request.method == "PUT"):
        unit.locator("[data-ready] .pw-page:visible a[rel=next]").click()
    road_map = open_activity(house, page, "alice", "roadmap")
    road_map.get_by_label("Name", exact=False).first.fill("Primary School 12")
    road_map.get_by_role("button", name="team", exact=False).first.click()
    expect(road_map.get_by_role("heading", level=1)).not_to_have_text("Which school are you from?")
    write(open_activity(house, page, "alice"), TEXT)
    journal = page.frame_locator("iframe[data-tool]")
    journal.get_by_role("button", name="Hand in", exact=False).first.click()
    journal.get_by_role("button", name="Hand in now").click()
    expect(journal.get_by_text("Handed in. Your trainer has it now.")).to_be_visible()
    desk = open_activity(house, page, "tina", "desk")
    desk.get_by_role("link", name="Alice Adams").first.click()
    desk.get_by_label("Overall comment").fill("Say what you will do.")
    expect(desk.locator("#saving")).to_have_attribute("data-state", "saved")
    assert held_by_tab(page)
    desk.get_by_role("button", name="Return for another go").click()
    expect(desk.get_by_text("Returned: Alice Adams can go on writing.")).to_be_visible()


def test_where_frames_keep_nothing_a_button_opens_the_activity_in_its_own_tab(
    house: House, open_browser: OpenBrowser
) -> None:
    context = open_browser(Cookies.NONE_IN_FRAMES)
    page = context.new_page()
    frame = open_activity(house, page)
    expect(frame.get_by_role("heading", name="Open this in its own tab")).to_be_visible()
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").dblclick()
    write(opened.value, TEXT)
    expect(frame.get_by_role("heading", name="It is open in its own tab")).to_be_visible()
    assert len([one for one in context.pages if house.tool_url in one.url]) == 1, "a double click opens one tab"


def test_where_our_site_keeps_nothing_at_all_the_new_tab_says_what_to_allow(
    house: House, open_browser: OpenBrowser
) -> None:
    context = open_browser(Cookies.NONE_FOR_US)
    page = context.new_page()
    frame = open_activity(house, page)
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Your browser keeps no cookie for Partnerwise")
    expect(opened.value.get_by_text("Allow cookies for the address of this page", exact=False)).to_be_visible()


def test_without_scripts_the_same_button_is_there(house: House, open_browser: OpenBrowser) -> None:
    context = open_browser(Cookies.THIRD_PARTY_BLOCKED, java_script_enabled=False)
    page = context.new_page()
    frame = open_activity(house, page)
    frame.get_by_role("button", name="Open the activity").click()
    expect(frame.get_by_role("heading", name="Open this in its own tab")).to_be_visible()
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    opened.value.get_by_role("button", name="Open the activity").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Think piece")


def test_an_lms_that_promises_to_keep_things_and_does_not_answer_costs_seconds_only(
    house: House, open_browser: OpenBrowser
) -> None:
    offer_storage(house, FRAME)
    context = open_browser(Cookies.NONE_IN_FRAMES)
    context.route("**/storage", lambda route: route.abort())
    page = context.new_page()
    frame = open_activity(house, page)
    expect(frame.get_by_role("heading", name="Open this in its own tab")).to_be_visible(timeout=10_000)


def test_what_the_lms_kept_and_lost_is_said_in_plain_words(house: House, open_browser: OpenBrowser) -> None:
    offer_storage(house, "_parent")
    context = open_browser(Cookies.NONE_FOR_US)
    page = context.new_page()
    page.add_init_script(FORGETS)
    frame = open_activity(house, page)
    expect(frame.get_by_role("heading", name="Your LMS did not answer")).to_be_visible()


@thorough
def test_the_pages_of_an_opening_have_no_barriers(house: House, open_browser: OpenBrowser) -> None:
    context = open_browser(Cookies.NONE_FOR_US, bypass_csp=True)
    page = context.new_page()
    frame = open_activity(house, page)
    expect(frame.get_by_role("heading", name="Open this in its own tab")).to_be_visible()
    shows(page, "opening-choice")
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    expect(frame.get_by_role("heading", name="It is open in its own tab")).to_be_visible()
    shows(page, "opening-opened")
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    shows(opened.value, "opening-refused")
    page.add_init_script(FORGETS)
    offer_storage(house, "_parent")
    frame = open_activity(house, page)
    expect(frame.get_by_role("heading", name="Your LMS did not answer")).to_be_visible()
    shows(page, "opening-lost")


def shows(page: Page, name: str) -> None:
    """Keep pictures of the page, and look for barriers in it and in its frames."""
    page.bring_to_front()
    take_pictures(page, f"cookies-{name}", whole=False)
    assert axe_problems(page) == []
