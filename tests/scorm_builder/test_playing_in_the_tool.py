"""A unit that the tool serves: what it keeps and says, and windows at school and at home that lose nothing."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

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


def test_the_tool_keeps_page_answers_and_score_and_says_when(page: Page, site: Site) -> None:
    open_in_tool(page, site)
    choose(page.main_frame, "one", "This one")
    turn_to(page.main_frame, "Second page")
    until(site, lambda kept: kept["page"] == "second" and kept["seen"] == ["first", "second"])
    expect(page.locator("[data-saved]")).to_have_text("Saved 12:42")
    assert site.kept is not None
    assert site.kept["answers"] == {"one": {"given": 0, "checked": True, "points": 100}}
    assert site.kept["score"] == {"raw": 50, "min": 0, "max": 100, "scaled": 0.5}
    assert site.kept["status"] == "incomplete"
    page.goto(f"{site.address}/blank")
    open_in_tool(page, site)
    assert page.get_by_role("heading", name="Second page").is_visible()


def test_a_lost_connection_loses_nothing(page: Page, site: Site) -> None:
    open_in_tool(page, site)
    page.context.set_offline(True)
    choose(page.main_frame, "one", "This one")
    page.get_by_text(NOT_SAVED).wait_for()
    turn_to(page.main_frame, "Last page")
    activity(page.main_frame, "words").get_by_role("textbox").fill("Typed without a connection")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try now").click()
    page.get_by_text(NOT_SAVED).wait_for(state="detached")
    saved(page)
    until(site, lambda kept: kept["answers"]["words"]["given"] == "Typed without a connection")
    assert site.kept is not None
    assert site.kept["answers"]["one"]["points"] == 100


def test_two_windows_take_nothing_from_each_other(page: Page, site: Site) -> None:
    second = page.context.new_page()
    for window in (page, second):
        open_in_tool(window, site)
        saved(window)
    turn_to(second.main_frame, "Last page")
    write(second, "From the second window")
    until_kept(second, site, "words")
    choose(page.main_frame, "one", "This one")
    until_kept(page, site, "one")
    assert site.kept is not None
    assert site.kept["answers"]["words"]["given"] == "From the second window"
    assert site.kept["answers"]["one"]["points"] == 100
    page.wait_for_function("localStorage.length === 0")


GOOD = {"words": {"given": "Years of work", "checked": True, "points": None}}
DAMAGED: list[dict[str, Any]] = [
    {"whole": {}},
    {"whole": {"units": {"m1u1": {"v": 1, "seen": 5}}}},
    {"whole": {"units": {"m1u1": {"v": 1, "answers": {"words": {"given": "Ha"}}}}}, "versions": "2026-11-21"},
]
STRANGE = [json.dumps({"at": "2030-01-01T00:00:00.000Z", **one}) for one in DAMAGED]


def test_what_something_else_has_put_into_the_browser_does_no_harm(page: Page, site: Site) -> None:
    kept = {"v": 1, "at": "2026-11-21T00:00:00.000Z", "page": "last", "seen": ["first", "last"], "answers": GOOD}
    site.kept = {**kept, "status": "passed", "seconds": 9}
    page.goto(f"{site.address}/blank")
    strange = ['{"whole": null}', "[]", "null", "no JSON", *STRANGE]
    put = "texts => texts.forEach((text, place) => localStorage.setItem(`pw:small:m1u1:unsent:carla:${place}`, text))"
    page.evaluate(put, strange)
    open_in_tool(page, site)
    turn_to(page.main_frame, "Third page")
    until(site, lambda kept: kept["page"] == "third")
    saved(page)
    assert (site.kept["answers"], site.kept["status"]) == (GOOD, "passed")


@pytest.mark.thorough
def test_a_window_left_open_takes_nothing_back_from_later_work_elsewhere(
    browser: Browser, page: Page, rich_site: Site
) -> None:
    site = rich_site
    open_in_tool(page, site)
    write_word(page.main_frame, "first words")
    answer_check(page.main_frame, right=True, wrong=1)
    until(site, lambda kept: kept["score"] is not None and kept["status"] == "passed")
    saved(page)
    with open_page(browser) as home:
        open_in_tool(home, site)
        work_at_home(home)
        until(site, lambda kept: kept["page"] == "talk")
        later = site.kept or {}
    assert later["answers"]["word"]["given"] == "much better words"
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.evaluate(HIDE)
    same = ("answers", "check", "page", "status", "score")
    assert {name: (site.kept or {})[name] for name in same} == {name: later[name] for name in same}
    turn_to(page.main_frame, "Welcome")
    activity(page.main_frame, "ready").get_by_label("I told").check()
    until(site, lambda kept: "ready" in kept["answers"])
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


@pytest.mark.thorough
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
