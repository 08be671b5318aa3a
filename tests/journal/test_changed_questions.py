"""A prompt that is edited after people have begun: what was answered stays with the piece, and everybody is told."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from lti_tool.course.bundle import Bundle
from lti_tool.course.models import WrittenPrompt
from lti_tool.journal.models import Entry, Submission
from lti_tool.web.application import Application
from tests.fixtures.pieces import hand_in, judge, write
from tests.fixtures.tool import Arrive, Visitor

FIRST, SECOND = "What did you see at the gate?", "What did you hear in the corridor?"
FORM = {"title": "At the gate", "words_min": "", "words_max": "", "rubric": "reflective-writing", "points": ""}


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina")


@pytest.fixture
def alice(visitor: Arrive, own: str) -> Visitor:
    return visitor("alice", activity=f"journal/{own}")


@pytest.fixture
def own(tina: Visitor, app: Application) -> str:
    """The name of a prompt that Tina wrote."""
    assert tina.post("course/prompts/new", {**FORM, "question": FIRST}).status_code == 302
    with app.parts.database.transaction(write=False) as session:
        return session.scalars(select(WrittenPrompt.name)).one()


def edit(tina: Visitor, question: str = SECOND) -> None:
    assert tina.post("course/prompts/1", {**FORM, "question": question}).status_code == 302


def hand_in_on(alice: Visitor, own: str, version: int) -> None:
    assert alice.post(f"journal/{own}", {"do": "submit", "version": version}).status_code == 302


def asked(page: str) -> str:
    """The question above the text."""
    found = re.search(r'<blockquote class="pw-prompt">(.*?)</blockquote>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.both_databases
def test_what_was_handed_in_keeps_its_question_for_writer_and_trainer(tina: Visitor, alice: Visitor, own: str) -> None:
    hand_in_on(alice, own, write(alice, prompt=own))
    edit(tina)
    page = alice.get(f"journal/{own}").text
    assert FIRST in asked(page)
    assert "This question was changed since you handed this in" in page
    assert SECOND in page.partition("The question as it is now")[2]
    assert "Answer the new question" not in page
    marking = tina.get("desk/1").text
    assert FIRST in marking.partition("The question as it is now")[0]
    assert "The prompt was changed since." in marking
    assert SECOND in marking.partition("The question as it is now")[2]


def test_while_nothing_was_changed_nothing_is_said(tina: Visitor, alice: Visitor, own: str) -> None:
    hand_in_on(alice, own, write(alice, prompt=own))
    edit(tina, FIRST)
    assert "was changed since" not in alice.get(f"journal/{own}").text + tina.get("desk/1").text


def test_a_text_that_was_begun_keeps_its_question_until_its_writer_takes_the_new_one(
    tina: Visitor, alice: Visitor, own: str
) -> None:
    version = write(alice, prompt=own)
    edit(tina)
    version = write(alice, "<p>More of it.</p>", version, prompt=own)
    page = alice.get(f"journal/{own}").text
    assert FIRST in asked(page)
    assert "This question was changed since you began" in page
    assert alice.post(f"journal/{own}/question").status_code == 302
    page = alice.get(f"journal/{own}").text
    assert SECOND in asked(page)
    assert "was changed since" not in page
    hand_in_on(alice, own, version)
    assert "was changed since" not in tina.get("desk/1").text


def test_who_has_not_begun_or_begins_anew_is_asked_the_new_question(tina: Visitor, alice: Visitor, own: str) -> None:
    version = write(alice, prompt=own)
    version = write(alice, "", version, prompt=own)
    edit(tina)
    assert SECOND in asked(alice.get(f"journal/{own}").text)
    write(alice, "<p>Begun anew.</p>", version, prompt=own)
    page = alice.get(f"journal/{own}").text
    assert SECOND in asked(page)
    assert "was changed since" not in page


def test_an_earlier_submission_shows_the_question_that_it_answered(tina: Visitor, alice: Visitor, own: str) -> None:
    version = write(alice, prompt=own)
    hand_in_on(alice, own, version)
    judge(tina, 1)
    assert tina.post("desk/1", {"do": "return", "comment": "Once more.", "version": 1}).status_code == 302
    edit(tina)
    assert alice.post(f"journal/{own}/question").status_code == 302
    hand_in_on(alice, own, write(alice, "<p>Now with sounds.</p>", version, prompt=own))
    marking = tina.get("desk/2").text
    assert SECOND in marking.partition("What was handed in before")[0]
    assert FIRST in marking.partition("What was handed in before")[2]
    assert "The prompt was changed since." not in marking


def test_the_new_question_cannot_be_taken_while_the_trainer_has_the_piece(
    tina: Visitor, alice: Visitor, own: str, visitor: Arrive
) -> None:
    hand_in_on(alice, own, write(alice, prompt=own))
    edit(tina)
    assert alice.post(f"journal/{own}/question").status_code == 409
    assert visitor("bob").post(f"journal/{own}/question").status_code in {400, 409}
    assert tina.post(f"journal/{own}/question").status_code == 403
    assert FIRST in asked(alice.get(f"journal/{own}").text)


def edit_course(app: Application, monkeypatch: pytest.MonkeyPatch, question: str, *languages: str) -> None:
    """As if the tool had been started with a course in which the prompt j3 asks something else."""
    course = app.parts.course.course
    editions = dict(course.editions)
    for code in languages:
        data = editions[code].data
        prompts = tuple(
            one.model_copy(update={"question": question}) if one.id == "j3" else one for one in data.journal.prompts
        )
        journal = data.journal.model_copy(update={"prompts": prompts})
        editions[code] = editions[code].model_copy(update={"data": data.model_copy(update={"journal": journal})})
    changed = Bundle(course.model_copy(update={"editions": editions}), app.parts.course.folder)
    monkeypatch.setattr(app, "parts", replace(app.parts, course=changed))


def test_a_prompt_of_the_course_that_an_update_changes_is_told_of_too(
    app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    tina, alice = visitor("tina", activity="journal/j3"), visitor("alice", activity="journal/j3")
    before = app.parts.course.prompt("j3", "en").question
    hand_in(alice)
    edit_course(app, monkeypatch, "<p>Another one?</p>", "en")
    for page in (alice.get("journal/j3").text, tina.get("desk/1").text):
        assert before in page.partition("The question as it is now")[0]
        assert "<p>Another one?</p>" in page


def test_another_language_of_the_same_question_is_no_change(
    app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    tina, alice = visitor("tina", activity="journal/j3"), visitor("alice", activity="journal/j3")
    alice.post("language/", {"language": "el"})
    hand_in(alice)
    english = app.parts.course.prompt("j3", "en").question
    assert english in tina.get("desk/1").text
    assert "The prompt was changed since." not in tina.get("desk/1").text
    edit_course(app, monkeypatch, "<p>Άλλο;</p>", "el")
    marking = tina.get("desk/1").text
    assert "The prompt was changed since." in marking
    asked_then = marking.partition("The question as it is now")[0]
    assert '<div lang="el" dir="ltr">' in asked_then
    assert english in marking.partition("The question as it is now")[2]


def test_a_piece_from_before_questions_were_kept_shows_what_the_prompt_asks(app: Application, visitor: Arrive) -> None:
    visitor("tina", activity="journal/j3")
    alice = visitor("alice")
    hand_in(alice)
    with app.parts.database.transaction() as session:
        for row in (session.scalars(select(Entry)).one(), session.scalars(select(Submission)).one()):
            row.question = row.question_language = ""
    page = alice.get("journal/j3").text
    assert app.parts.course.prompt("j3", "en").question in asked(page)
    assert "was changed since" not in page
