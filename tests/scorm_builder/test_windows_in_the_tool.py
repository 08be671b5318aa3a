"""Windows of a unit in the tool, at school and at home: later work wins, and no window loses what is its own."""

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.fixtures.browser import open_page
from tests.scorm_builder.cmi5_playing import answer_check
from tests.scorm_builder.cmi5_playing import write as write_word
from tests.scorm_builder.playing import NOT_SAVED, activity, choose, drawn, kill, saved, turn_to
from tests.scorm_builder.site import Site
from tests.scorm_builder.tool_playing import open_in_tool, until, until_kept, write

pytestmark = pytest.mark.journey
HIDE = """() => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_window_left_open_takes_nothing_back_from_later_work_elsewhere(
    browser: Browser, page: Page, rich_site: Site
) -> None:
    site = rich_site
    open_in_tool(page, site)
    write_word(page.main_frame, "first words")
    answer_check(page.main_frame, right=True, wrong=1)
    until(page, site, lambda kept: kept["score"] is not None and kept["status"] == "passed")
    saved(page)
    with open_page(browser) as home:
        open_in_tool(home, site)
        work_at_home(home)
        until(home, site, lambda kept: kept["page"] == "talk")
        later = site.kept or {}
    assert later["answers"]["word"]["given"] == "much better words"
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.evaluate(HIDE)
    same = ("answers", "check", "page", "status", "score")
    assert {name: (site.kept or {})[name] for name in same} == {name: later[name] for name in same}
    turn_to(page.main_frame, "Welcome")
    activity(page.main_frame, "ready").get_by_label("I told").check()
    until(page, site, lambda kept: "ready" in kept["answers"])
    answers = (site.kept or {})["answers"]
    assert {name: one for name, one in answers.items() if name != "ready"} == later["answers"]


def work_at_home(page: Page) -> None:
    """Write something else, and begin another attempt at the closing check."""
    frame = page.main_frame
    frame.get_by_role("button", name="Try again with other questions").click()
    first = drawn(frame)[0]
    choose(frame, first, f"Right {first[1:]}")
    turn_to(frame, "Welcome")
    activity(frame, "word").get_by_role("button", name="Try again").click()
    write_word(frame, "much better words")
    turn_to(frame, "Talk")


def test_what_is_done_while_a_save_hangs_outlives_its_window(page: Page, site: Site) -> None:
    open_in_tool(page, site)
    saved(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/progress", hold)
    choose(page.main_frame, "one", "This one")
    turn_to(page.main_frame, "Last page")
    write(page, "Nearly lost")
    second = page.context.new_page()
    kill(page)
    open_in_tool(second, site)
    until_kept(second, site, "words")
    assert len(held) == 1, "one save at a time"
    assert site.kept is not None
    assert site.kept["answers"]["one"]["points"] == 100
    assert site.kept["answers"]["words"]["given"] == "Nearly lost"


def test_two_windows_that_save_at_the_same_moment_lose_nothing(page: Page, site: Site) -> None:
    second = page.context.new_page()
    for window in (page, second):
        window.clock.set_fixed_time("2026-11-21T10:00:00Z")
        open_in_tool(window, site)
        saved(window)
    turn_to(second.main_frame, "Last page")
    write(second, "From the second window")
    until_kept(second, site, "words")
    choose(page.main_frame, "one", "This one")
    until_kept(page, site, "one")
    assert site.kept is not None
    assert site.kept["answers"]["words"]["given"] == "From the second window"


def test_who_has_no_name_is_served_and_leaves_nothing_in_the_browser(page: Page, site: Site) -> None:
    site.learner = ""
    open_in_tool(page, site)
    saved(page)
    site.refuse = 503
    choose(page.main_frame, "one", "This one")
    page.get_by_text(NOT_SAVED).wait_for()
    assert page.evaluate("Object.keys(localStorage)") == []
    site.refuse = 0
    page.get_by_role("button", name="Try now").click()
    until_kept(page, site, "one")
