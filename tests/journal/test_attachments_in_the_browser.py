"""Files with a piece in a real browser: with a cookie and held by the tab; and how these pages look."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import hand_in
from tests.fixtures.tool import Arrive
from tests.fixtures.uploads import A_PDF, attach, picture
from tests.fixtures.window import OpenWindow
from tests.grading.test_look_of_both_desks import PIECE, look_at
from tests.web.tabs import OpenTab, context, open_held, open_tab, open_with_cookie, write

__all__ = ["context", "open_held", "open_tab", "open_with_cookie"]
pytestmark = [pytest.mark.journey, on_sqlite]
IS_SHOWN = "image => image.complete && image.naturalWidth > 0"


def choose(page: Page, name: str, content: bytes, kind: str = "image/jpeg") -> None:
    page.get_by_label("Add a picture or a PDF").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def expect_shown(page: Page, words: str) -> None:
    image = page.get_by_role("img", name=words)
    image.scroll_into_view_if_needed()
    page.wait_for_function(IS_SHOWN, arg=image.element_handle())


def test_a_picture_is_added_shown_and_taken_out_and_the_text_stays(visitor: Arrive, open_tab: OpenTab) -> None:
    page = open_tab(visitor("alice", activity="journal/j3"), "journal/j3")
    write(page, "What I saw.")
    choose(page, "board.jpg", picture(size=(600, 300)))
    page.get_by_label("What it shows").fill("The board after the evening")
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("link", name="board.jpg")).to_be_visible()
    expect(page.locator("#editor")).to_have_text("What I saw.")
    expect_shown(page, "The board after the evening")
    page.get_by_role("button", name=re.compile("Take out.*board.jpg")).click()
    expect(page.get_by_role("link", name="board.jpg")).to_have_count(0)
    expect(page.locator("#editor")).to_have_text("What I saw.")


def test_a_file_that_is_too_large_is_told_before_it_is_sent(visitor: Arrive, window: OpenWindow) -> None:
    page = window(visitor("alice", activity="journal/j3"), "journal/j3")
    page.locator("#file").evaluate("input => { input.dataset.largest = 1000; }")
    choose(page, "large.pdf", A_PDF + b" " * 1_000, "application/pdf")
    page.get_by_role("button", name="Add the file").click()
    assert "larger than 10.0 MB" in page.locator("#file").evaluate("input => input.validationMessage")
    choose(page, "small.pdf", A_PDF, "application/pdf")
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("link", name="small.pdf")).to_be_visible()


def test_how_pages_with_files_look(visitor: Arrive, window: OpenWindow) -> None:
    alice, tina = visitor("alice", activity="journal/j3"), visitor("tina", activity="desk")
    attach(alice, picture(size=(1600, 700)), "Board after the parents' evening.jpg", "The board: three wishes in red")
    attach(alice, A_PDF, "a_very_long_name_without_any_blank_in_it_" * 2 + ".pdf", "Our plan of the year")
    page = window(alice, "journal/j3")
    expect_shown(page, "The board: three wishes in red")
    look_at(page, "journal-files")
    choose(page, "drawing.png", b"<svg onload='alert(1)'/>")
    page.get_by_label("What it shows").fill("A drawing")
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("alert").filter(has_text="not taken here")).to_be_visible()
    expect(page.get_by_label("What it shows")).to_have_value("A drawing")
    look_at(page, "journal-file-refused")
    piece = hand_in(alice, PIECE)
    page.goto(page.url.removesuffix("/files"))
    expect_shown(page, "The board: three wishes in red")
    look_at(page, "journal-files-handed-in")
    desk = window(tina, f"desk/{piece}")
    expect_shown(desk, "The board: three wishes in red")
    look_at(desk, "desk-files")
