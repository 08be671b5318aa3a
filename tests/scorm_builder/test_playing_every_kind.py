"""Short answers, checklists, scenarios, downloads, pop-ups, before and after, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.fixtures.browser import open_page
from tests.scorm_builder.playing import activity, breaches, choose, open_unit, turn_to
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey


def visible_scenes(frame: Frame) -> list[str]:
    names: list[str] = (
        activity(frame, "at-the-gate")
        .locator("[data-story] [data-scene]")
        .evaluate_all("scenes => scenes.map(scene => scene.dataset.scene)")
    )
    return names


def take(frame: Frame, way: str) -> None:
    activity(frame, "at-the-gate").locator("[data-story]").get_by_role("button", name=way, exact=True).last.click()


def test_a_short_answer_is_right_whatever_its_case_and_a_wrong_one_is_told_the_right(
    page: Page, rich_site: Site
) -> None:
    frame = open_unit(page, rich_site)
    word = activity(frame, "word")
    word.get_by_role("textbox").fill("a sum")
    word.get_by_role("button", name="Check my answer").click()
    assert word.get_by_text("Think of sums.").is_visible()
    assert word.get_by_text("One right answer: an audit").is_visible()
    word.get_by_role("button", name="Try again").click()
    word.get_by_role("textbox").fill(" ελεγχος! ")
    word.get_by_role("button", name="Check my answer").click()
    assert word.locator("[data-outcome]").inner_text() == "Right."
    assert word.get_by_text("That is it.").is_visible()


@pytest.mark.thorough
def test_a_checklist_keeps_its_ticks_without_a_button(page: Page, rich_site: Site) -> None:
    frame = open_unit(page, rich_site)
    activity(frame, "ready").get_by_label("I told").check()
    assert activity(frame, "ready").get_by_text("1 of 2 ticked").is_visible()
    turn_to(frame, "Talk")
    frame = open_unit(page, rich_site)
    turn_to(frame, "Welcome")
    assert activity(frame, "ready").get_by_label("I told").is_checked()
    assert not activity(frame, "ready").get_by_label("I asked").is_checked()


def test_a_scenario_goes_the_way_that_was_chosen_and_resumes_there(page: Page, rich_site: Site) -> None:
    frame = open_unit(page, rich_site)
    turn_to(frame, "At the gate")
    take(frame, "Wave")
    assert activity(frame, "at-the-gate").locator("[data-story]").get_by_text("He waves back.").is_visible()
    assert frame.evaluate("document.activeElement.textContent").strip() == "He comes nearer."
    take(frame, "Wait")
    take(frame, "Walk on")
    assert visible_scenes(frame) == ["gate", "wave", "gate", "alone"]
    assert activity(frame, "at-the-gate").get_by_text("The story has ended: A hard ending.").is_visible()
    frame = open_unit(page, rich_site)
    assert visible_scenes(frame) == ["gate", "wave", "gate", "alone"]
    activity(frame, "at-the-gate").get_by_role("button", name="Take the last step back").click()
    assert visible_scenes(frame) == ["gate", "wave", "gate"]
    activity(frame, "at-the-gate").get_by_role("button", name="Start again").click()
    take(frame, "Wave")
    take(frame, "Talk")
    assert activity(frame, "at-the-gate").locator("[data-story]").get_by_text("You had time.").is_visible()
    assert breaches(page) == []


def test_a_term_opens_its_explanation_and_escape_closes_it(page: Page, rich_site: Site) -> None:
    frame = open_unit(page, rich_site)
    word = frame.get_by_role("button", name="audit", exact=True)
    word.focus()
    page.keyboard.press("Enter")
    dialog = frame.get_by_role("dialog", name="audit")
    assert dialog.get_by_text("A look at what is there.").is_visible()
    dialog.get_by_role("button", name="baseline").click()
    assert frame.get_by_role("dialog", name="baseline").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert frame.evaluate("document.activeElement.textContent") == "audit"


def test_a_handout_opens_and_has_lines_to_write_on(page: Page, rich_site: Site) -> None:
    frame = open_unit(page, rich_site)
    href = activity(frame, "sheet").get_by_role("link", name="Open the handout: Audit sheet").get_attribute("href")
    assert href == "assets/handouts/audit-sheet.en.html"
    page.goto(f"{rich_site.address}/unit/{href}")
    assert page.get_by_role("heading", name="Audit sheet").is_visible()
    assert page.locator(".pw-blank").count() == 1
    assert page.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.evaluate("getComputedStyle(document.querySelector('td')).borderTopStyle") == "solid"


def test_one_who_chooses_too_much_is_told_so(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    turn_to(frame, "Second page")
    choose(frame, "some", "Alpha", "Beta", "Gamma")
    assert activity(frame, "some").locator("[data-outcome]").inner_text() == "Partly right: 2 of 2, and 1 too many."
    activity(frame, "some").get_by_role("button", name="Try again").click()
    activity(frame, "some").get_by_label("Beta", exact=True).uncheck()
    choose(frame, "some", "Alpha")
    assert activity(frame, "some").locator("[data-outcome]").inner_text() == "Partly right: 1 of 2, and 1 too many."


def scale(frame: Frame, name: str, *levels: str) -> None:
    for place, level in enumerate(levels):
        activity(frame, name).locator("[data-statement]").nth(place).get_by_label(level).check()
    activity(frame, name).get_by_role("button", name="Keep my answers").click()


def test_a_second_look_shows_the_first_one_beside_it(page: Page, rich: Path) -> None:
    with serving(Site(rich / "rich-m1u1-scorm12-en.zip", rich)) as first:
        frame = open_unit(page, first)
        turn_to(frame, "At the gate")
        scale(frame, "can-do", "Low", "Middle", "Low")
        port = int(first.address.rpartition(":")[2])
    with serving(Site(rich / "rich-m1u2-scorm12-en.zip", rich), port) as second:
        page.evaluate("localStorage.removeItem('lms')")
        frame = open_unit(page, second)
        scale(frame, "can-do-now", "High", "Middle", "Middle")
        table = activity(frame, "can-do-now").get_by_role("table", name="Before and now")
        rows = [row.split("\t") for row in table.inner_text().splitlines()][-3:]
        assert rows == [["1. I can", "Low", "High"], ["2. I will", "Middle", "Middle"], ["3. I do", "Low", "Middle"]]
        assert activity(frame, "can-do-now").get_by_role("img", name="A radar of your answers").is_visible()


def test_the_comparison_fits_a_phone(browser: Browser, rich: Path) -> None:
    with serving(Site(rich / "rich-m1u2-scorm12-en.zip", rich)) as site, open_page(browser, 320) as phone:
        phone.goto(f"{site.address}/unit/index.html")
        phone.locator("[data-ready]").wait_for()
        before = {"s1": 0, "s2": 1, "s3": 2}
        phone.evaluate("kept => localStorage.setItem('pw:rich:scales:somebody', JSON.stringify(kept))", before)
        phone.evaluate("""() => {
          for (const label of document.querySelectorAll('label')) {
            if (label.textContent === 'Middle') label.textContent = 'I could teach it';
          }
          for (const legend of document.querySelectorAll('legend')) {
            legend.textContent = 'I can explain involvement and engagement.';
          }
        }""")
        scale(phone.main_frame, "can-do-now", "High", "I could teach it", "I could teach it")
        table = phone.locator(".pw-comparison .pw-table")
        assert table.evaluate("place => place.scrollWidth <= place.clientWidth")


@pytest.mark.thorough
def test_a_second_look_without_a_first_shows_nothing_to_compare(page: Page, rich: Path) -> None:
    with serving(Site(rich / "rich-m1u2-scorm12-en.zip", rich)) as site:
        frame = open_unit(page, site)
        scale(frame, "can-do-now", "High", "Middle", "Middle")
        assert activity(frame, "can-do-now").get_by_text("Well done.").is_visible()
        assert activity(frame, "can-do-now").locator("table").count() == 0
