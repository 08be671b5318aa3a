"""Scores that the gradebook does not take: explained by what is known, told on the first page, sent again."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.database import now
from lti_tool.demo import grades
from lti_tool.people.models import Context, Membership, Role, User
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.web.application import Application
from tests.fixtures.pieces import hand_in, release, submissions
from tests.fixtures.school import School
from tests.fixtures.tool import Arrive, Visitor, give_column
from tests.scores import marking

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


@pytest.mark.both_databases
def test_each_person_is_named_once_with_the_number_of_their_refused_pieces(
    app: Application, tina: Visitor, visitor: Arrive
) -> None:
    carla, bob = visitor("carla", activity="journal/j3"), visitor("bob", activity="journal/j4")
    for prompt in ("j3", "j4"):
        give_column(app.parts.database, carla, f"journal/{prompt}", f"https://lms.school.example/items/{prompt}")
        release(tina, hand_in(carla, prompt=prompt))
    release(tina, hand_in(bob))
    refuse_all(app, "http_403")
    page = tina.get("desk/").text
    assert "3 scores were refused by the gradebook" in page
    assert re.findall(r"<bdi>([^<]+)</bdi></a>( \(\d pieces\))?", page) == [
        ("Carla Costa", " (2 pieces)"),
        ("Bob Brown", ""),
    ]
    with app.parts.database.transaction() as session:  # another code that means the same to a trainer
        session.execute(update(Delivery).where(Delivery.user_id == bob.user_id).values(problem="http_401"))
        first = session.scalars(select(Delivery.id).where(Delivery.user_id == carla.user_id)).first()
        session.execute(update(Delivery).where(Delivery.id == first).values(problem="http_401"))
    page = tina.get("desk/").text
    assert re.findall(r"<bdi>([^<]+)</bdi></a>( \(\d pieces\))?", page) == [
        ("Carla Costa", " (2 pieces)"),
        ("Bob Brown", ""),
    ]
    assert "more piece" not in page


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


def desk_of(school: School) -> str:
    return school.walk_in("tina", "desk").get("desk/").text


def refused_by_the_lms(school: School) -> None:
    """Alice has left since the roster was read; Tina releases her grade."""
    marking.hand_in(school)
    school.walk_in("tina", "desk")
    school.read_rosters()
    school.lms.demo.away.add("alice")
    marking.release(school)


def minutes_pass(school: School, minutes: int, **changed: object) -> None:
    """The roster is older by so much."""
    with school.database.transaction() as session:
        values = {"roster_read_at": now() - timedelta(minutes=minutes), **changed}
        session.execute(update(Context).values(values))


def test_a_refusal_has_it_found_out_who_has_left(school: School) -> None:
    refused_by_the_lms(school)
    minutes_pass(school, 2)
    school.deliver()
    assert "does not say why" in desk_of(school)
    school.read_rosters()
    assert "has left the course" in desk_of(school)


@pytest.mark.parametrize(
    ("minutes", "changed"),
    [(0, {}), (2, {"roster_url": ""}), (2, {"roster_problem": "http_500"})],
    ids=["just read", "no roster", "not to be asked before its time"],
)
def test_a_refusal_asks_for_no_roster_that_would_say_no_more(
    school: School, minutes: int, changed: dict[str, object]
) -> None:
    refused_by_the_lms(school)
    minutes_pass(school, minutes, **changed)
    due = school.context().roster_due_at
    school.deliver()
    assert school.deliveries()[0].state is DeliveryState.REFUSED
    assert school.context().roster_due_at == due


def test_what_has_nothing_to_do_with_people_asks_for_no_roster(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    refused_by_the_lms(school)
    school.lms.demo.away.clear()
    minutes_pass(school, 2)
    due = school.context().roster_due_at
    monkeypatch.setattr(grades, "post_score", marking.refuse)
    school.deliver()
    assert school.context().roster_due_at == due
