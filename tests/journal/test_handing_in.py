"""Before handing in: the checklist, what helped, likely personal data; none of it is a bar."""

import re
from typing import Any

import pytest
from markupsafe import escape

from lti_tool.course.prompts import Draft, write_prompt
from lti_tool.journal.models import Help
from lti_tool.people.teams import found_team, join_team
from lti_tool.web.application import Application
from tests.fixtures.pieces import TEXT, entry_of, hand_in, submissions, write
from tests.fixtures.tool import Arrive, Visitor

TOLD = "<p>Mrs Brown rang from 210 1234567. The boy called Tom &amp; I waited.</p><p>No names of children here.</p>"


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def send(who: Visitor, version: int = 1, note: str = "", **said: Any) -> int:
    return who.post(
        "journal/j3", {"do": "submit", "version": version, "asked": "yes", "help-note": note, **said}
    ).status_code


def test_likely_personal_data_are_told_with_their_place_and_stop_nobody(alice: Visitor) -> None:
    write(alice, TOLD)
    page = alice.get("journal/j3/hand-in").text
    assert "3 places may tell who somebody is" in page
    assert "Mrs <mark>Brown</mark> rang from 210 1234567." in page
    assert "<mark>210 1234567</mark>" in page
    assert "The boy called <mark>Tom</mark> &amp; I waited." in page
    assert "Your text has 17 words." in page
    assert "were asked for." in page
    assert send(alice) == 302
    assert submissions(alice)[0].text == TOLD


def test_the_dialog_gets_the_same_without_a_page_around(alice: Visitor) -> None:
    write(alice, TOLD)
    part = alice.get("journal/j3/hand-in?part=look-over").text
    assert part.count("<mark>") == 3
    assert "<html" not in part
    assert 'data-quote="Brown" data-number="0"' in part


def test_names_of_the_school_team_are_known_and_ones_own_is_not_told(app: Application, visitor: Arrive) -> None:
    alice, bob = visitor("alice", activity="journal/j3"), visitor("bob")
    write(alice, "<p>Then Bob said it, and Alice laughed.</p>")
    assert "<mark>" not in alice.get("journal/j3/hand-in").text
    with app.parts.database.transaction() as session:
        team = found_team(session, alice.context_id, alice.user_id, "Primary School 12")
        join_team(session, bob.context_id, bob.user_id, team.id)
    page = alice.get("journal/j3/hand-in").text
    assert "Then <mark>Bob</mark> said it, and Alice laughed." in page
    assert page.count("<mark>") == 1


def test_the_plain_form_saves_and_then_asks(alice: Visitor) -> None:
    answer = alice.post("journal/j3", {"do": "look-over", "text": "I saw Mrs Brown.", "version": "0"})
    assert (answer.status_code, answer.location) == (302, alice.at("journal/j3/hand-in"))
    assert entry_of(alice).state == "draft"
    page = alice.get("journal/j3/hand-in").text
    assert "<mark>Brown</mark>" in page
    assert 'name="version" value="1"' in page


def test_what_helped_and_what_is_not_ticked_stands_with_the_piece(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    points = app.parts.course.checklist(app.parts.course.prompt("j3", "en"), "en")
    write(alice)
    assert all(point in alice.get("journal/j3/hand-in").text for point in points)
    note = "It put <my> words into English."
    assert send(alice, ticked=["1", "3", "9"], help=["none", "ai", "colleague"], note=note) == 302
    (piece,) = submissions(alice)
    assert piece.help_used == [Help.COLLEAGUE, Help.AI]
    assert piece.unticked == [points[1], *points[3:]]
    for page in (alice.get("journal/j3").text, tina.get(f"desk/{piece.id}").text):
        assert "a colleague, an AI tool" in page
        assert "It put &lt;my&gt; words into English." in page
        assert "Not ticked before handing in" in page
        assert points[1] in page


def test_whoever_says_nothing_hands_in_all_the_same_and_is_told_what_is_not_ticked(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    points = app.parts.course.checklist(app.parts.course.prompt("j3", "en"), "en")
    write(alice)
    assert send(alice) == 302
    page = alice.get("journal/j3").text
    assert "You did not tick: " + " · ".join(points) in page
    assert "nothing was said" in tina.get(f"desk/{submissions(alice)[0].id}").text


def test_help_of_an_unknown_kind_or_without_end_is_refused_and_the_piece_stays_a_draft(alice: Visitor) -> None:
    write(alice)
    assert send(alice, help=["ghost"]) == 400
    assert send(alice, note="x" * 2001) == 413
    assert send(alice, note="e\u0301" * 2000) == 302, "as the counter counts"


def test_a_note_that_is_too_long_comes_back_with_all_that_was_chosen(alice: Visitor) -> None:
    write(alice)
    note = "It put <my> words into English. " * 100
    said = {"ticked": ["2"], "help": ["ai"], "help-note": note, "version": 1, "do": "submit", "asked": "yes"}
    answer = alice.post("journal/j3", said)
    assert answer.status_code == 413
    assert escape(note.strip()) in answer.text
    assert "This is longer than 2000 characters" in answer.text
    assert re.findall(r'value="(\w+)" checked', answer.text) == ["2", "ai"]
    assert 'name="version" value="1"' in answer.text
    assert entry_of(alice).state == "draft"
    assert alice.post("journal/j3", {**said, "help-note": note[:2000]}).status_code == 302
    assert submissions(alice)[0].help_note == note[:2000].strip()


def test_marks_by_themselves_make_no_note_without_end(alice: Visitor) -> None:
    write(alice)
    assert send(alice, note="e" + "\u0301" * 10_000) == 413
    assert entry_of(alice).state == "draft"


def test_an_earlier_declaration_stays_with_what_was_handed_in_then(alice: Visitor, tina: Visitor) -> None:
    write(alice)
    send(alice, help=["none"])
    piece = submissions(alice)[0].id
    tina.post(f"desk/{piece}", {"comment": "Go on.", "version": 0, "do": "return"})
    write(alice, "<p>Again.</p>", 1)
    send(alice, 2, help=["ai"])
    assert [one.help_used for one in submissions(alice)] == [["none"], ["ai"]]


def test_there_is_nothing_to_look_over_where_nothing_can_be_handed_in(alice: Visitor) -> None:
    assert alice.get("journal/j3/hand-in").status_code == 302
    hand_in(alice, TEXT)
    assert alice.get("journal/j3/hand-in").location == alice.at("journal/j3")


def test_a_prompt_that_a_trainer_wrote_has_the_courses_list(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    with app.parts.database.transaction() as session:
        draft = Draft("A letter", "What?", rubric="reflective-writing")
        name = write_prompt(session, app.parts.course, alice.context_id, draft).name
    write(alice, prompt=name)
    assert "I have read it aloud once" in alice.get(f"journal/{name}/hand-in").text
