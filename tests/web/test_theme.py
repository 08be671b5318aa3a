"""Light and dark, and the title of what a link opens: in a tab of its own, and in the frame of an LMS."""

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow

pytestmark = [pytest.mark.journey, on_sqlite]

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(26, 30, 32)"


def height_of(element: Locator) -> float:
    """In CSS pixels."""
    box = element.bounding_box()
    assert box
    return box["height"]


def in_a_frame(page: Page, address: str, height: int) -> Frame:
    """The address in the frame of a light page with its own title, as LMSs show it."""
    origin = "/".join(address.split("/")[:3])
    lms = f"<!doctype html><h1>Think piece</h1><iframe src='{address}' width=700 height={height}></iframe>"
    page.route(f"{origin}/lms", lambda route: route.fulfill(body=lms, content_type="text/html"))
    page.goto(f"{origin}/lms")
    page.frame_locator("iframe").locator("#editor").wait_for()
    return page.frames[1]


def test_on_a_dark_device_a_tab_is_dark_a_frame_is_light_and_a_choice_is_remembered(
    visitor: Arrive, window: OpenWindow
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = window(alice, "journal/j3", color_scheme="dark")
    address = page.url
    expect(page.locator("body")).to_have_css("background-color", DARK)
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_css("background-color", LIGHT)
    page.emulate_media(color_scheme="dark")
    frame = in_a_frame(page, address, 700)
    expect(frame.locator("body")).to_have_css("background-color", LIGHT)
    frame.get_by_label("Colours").select_option("dark")
    expect(frame.locator("body")).to_have_css("background-color", DARK)
    page.goto(address)
    page.get_by_label("Colours").select_option("light")
    page.goto(address)
    expect(page.locator("body")).to_have_css("background-color", LIGHT)
    page.get_by_label("Colours").select_option("")
    expect(page.locator("body")).to_have_css("background-color", DARK)


def test_in_a_low_frame_the_title_that_the_lms_shows_is_not_shown_again_but_still_read(
    visitor: Arrive, window: OpenWindow
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = window(alice, "journal/j3", height=1200)
    address = page.url
    title = page.get_by_role("heading", level=1)
    assert height_of(title) > 10
    low = in_a_frame(page, address, 700).get_by_role("heading", level=1)
    expect(low).to_have_count(1)
    assert height_of(low) <= 1
    high = in_a_frame(page, address, 900).get_by_role("heading", level=1)
    assert height_of(high) > 10
    another = in_a_frame(page, address.replace("/j3", "/j4"), 700).get_by_role("heading", level=1)
    assert height_of(another) > 10, "the LMS does not show this page's name"
