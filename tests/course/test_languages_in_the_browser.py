"""The course's language is chosen at the foot of a page, and every page says in which language its parts are."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import sweep_for_barriers, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import write
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow
from tests.journal.test_changed_questions import FIRST, FORM, SECOND
from tests.roadmap.conftest import found as found_team

pytestmark = [pytest.mark.journey, on_sqlite]


def test_somebody_chooses_greek_and_reads_all_of_the_course_in_it(visitor: Arrive, window: OpenWindow) -> None:
    visitor("tina", activity="journal/j3")
    alice = visitor("alice")
    found_team(alice)
    page = window(alice, "course/units/m2u1/")
    page.get_by_label("The course in").select_option("Ελληνικά")
    page.get_by_role("button", name="Change the language of the course").click()
    expect(page.get_by_text("This unit is not in Greek yet. You see it in English.")).to_be_visible()
    expect(page.locator(".pw-unit")).to_have_attribute("lang", "en")
    take_pictures(page, "language-unit")
    for path in ("course/", "journal/", "journal/j3", "roadmap/sections/p4"):
        page.goto(_at(page.url, path))
        expect(page.locator("main [lang=el]").first).to_be_visible()
        take_pictures(page, f"language-{path.strip('/').replace('/', '-')}")
        sweep_for_barriers(page)


def _at(url: str, path: str) -> str:
    """The address of another page of the same launch."""
    return "/".join([*url.split("/")[:5], path])


def test_a_changed_question_is_told_to_the_writer_and_the_trainer(visitor: Arrive, window: OpenWindow) -> None:
    tina = visitor("tina")
    tina.post("course/prompts/new", {**FORM, "question": FIRST})
    name = "own-" + tina.get("desk/").text.partition('value="own-')[2].partition('"')[0]
    alice = visitor("alice")
    tina.post("course/placed/open", {"activity": "all"})
    version = write(alice, prompt=name)
    tina.post("course/prompts/1", {**FORM, "question": SECOND})
    page = window(alice, f"journal/{name}")
    expect(page.get_by_text("This question was changed since you began")).to_be_visible()
    page.get_by_text("The question as it is now").click()
    take_pictures(page, "question-changed")
    sweep_for_barriers(page)
    alice.post(f"journal/{name}", {"do": "submit", "version": version})
    desk = window(tina, "desk/1")
    desk.get_by_text("The question", exact=True).click()
    expect(desk.get_by_text(FIRST)).to_be_visible()
    take_pictures(desk, "question-marking")
    sweep_for_barriers(desk)
