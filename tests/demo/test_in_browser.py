"""The demo LMS in a real browser: launches in its frame, SCORM that resumes, grades that arrive."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo.sample_package import write_package
from tests.demo.test_scores import post, score
from tests.fixtures.browser import axe_problems, open_page, script_held, take_pictures
from tests.fixtures.platform import Platform, StartPlatform

pytestmark = pytest.mark.journey


@pytest.fixture
def school(running_platform: StartPlatform, tool_url: str, tmp_path: Path) -> Platform:
    """A platform on `localhost` with one SCORM package, so that the tool on 127.0.0.1 is another site."""
    write_package(tmp_path)
    platform = running_platform(tool_url, packages=tmp_path)
    platform.demo.config = replace(platform.config, issuer=platform.url.replace("127.0.0.1", "localhost"))
    return platform


@pytest.fixture
def open_as(school: Platform, page: Page) -> Callable[[str, str], None]:
    """Open a page of the school as somebody: `open_as("alice", "grades")`."""

    def go(person: str, path: str = "", **options: Any) -> None:
        page.goto(f"{school.config.issuer}/as/{person}/{path}", **options)

    return go


Open = Callable[..., None]


def test_an_activity_opens_in_the_frame_by_a_whole_launch(page: Page, open_as: Open) -> None:
    open_as("alice")
    page.get_by_role("link", name="Think piece").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Hello Alice Adams")).to_be_visible()
    height = page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().bottom")
    assert abs(height - 700) < 2, "the frame ends where the window ends"


def test_an_activity_opens_in_a_new_tab(page: Page, open_as: Open) -> None:
    open_as("tina", "activities/desk")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open in a new tab").click()
    expect(opened.value.get_by_role("heading", name="Hello Tina Trainer")).to_be_visible()


def test_two_windows_are_two_people(page: Page, school: Platform) -> None:
    other = page.context.new_page()
    for window, person, name in ((page, "alice", "Alice Adams"), (other, "bob", "Bob Brown")):
        window.goto(f"{school.config.issuer}/as/{person}/activities/roadmap")
        expect(window.frame_locator("iframe").get_by_role("heading", name=f"Hello {name}")).to_be_visible()
    page.reload()
    expect(page.frame_locator("iframe").get_by_role("heading", name="Hello Alice Adams")).to_be_visible()


def test_without_scripts_buttons_lead_to_the_tool(browser: Browser, school: Platform) -> None:
    with open_page(browser, java_script_enabled=False) as page:
        page.goto(f"{school.config.issuer}/as/alice/launch/roadmap")
        page.get_by_role("button", name="Open the activity").click()
        page.get_by_role("button", name="Open the activity").click()
        expect(page.get_by_role("heading", name="Hello Alice Adams")).to_be_visible()


def test_nothing_breaks_the_content_security_policy(browser: Browser, school: Platform) -> None:
    with open_page(browser) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in ("", "grades", "tracks", "members", "messages", "packages/sample", "activities/roadmap"):
            page.goto(f"{school.config.issuer}/as/tina/{path}", wait_until="networkidle")
        assert complaints == []


def test_a_unit_is_played_and_resumed(page: Page, open_as: Open) -> None:
    open_as("alice", "packages/sample")
    unit = page.frame_locator("iframe")
    expect(unit.locator("#said")).to_have_text("true | ab-initio | normal |  | 00:00:00 | Adams, Alice | ")
    unit.get_by_role("button", name="Finish and leave").click()
    expect(unit.locator("#said")).to_have_text("true | true")
    expect(page.get_by_role("status")).to_contain_text("The unit has said goodbye")
    page.get_by_role("link", name="What was tracked").click()
    row = page.get_by_role("row", name="Sample unit")
    expect(row).to_contain_text("passed")
    expect(row).to_contain_text("00:01:30")
    page.get_by_text("Answers and everything kept").click()
    expect(page.get_by_role("row", name="q1")).to_contain_text("correct")
    open_as("alice", "packages/sample")
    expect(unit.locator("#said")).to_have_text(
        'true | resume | review | page-3 | 00:01:30 | Adams, Alice | {"step":3,"q":"a&b=ü"}'
    )
    page.get_by_role("button", name="Start a new attempt").click()
    expect(unit.locator("#said")).to_contain_text("ab-initio | normal")


def test_too_much_suspend_data_is_an_error_of_the_api(page: Page, open_as: Open) -> None:
    open_as("alice", "packages/sample")
    expect(page.frame_locator("iframe").locator("#said")).to_contain_text("ab-initio")
    answers = page.evaluate(
        """() => [4096, 4097].map((length) => [
            window.API.LMSSetValue("cmi.suspend_data", "x".repeat(length)), window.API.LMSGetLastError(),
        ])"""
    )
    assert answers == [["true", "0"], ["false", "405"]]


def test_a_new_score_appears_and_is_announced(page: Page, school: Platform, open_as: Open) -> None:
    open_as("tina", "grades")
    expect(page.get_by_text("New scores appear here by themselves.")).to_be_visible()
    post(school, score(comment="Well observed"))
    expect(page.get_by_role("row", name="Alice Adams")).to_contain_text("12 of 15")
    expect(page.get_by_role("status")).to_have_text("Think piece, Alice Adams: 12 of 15.")


def test_a_score_that_came_while_the_page_was_loading_appears(page: Page, school: Platform, open_as: Open) -> None:
    with script_held(page, "grades"):
        open_as("tina", "grades", wait_until="commit")
        expect(page.get_by_role("row", name="Alice Adams")).to_contain_text("none yet")
        post(school, score(comment="Well observed"))
    expect(page.get_by_role("row", name="Alice Adams")).to_contain_text("12 of 15")
    expect(page.get_by_role("status")).to_have_text("Think piece, Alice Adams: 12 of 15.")


def test_times_are_shown_in_the_readers_zone(page: Page, school: Platform, open_as: Open) -> None:
    post(school, score())
    open_as("alice", "grades")
    expect(page.locator("time")).not_to_contain_text("UTC")


EVERY_PAGE = (
    "",
    "grades",
    "tracks",
    "members",
    "messages",
    "activities/roadmap",
    "packages/sample",
    "return",
    "nowhere",
)
ONE_OF_EACH_KIND = {"grades", "activities/roadmap"}
"""A table that changes by itself, and the page with a frame."""


@pytest.mark.parametrize(
    "path",
    [path if path in ONE_OF_EACH_KIND else pytest.param(path, marks=pytest.mark.thorough) for path in EVERY_PAGE],
)
def test_every_page_fits_and_passes_axe(page: Page, school: Platform, open_as: Open, path: str) -> None:
    post(school, score(comment="You show clearly how the meeting changed your view."))
    post(school, score(userId="3"))
    open_as("tina", path)
    page.wait_for_load_state("networkidle")
    name = path.replace("/", "-") or "course"
    take_pictures(page, f"demo-{name}", whole=not path.startswith(("activities", "packages")))
    for width in (320, 1000):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_problems(page) == []


def test_the_first_page_fits_and_passes_axe(page: Page, school: Platform) -> None:
    page.goto(school.config.issuer)
    take_pictures(page, "demo-choose")
    assert axe_problems(page) == []


def test_the_keyboard_reaches_an_activity(page: Page, open_as: Open) -> None:
    open_as("alice")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main").locator("a, button").first).to_be_focused()
