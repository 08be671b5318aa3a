"""A release can be undone within its grace time, before its score is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.grading.models import GradeRelease
from lti_tool.scores.delivery_claims import claim_next
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.web.application import Application
from tests.fixtures.pieces import LEVELS, hand_in, judge, release
from tests.fixtures.tool import Arrive, Visitor, give_column

pytestmark = pytest.mark.both_databases
COLUMN = "https://lms.school.example/items/7"


@pytest.fixture(autouse=True)
def grace(app: Application) -> None:
    """Two minutes."""
    app.parts = replace(app.parts, release_grace=timedelta(minutes=2))


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def alice(app: Application, visitor: Arrive) -> Visitor:
    who = visitor("alice", activity="journal/j3")
    give_column(app.parts.database, who, "journal/j3", COLUMN)
    return who


def deliveries(app: Application) -> list[Delivery]:
    with app.parts.database.transaction(write=False) as session:
        return list(session.scalars(select(Delivery)))


def time_passes(app: Application) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(GradeRelease).values(undo_until=now()))
        session.execute(update(Delivery).values(next_try_at=now()))


def may_be_sent(app: Application) -> bool:
    with app.parts.database.transaction() as session:
        return claim_next(session) is not None


def test_a_release_waits_and_is_undone_as_if_it_had_not_been(app: Application, tina: Visitor, alice: Visitor) -> None:
    piece = hand_in(alice)
    release(tina, piece, "Well seen.")
    assert "Well seen." in alice.get("journal/j3").text
    assert not may_be_sent(app)
    assert "1 grade was released just now" in tina.get("desk/").text
    for _twice in range(2):
        page = tina.post(f"desk/{piece}/undo", follow_redirects=True).text
        assert "Undone: the grade is a draft again" in page
        assert "Well seen.</textarea>" in page
    assert "You have taken this grade up again" not in page
    assert "Well seen." not in alice.get("journal/j3").text
    assert deliveries(app) == []
    assert "released just now" not in tina.get("desk/").text
    returned = tina.post(f"desk/{piece}", {**_levels(), "do": "return", "comment": "Go on.", "version": 1})
    assert returned.status_code == 302
    assert "Go on." in alice.get("journal/j3").text


def test_what_was_released_before_is_seen_again(app: Application, tina: Visitor, alice: Visitor) -> None:
    piece = hand_in(alice)
    release(tina, piece, "The first word.")
    time_passes(app)
    assert may_be_sent(app)
    tina.post(f"desk/{piece}", {"do": "reopen"})
    version = judge(tina, piece, "The second word.", 1)
    tina.post(f"desk/{piece}", {"do": "release", "version": version, "comment": "The second word.", **_levels()})
    assert "The second word." in alice.get("journal/j3").text
    assert len(deliveries(app)) == 2
    tina.post(f"desk/{piece}/undo")
    seen = alice.get("journal/j3").text
    assert "The first word." in seen
    assert "The second word." not in seen
    assert [one.state for one in deliveries(app)] == [DeliveryState.SENDING]
    assert "You have taken this grade up again" in tina.get(f"desk/{piece}").text
    with app.parts.database.transaction(write=False) as session:
        kept = session.scalars(select(GradeRelease).order_by(GradeRelease.id)).all()
        assert [(one.comment, one.undone_at is not None) for one in kept] == [
            ("The first word.", False),
            ("The second word.", True),
        ]


@pytest.mark.parametrize("how", ["the time is over", "a worker has it", "it was taken up again", "it never was"])
def test_too_late_says_so_and_changes_nothing(app: Application, tina: Visitor, alice: Visitor, how: str) -> None:
    piece = hand_in(alice)
    if how != "it never was":
        release(tina, piece, "Well seen.")
    if how == "the time is over":
        time_passes(app)
    elif how == "a worker has it":
        with app.parts.database.transaction() as session:
            session.execute(update(Delivery).values(state=DeliveryState.SENDING, tries=1))
    elif how == "it was taken up again":
        tina.post(f"desk/{piece}", {"do": "reopen"})
    before = len(deliveries(app))
    answer = tina.post(f"desk/{piece}/undo")
    assert answer.status_code == 409
    assert len(deliveries(app)) == before
    assert ("Well seen." in alice.get("journal/j3").text) == (how != "it never was")


def test_where_there_is_no_column_a_release_is_undone_too(app: Application, tina: Visitor, visitor: Arrive) -> None:
    bob = visitor("bob", activity="journal/j3")
    piece = hand_in(bob)
    release(tina, piece)
    assert deliveries(app) == []
    assert "Undone" in tina.post(f"desk/{piece}/undo", follow_redirects=True).text
    assert "Well seen." not in bob.get("journal/j3").text


def test_all_that_one_trainer_released_at_once_is_undone_at_once(
    app: Application, tina: Visitor, alice: Visitor, visitor: Arrive
) -> None:
    bob, adam = visitor("bob", activity="journal/j3"), visitor("adam", activity="desk")
    pieces = [hand_in(who) for who in (alice, bob)]
    release(adam, hand_in(visitor("carla", activity="journal/j3")))
    for piece in pieces:
        judge(tina, piece)
    tina.post("desk/release-all")
    assert "2 grades were released just now" in tina.get("desk/?state=released").text
    assert "2 releases were undone." in tina.post("desk/undo-all", follow_redirects=True).text
    assert len(deliveries(app)) == 1, "the other trainer's stays"
    assert "Nothing was changed" in tina.post("desk/undo-all", follow_redirects=True).text


def test_a_score_that_a_worker_has_is_not_undone_by_a_second_try(
    app: Application, tina: Visitor, alice: Visitor
) -> None:
    piece = hand_in(alice)
    release(tina, piece, "Well seen.")
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.SENDING, tries=1))
    for path in ("desk/undo-all", "desk/undo-all", f"desk/{piece}/undo"):
        tina.post(path)
        assert "Well seen." in alice.get("journal/j3").text, path
    assert [one.state for one in deliveries(app)] == [DeliveryState.SENDING]


def test_who_undoes_all_leaves_what_another_trainer_has_released_since(
    app: Application, tina: Visitor, alice: Visitor, visitor: Arrive
) -> None:
    adam, piece = visitor("adam", activity="desk"), hand_in(alice)
    release(tina, piece, "Tina's word.")
    adam.post(f"desk/{piece}", {"do": "reopen"})
    version = judge(adam, piece, "Adam's word.", 1)
    adam.post(f"desk/{piece}", {"do": "release", "version": version, "comment": "Adam's word.", **_levels()})
    assert "released just now" not in tina.get("desk/").text
    assert "Nothing was changed" in tina.post("desk/undo-all", follow_redirects=True).text
    assert "Adam&#39;s word." in alice.get("journal/j3").text
    assert "1 release was undone." in adam.post("desk/undo-all", follow_redirects=True).text
    assert "Tina&#39;s word." in alice.get("journal/j3").text


def _levels() -> dict[str, int]:
    return {f"level-{name}": points for name, points in LEVELS.items()}
