"""Writing before the editor has arrived, on a slow line or without script: not a letter is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import script_held
from tests.fixtures.databases import on_sqlite
from tests.fixtures.line import Line
from tests.fixtures.pieces import entry_of, write
from tests.fixtures.tool import Visitor
from tests.fixtures.window import OpenWindow
from tests.journal.test_editor import alice, wait_until_saved, write_and_close_while_the_line_is_down

__all__ = ["alice"]
pytestmark = [pytest.mark.journey, on_sqlite]


def write_before_the_editor_comes(page: Page, words: str, url: str = "") -> None:
    """Open the page (again) on a line so slow that the editor comes after the first words."""
    with script_held(page, "editor"):
        page.goto(url or page.url, wait_until="commit")
        page.locator("#text").press("Control+End")
        page.keyboard.type(words)
    expect(page.locator("#editor")).to_be_focused()
    page.keyboard.type(" Going on.")


@pytest.mark.parametrize("words", ["A slow line.", "A slow line. ", "A", "A  "])
def test_what_is_typed_before_the_editor_has_arrived_is_not_lost(
    alice: Visitor, window: OpenWindow, words: str
) -> None:
    page = window(alice, "journal/j3")
    write_before_the_editor_comes(page, words)
    wait_until_saved(page)
    assert entry_of(alice).text == f"<p>{words} Going on.</p>"


def test_what_stood_there_keeps_its_looks_when_somebody_goes_on_before_the_editor_has_arrived(
    alice: Visitor, window: OpenWindow
) -> None:
    write(alice, "<p>It <strong>mattered</strong>.</p>")
    page = window(alice, "journal/j3")
    write_before_the_editor_comes(page, "\nAnd then")
    wait_until_saved(page)
    assert entry_of(alice).text == "<p>It <strong>mattered</strong>.</p><p>And then Going on.</p>"


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("<p>I was go</p>", "ing home", "<p>I was going home Going on.</p>"),
        ("<ul><li><p>one</p></li></ul>", " and more", "<ul><li><p>one and more Going on.</p></li></ul>"),
    ],
)
def test_a_word_that_was_continued_before_the_editor_has_arrived_stays_one(
    alice: Visitor, window: OpenWindow, before: str, typed: str, after: str
) -> None:
    write(alice, before)
    page = window(alice, "journal/j3")
    write_before_the_editor_comes(page, typed)
    wait_until_saved(page)
    assert entry_of(alice).text == after


def test_a_text_that_never_reached_us_stays_beside_what_is_typed_before_the_editor_has_arrived(
    alice: Visitor, window: OpenWindow, line: Line
) -> None:
    page = window(alice, "journal/j3")
    url = page.url
    again = write_and_close_while_the_line_is_down(page, line, "On the train.")
    write_before_the_editor_comes(again, "At home.", url)
    wait_until_saved(again)
    assert entry_of(alice).text == "<p>On the train.</p><p>At home. Going on.</p>"


def test_a_text_refused_without_the_editor_is_in_the_editor_that_comes_and_its_writer_chooses(
    alice: Visitor, window: OpenWindow
) -> None:
    page = window(alice, "journal/j3")
    page.route("**/editor-*.js", lambda route: route.abort())
    page.reload()
    write(alice, "<p>From another window.</p>")
    page.locator("#text").fill("Mine.")
    page.unroute("**/editor-*.js")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#editor")).to_have_text("Mine.")
    expect(page.locator("#versions")).to_be_visible()
    assert entry_of(alice).text == "<p>From another window.</p>"
