"""What a learner reads where an LMS fails, looks back or is not there; the trackers' rules are in tests/player."""

import pytest
from playwright.sync_api import Page, expect

from tests.scorm_builder.playing import (
    NOT_SAVED,
    SCORM12,
    SCORM2004,
    Edition,
    activity,
    answer_everything,
    breaches,
    calls,
    choose,
    kill,
    leave,
    open_unit,
    sets,
    tracked,
    turn_to,
    write,
    written,
)
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey


def one_more_thoroughly(first: Edition, other: Edition) -> pytest.MarkDecorator:
    """In one edition each time, in the other only thoroughly: what differs between them is not of the page."""
    editions = [first, pytest.param(other, marks=pytest.mark.thorough)]
    return pytest.mark.parametrize("edition", editions, indirect=True, ids=lambda edition: edition.format)


@one_more_thoroughly(SCORM12, SCORM2004)
def test_a_failed_commit_is_shown_kept_and_tried_again(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    before = tracked(page)["cmi.suspend_data"]
    page.evaluate("lms.faults.failing = 1")
    choose(frame, "one", "This one")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert tracked(page)["cmi.suspend_data"] == before
    frame.get_by_role("button", name="Try now").click()
    frame.get_by_text(NOT_SAVED).wait_for(state="detached")
    assert frame.locator("[data-saved]", has_text="Saved").is_visible()
    assert tracked(page)["cmi.suspend_data"] != before
    assert len(sets(page, "interactions.0.id")) == 1, "the answer was reported twice"
    assert breaches(page) == []


@one_more_thoroughly(SCORM2004, SCORM12)
def test_a_finished_unit_is_reviewed_without_changing_anything(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    answer_everything(frame, right=True)
    frame = open_unit(page, scorm_site, edition.lms, mode="review")
    kept = tracked(page)  # Only now: leaving the first visit kept its last seconds.
    assert frame.get_by_text("nothing of it is kept").is_visible()
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    activity(frame, "one").get_by_role("button", name="Try again").click()
    choose(frame, "one", "That one")
    leave(frame)
    assert sets(page) == []
    assert frame.locator("[data-saved]").inner_text() == "", "nothing was saved"
    assert tracked(page)["cmi.suspend_data"] == kept["cmi.suspend_data"]
    assert breaches(page) == []


@one_more_thoroughly(SCORM12, SCORM2004)
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


DROP = """(target, kind) => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "plan.docx"));
  const init = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent("paste", { ...init, clipboardData: data })
    : new DragEvent("drop", { ...init, dataTransfer: data });
  return !target.dispatchEvent(event);
}"""


def test_a_file_that_is_dropped_or_pasted_is_refused_with_a_word_and_takes_nobodys_place(
    page: Page, site: Site
) -> None:
    page.set_viewport_size({"width": 360, "height": 400})
    frame = open_unit(page, site)
    assert frame.get_by_role("heading", level=1).evaluate(DROP, "drop"), "the file would take the place of the unit"
    word = frame.get_by_text("Pictures and files cannot be kept here.")
    assert word.is_visible()
    write(frame, "What the picture shows")
    word.wait_for(state="detached")
    assert activity(frame, "essay").get_by_role("textbox").evaluate(DROP, "paste")
    expect(word).to_be_in_viewport()


@one_more_thoroughly(SCORM2004, SCORM12)
def test_an_lms_whose_window_is_gone_loses_nothing(page: Page, scorm_site: Site, edition: Edition) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("lms.faults.gone = true")
    write(frame, "Nearly lost")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert "is gone" not in frame.locator("[data-notices]").first.inner_text(), "that is no sentence for a learner"
    leave(frame)
    assert said == []
    assert written(open_unit(page, scorm_site, edition.lms)) == "Nearly lost"


@one_more_thoroughly(SCORM12, SCORM2004)
def test_work_that_no_commit_took_survives_a_killed_tab_and_another_window(
    page: Page, scorm_site: Site, edition: Edition
) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    second = page.context.new_page()
    open_unit(second, scorm_site, edition.lms)
    page.evaluate("lms.faults.failing = 1000")
    write(frame, "Nearly lost")
    choose(second.frames[1], "one", "This one")
    kill(page)
    frame = open_unit(second, scorm_site, edition.lms)
    turn_to(frame, "Last page")
    assert written(frame) == "Nearly lost"
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    assert [value for _, value in sets(second, "interactions") if value == "words"], "nobody told the LMS of the answer"
    open_unit(second, scorm_site, edition.lms)
    assert second.evaluate("Object.keys(localStorage).filter(key => key.includes('unsent'))") == []
    assert breaches(second) == []


@pytest.mark.thorough
def test_a_visit_that_the_lms_ends_says_so_and_loses_nothing(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    page.evaluate("lms.faults.ended = true")
    write(frame, "Nearly lost")
    assert frame.get_by_text("Your session has ended.").is_visible()
    assert frame.get_by_text(NOT_SAVED).count() == 0
    leave(frame)
    frame = open_unit(page, scorm_site, edition.lms)
    assert written(frame) == "Nearly lost"
    assert frame.get_by_text("Your session has ended.").count() == 0
    assert breaches(page) == []


@pytest.mark.thorough
def test_a_slow_lms_plays_like_any_other(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms, slow="40")
    answer_everything(frame, right=True)
    page.wait_for_function("field => lms.tracked()[field] === '100'", arg=edition.raw)
    assert edition.outcome(tracked(page)) == "passed"
    assert breaches(page) == []


@pytest.mark.thorough
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
    page.wait_for_function("field => lms.tracked()[field] === 'second'", arg=edition.location)


@pytest.mark.thorough
@pytest.mark.parametrize("missing", ["SetValue", "Commit"])
def test_an_lms_that_cannot_keep_anything_is_named_as_such(
    page: Page, scorm_site: Site, edition: Edition, missing: str
) -> None:
    frame = open_unit(page, scorm_site, edition.lms, without=edition.called(missing))
    turn_to(frame, "Second page")
    assert frame.get_by_text(NOT_SAVED).is_visible()
    assert "undefined" not in frame.locator("[data-notices]").first.inner_text()
