"""Journeys over the marking page: by keyboard alone, on a broken line, in two windows."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import script_held
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import hand_in, judge
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow

pytestmark = [pytest.mark.journey, on_sqlite]


FIGURES = (("é", "Digit2", 2), ("٠", "Digit0", 0), ("0", "Numpad0", 0), ("3", "Digit3", 3))
"""What French and Arabic keyboards say, and the figures beside the letters; with the level that is meant."""


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def pieces(visitor: Arrive) -> list[int]:
    return [hand_in(visitor(name, activity="journal/j3")) for name in ("alice", "bob")]


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_sixty_pieces_can_be_marked_by_keyboard_alone(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, "desk/")
    page.get_by_role("link", name="Begin with the first").press("Enter")
    page.wait_for_url(re.compile(rf"/desk/{pieces[0]}"))
    press(page, *"23123")  # at once: nothing has to be chosen or clicked first
    expect(page.locator("#comment")).to_be_focused()
    expect(page.locator("[data-pw-total]")).to_have_text("11 of 15")
    page.keyboard.type("Well seen.")
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(rf"/desk/{pieces[1]}"))
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.locator("#comment")).to_have_value("")
    press(page, "Alt+PageUp")
    page.wait_for_url(re.compile(rf"/desk/{pieces[0]}"))
    expect(page.locator("input:checked")).to_have_count(5)
    expect(page.locator("#comment")).to_have_value("Well seen.")


def test_going_on_by_a_link_takes_the_marks_along_first(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    page.locator("#comment").fill("Typed a moment ago.")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile(rf"/desk/{pieces[1]}"))
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#comment")).to_have_value("Typed a moment ago.")


def test_on_a_broken_line_the_piece_stays_open_and_nothing_is_lost(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    page.context.set_offline(True)
    page.locator('input[name="level-situation"][value="2"]').check()
    page.get_by_role("button", name="Save and next").click()
    expect(page.locator("[data-problem]")).to_contain_text("this piece stays open")
    page.context.set_offline(False)
    wait_until_saved(page)
    page.reload()
    expect(page.locator('input[name="level-situation"][value="2"]')).to_be_checked()


def test_a_level_can_be_taken_away_again(tina: Visitor, pieces: list[int], window: OpenWindow) -> None:
    judge(tina, pieces[0])
    page = window(tina, f"desk/{pieces[0]}")
    page.locator('input[name="level-situation"]:checked').press("Delete")
    expect(page.locator("[data-pw-total]")).to_have_text("9 of 15")
    page.get_by_role("button", name="Clear the levels").click()
    expect(page.locator("[data-pw-total]")).to_have_text("0 of 15")
    wait_until_saved(page)
    page.reload()
    expect(page.locator("input:checked")).to_have_count(0)


def test_a_release_names_the_criteria_that_lack_a_level(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    page.locator(".pw-marking-piece").click()
    press(page, *"231")
    page.get_by_role("button", name="Release the grade").click()
    expect(page.locator("[data-problem]")).to_contain_text(
        "Without a level so far: Evidence and theory, Next step on the road map"
    )
    page.locator('input[name="level-evidence-and-theory"]').first.focus()
    press(page, *"23")
    page.get_by_role("button", name="Release the grade").click()
    expect(page.get_by_text("can see the grade")).to_be_visible()


def test_figures_are_for_the_levels_but_not_in_words_nor_where_they_are_switched_off(
    tina: Visitor, pieces: list[int], window: OpenWindow
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    page.locator("#comment").fill("")
    page.locator("#comment").press("3")
    expect(page.locator("#comment")).to_have_value("3")
    page.locator(".pw-marking-piece").focus()
    piece = page.locator(".pw-marking-piece")
    for key, code, level in FIGURES:
        piece.dispatch_event("keydown", {"key": key, "code": code, "bubbles": True})
        expect(page.locator("input:checked")).to_have_count(1)
        expect(page.locator(f'input[name="level-situation"][value="{level}"]')).to_be_checked()
        piece.dispatch_event("keydown", {"key": key, "code": code, "repeat": True})  # held down
        expect(page.locator("input:checked")).to_have_count(1)
        page.get_by_role("button", name="Clear the levels").click()
    piece.dispatch_event("keydown", {"key": "2", "code": "Digit2"})
    page.get_by_text("Keys, and how to choose a level").click()
    page.get_by_role("button", name="Figures work on the whole page").click()
    press(page, "3")
    wait_until_saved(page)
    page.reload()
    press(page, "3")
    expect(page.locator("input:checked")).to_have_count(1)
    page.locator('input[name="level-values-and-feelings"]').first.focus()
    press(page, "3")
    expect(page.locator("input:checked")).to_have_count(2)


def test_a_return_without_a_comment_asks_for_one(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    page.get_by_role("button", name="Return for another go").click()
    expect(page.locator("#comment")).to_be_focused()
    expect(page.locator("[data-problem]")).to_contain_text("Write a sentence or two")
    page.keyboard.type("What would she say?")
    page.get_by_role("button", name="Return for another go").click()
    expect(page.get_by_text("can go on writing")).to_be_visible()


def test_two_windows_on_one_piece_show_both_judgements(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#comment").fill("There.")
    wait_until_saved(other)
    page.locator('input[name="level-situation"][value="2"]').check()
    box = page.locator("#versions")
    expect(box).to_be_visible()
    expect(box.locator("[data-pw-mine]")).to_contain_text("The situation: 2")
    expect(box.locator("[data-pw-theirs]")).to_contain_text("There.")
    box.locator('[data-pw-choice="theirs"]').click()
    expect(page.locator("#comment")).to_have_value("There.")
    expect(page.locator("input:checked")).to_have_count(0)


def test_who_knows_the_rubric_sees_its_names_only_and_the_browser_remembers(
    tina: Visitor,
    pieces: list[int],
    window: OpenWindow,
) -> None:
    page = window(tina, f"desk/{pieces[0]}")
    words = page.get_by_text("There is no particular event.")
    expect(words).to_be_visible()
    page.get_by_role("button", name="Only the names of the levels").click()
    expect(words).to_be_hidden()
    page.reload()
    expect(words).to_be_hidden()
    page.locator(".pw-level input").first.check()
    expect(words).to_be_visible()


def test_what_is_written_before_the_script_has_arrived_is_saved(
    tina: Visitor, pieces: list[int], window: OpenWindow
) -> None:
    page = window(tina, "desk/")
    with script_held(page, "marking"):
        page.goto(f"{page.url}{pieces[0]}", wait_until="commit")
        page.locator("#comment").fill("Typed on a slow line.")
        page.get_by_role("radio").nth(2).check()
    wait_until_saved(page)
    page.reload()
    expect(page.locator("#comment")).to_have_value("Typed on a slow line.")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
