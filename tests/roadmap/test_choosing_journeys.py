"""In a real browser: ticking what comes first, holidays, and taking a measure from the list."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.databases import on_sqlite
from tests.fixtures.window import OpenWindow
from tests.roadmap.conftest import Team, press

pytestmark = [pytest.mark.journey, on_sqlite]
SOON = 15_000


def opened(page: Page, row: int) -> Locator:
    """The card of a row, open."""
    card = page.locator(f"#row-{row}")
    if card.locator("details").get_attribute("open") is None:
        card.locator("summary").first.click()
    return card


def boxes(page: Page, row: int) -> Locator:
    """What a row may wait for."""
    return opened(page, row).get_by_role("group", name="Actions and milestones that have to come first")


def test_what_is_ticked_saves_by_itself_and_a_circle_is_told_at_the_boxes(team: Team, window: OpenWindow) -> None:
    ring, talk = (team.add("action", what=what) for what in ("Ring", "Talk"))
    alice, bob = window(team.alice, "sections/p8"), window(team.bob, "sections/p8")
    boxes(alice, talk).get_by_label("Ring").check()
    alice.keyboard.press("Tab")
    expect(opened(alice, talk).locator(".pw-save")).to_contain_text("Saved", timeout=SOON)
    expect(boxes(bob, talk).get_by_label("Ring")).to_be_checked(timeout=SOON)
    boxes(bob, ring).get_by_label("Talk").focus()
    bob.keyboard.press("Space")
    bob.keyboard.press("Tab")
    told = opened(bob, ring).get_by_role("alert").filter(has_text="circle")
    expect(told).to_contain_text("“Ring” waits for “Talk”, “Talk” waits for “Ring”", timeout=SOON)
    expect(boxes(bob, ring).get_by_label("Talk")).to_be_checked()
    boxes(bob, talk).get_by_label("Ring").uncheck()
    bob.keyboard.press("Tab")
    expect(told).to_be_hidden(timeout=SOON)
    expect(boxes(alice, ring).get_by_label("Talk")).to_be_checked(timeout=SOON)


def test_boxes_come_and_go_with_the_rows_of_the_map(team: Team, window: OpenWindow) -> None:
    ring, talk = (team.add("action", what=what) for what in ("Ring", "Talk"))
    team.save(team.bob, f"action.{talk}.after", str(ring))
    alice = window(team.alice, "sections/p8")
    expect(boxes(alice, talk).get_by_label("Ring")).to_be_checked()
    press(team.bob, f"remove:{ring}")
    expect(boxes(alice, talk).get_by_label("Ring")).to_have_count(0, timeout=SOON)
    expect(boxes(alice, talk).get_by_text("Nothing else stands in the map yet.")).to_be_visible()
    press(team.bob, f"restore:{ring}")
    expect(boxes(alice, talk).get_by_label("Ring")).to_be_checked(timeout=SOON)
    stone = team.add("milestone", by=team.bob, title="Heard once")
    expect(boxes(alice, talk).get_by_label("Heard once")).not_to_be_checked(timeout=SOON)
    team.save(team.bob, f"milestone.{stone}.title", "Heard by June", 1)
    boxes(alice, talk).get_by_label("Heard by June").check(timeout=SOON)
    expect(boxes(alice, talk).get_by_label("Heard by June")).to_be_focused()
    alice.keyboard.press("Tab")
    expect(opened(alice, talk).locator(".pw-save")).to_contain_text("Saved", timeout=SOON)
    assert f'value="{stone}" checked' in team.bob.get("roadmap/sections/p8").text


def test_holidays_are_written_one_below_the_other(team: Team, window: OpenWindow) -> None:
    alice, bob = window(team.alice, "sections/p5"), window(team.bob, "sections/p5")
    holidays = alice.get_by_role("group", name="Holidays, and other times")
    holidays.get_by_label("What").fill("Autumn holidays")
    expect(holidays.get_by_label("What")).to_have_count(2)
    holidays.get_by_label("First day").first.fill("2026-10-31")
    holidays.get_by_label("Last day").first.fill("2026-10-26")
    alice.keyboard.press("Tab")
    alice.get_by_label("We look back on it by").focus()
    expect(alice.get_by_text("“Autumn holidays” ends before it begins.")).to_be_visible(timeout=SOON)
    holidays.get_by_label("First day").first.fill("2026-10-24")
    alice.get_by_label("We look back on it by").focus()
    theirs = bob.get_by_role("group", name="Holidays, and other times")
    expect(theirs.get_by_label("What").first).to_have_value("Autumn holidays", timeout=SOON)
    expect(theirs.get_by_label("First day").first).to_have_value("2026-10-24")
    expect(theirs.get_by_label("What")).to_have_count(2)
    team.save(team.bob, "p5.holidays", "", version=_version(team))
    expect(holidays.get_by_label("What").first).to_have_value("", timeout=SOON)


def _version(team: Team) -> int:
    page = team.bob.get("roadmap/sections/p5").text
    found = re.search(r'name="version:p5.holidays" value="(\d+)"', page)
    assert found
    return int(found[1])


def test_a_measure_is_searched_while_typing_and_taken_by_keyboard(team: Team, window: OpenWindow) -> None:
    page = window(team.alice, "sections/p8")
    page.get_by_role("link", name="Take one from the list").click()
    expect(page.locator(".pc-entry")).to_have_count(15)
    page.get_by_label("Effort").select_option("much effort")
    expect(page.locator(".pc-entry")).to_have_count(2)
    expect(page.locator("#found")).to_contain_text("2 of 15 measures")
    page.get_by_label("Words").fill("first-year talk")
    expect(page.locator(".pc-entry")).to_have_count(1)
    page.locator(".pc-entry summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#m03").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What will be done")).to_have_value("A first talk with every new family")
    expect(page.get_by_label("Measure from the list, if")).to_have_value("m03")
    page.get_by_role("link", name="Look through the list").click()
    expect(page.get_by_text("Chosen now:")).to_contain_text("A first talk with every new family")
