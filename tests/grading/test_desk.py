"""The desk with many pieces on it."""

import re
from itertools import pairwise

import pytest
from sqlalchemy import update

from lti_tool.journal.models import Entry, Submission
from lti_tool.people.models import User
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.web.application import Application
from tests.fixtures.pieces import as_form, hand_in, judge, release
from tests.fixtures.tool import Arrive, Visitor, give_column

COLUMN = "https://lms.school.example/items/7"
WORDS = {
    DeliveryState.SENDING: "Being sent",
    DeliveryState.SENT: "In the gradebook",
    DeliveryState.OVERTAKEN: "The gradebook has a later score",
}


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def writers(visitor: Arrive) -> list[Visitor]:
    return [visitor(name, activity="journal/j3") for name in ("alice", "bob", "carla")]


@pytest.fixture
def pieces(writers: list[Visitor]) -> list[int]:
    """Handed in one after the other."""
    return [hand_in(writer, f"<p>Piece of {number}.</p>") for number, writer in enumerate(writers)]


def listed(tina: Visitor, state: str = "waiting") -> list[int]:
    page = tina.get(f"desk/?state={state}").text
    return [int(found) for found in re.findall(r'pw-row-title"[^>]*><a href="[^"]*/desk/(\d+)', page)]


def counts(tina: Visitor) -> list[int]:
    return [int(found) for found in re.findall(r'pw-parts-count">(\d+)<', tina.get("desk/").text)]


def refuse_all(app: Application, problem: str) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.REFUSED, problem=problem))


@pytest.mark.both_databases
def test_the_piece_that_has_waited_longest_comes_first(tina: Visitor, pieces: list[int]) -> None:
    assert listed(tina) == pieces
    assert counts(tina) == [3, 0, 0, 0]


@pytest.mark.both_databases
def test_each_piece_stands_in_the_list_of_its_state(tina: Visitor, pieces: list[int]) -> None:
    first, second, third = pieces
    release(tina, first)
    judge(tina, second)
    tina.post(f"desk/{third}", {"comment": "Go on.", "version": 0, "do": "return"})
    assert counts(tina) == [0, 1, 1, 1]
    assert [listed(tina, state) for state in ("waiting", "draft", "released", "returned")] == [
        [],
        [second],
        [first],
        [third],
    ]


