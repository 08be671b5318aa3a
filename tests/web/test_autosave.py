"""Nothing typed is ever lost, and the page says what became of it: autosave in a real browser."""

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect

from tests.fixtures.browser import open_page
from tests.fixtures.waiting import until
from tests.web.notebook import Notebook

A_WHILE = 45_000
"""Milliseconds: three of the longest waits between two tries."""
BARRED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('barred'); } })"


@pytest.fixture
def page(context: BrowserContext, notebook: Notebook) -> Page:
    return open_notebook(context, notebook)


def open_notebook(context: BrowserContext, notebook: Notebook, query: str = "") -> Page:
    page = context.new_page()
    page.goto(notebook.address + query)
    page.wait_for_function("'saver' in window")
    return page


def write(page: Page, text: str) -> None:
    """All at once, as from a phone's suggestions: no save leaves with half of it."""
    page.locator("#text").focus()
    page.keyboard.insert_text(text)


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("#save")).to_have_attribute("data-state", state)


def let_a_while_pass(page: Page) -> None:
    """Longer than the longest wait between two tries; what the page sends in it has arrived afterwards."""
    page.clock.run_for(A_WHILE)
    page.evaluate("fetch('/').then((answer) => answer.text())")


def text_of(page: Page) -> str:
    return page.locator("#text").input_value()


def drafts_in(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).length"))


def test_what_is_typed_reaches_the_server_and_the_page_says_when(page: Page, notebook: Notebook) -> None:
    write(page, "A father stayed for an hour.")
    expect_state(page, "saved")
    expect(page.get_by_role("status")).to_have_text(r"Saved " + page.evaluate("new Date().toTimeString().slice(0, 5)"))
    assert notebook.text == "A father stayed for an hour."
    assert notebook.tokens == {"the token"}
    assert drafts_in(page) == 0


def test_it_saves_while_somebody_goes_on_typing(page: Page, notebook: Notebook) -> None:
    words = 0
    while notebook.version < 3 and words < 1000:
        write(page, "word ")
        words += 1
    assert notebook.version > 2
    expect_state(page, "saved")
    assert notebook.text == "word " * words


