"""The SCORM 1.2 player in LMSs that fail, refuse, keep little, look back, or are not there."""

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.playing import (
    activity,
    answer_everything,
    breaches,
    calls,
    choose,
    open_unit,
    tracked,
    turn_to,
)
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey


def test_a_failed_commit_is_shown_kept_and_tried_again(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    page.evaluate("window.failing = 1")
    choose(frame, "one", "This one")
    assert frame.get_by_text("Not saved yet.").is_visible()
    assert "one" not in str(tracked(page).get("cmi.suspend_data"))
    before = tracked(page)["cmi.suspend_data"]
    frame.get_by_role("button", name="Try now").click()
    frame.get_by_text("Not saved yet.").wait_for(state="detached")
    assert frame.locator("[data-saved]", has_text="Saved").is_visible()
    assert tracked(page)["cmi.suspend_data"] != before
    assert [name for name, *_ in calls(page)].count("LMSSetValue") > 0
    data = [call for call in calls(page) if call[1:2] == ["cmi.suspend_data"] and call[0] == "LMSSetValue"]
    assert data[-1] == data[-2], "what the LMS may have dropped was not sent again"
    ids = [element for name, element, *_ in calls(page) if name == "LMSSetValue" and element.endswith(".0.id")]
    assert len(ids) == 1, "the answer was reported twice"


def test_a_failed_commit_is_tried_again_by_itself(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    page.evaluate("window.failing = 1")
    choose(frame, "one", "This one")
    assert frame.get_by_text("Not saved yet.").is_visible()
    frame.get_by_text("Not saved yet.").wait_for(state="detached")


def test_a_finished_unit_is_reviewed_without_changing_anything(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    answer_everything(frame, right=True)
    kept = tracked(page)
    frame = open_unit(page, site, mode="review")
    assert frame.get_by_text("You are looking back").is_visible()
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    activity(frame, "one").get_by_role("button", name="Try again").click()
    choose(frame, "one", "That one")
    assert not [call for call in calls(page) if call[0] == "LMSSetValue"]
    assert tracked(page)["cmi.suspend_data"] == kept["cmi.suspend_data"]


def test_an_empty_lesson_mode_is_a_normal_visit(page: Page, site: Site) -> None:
    frame = open_unit(page, site, mode="")
    choose(frame, "one", "This one")
    assert tracked(page)["cmi.suspend_data"]
    assert frame.locator(".pw-notice").count() == 0 or not frame.locator(".pw-notices .pw-notice").count()


def test_a_unit_lives_with_an_lms_that_keeps_little(page: Page, site: Site) -> None:
    frame = open_unit(page, site, refuse="interactions|lesson_location|session_time|score.m")
    answer_everything(frame, right=True)
    assert tracked(page)["cmi.core.lesson_status"] == "passed"
    refused = [element for name, element, *_ in calls(page) if name == "LMSSetValue" and "interactions" in element]
    assert len(refused) == 1, "an LMS without interactions is asked only once"


def test_without_an_lms_the_browser_keeps_the_work_and_says_so(page: Page, site: Site) -> None:
    frame = open_unit(page, site, api="none")
    assert frame.get_by_text("No LMS was found").is_visible()
    turn_to(frame, "Second page")
    frame = open_unit(page, site, api="none")
    assert frame.get_by_role("heading", name="Second page").is_visible()


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
