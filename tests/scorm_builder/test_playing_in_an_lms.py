"""The SCORM players in a real browser, inside scorm-again behind strict checks; their rules are in tests/player."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, Request, expect

from tests.fixtures.browser import open_page
from tests.scorm_builder.playing import (
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
    saved,
    sets,
    tracked,
    turn_to,
)
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey
in_one = pytest.mark.parametrize("edition", [SCORM12], indirect=True, ids=lambda edition: edition.format)


def test_a_unit_is_begun_played_to_passed_and_left(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    exits = {SCORM12: "cmi.core.exit", SCORM2004: "cmi.exit"}
    assert sets(page)[:2] == [[edition.status, "incomplete"], [exits[edition], "suspend"]]
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("incomplete", "")
    choose(frame, "one", "This one")
    turn_to(frame, "Second page")
    choose(frame, "some", "Alpha", "Beta")
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("incomplete", "")
    turn_to(frame, "Third page")
    turn_to(frame, "Last page")
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("passed", "100")
    assert frame.locator("[data-status]", has_text="Passed").is_visible()
    saved(frame)
    before = len(calls(page))
    leave(frame)
    made = [name for name, *_ in calls(page)]
    assert made.count(edition.called("Finish")) == 1
    assert made[-1] == edition.called("Finish")
    # The end commits as well: what is set while leaving does not go twice.
    assert edition.called("Commit") not in made[before:]
    opening, *others = saves(page, edition)
    assert len(opening) <= 12, opening
    for save in others[:-1]:
        assert len(save) <= 6 or "interactions" in str(save), save
    assert breaches(page) == []


def saves(page: Page, edition: Edition) -> list[list[list[str]]]:
    """The calls so far, save by save; each ends with its commit."""
    made: list[list[list[str]]] = [[]]
    for call in calls(page):
        made[-1].append(call)
        if call[0] == edition.called("Commit"):
            made.append([])
    return made[:-1]


@in_one
def test_a_unit_opens_at_its_title(page: Page, scorm_site: Site, edition: Edition) -> None:
    page.set_viewport_size({"width": 360, "height": 300})
    frame = open_unit(page, scorm_site, edition.lms)
    frame.wait_for_load_state("load")
    expect(frame.get_by_role("heading", level=1)).to_be_in_viewport()
    assert frame.evaluate("window.scrollY") == 0


def test_a_unit_that_opens_leaves_the_page_of_the_lms_where_it_is(
    page: Page, scorm_site: Site, edition: Edition
) -> None:
    answer_everything(open_unit(page, scorm_site, edition.lms), right=True)
    page.evaluate("window.scrollTo(0, 0)")
    open_unit(page, scorm_site, edition.lms)
    assert places_once_opened(page) == {"hash": "#last", "lms": 0, "unit": 0}
    # As after going back in the browser: the page is in the address from the beginning.
    with page.expect_event("framenavigated"):
        page.frames[1].evaluate("window.location.reload()")
    assert places_once_opened(page) == {"hash": "#last", "lms": 0, "unit": 0}


def places_once_opened(page: Page) -> dict[str, Any]:
    """How far the LMS's page and the unit are scrolled once all is loaded and drawn, and the page in the address."""
    frame = page.frames[1]
    frame.wait_for_selector("[data-ready]")
    frame.wait_for_function("document.readyState === 'complete' && window.location.hash !== ''")
    places: dict[str, Any] = frame.evaluate(
        """() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(
            { hash: window.location.hash, lms: window.parent.scrollY, unit: window.scrollY }))))"""
    )
    return places


