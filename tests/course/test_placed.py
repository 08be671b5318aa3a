"""Times and points that a trainer gave an activity, and prompts of their own, as everybody meets them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lti_tool.course.placed_activities import Placing, place
from lti_tool.course.prompts import Draft, as_plain, write_prompt
from lti_tool.scores.models import Delivery
from lti_tool.web.application import Application
from tests.fixtures.pieces import LEVELS, POINTS, entry_of, hand_in, judge, release, submissions, write
from tests.fixtures.tool import Arrive, Visitor, give_column

NOW = datetime.now(UTC).replace(microsecond=0)
YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina")


def place_piece(app: Application, who: Visitor, **chosen: Any) -> int:
    with app.parts.database.transaction() as session:
        return place(session, who.context_id, Placing("journal/j3", **chosen)).id


def write_own(app: Application, who: Visitor, **changed: Any) -> tuple[int, str]:
    draft = Draft(**{"title": "A letter", "question": "Write <b>one</b>.\n\nRead & sign it.", **changed})
    with app.parts.database.transaction() as session:
        written = write_prompt(session, app.parts.course, who.context_id, draft)
        return written.id, written.name


def test_the_due_date_stands_with_the_piece_and_in_the_journal(app: Application, alice: Visitor) -> None:
    place_piece(app, alice, due_at=TOMORROW)
    for page in ("journal/j3", "journal/"):
        assert TOMORROW.isoformat() in alice.get(page).text
    hand_in(alice)
    assert TOMORROW.isoformat() not in alice.get("journal/").text, "it is done"


def test_a_piece_that_is_due_and_not_handed_in_is_overdue_and_comes_late(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    place_piece(app, alice, due_at=YESTERDAY)
    assert "Overdue" in alice.get("journal/").text
    hand_in(alice)
    assert "Overdue" not in alice.get("journal/").text
    assert "<strong>late</strong>" in tina.get("desk/").text


def test_after_closing_nothing_can_be_handed_in_and_the_text_is_kept(app: Application, alice: Visitor) -> None:
    version = write(alice)
    place_piece(app, alice, closes_at=YESTERDAY)
    page = alice.get("journal/j3").text
    assert "The time to hand it in is over" in page
    assert 'value="submit"' not in page.partition("<dialog")[0]
    answer = alice.post("journal/j3", {"do": "submit", "version": version})
    assert answer.status_code == 302
    assert "It was not handed in" in alice.get("journal/j3").text
    assert entry_of(alice).state == "draft"


def test_the_plain_form_saves_what_it_holds_also_when_it_comes_too_late(app: Application, alice: Visitor) -> None:
    place_piece(app, alice, closes_at=YESTERDAY)
    alice.post("journal/j3", {"text": "Written late.", "do": "submit", "version": "0"})
    entry = entry_of(alice)
    assert (entry.text, entry.state) == ("<p>Written late.</p>", "draft")
    assert write(alice, "<p>Still writing.</p>", entry.version) == entry.version + 1


def test_before_it_opens_a_piece_says_from_when_and_takes_nothing(app: Application, alice: Visitor) -> None:
    place_piece(app, alice, opens_at=TOMORROW)
    page = alice.get("journal/j3").text
    assert TOMORROW.isoformat() in page
    assert "data-editor" not in page
    assert "has stayed with you" not in page, "the question waits, too"
    saved = alice.put("journal/j3/text", {"text": "<p>x</p>", "version": 0})
    assert (saved.status_code, saved.get_json()["error"]) == (409, "NotOpenYet")
    assert "Not open yet" in alice.get("journal/").text


@pytest.mark.both_databases
def test_a_trainer_changes_the_times_of_what_was_placed(app: Application, tina: Visitor, alice: Visitor) -> None:
    placed_id = place_piece(app, tina, title="Ours", points=20, closes_at=YESTERDAY)
    assert "Ours" in tina.get("course/placed/").text
    form = {"closes-1": TOMORROW.isoformat(), "due-1": ""}
    assert tina.post(f"course/placed/{placed_id}", form).status_code == 302
    hand_in(alice)
    page = tina.get("course/placed/").text
    assert "Ours" in page
    assert TOMORROW.isoformat() in page
    wrong = tina.post(f"course/placed/{placed_id}", {"opens-1": TOMORROW.isoformat(), "due-1": YESTERDAY.isoformat()})
    assert wrong.status_code == 400
    assert "The times must follow each other" in wrong.text


def test_the_points_of_the_placement_rule_the_score(app: Application, tina: Visitor, alice: Visitor) -> None:
    place_piece(app, alice, points=30)
    give_column(app.parts.database, alice, "journal/j3", "https://lms.example/1/lineitem")
    release(tina, hand_in(alice))
    with app.parts.database.transaction(write=False) as session:
        sent = session.query(Delivery).filter(Delivery.points.is_not(None)).one()
    assert (sent.points, sent.maximum) == (POINTS * 2, 30)


def test_a_prompt_of_ones_own_is_written_handed_in_and_judged(
    app: Application, tina: Visitor, alice: Visitor, visitor: Arrive
) -> None:
    answer = tina.post(
        "course/prompts/new",
        {"title": "A letter", "question": "Write <b>one</b>.\r\n\r\nRead it.", "rubric": "reflective-writing"},
    )
    assert answer.status_code == 302
    name = "own-" + alice.get("journal/").text.partition("journal/own-")[2].partition('"')[0]
    page = alice.get(f"journal/{name}").text
    assert "<p>Write &lt;b&gt;one&lt;/b&gt;.</p><p>Read it.</p>" in page
    version = write(alice, prompt=name)
    assert alice.post(f"journal/{name}", {"do": "submit", "version": version}).status_code == 302
    piece = submissions(alice)[-1].id
    assert "A letter" in tina.get(f"desk/?prompt={name}").text
    assert "A letter" in tina.get(f"desk/{piece}").text
    version = judge(tina, piece)
    form = {**{f"level-{one}": points for one, points in LEVELS.items()}, "comment": "x", "version": version}
    assert tina.post(f"desk/{piece}", {**form, "do": "release"}).status_code == 302
    assert "11 of 15 points" in alice.get(f"journal/{name}").text
    assert visitor("bob", course="c2").get(f"journal/{name}").status_code == 404


def test_a_prompt_that_nobody_marks_cannot_be_handed_in(app: Application, alice: Visitor) -> None:
    _, name = write_own(app, alice)
    version = write(alice, prompt=name)
    assert "nobody marks this one" in alice.get("journal/").text
    assert alice.post(f"journal/{name}", {"do": "submit", "version": version}).status_code == 400


def test_a_trainer_changes_the_words_of_a_prompt_and_nothing_else(
    app: Application, tina: Visitor, alice: Visitor
) -> None:
    written, name = write_own(app, tina, rubric="reflective-writing", points=10)
    page = tina.get(f"course/prompts/{written}").text
    assert "Write &lt;b&gt;one&lt;/b&gt;.\n\nRead &amp; sign it." in page
    form = {"title": "A better letter", "question": "Another.", "rubric": "", "points": "99", "words_min": "50"}
    assert tina.post(f"course/prompts/{written}", form).status_code == 302
    page = alice.get(f"journal/{name}").text
    assert "A better letter" in page
    assert "Hand in" in page, "it is marked still"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "  "}, "Give it a name."),
        ({"question": ""}, "Write what your trainees are asked."),
        ({"title": "x" * 200}, "At most 150 characters"),
        ({"question": "x" * 5000}, "At most 4000 characters"),
        ({"words_min": "many"}, "A whole number"),
        ({"words_min": "-1"}, "A whole number"),
        ({"words_min": "300", "words_max": "200"}, "This must not be less"),
        ({"points": "1.5"}, "A whole number"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_prompt_is_said_at_its_field_and_what_was_typed_stays(
    tina: Visitor, changed: dict[str, str], said: str
) -> None:
    answer = tina.post("course/prompts/new", {"title": "Mine", "question": "What now?", **changed})
    assert answer.status_code == 400
    assert said in answer.text
    if "question" not in changed:
        assert "What now?" in answer.text


def test_a_rubric_that_the_course_does_not_have_is_refused(tina: Visitor) -> None:
    form = {"title": "Mine", "question": "What?", "rubric": "none-such"}
    assert tina.post("course/prompts/new", form).status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize("text", ["One.", 'One.\n\nTwo,\nand <three> & "four".', "&lt;p&gt; </p><p>", "Ελληνικά: τι;"])
def test_a_question_comes_back_as_it_was_typed(app: Application, tina: Visitor, text: str) -> None:
    with app.parts.database.transaction() as session:
        written = write_prompt(session, app.parts.course, tina.context_id, Draft("x", text))
    assert as_plain(written.question) == text


@pytest.mark.both_databases
def test_a_course_holds_a_hundred_prompts_and_not_more(app: Application, tina: Visitor) -> None:
    for _ in range(100):
        write_own(app, tina)
    answer = tina.post("course/prompts/new", {"title": "One more", "question": "What?"})
    assert answer.status_code == 409
    assert "This course has as many prompts of its own as it can" in answer.text
