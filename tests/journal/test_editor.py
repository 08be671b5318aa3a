"""Journeys through the editor in a real browser: what is typed is never lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lti_tool.database import now
from tests.fixtures.databases import on_sqlite
from tests.fixtures.line import Line
from tests.fixtures.pieces import TEXT, entry_of, submissions, write
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.waiting import until
from tests.fixtures.window import OpenWindow

pytestmark = [pytest.mark.journey, on_sqlite]

A_WHILE = 3_000
"""Milliseconds, longer than the page waits before it saves."""


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


def type_into(page: Page, words: str) -> None:
    page.locator("#editor").press("Control+End")
    page.keyboard.type(words)


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")


def write_and_close_while_the_line_is_down(page: Page, line: Line, words: str) -> Page:
    """Leaves the text in this browser alone, and nothing on its way: the last try has failed; gives the next page."""
    again = page.context.new_page()
    page.clock.install()
    page.clock.pause_at(now() + timedelta(minutes=1))  # so that the page tries again when it is closed, and only then
    line.down = True
    type_into(page, words)
    page.clock.run_for(A_WHILE)
    expect(page.locator("#saving [role=status]")).to_contain_text("kept on this device")
    lost = line.lost_saves
    page.close()
    until(lambda: line.lost_saves > lost, "the last try of the page that was closed")
    line.down = False
    again.clock.resume()
    return again


def second_tab(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return other


def test_what_is_typed_is_saved_with_the_time_and_is_there_after_a_reload(
    alice: Visitor,
    window: OpenWindow,
) -> None:
    page = window(alice, "journal/j3")
    type_into(page, "A moment at the gate.")
    wait_until_saved(page)
    expect(page.locator("#saving [role=status]")).to_contain_text("Saved ")
    expect(page.locator("#editor-counter")).to_contain_text("5 words")
    assert entry_of(alice).text == "<p>A moment at the gate.</p>"
    page.reload()
    expect(page.locator("#editor")).to_have_text("A moment at the gate.")


def test_typing_goes_on_while_the_line_is_down_and_arrives_when_it_is_back(
    alice: Visitor,
    window: OpenWindow,
) -> None:
    page = window(alice, "journal/j3")
    type_into(page, "Before. ")
    wait_until_saved(page)
    page.context.set_offline(True)
    type_into(page, "While the line was down.")
    expect(page.locator("#saving [role=status]")).to_contain_text("kept on this device")
    page.locator("[data-hand-in]").click()
    expect(page.locator("[data-problem]")).to_contain_text("Not everything is saved yet")
    page.context.set_offline(False)
    wait_until_saved(page)
    assert entry_of(alice).text == "<p>Before. While the line was down.</p>"


def test_a_button_stays_where_it_is_pressed_while_the_text_is_tried_again(alice: Visitor, window: OpenWindow) -> None:
    """Pressing it leaves the editor, which saves: what moves between press and release is not clicked."""
    page = window(alice, "journal/j3")
    page.route("**/text", lambda route: route.abort())
    type_into(page, "On a bad line.")
    expect(page.locator("#saving [role=status]")).to_contain_text("kept on this device")
    hand_in = page.locator("[data-hand-in]")
    hand_in.scroll_into_view_if_needed()
    before = hand_in.bounding_box()
    page.unroute("**/text")
    page.route("**/text", lambda _route: None)  # it takes for ever
    with page.expect_request("**/text"):
        hand_in.focus()
    assert hand_in.bounding_box() == before
    expect(page.locator("#saving [role=status]")).to_contain_text("kept on this device")


def test_a_tab_closed_while_the_line_is_down_loses_nothing(
    alice: Visitor,
    window: OpenWindow,
    line: Line,
) -> None:
    page = window(alice, "journal/j3")
    url = page.url
    again = write_and_close_while_the_line_is_down(page, line, "An hour of writing.")
    again.goto(url)
    expect(again.locator("#editor")).to_have_text("An hour of writing.")
    expect(again.locator("[data-restored]")).to_contain_text("It is back on the page")
    wait_until_saved(again)
    assert entry_of(alice).text == "<p>An hour of writing.</p>"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Here."), ("theirs", "There.")])
def test_two_tabs_never_overwrite_each_other(
    alice: Visitor,
    window: OpenWindow,
    choice: str,
    kept: str,
) -> None:
    page = window(alice, "journal/j3")
    other = second_tab(page)
    type_into(other, "There.")
    wait_until_saved(other)
    type_into(page, "Here.")
    box = page.locator("#versions")
    expect(box).to_be_visible()
    expect(box.locator("[data-pw-mine]")).to_have_text("Here.")
    expect(box.locator("[data-pw-theirs]")).to_have_text("There.")
    assert entry_of(alice).text == "<p>There.</p>"
    box.locator(f'[data-pw-choice="{choice}"]').click()
    expect(page.locator("#editor")).to_have_text(kept)
    wait_until_saved(page)
    assert entry_of(alice).text == f"<p>{kept}</p>"


def test_two_texts_can_be_put_together(alice: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/j3")
    other = second_tab(page)
    type_into(other, "There <you> are.")
    wait_until_saved(other)
    type_into(page, "Here.")
    box = page.locator("#versions")
    expect(box).to_be_visible()
    box.locator("summary").click()
    expect(box.locator("textarea")).to_have_value("There <you> are.\n\nHere.")
    box.locator('[data-pw-choice="merged"]').click()
    wait_until_saved(page)
    assert entry_of(alice).text == "<p>There &lt;you&gt; are.</p><p>Here.</p>"


def test_what_is_handed_in_is_what_stands_on_the_page_and_back_shows_no_editor(
    alice: Visitor,
    window: OpenWindow,
) -> None:
    write(alice)
    page = window(alice, "journal/")
    page.get_by_role("link", name="Go on writing").click()
    type_into(page, " And more.")
    page.locator("[data-hand-in]").click()
    dialog = page.get_by_role("dialog", name="Before you hand it in")
    expect(dialog).to_contain_text("No child, parent or colleague is named")
    dialog.get_by_role("button", name="Hand in now").click()
    expect(page.get_by_text("Your trainer has it now")).to_be_visible()
    assert submissions(alice)[0].text == TEXT.replace("gate</strong>.", "gate</strong>. And more.")
    page.go_back()
    expect(page.locator("#content")).to_contain_text("With your trainer")
    expect(page.locator("[data-editor]")).to_have_count(0)


def test_an_empty_page_is_not_handed_in_and_says_why(alice: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/j3")
    page.locator("[data-hand-in]").click()
    expect(page.locator("[data-problem]")).to_contain_text("nothing to hand in yet")


def test_the_toolbar_works_by_keyboard_and_says_what_is_on(alice: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/j3")
    page.locator("#editor").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#editor")).to_be_focused()
    page.keyboard.type("strong")
    wait_until_saved(page)
    assert entry_of(alice).text == "<p><strong>strong</strong></p>"


def test_a_link_is_asked_for_in_a_dialog(alice: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/j3")
    type_into(page, "unit")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+k")
    page.get_by_label("Address").fill("https://school.example/unit")
    page.keyboard.press("Enter")
    expect(page.locator("#editor a")).to_have_attribute("href", "https://school.example/unit")
    wait_until_saved(page)
    assert entry_of(alice).text == '<p><a href="https://school.example/unit">unit</a></p>'


def test_a_definition_that_is_too_long_says_by_how_much_and_is_saved_once_it_fits(
    alice: Visitor,
    window: OpenWindow,
) -> None:
    page = window(alice, "journal/j2")
    type_into(page, "x" * 142)
    expect(page.locator("#editor-counter")).to_have_text("2 characters too many")
    expect(page.locator("#saving")).to_contain_text("more characters than this piece may have")
    page.reload()
    expect(page.locator("#editor")).to_have_text("x" * 142)
    page.locator("#editor").press("Control+End")
    for _ in range(3):
        page.keyboard.press("Backspace")
    wait_until_saved(page)
    assert entry_of(alice, "j2").text == f"<p>{'x' * 139}</p>"


def test_the_plain_form_works_where_no_script_runs(alice: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/j3", java_script_enabled=False)
    page.get_by_role("textbox", name="Your text").fill("Plain words.")
    page.get_by_role("button", name="Save and hand in").click()
    page.get_by_role("button", name="Hand in now").click()
    expect(page.locator("#content")).to_contain_text("Your trainer has it")
    assert submissions(alice)[0].text == "<p>Plain words.</p>"
