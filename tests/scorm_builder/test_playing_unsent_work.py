"""Work that never reached a SCORM LMS: kept in the browser for its writer, and handed over at the next visit."""

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import (
    NOT_SAVED,
    Edition,
    activity,
    breaches,
    choose,
    kill,
    leave,
    open_unit,
    sets,
    turn_to,
)
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey


def write(frame: Frame, text: str) -> None:
    """Write and hand over the short text on the last page."""
    turn_to(frame, "Last page")
    activity(frame, "words").get_by_role("textbox").fill(text)
    activity(frame, "words").get_by_role("button", name="I have written my answer").click()


def written(frame: Frame) -> str:
    text: str = activity(frame, "words").get_by_role("textbox").input_value()
    return text


def test_work_that_no_commit_took_survives_a_killed_tab(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("window.failing = 1000")
    choose(frame, "one", "This one")
    write(frame, "Nearly lost")
    second = page.context.new_page()
    kill(page)
    frame = open_unit(second, scorm_site, edition.lms)
    assert frame.get_by_role("heading", name="Last page").is_visible()
    assert written(frame) == "Nearly lost"
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    assert [value for _, value in sets(second, "interactions") if value == "words"], "nobody told the LMS of the answer"
    frame = open_unit(second, scorm_site, edition.lms)
    turn_to(frame, "Last page")
    assert written(frame) == "Nearly lost"
    assert second.evaluate("Object.keys(localStorage).filter(key => key.includes('unsent'))") == []
    assert breaches(second) == []


def test_work_that_never_arrived_takes_nothing_from_later_work_elsewhere(
    page: Page, scorm_site: Site, edition: Edition
) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("window.failing = 1000")
    choose(frame, "one", "This one")
    write(frame, "Early words")
    leave(frame)
    unsent = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes('unsent'))")
    assert len(unsent) == 1
    page.evaluate("key => localStorage.removeItem(key)", unsent[0][0])
    write(open_unit(page, scorm_site, edition.lms), "Later words")
    page.goto(f"{scorm_site.address}/blank")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", unsent[0])
    frame = open_unit(page, scorm_site, edition.lms)
    turn_to(frame, "Last page")
    assert written(frame) == "Later words"
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()


def test_another_person_at_the_same_computer_sees_none_of_it(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("window.failing = 1000")
    choose(frame, "one", "This one")
    page.evaluate("localStorage.removeItem('lms')")
    frame = open_unit(page, scorm_site, edition.lms, learner="bob")
    assert not activity(frame, "one").get_by_label("This one").is_checked()


def test_a_visit_that_the_lms_ends_says_so_and_loses_nothing(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("endSession()")
    write(frame, "Nearly lost")
    assert frame.get_by_text("Your session has ended.").is_visible()
    assert frame.get_by_text(NOT_SAVED).count() == 0
    leave(frame)
    frame = open_unit(page, scorm_site, edition.lms)
    assert written(frame) == "Nearly lost"
    assert frame.get_by_text("Your session has ended.").count() == 0
    assert breaches(page) == []


def test_an_lms_whose_window_is_gone_loses_nothing(page: Page, scorm_site: Site, edition: Edition) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("vanish()")
    write(frame, "Nearly lost")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert "is gone" not in frame.locator("[data-notices]").first.inner_text(), "that is no sentence for a learner"
    leave(frame)
    assert said == []
    assert written(open_unit(page, scorm_site, edition.lms)) == "Nearly lost"
