"""The SCORM players in LMSs that fail, refuse, lack parts, are slow, look back, or are not there."""

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.playing import (
    NOT_SAVED,
    Edition,
    activity,
    answer_everything,
    breaches,
    calls,
    choose,
    leave,
    open_unit,
    sets,
    tracked,
    turn_to,
)
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey


def test_a_failed_commit_is_shown_kept_and_tried_again(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    before = tracked(page)["cmi.suspend_data"]
    page.evaluate("window.failing = 1")
    choose(frame, "one", "This one")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert tracked(page)["cmi.suspend_data"] == before
    frame.get_by_role("button", name="Try now").click()
    frame.get_by_text(NOT_SAVED).wait_for(state="detached")
    assert frame.locator("[data-saved]", has_text="Saved").is_visible()
    assert tracked(page)["cmi.suspend_data"] != before
    data = sets(page, "cmi.suspend_data")
    assert data[-1] == data[-2], "what the LMS may have dropped was not sent again"
    assert len(sets(page, "interactions.0.id")) == 1, "the answer was reported twice"
    assert breaches(page) == []


def test_a_failed_commit_is_tried_again_by_itself(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("window.failing = 1")
    choose(frame, "one", "This one")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    frame.get_by_text(NOT_SAVED).wait_for(state="detached")


def test_what_waited_when_a_commit_failed_is_sent_again_too(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("window.failing = 1")
    turn_to(frame, "Second page")
    frame.get_by_role("button", name="Try now").click()
    frame.get_by_text(NOT_SAVED).wait_for(state="detached")
    assert tracked(page)[edition.location] == "second"
    assert len(sets(page, edition.location)) > 1


def test_a_slow_lms_plays_like_any_other(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms, slow="40")
    answer_everything(frame, right=True)
    page.wait_for_function("field => tracked()[field] === '100'", arg=edition.raw)
    assert edition.outcome(tracked(page)) == "passed"
    assert breaches(page) == []


def test_a_visit_that_is_open_already_goes_on(page: Page, scorm_site: Site, edition: Edition) -> None:
    open_unit(page, scorm_site, edition.lms)
    page.evaluate("""() => {
      const api = window.API ?? window.API_1484_11;
      const [start, error] = window.API ? ['LMSInitialize', 'LMSGetLastError'] : ['Initialize', 'GetLastError'];
      api[start] = () => 'false';
      api[error] = () => window.API ? '101' : '103';
    }""")
    page.frames[1].evaluate("location.reload()")
    page.wait_for_function("document.querySelector('iframe').contentDocument?.querySelector('[data-ready]')")
    frame = page.frames[1]
    assert frame.get_by_text("No LMS was found").count() == 0
    turn_to(frame, "Second page")
    assert tracked(page)[edition.location] == "second"


@pytest.mark.parametrize("missing", ["GetLastError", "GetValue", "Finish"])
def test_a_unit_is_passed_though_functions_are_missing(
    page: Page, scorm_site: Site, edition: Edition, missing: str
) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    frame = open_unit(page, scorm_site, edition.lms, without=edition.called(missing))
    answer_everything(frame, right=True)
    leave(frame)
    assert edition.outcome(tracked(page)) == "passed"
    assert said == []


@pytest.mark.parametrize("missing", ["SetValue", "Commit"])
def test_an_lms_that_cannot_keep_anything_is_named_as_such(
    page: Page, scorm_site: Site, edition: Edition, missing: str
) -> None:
    frame = open_unit(page, scorm_site, edition.lms, without=edition.called(missing))
    turn_to(frame, "Second page")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert "undefined" not in frame.locator("[data-notices]").first.inner_text()


def test_an_lms_that_refuses_the_visit_is_none(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms, initialize="false")
    assert frame.get_by_text("No LMS was found").is_visible()
    turn_to(frame, "Second page")
    assert sets(page) == []


def test_a_finished_unit_is_reviewed_without_changing_anything(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    answer_everything(frame, right=True)
    frame = open_unit(page, scorm_site, edition.lms, mode="review")
    kept = tracked(page)  # Only now: leaving the first visit kept its last seconds.
    assert frame.get_by_text("You are looking back").is_visible()
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    activity(frame, "one").get_by_role("button", name="Try again").click()
    choose(frame, "one", "That one")
    leave(frame)
    assert sets(page) == []
    assert frame.locator("[data-saved]").inner_text() == "", "nothing was saved"
    assert tracked(page)["cmi.suspend_data"] == kept["cmi.suspend_data"]
    assert breaches(page) == []


@pytest.mark.parametrize("mode", ["", "unheard-of"])
def test_an_empty_or_unknown_mode_is_a_normal_visit(page: Page, scorm_site: Site, edition: Edition, mode: str) -> None:
    frame = open_unit(page, scorm_site, edition.lms, mode=mode)
    choose(frame, "one", "This one")
    assert tracked(page)["cmi.suspend_data"]
    assert frame.locator("[data-notices] p").count() == 0


def test_a_unit_lives_with_an_lms_that_keeps_little(page: Page, scorm_site: Site, edition: Edition) -> None:
    little = "interactions|objectives|location|session_time|progress|score.m|score.scaled|exit"
    frame = open_unit(page, scorm_site, edition.lms, refuse=little)
    answer_everything(frame, right=True)
    leave(frame)
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("passed", "100")
    assert frame.get_by_text(NOT_SAVED).count() == 0
    assert len(sets(page, "interactions")) == 1, "an LMS without interactions is asked only once"
    assert len(sets(page, edition.location)) == 1


def test_an_lms_without_room_for_the_answers_is_still_told_of_the_result(
    page: Page, scorm_site: Site, edition: Edition
) -> None:
    frame = open_unit(page, scorm_site, edition.lms, refuse="suspend_data")
    answer_everything(frame, right=True)
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("passed", "100")
    assert frame.get_by_text(NOT_SAVED).is_visible(), "the answers are in this browser only"
    frame = open_unit(page, scorm_site, edition.lms, refuse="suspend_data")
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()


def test_what_was_passed_stays_passed_where_the_answers_were_lost(
    page: Page, scorm_site: Site, edition: Edition
) -> None:
    answer_everything(open_unit(page, scorm_site, edition.lms), right=True)
    page.goto(f"{scorm_site.address}/blank")
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage.lms);
      localStorage.lms = JSON.stringify({...kept, 'cmi.suspend_data': '1;of;an;older;edition'});
    }""")
    frame = open_unit(page, scorm_site, edition.lms)
    answer_everything(frame, right=False)
    leave(frame)
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("passed", "100")
    assert breaches(page) == []


def test_without_an_lms_the_browser_keeps_the_work_and_says_so(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms, api="none")
    assert frame.get_by_text("No LMS was found").is_visible()
    turn_to(frame, "Second page")
    frame = open_unit(page, scorm_site, edition.lms, api="none")
    assert frame.get_by_role("heading", name="Second page").is_visible()
    assert calls(page) == []


def test_a_text_too_long_for_the_lms_is_kept_in_the_browser_with_a_warning(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    turn_to(frame, "Last page")
    essay = activity(frame, "essay")
    essay.get_by_role("textbox").fill("word " * 999)
    essay.get_by_role("button", name="I have written my answer").click()
    assert essay.get_by_text("The LMS has no room for this text.").is_visible()
    assert essay.get_by_role("button", name="Copy the text").is_visible()
    assert len(tracked(page)["cmi.suspend_data"]) <= 4096
    frame = open_unit(page, site)
    assert activity(frame, "essay").get_by_role("textbox").input_value() == "word " * 999
    assert breaches(page) == []
