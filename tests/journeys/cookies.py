"""What the journeys with and without cookies share: people whose browsers keep cookies, or do not."""

import requests
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.fixtures.house import House

Where = Page | FrameLocator


def offer_storage(house: House, target: str) -> None:
    """Let the demo LMS keep things for tools from now on."""
    requests.post(f"{house.demo_url}/as/adam/storage", data={"target": target}, timeout=20).raise_for_status()


def open_activity(house: House, page: Page, person: str = "alice", activity: str = "journal-j3") -> FrameLocator:
    """Open an activity at the demo LMS; gives its frame."""
    page.goto(f"{house.demo_url}/as/{person}/activities/{activity}")
    return page.frame_locator("iframe[data-tool]")


def editor(where: Where) -> Locator:
    """The place to write in."""
    return where.get_by_role("textbox", name="Your text")


def write(where: Where, text: str) -> None:
    """Write and wait until it is saved."""
    editor(where).press_sequentially(text)
    expect(where.locator("#saving")).to_have_attribute("data-state", "saved")


def held_by_tab(page: Page) -> bool:
    """Whether the page in the LMS's frame shows its proof by a header."""
    [frame] = [one for one in page.frames if "/l/" in one.url]
    # Not of the frame itself: that would wait without end where Playwright has lost it.
    return bool(frame.locator("html").evaluate("() => 'partnerwise' in window"))
