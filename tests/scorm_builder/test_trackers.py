"""One contract for all trackers, and what the LTI tracker owes besides: nothing is lost when the tool is away."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import activity, choose, turn_to
from tests.scorm_builder.site import TOOL, Site

pytestmark = pytest.mark.journey
NAMES = ["scorm12", "lti", "none"]
PROGRESS = {
    "v": 1,
    "page": "two",
    "seen": ["one", "two"],
    "answers": {"a": {"given": [0, 1], "checked": True, "points": 50}},
    "status": "incomplete",
    "score": {"raw": 25, "min": 0, "max": 100, "scaled": 0.25},
    "seconds": 61,
}
WHOLE = {"current": "u", "units": {"u": PROGRESS}, "status": "incomplete", "score": PROGRESS["score"], "seconds": 61}


def on_bench(page: Page, site: Site, name: str) -> None:
    """The bench beside an address `progress`, for the LTI tracker's relative requests."""
    page.goto(f"{site.address}{TOOL}bench.html")
    page.wait_for_function("'bench' in window")
    page.evaluate("name => { window.tracker = () => bench.tracker(name) }", name)


def saved(page: Page) -> Any:
    """What a new visit is given, as the player takes it."""
    return page.evaluate("""async () => {
      const saved = await tracker().open();
      return saved && bench.progressRules.adopt(saved.units.u, bench.unitOf(['one', 'two'], ['a', 'b']));
    }""")


@pytest.mark.parametrize("name", NAMES)
def test_a_first_visit_has_nothing_saved(page: Page, site: Site, name: str) -> None:
    on_bench(page, site, name)
    assert saved(page) is None


@pytest.mark.parametrize("name", NAMES)
def test_what_was_saved_is_there_at_the_next_visit(page: Page, site: Site, name: str) -> None:
    on_bench(page, site, name)
    answer = page.evaluate(
        """async (progress) => {
          const one = tracker();
          await one.open();
          const { at, browserOnly } = await one.save(progress);
          one.close();
          return [at instanceof Date, browserOnly];
        }""",
        WHOLE,
    )
    assert answer == [True, []]
    assert saved(page) == PROGRESS


@pytest.mark.parametrize("name", ["scorm12", "lti"])
def test_a_refused_save_says_so_and_the_next_one_succeeds(page: Page, site: Site, name: str) -> None:
    on_bench(page, site, name)
    page.evaluate("async () => { window.one = tracker(); await one.open(); window.refusing = true; }")
    site.refuse = 500
    failure = page.evaluate("progress => one.save(progress).then(() => 'saved', (failure) => failure.name)", WHOLE)
    assert failure == "SaveFailed"
    site.refuse = 0
    page.evaluate("async (progress) => { window.refusing = false; await one.save(progress); }", WHOLE)
    assert saved(page) == PROGRESS


@pytest.mark.parametrize("name", NAMES)
def test_every_tracker_says_in_which_condition_it_is(page: Page, site: Site, name: str) -> None:
    on_bench(page, site, name)
    condition = page.evaluate("async () => { const one = tracker(); await one.open(); return one.condition; }")
    assert condition == ("no_lms" if name == "none" else "normal")


def in_the_tool(page: Page, site: Site) -> Frame:
    page.goto(f"{site.address}{TOOL}")
    page.locator("[data-ready]").wait_for()
    return page.main_frame


def test_the_tool_keeps_page_answers_and_score_and_says_when(page: Page, site: Site) -> None:
    frame = in_the_tool(page, site)
    choose(frame, "one", "This one")
    turn_to(frame, "Second page")
    page.wait_for_function("document.querySelector('[data-saved]').textContent === 'Saved 12:42'")
    assert site.kept is not None
    assert site.kept["page"] == "second"
    assert site.kept["seen"] == ["first", "second"]
    assert site.kept["answers"] == {"one": {"given": 0, "checked": True, "points": 100}}
    assert site.kept["score"] == {"raw": 50, "min": 0, "max": 100, "scaled": 0.5}
    assert site.kept["status"] == "incomplete"
    page.goto(f"{site.address}/blank")
    frame = in_the_tool(page, site)
    assert frame.get_by_role("heading", name="Second page").is_visible()


def test_a_lost_connection_loses_nothing(page: Page, site: Site) -> None:
    frame = in_the_tool(page, site)
    page.context.set_offline(True)
    choose(frame, "one", "This one")
    frame.get_by_text("Not saved yet.").wait_for()
    turn_to(frame, "Last page")
    activity(frame, "words").get_by_role("textbox").fill("Typed without a connection")
    page.context.set_offline(False)
    frame.get_by_role("button", name="Try now").click()
    frame.get_by_text("Not saved yet.").wait_for(state="detached")
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")
    assert site.kept is not None
    assert site.kept["answers"]["one"]["points"] == 100


def test_work_that_never_reached_the_tool_comes_back_at_the_next_visit(page: Page, site: Site) -> None:
    frame = in_the_tool(page, site)
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")
    site.refuse = 401
    turn_to(frame, "Last page")
    activity(frame, "words").get_by_role("textbox").fill("Nearly lost")
    activity(frame, "words").get_by_role("button", name="I have written my answer").click()
    frame.get_by_text("Your session has ended").wait_for()
    page.goto(f"{site.address}/blank")
    site.refuse = 0
    frame = in_the_tool(page, site)
    assert frame.get_by_role("heading", name="Last page").is_visible()
    assert activity(frame, "words").get_by_role("textbox").input_value() == "Nearly lost"
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")
    assert site.kept is not None
    assert site.kept["answers"]["words"]["given"] == "Nearly lost"


def test_nothing_is_written_over_before_it_was_read(page: Page, site: Site) -> None:
    site.kept = {**PROGRESS, "page": "last", "seen": ["first", "last"], "answers": {}, "status": "passed"}
    site.refuse = 503
    frame = in_the_tool(page, site)
    choose(frame, "one", "That one")
    frame.get_by_text("Not saved yet.").wait_for()
    site.refuse = 0
    frame.get_by_role("button", name="Try now").click()
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")
    assert site.kept["status"] == "passed"
    assert site.kept["seen"] == ["first", "last"]
    assert site.kept["answers"]["one"]["given"] == 1


def test_a_package_opened_from_a_folder_shows_the_page_that_its_address_names(
    page: Page, built: Path, tmp_path: Path
) -> None:
    for name, content in Site.read(built / "small-m1u1-scorm12-en.zip").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    address = (tmp_path / "index.html").as_uri()
    for asked, title in (("#third", "Third page"), ("", "Third page"), ("#second", "Second page")):
        page.goto("about:blank")
        page.goto(f"{address}{asked}")
        page.locator("[data-ready]").wait_for()
        assert page.locator(".pw-page:not([hidden]) h2").inner_text() == title
