"""Handing in, and what the writer sees of it afterwards."""

from threading import Barrier, Thread

import pytest

from lti_tool.journal.html_cleaning import shown
from lti_tool.web.application import Application
from tests.fixtures.pieces import TEXT, as_form, entry_of, hand_in, judge, release, submissions, write
from tests.fixtures.tool import Arrive, Visitor


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def submit(who: Visitor, version: int) -> int:
    return who.post("journal/j3", {"do": "submit", "version": version}).status_code


def test_what_is_handed_in_is_the_text_of_that_version(alice: Visitor) -> None:
    write(alice)
    assert submit(alice, 1) == 302
    (handed_in,) = submissions(alice)
    assert (handed_in.text, handed_in.words, handed_in.number) == (TEXT, 5, 1)


def test_an_empty_piece_is_not_handed_in(alice: Visitor) -> None:
    assert submit(alice, 0) == 400
    write(alice)
    write(alice, "<p> </p>", 1)
    assert submit(alice, 2) == 400
    assert submissions(alice) == []


@pytest.mark.both_databases
def test_two_clicks_hand_in_once(alice: Visitor) -> None:
    write(alice)
    assert [submit(alice, 1), submit(alice, 1)] == [302, 302]
    assert len(submissions(alice)) == 1


@pytest.mark.both_databases
def test_two_clicks_at_the_same_moment_hand_in_once(app: Application, alice: Visitor) -> None:
    write(alice)
    token, start, answers = alice.token(), Barrier(2), []

    def click() -> None:
        client = app.test_client()
        cookie = alice.client.get_cookie("partnerwise", domain="127.0.0.1")
        assert cookie is not None
        client.set_cookie("partnerwise", cookie.value, domain="127.0.0.1", secure=True)
        start.wait(5)
        sent = client.post(
            alice.at("journal/j3"),
            data={"do": "submit", "version": 1},
            base_url="http://127.0.0.1:8000",
            headers={"X-CSRFToken": token},
        )
        answers.append(sent.status_code)

    clicks = [Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(20)
    assert answers == [302, 302]
    assert len(submissions(alice)) == 1


@pytest.mark.both_databases
def test_a_version_that_another_window_has_replaced_is_not_handed_in(alice: Visitor) -> None:
    write(alice)
    write(alice, "<p>Newer.</p>", 1)
    assert submit(alice, 1) == 409
    assert submissions(alice) == []


def test_a_prompt_that_nobody_marks_is_not_handed_in(alice: Visitor) -> None:
    write(alice, prompt="j1")
    assert alice.post("journal/j1", {"do": "submit", "version": 1}).status_code == 400
    assert "Hand in" not in alice.get("journal/j1").text


def test_a_piece_with_the_trainer_is_shown_without_an_editor(alice: Visitor) -> None:
    hand_in(alice)
    page = alice.get("journal/j3").text
    assert "Your trainer has it" in page
    assert shown(TEXT) in page
    assert "data-editor" not in page
    assert submit(alice, 0) == 409


def test_a_returned_piece_can_be_changed_and_handed_in_again(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    tina.post(f"desk/{piece}", {"comment": "What would she say?", "version": 0, "do": "return"})
    page = alice.get("journal/j3").text
    assert "asks for another go" in page
    assert page.index("What would she say?") < page.index("data-editor")
    hand_in(alice, "<p>I asked her.</p>", version=1)
    assert [(one.number, one.text) for one in submissions(alice)] == [(1, TEXT), (2, "<p>I asked her.</p>")]
    assert "What your trainer said last time" in alice.get("journal/j3").text


def test_a_draft_grade_is_the_trainers_own(alice: Visitor, tina: Visitor) -> None:
    judge(tina, hand_in(alice), "Not for the writer yet.")
    assert "Not for the writer yet." not in alice.get("journal/j3").text + alice.get("journal/").text


def test_a_released_grade_shows_comment_levels_and_points_and_closes_the_piece(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    release(tina, piece, "Well <seen>.")
    page = alice.get("journal/j3").text
    assert "Well &lt;seen&gt;." in page
    assert "11 of 15 points" in page
    assert "An event that can be seen" in page
    assert page.index("Well &lt;seen&gt;.") < page.index("11 of 15 points")
    assert alice.put("journal/j3/text", {"text": "<p>More.</p>", "version": 1}).status_code == 409
    assert submit(alice, 1) == 409
    assert entry_of(alice).state == "graded"


def test_the_overview_says_where_each_piece_stands_and_what_comes_next(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    prompts = app.parts.course.prompts("en")
    assert alice.get("journal/").text.count("Not begun") == len(prompts)
    write(alice, prompt="j1")
    assert "Written" in alice.get("journal/").text
    for other in (prompt for prompt in prompts if prompt.id not in {"j1", "j3"}):
        version = write(alice, "<p>Short.</p>", prompt=other.id)
        if other.rubric:
            alice.post(f"journal/{other.id}", {"do": "submit", "version": version})
    piece = hand_in(alice)
    page = alice.get("journal/").text
    assert "With your trainer" in page
    assert "Nothing waits for you here" in page
    tina.post(f"desk/{piece}", {"comment": "Ask her.", "version": 0, "do": "return"})
    page = alice.get("journal/").text
    assert "Came back to you" in page
    assert "“Ask her.”" in page
    assert "Read the comment and go on" in page
    release(tina, hand_in(alice, "<p>I asked.</p>", 1))
    page = alice.get("journal/").text
    assert "Graded" in page
    assert "11 of 15 points" in page


def test_nobody_reads_anothers_piece(alice: Visitor, visitor: Arrive) -> None:
    piece = hand_in(alice, "<p>A secret moment.</p>")
    bob = visitor("bob")
    for path in ("journal/j3", "journal/", "journal/j3/versions", f"desk/{piece}", "desk/"):
        assert "A secret moment." not in bob.get(path).text
    assert bob.post(f"desk/{piece}", as_form(version=0, do="release")).status_code == 403
