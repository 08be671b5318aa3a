"""Every page of the journal and the desk, in each of its states: accessible, within its width, and pictured."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.web.application import Application
from tests.fixtures.browser import axe_problems, sweep_for_barriers, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import as_form, hand_in, judge, release, write
from tests.fixtures.tool import Arrive, Visitor, give_column
from tests.fixtures.window import OpenWindow

pytestmark = [pytest.mark.journey, on_sqlite]
PIECE = (
    "<p>In November a mother wrote to me at eleven at night: “Why does he get so much homework?” I answered at seven "
    "in the morning, with the school's rules on homework. She did not write again.</p><h3>What I felt</h3>"
    "<p>I was hurt, and I hid behind the <strong>rules</strong>. I see now what I believed: a parent who asks “why” "
    "wants to <em>complain</em>.</p><ul><li><p>The hour of her message was a piece of information.</p></li>"
    "<li><p>I read it as rudeness.</p></li></ul><blockquote><p>I sat with him till eleven and asked for help, and they "
    "sent me a rule.</p></blockquote><p>There was a wall where there could have been a table: she knew how the "
    "evenings went, I knew what the task was for, and neither of us told the other. A table needs time. "
    "I teach 140 pupils. So I will do less, but earlier.</p>"
)
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"""
RETURN = "You tell it so that I can see it.\n\nWhat might the mother say of your answer? Ask her, or guess and say so."
PRAISE = "This is a different piece now. You asked her, and let her answer change your reading.\n\nWho else waits?"


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def look_at(page: Page, name: str) -> None:
    """Keep pictures, and hold the page to what every page owes."""
    sweep_for_barriers(page)
    take_pictures(page, name)
    for width in (320, 700, 1400):
        page.set_viewport_size({"width": width, "height": 500})
        assert page.evaluate(TOO_WIDE) == [], f"{name} at {width} px"


def test_the_journal_in_every_state(alice: Visitor, tina: Visitor, window: OpenWindow) -> None:
    page = window(alice, "journal/")
    look_at(page, "journal-overview-new")
    page.goto(page.url + "j2")
    look_at(page, "journal-definition")
    version = write(alice, "<p>Shorter.</p>", write(alice, PIECE))
    page.goto(page.url.replace("j2", "j3/versions"))
    page.locator("summary").click()
    look_at(page, "journal-versions")
    piece = hand_in(alice, PIECE, version)
    page.goto(page.url.replace("/versions", ""))
    look_at(page, "journal-with-trainer")
    tina.post(f"desk/{piece}", {"comment": RETURN, "version": 0, "do": "return"})
    page.reload()
    look_at(page, "journal-returned")
    release(tina, hand_in(alice, PIECE + "<p>I asked her.</p>", version + 1), PRAISE)
    page.reload()
    assert axe_problems(page) == []
    look_at(page, "journal-graded")
    page.goto(page.url.removesuffix("j3"))
    look_at(page, "journal-overview-graded")


def test_the_writing_place(alice: Visitor, window: OpenWindow) -> None:
    write(alice, PIECE)
    page = window(alice, "journal/j3")
    expect(page.locator("#editor")).to_be_visible()
    assert axe_problems(page) == []
    look_at(page, "journal-writing")
    page.get_by_text("Questions that help").click()
    look_at(page, "journal-writing-helped")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#editor").press("Control+End")
    other.keyboard.type(" From the other window.")
    expect(other.locator("#saving")).to_have_attribute("data-state", "saved")
    page.locator("#editor").press("Control+End")
    page.keyboard.type(" From this one.")
    expect(page.locator("#versions")).to_be_visible()
    other.close()
    look_at(page, "journal-conflict")


def test_the_question_before_handing_in(alice: Visitor, window: OpenWindow) -> None:
    write(alice, PIECE)
    page = window(alice, "journal/j3")
    page.locator("[data-hand-in]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    sweep_for_barriers(page)
    take_pictures(page, "journal-handing-in", whole=False)


def test_the_desk_in_every_state(
    app: Application,
    visitor: Arrive,
    tina: Visitor,
    window: OpenWindow,
) -> None:
    writers = [visitor(name, activity="journal/j3") for name in ("alice", "bob", "carla")]
    first, second, third = (hand_in(writer, PIECE) for writer in writers)
    page = window(tina, "desk/")
    look_at(page, "desk-to-mark")
    desk = page.url
    page.goto(f"{desk}{first}")
    assert axe_problems(page) == []
    look_at(page, "desk-marking")
    page.get_by_role("button", name="Only the names of the levels").click()
    page.locator(".pw-level input").nth(2).check()
    look_at(page, "desk-marking-brief")
    tina.post(f"desk/{second}", {"comment": RETURN, "version": 0, "do": "return"})
    again = hand_in(writers[1], PIECE + "<p>I asked her.</p>", 1)
    page.goto(f"{desk}{again}")
    page.get_by_text("What was handed in before").click()
    look_at(page, "desk-marking-second")
    judge(tina, third, PRAISE)
    page.goto(f"{desk}?state=draft")
    look_at(page, "desk-drafts")
    give_column(app.parts.database, writers[0], "journal/j3", "https://lms.school.example/items/7")
    tina.post(f"desk/{again}", as_form(PRAISE, version=0, do="release"))
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.REFUSED, problem="http_403"))
    page.goto(f"{desk}?state=released")
    assert axe_problems(page) == []
    look_at(page, "desk-released")
    page.goto(f"{desk}{again}?state=released")
    look_at(page, "desk-marked")


def test_the_desk_without_names_and_with_a_release_to_undo(
    app: Application, visitor: Arrive, tina: Visitor, window: OpenWindow
) -> None:
    app.parts = replace(app.parts, release_grace=timedelta(minutes=2))
    pieces = [hand_in(visitor(name, activity="journal/j3"), PIECE) for name in ("alice", "bob", "carla")]
    release(tina, pieces[0], PRAISE)
    release(tina, pieces[1], PRAISE)
    tina.post("desk/names", {"names": "hide"})
    page = window(tina, "desk/")
    assert axe_problems(page) == []
    look_at(page, "desk-without-names")
    page.goto(page.url + str(pieces[2]))
    look_at(page, "desk-marking-without-name")
    page.get_by_role("button", name="Undo: Bob Brown").press("Enter")
    expect(page.get_by_text("Undone: the grade is a draft again")).to_be_visible()
    expect(page.locator("#comment")).to_have_value(PRAISE)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Piece {pieces[1]}")


def test_the_notice_that_scores_of_units_were_refused(
    app: Application, alice: Visitor, tina: Visitor, window: OpenWindow
) -> None:
    give_column(app.parts.database, alice, "unit/m1u1", "https://lms.school.example/items/8")
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    assert alice.put("course/units/m1u1/progress", {"v": 1, "status": "completed"}).status_code == 200
    release(tina, hand_in(alice, PIECE), PRAISE)
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.REFUSED, problem="http_403"))
    page = window(tina, "course/")
    look_at(page, "course-units-refused")
    page.goto(page.url.replace("course/", "desk/?state=released"))
    look_at(page, "desk-units-refused")
