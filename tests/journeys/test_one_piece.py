"""A trainee and a trainer in a real browser, from the first word to the gradebook; each part is a process."""

import re

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.journeys.conftest import Meet, Person

LOADED = "() => document.readyState === 'complete' || new Promise((done) => window.addEventListener('load', done))"
"""Before a page's script has come its form is sent whole, which is another way through the desk."""

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]

TEXT = "A mother waited at the gate. I walked past her."
MORE = " The next day I stopped. Γεια σας, مرحبا 🎒"


@pytest.fixture
def house(building: House) -> House:
    """Everything running as `make run` runs it."""
    for name in ("demo", "tool", "worker"):
        building.start_process(name)
    return building


def test_a_piece_goes_from_the_first_word_to_the_gradebook_through_a_lost_connection(house: House, meet: Meet) -> None:
    alice, tina = meet("alice"), meet("tina")
    write_through_a_lost_connection(house, alice)
    hand_in(alice.page.frame_locator("iframe"))
    judge(tina, "Return for another go", {})
    journal = alice.opens("Think piece")
    expect(journal.get_by_text("Say what you will do.").first).to_be_visible()
    alice.shows("returned")
    editor(journal).press("Control+End")
    editor(journal).press_sequentially(" On Monday I will ring her.")
    expect(journal.locator("#saving")).to_have_attribute("data-state", "saved")
    hand_in(journal)
    judge(tina, "Release the grade", {0: "3", 1: "2", 2: "2", 3: "1", 4: "3"})
    see_the_grade(alice, tina)


def write_through_a_lost_connection(house: House, alice: Person) -> None:
    journal = alice.opens("Think piece")
    editor(journal).press_sequentially(TEXT)
    expect(journal.locator("#saving")).to_have_attribute("data-state", "saved")
    expect(journal.get_by_text("Draft", exact=True)).to_be_visible()
    alice.poses("journal")
    alice.shows("journal")
    house.kill("tool")
    editor(journal).press_sequentially(MORE)
    expect(journal.locator("#saving")).to_have_attribute("data-state", "kept")
    alice.shows("journal-offline")
    # The window is closed while nothing can be reached: what was typed is in this browser alone.
    alice.goes_to()
    house.start_process("tool")
    journal = alice.opens("Think piece")
    expect(editor(journal)).to_contain_text(TEXT + MORE)
    expect(journal.locator("#saving")).to_have_attribute("data-state", "saved")


def hand_in(journal: FrameLocator) -> None:
    journal.get_by_role("button", name="Hand in", exact=False).first.click()
    journal.get_by_role("button", name="Hand in now").click()
    expect(journal.get_by_text("Your trainer has it", exact=True)).to_be_visible()


def judge(tina: Person, wish: str, levels: dict[int, str]) -> None:
    desk = tina.opens("Trainer's desk")
    tina.shows("desk")
    desk.get_by_role("link", name="Alice Adams").first.click()
    comment = desk.get_by_label("Overall comment")
    comment.evaluate(LOADED)
    comment.fill("Say what you will do.")
    for number, points in levels.items():
        desk.locator("fieldset").nth(number).locator(f"input[value='{points}']").check(force=True)
    expect(desk.locator("#saving")).to_have_attribute("data-state", "saved")
    tina.shows("marking")
    desk.get_by_role("button", name=wish).click()
    expect(desk.get_by_text("Alice Adams can", exact=False).first).to_be_visible()


def see_the_grade(alice: Person, tina: Person) -> None:
    grades = alice.goes_to("grades")
    expect(grades.get_by_text("11", exact=False).first).to_be_visible()
    expect(grades.get_by_text("Say what you will do.").first).to_be_visible()
    alice.shows("grades")
    desk = tina.opens("Trainer's desk")
    desk.get_by_role("link", name=re.compile("^Released")).click()
    expect(desk.get_by_text("In the gradebook").first).to_be_visible()
    tina.shows("desk-released")
    journal = alice.opens("Think piece")
    expect(journal.get_by_text("11 of 15", exact=False).first).to_be_visible()
    alice.shows("journal-graded")


def editor(journal: FrameLocator) -> Locator:
    """The place to write in."""
    return journal.get_by_role("textbox", name="Your text")