@pytest.mark.thorough
@in_one
def test_a_failed_unit_can_be_tried_again_and_passed(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    answer_everything(frame, right=False)
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == (edition.failed, "0")
    frame = open_unit(page, scorm_site, edition.lms)
    turn_to(frame, "First page")
    activity(frame, "one").get_by_role("button", name="Try again").click()
    choose(frame, "one", "This one")
    assert edition.score(tracked(page)) == "50"
    turn_to(frame, "Second page")
    activity(frame, "some").get_by_role("button", name="Try again").click()
    activity(frame, "some").get_by_label("Gamma", exact=True).uncheck()
    choose(frame, "some", "Alpha", "Beta")
    assert (edition.outcome(tracked(page)), edition.score(tracked(page))) == ("passed", "100")
    assert breaches(page) == []


@pytest.mark.parametrize(
    "edition",
    [SCORM12, pytest.param(SCORM2004, marks=pytest.mark.thorough)],
    indirect=True,
    ids=lambda edition: edition.format,
)
def test_a_killed_tab_resumes_at_its_page_with_its_answers(page: Page, scorm_site: Site, edition: Edition) -> None:
    frame = open_unit(page, scorm_site, edition.lms)
    choose(frame, "one", "That one")
    turn_to(frame, "Second page")
    activity(frame, "pairs").get_by_label("Cat").select_option(label_of(frame, "Cat", "Milk"))
    activity(frame, "pairs").get_by_label("Dog").select_option(label_of(frame, "Dog", "Bone"))
    activity(frame, "pairs").get_by_role("button", name="Check").click()
    second = page.context.new_page()
    kill(page)
    second.goto(f"{scorm_site.address}/blank")
    assert second.evaluate("localStorage.getItem('finished')") is None, "the tab was told that it ends"
    frame = open_unit(second, scorm_site, edition.lms)
    assert frame.get_by_role("heading", name="Second page").is_visible()
    assert activity(frame, "pairs").locator("[data-outcome]").inner_text() == "Right."
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("That one").is_checked()
    assert activity(frame, "one").get_by_text("It is not.").is_visible()
    assert breaches(second) == []


def label_of(frame: Frame, left: str, right: str) -> str:
    options: list[str] = activity(frame, "pairs").get_by_label(left).locator("option").all_inner_texts()
    return next(option for option in options if option.endswith(right))


def test_both_editions_of_2004_play_alike(built: Path) -> None:
    third, fourth = (Site(built / f"small-m1u1-scorm2004-{name}-en.zip", built).unit for name in ("3rd", "4th"))
    assert third.pop("imsmanifest.xml") != fourth.pop("imsmanifest.xml")
    assert third == fourth


def test_the_back_button_turns_back_and_the_heading_has_the_focus(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    frame.get_by_role("link", name="Next").click()
    assert frame.evaluate("document.activeElement.textContent") == "Second page"
    frame.evaluate("history.back()")
    frame.get_by_role("heading", name="First page").wait_for()
    assert frame.evaluate("document.activeElement.textContent") == "First page"


def test_the_first_launch_is_small(page: Page, site: Site) -> None:
    bodies: list[int] = []

    def weigh(request: Request) -> None:
        if "/unit/" in request.url:
            bodies.append(request.sizes()["responseBodySize"])

    page.on("requestfinished", weigh)
    open_unit(page, site).wait_for_load_state("load")
    page.wait_for_load_state("load")
    assert 2 < len(bodies) <= 8
    assert sum(bodies) <= 120_000


def test_a_unit_can_be_played_by_keyboard_alone(browser: Browser, site: Site) -> None:
    with open_page(browser, 360) as phone:
        frame = open_unit(phone, site)
        activity(frame, "one").get_by_label("This one").focus()
        for key in ("Space", "Enter"):
            phone.keyboard.press(key)
        expect(activity(frame, "one").locator("[data-outcome]")).to_have_text("Right.")
        expect(frame.locator(":focus")).to_have_text("Try again")
        frame.get_by_role("link", name="Next").focus()
        phone.keyboard.press("Enter")
        expect(frame.locator(":is(h1, h2, h3):focus")).to_be_visible()  # the page that was turned to
        activity(frame, "order").locator("[data-item]").first.locator("[data-move='1']").focus()
        phone.keyboard.press("Enter")
        expect(activity(frame, "order").locator("[data-outcome]")).to_contain_text("is now number 2 of 3")
        expect(frame.locator(":focus")).to_have_attribute("data-move", "1")