def test_a_piece_that_is_handed_in_again_stands_in_one_list_only(
    tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    tina.post(f"desk/{pieces[0]}", {"comment": "Go on.", "version": 0, "do": "return"})
    again = hand_in(writers[0], "<p>Anew.</p>", version=1)
    assert counts(tina) == [3, 0, 0, 0]
    assert listed(tina) == [*pieces[1:], again]


def test_a_list_can_be_narrowed_to_one_prompt(tina: Visitor, pieces: list[int]) -> None:
    assert "Alice Adams" in tina.get("desk/?prompt=j3").text
    assert "Alice Adams" not in tina.get("desk/?prompt=j99").text


def test_an_unknown_list_is_the_one_of_those_that_wait(tina: Visitor, pieces: list[int]) -> None:
    assert "Alice Adams" in tina.get("desk/?state=nonsense").text


def test_save_and_next_leads_through_the_pieces_and_back_to_the_list(tina: Visitor, pieces: list[int]) -> None:
    for piece, after in pairwise(pieces):
        gone_on = tina.post(f"desk/{piece}?state=waiting", as_form(version=0, do="next"))
        assert re.search(r"/desk/(\d+)", gone_on.headers["Location"])[1] == str(after)  # type: ignore[index]
        assert f"/desk/{piece}" in tina.get(f"desk/{after}?state=waiting").text, "no way back to the one just marked"
    assert tina.post(f"desk/{pieces[-1]}", as_form(version=0, do="next")).headers["Location"].endswith("/desk/")
    assert counts(tina) == [0, 3, 0, 0]


def test_the_marks_of_one_piece_are_never_shown_on_another(tina: Visitor, pieces: list[int]) -> None:
    judge(tina, pieces[0], "Only for the first.")
    page = tina.get(f"desk/{pieces[1]}").text
    assert "Only for the first." not in page
    assert " checked" not in page


def test_previous_and_next_leave_out_what_is_done(tina: Visitor, pieces: list[int]) -> None:
    first, second, third = pieces
    release(tina, second)
    page = tina.get(f"desk/{first}").text
    assert f"/desk/{third}" in page
    assert "1 of 2" in page
    assert f"/desk/{first}" in tina.get(f"desk/{third}").text


@pytest.mark.both_databases
def test_all_complete_drafts_are_released_at_once_and_the_others_stay(
    app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    judge(tina, pieces[0], "Good.")
    tina.put(f"desk/{pieces[1]}/judgement", {"levels": {"situation": 1}, "comment": "", "version": 0})
    judge(tina, pieces[2], "Good too.")
    page = tina.post("desk/release-all?state=draft", follow_redirects=True).text
    assert "2 grades were released" in page
    assert "1 stays a draft" in page
    assert listed(tina, "released") == [pieces[0], pieces[2]]
    assert "Good too." in writers[2].get("journal/j3").text


def test_the_gradebooks_refusal_is_told_in_plain_words_and_sent_again_at_wish(
    app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    release(tina, pieces[0])
    assert "Waiting to be sent" in tina.get("desk/?state=released").text
    refuse_all(app, "http_403")
    for path in ("desk/?state=released", f"desk/{pieces[0]}"):
        page = tina.get(path).text
        assert "Refused" in page
        assert "does not let Partnerwise write into its gradebook" in page
    sent = tina.post(f"desk/{pieces[0]}/send?state=released", follow_redirects=True).text
    assert "on its way" in sent
    assert "Waiting to be sent" in sent


def test_a_score_that_is_tried_again_by_itself_says_why_it_is_late(
    app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    release(tina, pieces[0])
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(problem="timed_out"))
    assert "Your LMS does not answer. We keep trying." in tina.get("desk/?state=released").text


def test_each_state_of_a_score_has_its_words(
    app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    release(tina, pieces[0])
    for state, words in WORDS.items():
        with app.parts.database.transaction() as session:
            session.execute(update(Delivery).values(state=state))
        assert words in tina.get("desk/?state=released").text


@pytest.mark.both_databases
def test_send_all_again_takes_the_refused_and_those_that_had_no_column(
    app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]
) -> None:
    release(tina, pieces[0])
    nothing = tina.post("desk/send-all?state=released", follow_redirects=True).text
    assert "no gradebook column" in nothing
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    release(tina, pieces[1])
    refuse_all(app, "http_500")
    judge(tina, pieces[2])
    assert "2 scores are not in the gradebook" in tina.get("desk/?state=released").text
    sent = tina.post("desk/send-all?state=released", follow_redirects=True).text
    assert "2 scores are on their way" in sent
    assert sent.count("Waiting to be sent") == 2


def test_sending_again_without_a_column_says_what_to_do(tina: Visitor, pieces: list[int]) -> None:
    release(tina, pieces[0])
    page = tina.post(f"desk/{pieces[0]}/send")
    assert page.status_code == 409
    assert "The gradebook has no column for this" in page.text


def test_a_draft_is_never_sent(app: Application, tina: Visitor, pieces: list[int], writers: list[Visitor]) -> None:
    give_column(app.parts.database, writers[0], "journal/j3", COLUMN)
    judge(tina, pieces[0])
    assert tina.post(f"desk/{pieces[0]}/send").status_code == 409
    assert "no gradebook column" in tina.post("desk/send-all", follow_redirects=True).text


def test_an_empty_desk_says_so(tina: Visitor) -> None:
    assert "Nothing waits to be marked" in tina.get("desk/").text
    assert "Begin with the first" not in tina.get("desk/").text


def test_a_piece_whose_prompt_the_course_has_dropped_stops_no_other(
    app: Application, tina: Visitor, pieces: list[int]
) -> None:
    for piece in pieces:
        judge(tina, piece)
    with app.parts.database.transaction() as session:
        first = session.get_one(Submission, pieces[0]).entry_id
        session.execute(update(Entry).where(Entry.id == first).values(prompt="dropped"))
    assert "2 grades were released" in tina.post("desk/release-all", follow_redirects=True).text
    assert tina.post("desk/send-all").status_code == 302


@pytest.mark.both_databases
def test_a_long_list_comes_page_by_page_and_begins_with_the_first(
    app: Application, tina: Visitor, writers: list[Visitor]
) -> None:
    first = hand_in(writers[0])
    with app.parts.database.transaction() as session:
        piece = session.get_one(Submission, first)
        for number in range(120):
            user = User(registration_id=1, subject=f"many {number}", name=f"Person {number:03}")
            entry = Entry(context_id=piece.entry.context_id, user=user, prompt="j3", state=piece.entry.state)
            same = {
                "context_id": piece.context_id,
                "prompt": "j3",
                "number": 1,
                "words": 6,
                "text": piece.text,
                "submitted_at": piece.submitted_at,
            }
            session.add(Submission(entry=entry, **same))
    pages = [listed(tina, f"waiting&page={number}") for number in (1, 2)]
    assert [len(ids) for ids in pages] == [100, 21]
    assert len({*pages[0], *pages[1]}) == 121
    assert counts(tina) == [121, 0, 0, 0]
    assert f'/desk/{first}?state=waiting">Begin with the first' in tina.get("desk/?page=2").text
