"""Scores that the gradebook does not take: explained by what is known, told on the first page, sent again."""

import re

import pytest
from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.database import now
from lti_tool.people.models import Membership, Role, User
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.web.application import Application
from tests.fixtures.pieces import hand_in, release, submissions
from tests.fixtures.tool import Arrive, Visitor, give_column

COLUMN = "https://lms.school.example/items/7"


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


def refuse_all(app: Application, problem: str) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.REFUSED, problem=problem))


@pytest.fixture
def released(app: Application, tina: Visitor, alice: Visitor) -> Visitor:
    """Whose grade is released, its score on its way."""
    give_column(app.parts.database, alice, "journal/j3", COLUMN)
    release(tina, hand_in(alice))
    return alice


@pytest.mark.parametrize(
    "refusal",
    [
        ("http_400", {"left_at": now()}, "has left the course"),
        ("http_404", {"left_at": now()}, "has left the course"),
        ("http_400", {"role": Role.TRAINER}, "is a trainer in the course now"),
        ("http_422", {"role": Role.ADMINISTRATOR}, "is a trainer in the course now"),
        ("http_400", {}, "did not accept the score and does not say why"),
        ("http_404", {}, "The column is no longer in the gradebook"),
        ("http_403", {"left_at": now()}, "does not let Partnerwise write into its gradebook"),
    ],
)
def test_a_refusal_is_explained_by_what_is_known_told_on_the_first_page_and_sent_again_by_one_press(
    app: Application, tina: Visitor, released: Visitor, refusal: tuple[str, dict[str, object], str]
) -> None:
    problem, known, words = refusal
    assert "refused by the gradebook" not in tina.get("desk/").text
    refuse_all(app, problem)
    with app.parts.database.transaction() as session:
        if known:
            session.execute(update(Membership).where(Membership.user_id == released.user_id).values(**known))
    for path in ("desk/", "desk/?state=draft", "desk/?state=released", f"desk/{submissions(released)[0].id}"):
        assert words in tina.get(path).text, path
    first = tina.get("desk/").text
    assert "1 score was refused by the gradebook" in first
    assert writers_name(first) == "Alice Adams"
    sent = tina.post("desk/send-all?state=waiting", follow_redirects=True).text
    assert "1 score is on its way" in sent
    assert "refused by the gradebook" not in sent


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (Membership.is_test, "test student, who gets no grade"),
        (User.is_anonymous, "does not tell who wrote this"),
    ],
)
def test_who_has_no_line_in_the_gradebook_is_not_said_to_lack_a_column(
    app: Application, tina: Visitor, alice: Visitor, flag: InstrumentedAttribute[bool], words: str
) -> None:
    piece = hand_in(alice)
    with app.parts.database.transaction() as session:
        session.execute(update(flag.class_).values({flag: True}))
    release(tina, piece)
    page = tina.get("desk/?state=released").text
    assert words in page
    assert "has no column" not in page
    assert "Send again" not in page


def writers_name(page: str) -> str:
    found = re.search(r"<bdi>([^<]+)</bdi></a>", page)
    assert found, page
    return found[1]
