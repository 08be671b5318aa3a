"""Two windows on one text: nothing is overwritten, and the writer chooses."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.notebook import Notebook
from tests.web.test_autosave import drafts_in, expect_state, let_a_while_pass, open_notebook, text_of, write


@pytest.fixture
def stale(timed_context: BrowserContext, notebook: Notebook) -> Page:
    """A page on which somebody writes "mine" after "theirs" was saved in another window."""
    page = open_notebook(timed_context, notebook)
    other = open_notebook(timed_context, notebook)
    write(other, "theirs")
    expect_state(other, "saved")
    write(page, "mine")
    expect_state(page, "conflict")
    return page


def test_the_writer_sees_both_versions_and_nothing_is_overwritten(stale: Page, notebook: Notebook) -> None:
    box = stale.get_by_role("region", name="Two versions of this text")
    expect(box.get_by_role("group", name="Your version")).to_have_text("mine")
    expect(box.get_by_role("group", name="Their version")).to_have_text("theirs")
    expect(box).to_contain_text("Bob Brown, ")
    write(stale, ", and more")
    tries = notebook.tries
    let_a_while_pass(stale)
    assert notebook.tries == tries
    assert notebook.text == "theirs"
    assert text_of(stale) == "mine, and more"
    assert drafts_in(stale) == 1


@pytest.mark.parametrize(("button", "text"), [("Keep mine", "mine"), ("Take theirs", "theirs")])
def test_the_version_that_is_chosen_stays(stale: Page, notebook: Notebook, button: str, text: str) -> None:
    stale.get_by_role("button", name=button).click()
    expect_state(stale, "saved")
    assert text_of(stale) == text
    assert notebook.text == text
    assert drafts_in(stale) == 0
    expect(stale.locator("#conflict")).to_be_hidden()
    expect(stale.locator("#text")).to_be_focused()


def test_somebody_who_is_writing_keeps_the_focus(stale: Page) -> None:
    stale.keyboard.insert_text(" and more")
    assert text_of(stale) == "mine and more"
    stale.get_by_role("button", name="Take theirs").focus()
    stale.keyboard.press("Enter")
    expect(stale.locator("#text")).to_be_focused()


def test_somebody_who_is_not_writing_is_led_to_the_choice(timed_context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(timed_context, notebook, "?delay=60000")  # it is the leaving that saves
    other = open_notebook(timed_context, notebook)
    write(other, "theirs")
    expect_state(other, "saved")
    write(page, "mine")
    page.locator("#text").blur()
    expect(page.get_by_role("heading", name="Two versions of this text")).to_be_focused()


def test_keeping_mine_keeps_what_was_typed_before_the_choice(stale: Page, notebook: Notebook) -> None:
    write(stale, ", and more")
    stale.get_by_role("button", name="Keep mine").click()
    expect_state(stale, "saved")
    assert notebook.text == "mine, and more"


def test_both_versions_can_be_put_together(stale: Page, notebook: Notebook) -> None:
    stale.get_by_text("Put the two together").click()
    merged = stale.get_by_label("Both texts, one beneath the other")
    expect(merged).to_have_value("theirs\n\nmine")
    merged.fill("theirs and mine")
    stale.get_by_role("button", name="Keep this text").click()
    expect_state(stale, "saved")
    assert notebook.text == text_of(stale) == "theirs and mine"


def test_a_third_change_during_the_choice_is_another_choice(stale: Page, notebook: Notebook) -> None:
    notebook.write("a third")
    stale.get_by_role("button", name="Keep mine").click()
    expect(stale.get_by_role("group", name="Their version")).to_have_text("a third")
    stale.get_by_role("button", name="Keep mine").click()
    expect_state(stale, "saved")
    assert notebook.text == "mine"


def test_a_draft_left_behind_is_a_choice_when_the_server_has_moved_on(
    context: BrowserContext, notebook: Notebook
) -> None:
    page = open_notebook(context, notebook)
    notebook.faults = ["ended"]
    write(page, "my draft")
    expect_state(page, "ended")
    page.close()
    notebook.write("theirs")
    again = open_notebook(context, notebook)
    expect_state(again, "conflict")
    expect(again.get_by_role("group", name="Your version")).to_have_text("my draft")
    again.get_by_role("button", name="Take theirs").click()
    expect_state(again, "saved")
    assert text_of(again) == notebook.text == "theirs"
    assert drafts_in(again) == 0


def test_a_draft_whose_earlier_half_arrived_needs_no_choice(context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(context, notebook)
    page.route("**/text", lambda route: (route.fetch(), route.abort()))
    write(page, "x")
    expect_state(page, "kept")
    page.context.set_offline(offline=True)
    write(page, "y")
    page.close()
    context.set_offline(offline=False)
    assert notebook.text == "x"
    again = open_notebook(context, notebook)
    expect_state(again, "saved")
    assert notebook.text == text_of(again) == "xy"
