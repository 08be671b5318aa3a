"""Which prompts a trainer asks for, and what a piece is worth by the rubric and in the gradebook."""

import pytest

from lti_tool.course.placed_activities import Placing, place
from lti_tool.course.prompts import Draft, write_prompt
from lti_tool.web.application import Application
from tests.fixtures.pieces import POINTS, entry_of, hand_in, judge, release, write
from tests.fixtures.tool import Arrive, Visitor, give_column


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina")


def place_piece(app: Application, who: Visitor, points: float) -> None:
    with app.parts.database.transaction() as session:
        place(session, who.context_id, Placing("journal/j3", points=points))


def test_nothing_is_handed_in_that_no_trainer_asked_for_until_a_trainer_opens_it(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    assert "has not asked for a piece yet" in alice.get("journal/").text
    version = write(alice)
    page = alice.get("journal/j3").text
    assert "has not asked for this piece" in page
    assert "Hand in" not in page
    assert "not asked for: for yourself" in alice.get("journal/").text
    refused = alice.post("journal/j3", {"do": "submit", "version": version}, follow_redirects=True).text
    assert "your trainer has not asked for it" in refused
    assert entry_of(alice).state == "draft"

    placed = tina.get("course/placed/").text
    assert 'value="journal/j3"' in placed
    opened = tina.post("course/placed/open", {"activity": "journal/j3"}, follow_redirects=True).text
    assert 'value="journal/j3"' not in opened
    assert 'value="journal/j4"' in opened
    assert "Hand in" in alice.get("journal/j3").text
    alice.post("journal/j3", {"do": "submit", "version": version})
    assert entry_of(alice).state == "submitted"
    assert "What to do next" not in alice.get("journal/").text, "of what is not asked for nothing is next"


def test_a_link_made_by_hand_and_a_prompt_of_ones_own_ask_for_pieces_too(
    app: Application, visitor: Arrive, alice: Visitor
) -> None:
    with app.parts.database.transaction() as session:
        draft = Draft("A letter", "Write one.", rubric="reflective-writing")
        name = write_prompt(session, app.parts.course, alice.context_id, draft).name
    assert "Hand in" in alice.get(f"journal/{name}").text
    assert "Hand in" not in alice.get("journal/j4").text
    visitor("bob", activity="journal/j4")
    assert "Hand in" in alice.get("journal/j4").text
    other = visitor("alice", activity="course", course="other")
    assert "Hand in" not in other.get("journal/j4").text


def test_all_prompts_are_opened_at_once_and_dates_can_be_given_to_them(alice: Visitor, tina: Visitor) -> None:
    page = tina.post("course/placed/open", {"activity": "all"}, follow_redirects=True).text
    assert "Prompts that nobody is asked for" not in page
    assert page.count("Dates and more time") > 3
    assert "Hand in" in alice.get("journal/j4").text
    tina.post("course/placed/open", {"activity": "unit/m1u1"})
    assert "unit/m1u1" not in tina.get("course/placed/").text


def test_the_rubrics_sum_and_the_gradebooks_score_are_told_together(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    place_piece(app, alice, points=10)
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    both = f"{POINTS} of 15 by the rubric, 7.33 of 10 in the gradebook"
    assert "15 points by the rubric, which are up to 10 in the gradebook" in alice.get("journal/j3").text
    assert "15 points by the rubric, which are up to 10 in the gradebook" in tina.get("course/placed/").text
    piece = hand_in(alice)
    judge(tina, piece)
    assert both in tina.get(f"desk/{piece}").text
    assert both in tina.get("desk/?state=draft").text
    release(tina, piece)
    for who, page in (
        (tina, f"desk/{piece}"),
        (tina, "desk/?state=released"),
        (alice, "journal/"),
        (alice, "journal/j3"),
    ):
        assert both in who.get(page).text, page


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (100, "11 of 15 by the rubric, 73.33 of 100 in the gradebook"),
        (20, "11 of 15 by the rubric, 14.67 of 20 in the gradebook"),
        (7.5, "11 of 15 by the rubric, 5.5 of 7.5 in the gradebook"),
        (1, "11 of 15 by the rubric, 0.73 of 1 in the gradebook"),
    ],
)
def test_both_numbers_are_told_whatever_the_gradebook_goes_up_to(
    app: Application, alice: Visitor, tina: Visitor, points: float, told: str
) -> None:
    place_piece(app, alice, points=points)
    piece = hand_in(alice)
    release(tina, piece)
    for who, page in ((tina, f"desk/{piece}"), (tina, "desk/?state=released"), (alice, "journal/j3")):
        assert told in who.get(page).text, page


def test_where_the_two_are_the_same_one_number_is_told(app: Application, alice: Visitor, tina: Visitor) -> None:
    place_piece(app, alice, points=15)
    piece = hand_in(alice)
    release(tina, piece)
    for who, page in ((tina, f"desk/{piece}"), (alice, "journal/j3")):
        assert f"{POINTS} of 15 points" in who.get(page).text
    assert "by the rubric, 7" not in tina.get("desk/?state=released").text
