"""Taking a piece back: until a trainer begins to mark it, and not after the time for handing in."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select, update

from lti_tool.course.placed_activities import Placing, place
from lti_tool.files.models import StoredFile
from lti_tool.journal.models import Submission
from lti_tool.people.models import ResourceLink
from lti_tool.web.application import Application
from tests.fixtures.pieces import TEXT, entry_of, hand_in, judge, release, submissions, write
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.fixtures.uploads import A_PDF, attach

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def withdraw(who: Visitor, piece: int) -> int:
    return who.post("journal/j3/withdraw", {"submission": piece}).status_code


@pytest.mark.both_databases
def test_a_piece_that_is_taken_back_is_a_draft_again_and_nobody_elses(alice: Visitor, tina: Visitor) -> None:
    attach(alice, A_PDF, "note.pdf", "A note")
    piece = hand_in(alice, "<p>A secret moment.</p>")
    attachment = f"desk/{piece}/files/1"
    assert tina.get(attachment).status_code == 200
    assert "Take it back" in alice.get("journal/j3").text
    assert withdraw(alice, piece) == 302
    page = alice.get("journal/j3").text
    assert "Taken back" in page
    assert "data-editor" in page
    assert "A secret moment." in page
    assert entry_of(alice).state == "draft"
    assert "Alice Adams" not in tina.get("desk/").text
    for path in (f"desk/{piece}", attachment):
        answer = tina.get(path)
        assert answer.status_code == 409
        assert "secret" not in answer.text
    assert "Its writer has taken this piece back" in tina.get(f"desk/{piece}").text
    assert "has not handed this piece in" in tina.get(f"desk/pieces/j3/{alice.user_id}").text


def test_what_was_handed_in_is_kept_as_a_version(alice: Visitor) -> None:
    piece = hand_in(alice)
    withdraw(alice, piece)
    write(alice, "<p>Something else altogether, and longer than it was before.</p>", 1)
    assert TEXT.replace("<p>", '<p dir="auto">') in alice.get("journal/j3/versions").text


def test_it_can_be_handed_in_again_and_counts_as_the_first_time(alice: Visitor, tina: Visitor) -> None:
    withdraw(alice, hand_in(alice))
    again = hand_in(alice, "<p>Better.</p>", 1)
    desk = tina.get("desk/").text
    assert desk.count("Alice Adams") == 1
    assert "attempt" not in desk
    page = tina.get(f"desk/{again}").text
    assert "Better." in page
    assert "What was handed in before" not in page
    release(tina, again)
    assert entry_of(alice).state == "graded"


@pytest.mark.both_databases
def test_nothing_of_a_piece_that_is_taken_back_is_kept_beside_its_writers_own(app: Application, alice: Visitor) -> None:
    attach(alice, A_PDF, "note.pdf", "A note")
    for _often in range(3):
        withdraw(alice, hand_in(alice, version=entry_of(alice).version))
    assert alice.post("journal/j3/files/1/remove").status_code == 302
    assert alice.get("journal/j3/files/1").status_code == 404
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(StoredFile)).all() == []
        kept = session.execute(select(Submission.text, Submission.question)).all()
    assert kept == [("", "")] * 3


@pytest.mark.both_databases
def test_what_was_returned_before_keeps_its_files_when_a_later_piece_is_taken_back(
    alice: Visitor, tina: Visitor
) -> None:
    attach(alice, A_PDF, "note.pdf", "A note")
    first = hand_in(alice)
    tina.post(f"desk/{first}", {"comment": "Go on.", "version": 0, "do": "return"})
    withdraw(alice, hand_in(alice, "<p>More.</p>", 1))
    assert alice.post("journal/j3/files/1/remove").status_code == 302
    assert tina.get(f"desk/{first}/files/1").status_code == 200


def test_it_can_be_handed_in_again_where_the_trainer_asks_for_it_no_longer(app: Application, visitor: Arrive) -> None:
    bob = visitor("bob", activity="journal/j4")
    piece = hand_in(bob, prompt="j4")
    with app.parts.database.transaction() as session:
        session.execute(update(ResourceLink).values(activity="course"))
    assert bob.post("journal/j4/withdraw", {"submission": piece}).status_code == 302
    assert "Hand in" in bob.get("journal/j4").text
    assert "Go on writing" in bob.get("journal/").text.partition("What to do next")[2]
    bob.post("journal/j4", {"do": "submit", "version": 1})
    assert entry_of(bob, "j4").state == "submitted"
    alice = visitor("alice")
    write(alice, prompt="j4")
    assert "Hand in" not in alice.get("journal/j4").text


@pytest.mark.both_databases
def test_a_mark_that_was_begun_or_released_ends_it_with_a_sentence(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    judge(tina, piece, "Not for the writer yet.")
    page = alice.get("journal/j3").text
    assert "has begun to mark it, so it cannot be taken back" in page
    assert "Not for the writer yet." not in page
    answer = alice.post("journal/j3/withdraw", {"submission": piece})
    assert answer.status_code == 409
    assert "It cannot be taken back any more" in answer.text
    tina.post(f"desk/{piece}", {"version": 1, "do": "return", "comment": "Go on."})
    assert withdraw(alice, piece) == 409
    again = hand_in(alice, "<p>Again.</p>", 1)
    release(tina, again)
    assert withdraw(alice, again) == 409
    assert [one.status for one in submissions(alice)] == ["replaced", "released"]


def test_a_mark_that_was_emptied_again_is_none(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    version = judge(tina, piece)
    tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "", "version": version})
    assert withdraw(alice, piece) == 302
    assert (
        tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "x", "version": version + 1}).status_code == 409
    )


def test_a_piece_that_came_back_before_comes_back_again(alice: Visitor, tina: Visitor) -> None:
    first = hand_in(alice)
    tina.post(f"desk/{first}", {"comment": "What would she say?", "version": 0, "do": "return"})
    second = hand_in(alice, "<p>I asked her.</p>", 1)
    assert withdraw(alice, second) == 302
    assert entry_of(alice).state == "returned"
    page = alice.get("journal/j3").text
    assert "asks for another go" in page
    assert "I asked her." in page
    assert "Alice Adams" in tina.get("desk/?state=returned").text
    page = tina.get(f"desk/{first}").text
    assert "I asked her." not in page
    assert "This text was replaced" not in page


def test_an_old_page_takes_nothing_newer_back_and_the_same_click_twice_is_one(alice: Visitor) -> None:
    first = hand_in(alice)
    assert [withdraw(alice, first), withdraw(alice, first)] == [302, 302]
    second = hand_in(alice, "<p>Newer.</p>", 1)
    assert withdraw(alice, first) == 302
    assert (entry_of(alice).state, submissions(alice)[-1].id) == ("submitted", second)


def test_after_closing_it_stays_with_the_trainer(app: Application, alice: Visitor) -> None:
    piece = hand_in(alice)
    with app.parts.database.transaction() as session:
        place(session, alice.context_id, Placing("journal/j3", closes_at=YESTERDAY))
    assert "so it stays with your trainer" in alice.get("journal/j3").text
    assert withdraw(alice, piece) == 409
    assert entry_of(alice).state == "submitted"


@pytest.mark.parametrize("sent", ["", "x", "-1", "99999999999", "²", "2147483648"])
def test_what_names_no_piece_takes_nothing_back(alice: Visitor, sent: str) -> None:
    hand_in(alice)
    assert alice.post("journal/j3/withdraw", {"submission": sent}).status_code == 400
    assert entry_of(alice).state == "submitted"


def test_nobody_takes_back_anothers_piece(alice: Visitor, visitor: Arrive) -> None:
    piece = hand_in(alice)
    bob = visitor("bob")
    write(bob)
    assert withdraw(bob, piece) == 404
    assert entry_of(alice).state == "submitted"


@pytest.mark.both_databases
def test_of_a_writer_and_a_trainer_at_the_same_moment_one_is_first(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    piece, start, answers = hand_in(alice), Barrier(2), dict[str, int]()
    tokens = {who.launch_id: who.token() for who in (alice, tina)}

    def go(who: Visitor, method: str, path: str, **body: Any) -> None:
        client = app.test_client()
        cookie = who.client.get_cookie("partnerwise", domain="127.0.0.1")
        assert cookie is not None
        client.set_cookie("partnerwise", cookie.value, domain="127.0.0.1", secure=True)
        headers = {"X-CSRFToken": tokens[who.launch_id], "Accept": "application/json"}
        start.wait(5)
        sent = client.open(who.at(path), method=method, base_url=ADDRESS, headers=headers, **body)
        answers[path] = sent.status_code

    mark = {"levels": {}, "comment": "Seen.", "version": 0}
    both = [
        Thread(target=go, args=(alice, "POST", "journal/j3/withdraw"), kwargs={"data": {"submission": piece}}),
        Thread(target=go, args=(tina, "PUT", f"desk/{piece}/judgement"), kwargs={"json": mark}),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    taken_back, marked = answers["journal/j3/withdraw"] == 302, answers[f"desk/{piece}/judgement"] == 200
    assert taken_back != marked, answers
    assert entry_of(alice).state == ("draft" if taken_back else "submitted")
    assert submissions(alice)[0].status == ("withdrawn" if taken_back else "draft")
