"""The page "Take it along" in a real browser: files are saved, an address is made, a file is put in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import axe_problems
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow
from tests.roadmap.conftest import Team, found
from tests.roadmap.test_pictures import look
from tests.web.tabs import OpenTab, context, open_held

__all__ = ["context", "open_held"]

pytestmark = [pytest.mark.journey, on_sqlite]

ADDRESS = re.compile(r"^http.*/calendars/[\w-]{43}\.ics$")


def look_at(page: Page, name: str) -> None:
    """Nothing for axe to find, nothing beside the edge."""
    assert axe_problems(page) == []
    look(page, name)


def save(page: Page, link: str, folder: Path) -> Path:
    """Follow a link to a file and give the file."""
    with page.expect_download() as saving:
        page.get_by_role("link", name=link, exact=True).click()
    file = folder / saving.value.suggested_filename
    saving.value.save_as(file)
    return file


def test_a_finished_plan_is_taken_along_and_put_into_another_map(
    team: Team, visitor: Arrive, window: OpenWindow, tmp_path: Path
) -> None:
    team.alice.post("roadmap/example")
    page = window(team.alice)
    page.get_by_role("link", name="Take it along").click()
    poster = save(page, "A poster for the wall: Ελληνικά", tmp_path)
    assert poster.name == "Lakeside School poster.pdf"
    assert poster.read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("The address of your calendar")).to_have_value(
        re.compile(r"^http.*/calendars/[\w-]{43}\.ics$")
    )
    page.get_by_text("Choose a list").click()
    look_at(page, "take-along")
    look_at(window(team.bob, "take-along", color_scheme="dark"), "take-along-dark")
    saved = save(page, "Save everything", tmp_path)
    carla = visitor("carla")
    found(carla, "Hill School")
    theirs = window(carla, "take-along")
    theirs.get_by_label("A file that was saved").set_input_files(poster)
    theirs.get_by_role("button", name="Put it in").click()
    expect(theirs.get_by_role("alert")).to_contain_text("This file holds no road map")
    look_at(theirs, "take-along-refused")
    theirs.get_by_label("A file that was saved").set_input_files(saved)
    theirs.get_by_role("button", name="Put it in").click()
    expect(theirs.get_by_text("The file stands in your map.")).to_be_visible()
    page.get_by_role("button", name="Close the address").click()
    expect(page.get_by_text("There is no address yet.")).to_be_visible()


def test_a_tab_without_cookies_saves_files_and_hears_why_one_is_not_taken(
    team: Team, open_held: OpenTab, tmp_path: Path
) -> None:
    page = open_held(team.alice, "roadmap/take-along")
    page.get_by_label("A file that was saved").set_input_files({"name": "x.json", "mimeType": "", "buffer": b"{}"})
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("#pw-told")).to_contain_text("This file holds no road map")
    expect(page.locator("#pw-told")).to_be_focused()
    saved = save(page, "The whole plan, to write on: English", tmp_path)
    assert saved.read_bytes().startswith(b"PK")