def test_leaving_the_field_saves_at_once(context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(context, notebook, "?delay=60000")
    write(page, "Left")
    page.locator("#text").blur()
    expect_state(page, "saved")
    assert notebook.text == "Left"


def test_going_to_another_page_saves_on_the_way_out(context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(context, notebook, "?delay=60000")
    write(page, "Gone")
    page.goto("about:blank")
    until(lambda: notebook.text == "Gone", "the text of the page that was left")


def test_text_typed_without_a_connection_is_kept_and_sent_when_it_is_back(page: Page, notebook: Notebook) -> None:
    page.context.set_offline(offline=True)
    write(page, "In the train")
    expect_state(page, "kept")
    assert drafts_in(page) == 1
    assert notebook.text == ""
    page.context.set_offline(offline=False)
    expect_state(page, "saved")
    assert notebook.text == "In the train"


@pytest.mark.parametrize("fault", ["500", "429", "page 200", "page 401", "page 407", "stalled"])
def test_a_failing_server_is_asked_again(context: BrowserContext, notebook: Notebook, fault: str) -> None:
    page = open_notebook(context, notebook, "?patience=1000" if fault == "stalled" else "")
    notebook.faults = [fault]
    write(page, "x")
    expect_state(page, "kept")
    expect_state(page, "saved")
    assert notebook.text == "x"


def test_a_busy_server_is_left_alone_until_its_time_or_until_the_line_is_back(
    timed_context: BrowserContext, notebook: Notebook
) -> None:
    page = open_notebook(timed_context, notebook)
    notebook.faults = ["busy"]
    write(page, "x")
    expect_state(page, "kept")
    let_a_while_pass(page)
    assert notebook.tries == 1
    page.context.set_offline(offline=True)
    page.context.set_offline(offline=False)
    expect_state(page, "saved")
    assert notebook.text == "x"
    assert notebook.tries == 2


def test_a_save_whose_answer_was_lost_is_not_taken_for_somebody_elses(page: Page, notebook: Notebook) -> None:
    lost: list[APIResponse] = []

    def lose_once(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer)
            route.abort()

    page.route("**/text", lose_once)
    write(page, "x")
    expect_state(page, "kept")
    assert notebook.text == "x"
    write(page, "y")
    expect_state(page, "saved")
    assert notebook.text == "xy"
    expect(page.locator("#conflict")).to_be_hidden()


def test_words_typed_during_a_slow_save_follow_it_one_save_at_a_time(page: Page, notebook: Notebook) -> None:
    notebook.faults = ["slow", "slow"]
    page.locator("#text").press_sequentially("one two three four", delay=60)
    expect_state(page, "saved")
    assert notebook.text == "one two three four"
    assert notebook.most_at_once == 1


def test_an_ended_session_keeps_the_text_for_the_next_one(timed_context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(timed_context, notebook)
    notebook.faults = ["ended"]
    write(page, "An hour's work")
    expect_state(page, "ended")
    expect(page.get_by_role("status")).to_contain_text("open the activity again")
    write(page, " and more")
    let_a_while_pass(page)
    tries = notebook.tries
    page.close()
    assert tries == 1
    again = open_notebook(timed_context, notebook)
    assert text_of(again) == "An hour's work and more"
    expect(again.locator("#restored")).not_to_be_empty()
    expect_state(again, "saved")
    assert notebook.text == "An hour's work and more"
    assert notebook.tries == 2
    assert drafts_in(again) == 0


def test_text_left_behind_by_a_closed_page_is_put_back(context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(context, notebook)
    context.set_offline(offline=True)
    write(page, "Closed too early")
    expect_state(page, "kept")
    page.close()
    context.set_offline(offline=False)
    again = open_notebook(context, notebook)
    assert text_of(again) == "Closed too early"
    expect_state(again, "saved")


def test_one_persons_text_is_never_put_before_another(context: BrowserContext, notebook: Notebook) -> None:
    page = open_notebook(context, notebook, "?user=alice")
    notebook.faults = ["ended"]
    write(page, "Private")
    expect_state(page, "ended")
    other = open_notebook(context, notebook, "?user=bob")
    assert text_of(other) == ""


def test_text_that_the_server_refuses_is_said_to_be_unsaved_and_sent_again_once_changed(
    page: Page, notebook: Notebook
) -> None:
    notebook.faults = ["413"]
    write(page, "x")
    expect_state(page, "refused")
    expect(page.get_by_role("status")).to_contain_text("longer than this field takes")
    assert drafts_in(page) == 1
    write(page, "y")
    expect_state(page, "saved")
    assert notebook.text == "xy"


@pytest.mark.parametrize(
    ("fault", "says"),
    [(f"page {status}", "perhaps a firewall") for status in (400, 403, 406)] + [("page 413", "Make it shorter")],
)
def test_what_somebody_on_the_way_refuses_ends_no_session_and_goes_again_once_changed(
    page: Page, notebook: Notebook, fault: str, says: str
) -> None:
    notebook.faults = [fault]
    write(page, "x")
    expect(page.get_by_role("status")).to_contain_text(says)
    assert drafts_in(page) == 1
    write(page, "y")
    expect_state(page, "saved")
    assert notebook.text == "xy"


def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_leaves(browser: Browser, notebook: Notebook) -> None:
    with open_page(browser) as page:
        page.add_init_script(BARRED)
        page.goto(notebook.address)
        notebook.faults = ["500"] * 9
        write(page, "x")
        expect_state(page, "unkept")
        with page.expect_event("dialog") as asked:
            page.close(run_before_unload=True)
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        notebook.faults = []
        expect_state(page, "saved")
        assert notebook.text == "x"
