"""What the tests do again and again with a unit that the tool serves."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.scorm_builder.playing import activity, saved
from tests.scorm_builder.site import TOOL, Site


def open_in_tool(page: Page, site: Site) -> None:
    """The unit, served by the tool."""
    page.goto(f"{site.address}{TOOL}")
    page.locator("[data-ready]").wait_for()


def write(page: Page, text: str) -> None:
    """Write and hand over the short text on the last page."""
    box = activity(page.main_frame, "words")
    box.get_by_role("textbox").fill(text)
    box.get_by_role("button", name="I have written my answer").click()


def until_kept(page: Page, site: Site, name: str) -> None:
    """Wait until the tool has an answer, and the unit says so."""
    until(site, lambda kept: bool(kept["answers"].get(name, {}).get("checked")))
    saved(page)


def until(site: Site, fits: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what the tool keeps is as it must be."""
    site.changes.until(lambda: bool(site.kept and fits(site.kept)), lambda: f"the tool keeps {site.kept}")
