"""Pieces are found by name, sorted, filtered and numbered; the address keeps what was looked at."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from lti_tool.course.extensions import give_person_time, give_team_time
from lti_tool.course.models import Extension
from lti_tool.course.placed_activities import Placing, place
from lti_tool.database import now
from lti_tool.journal.models import Submission
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Role, User
from lti_tool.people.roster import Listed, list_members
from lti_tool.people.teams import team_of
from lti_tool.web.application import Application
from tests.fixtures.pieces import as_form, hand_in, judge, release
from tests.fixtures.tool import Arrive, Visitor
from tests.grading.test_desk import listed as listed_in
from tests.roadmap.conftest import found as found_team

pytestmark = pytest.mark.both_databases


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def writers(visitor: Arrive) -> dict[str, Visitor]:
    return {name: visitor(name, activity="journal/j3") for name in ("carla", "alice", "bob")}


@pytest.fixture
def pieces(writers: dict[str, Visitor]) -> dict[str, int]:
    """Handed in by Carla, then Alice, then Bob."""
    return {name: hand_in(who) for name, who in writers.items()}


def listed(tina: Visitor, query: str) -> list[int]:
    return listed_in(tina, f"waiting&{query}")


def rename(app: Application, who: Visitor, name: str) -> None:
    with app.parts.database.transaction() as session:
        session.get_one(User, who.user_id).name = name


@pytest.mark.parametrize(
    ("search", "found"),
    [("costa", ["carla"]), ("CÓSTA car", ["carla"]), ("b", ["bob"]), ("a", ["carla", "alice"]), ("%", []), ("_", [])],
)
def test_a_name_is_found_by_its_words_in_any_order_and_spelling(
    tina: Visitor, pieces: dict[str, int], search: str, found: list[str]
) -> None:
    assert listed(tina, f"who={search.replace('%', '%25')}") == [pieces[name] for name in found]


def test_accents_of_the_name_need_not_be_typed(
    app: Application, tina: Visitor, writers: dict[str, Visitor], pieces: dict[str, int]
) -> None:
    rename(app, writers["bob"], "Νίκος Άλφα")
    assert listed(tina, "who=νικος") == [pieces["bob"]]
    assert listed(tina, "who=bob") == []


def test_names_that_launches_and_rosters_bring_are_found(app: Application, tina: Visitor) -> None:
    with app.parts.database.transaction() as session:
        launched = Arrival("z1", "Zoë Zander", Role.TRAINEE, "c1", "", "", "", "")
        arrive(session, 1, 1, launched)
        people = [Listed("z2", "Žofie Adams", Role.TRAINEE)]
        list_members(session, registration_id=1, context_id=tina.context_id, members=people, at=now())
    with app.parts.database.transaction(write=False) as session:
        found = {user.subject: user.search_name for user in session.query(User) if user.subject.startswith("z")}
    assert found == {"z1": "zoe zander", "z2": "zofie adams"}


def test_lists_are_sorted_by_name_school_and_prompt_and_so_are_next_and_previous(
    tina: Visitor, writers: dict[str, Visitor], pieces: dict[str, int]
) -> None:
    found_team(writers["bob"], "Secondary School 3")
    found_team(writers["carla"], "Primary School 12")
    order = {
        "waiting": ["carla", "alice", "bob"],
        "name": ["alice", "bob", "carla"],
        "school": ["carla", "bob", "alice"],
        "prompt": ["carla", "alice", "bob"],
        "nonsense": ["carla", "alice", "bob"],
    }
    judge(tina, pieces["bob"])  # a draft stays among those to be marked
    for sort, names in order.items():
        assert listed(tina, f"sort={sort}") == [pieces[name] for name in names if name != "bob"], sort
        walked = [pieces[names[0]]]
        for _more in names[1:]:
            page = tina.get(f"desk/{walked[-1]}?state=waiting&sort={sort}").text
            onward = re.search(r'data-walk="next" href="[^"]*/desk/(\d+)', page)
            assert onward, (sort, walked)
            walked.append(int(onward[1]))
            back = re.search(
                r'data-walk="previous" href="[^"]*/desk/(\d+)', tina.get(f"desk/{walked[-1]}?sort={sort}").text
            )
            assert back
            assert int(back[1]) == walked[-2]
        assert walked == [pieces[name] for name in names], sort
        assert 'data-walk="next"' not in tina.get(f"desk/{walked[-1]}?state=waiting&sort={sort}").text


def test_only_those_that_came_late_are_shown_on_request(
    app: Application, tina: Visitor, pieces: dict[str, int]
) -> None:
    assert listed(tina, "late=yes") == []
    with app.parts.database.transaction() as session:
        place(session, tina.context_id, Placing("journal/j3", due_at=now() - timedelta(days=1)))
        early = update(Submission).where(Submission.id == pieces["alice"])
        session.execute(early.values(submitted_at=now() - timedelta(days=2)))
    assert listed(tina, "late=yes") == [pieces["carla"], pieces["bob"]]
    assert "Only late ones" in tina.get("desk/?late=yes").text


def test_who_has_more_time_is_late_only_after_that(
    app: Application, tina: Visitor, writers: dict[str, Visitor], pieces: dict[str, int]
) -> None:
    yesterday, last_week = now() - timedelta(days=1), now() - timedelta(days=7)
    found_team(writers["bob"], "Primary School 12")
    with app.parts.database.transaction() as session:
        here, trainer = tina.context_id, {"given_by_id": tina.user_id}
        placed = place(session, here, Placing("journal/j3", due_at=last_week))
        other = place(session, here, Placing("journal/j4", due_at=last_week))
        tomorrow = now() + timedelta(days=1)
        give_person_time(session, placed, writers["alice"].user_id, tomorrow, **trainer)
        give_person_time(session, other, writers["carla"].user_id, tomorrow, **trainer)
        team = team_of(session, here, writers["bob"].user_id)
        assert team
        give_team_time(session, placed, team.id, tomorrow, **trainer)
    assert listed(tina, "late=yes") == [pieces["carla"]]
    assert tina.get("desk/").text.count("<strong>late</strong>") == 1
    with app.parts.database.transaction() as session:
        session.execute(update(Extension).values(until=yesterday))
    assert listed(tina, "late=yes") == list(pieces.values())
    assert tina.get("desk/").text.count("<strong>late</strong>") == 3


def test_what_was_looked_at_comes_back_after_marking(tina: Visitor, pieces: dict[str, int]) -> None:
    looked_at = "prompt=j3&who=a&sort=name&state=waiting"
    page = unescape(tina.get(f"desk/?{looked_at}").text)
    link = re.search(rf"/desk/{pieces['alice']}\?([^\"]+)", page)
    assert link
    assert set(link[1].split("&")) == set(looked_at.split("&"))
    onward = tina.post(f"desk/{pieces['alice']}?{link[1]}&page=2", as_form(version=0, do="next")).headers["Location"]
    assert f"/desk/{pieces['carla']}?" in onward
    query = onward.partition("?")[2]
    back = tina.post(f"desk/{pieces['carla']}?{query}", as_form(version=0, do="next")).headers["Location"]
    assert back.partition("?")[0].endswith("/desk/")
    assert set(back.partition("?")[2].split("&")) == {*looked_at.split("&"), "page=2"}
    assert tina.get(f"desk/?{query}").status_code == 200
    last = re.search(r'/desk/(\d+)[^"]*">Where I left off', tina.get("desk/").text)
    assert last
    assert int(last[1]) == pieces["carla"]


def test_marking_without_names_shows_no_name_before_the_release(
    app: Application, tina: Visitor, visitor: Arrive, writers: dict[str, Visitor], pieces: dict[str, int]
) -> None:
    found_team(writers["alice"], "Primary School 12")
    found_team(writers["bob"], "Secondary School 3")
    tina.post("desk/names", {"names": "hide"})
    judge(tina, pieces["bob"])
    returned = tina.post(
        f"desk/{pieces['carla']}", {"comment": "Go on.", "version": 0, "do": "return"}, follow_redirects=True
    )
    paths = ("", "?state=draft", "?state=returned", "?sort=name&who=alice", f"{pieces['alice']}?sort=school")
    pages = [returned.text, *(tina.get(f"desk/{path}").text for path in paths)]
    for page in pages:
        assert not re.search("Alice|Adams|Bob|Brown|Carla|Costa", page)
        assert 'name="who"' not in page
    assert f"Piece {pieces['alice']}" in pages[1]
    assert f"Piece {pieces['alice']}" in pages[4], "a search by name finds by name"
    assert "School 12" not in pages[1], "a school with one or two people says who they are"
    with app.parts.database.transaction(write=False) as session:
        bobs = team_of(session, tina.context_id, writers["bob"].user_id)
    assert bobs
    assert listed(tina, f"team={bobs.id}") == [pieces["alice"]], "nor are its pieces told apart"
    with app.parts.database.transaction() as session:
        place(session, tina.context_id, Placing("journal/j3", due_at=now()))
    assert "more-time" not in tina.get(f"desk/{pieces['alice']}").text, "its page names whom it is given"
    assert "Alice Adams" in visitor("adam", activity="desk").get("desk/").text, "another trainer's choice"
    release(tina, pieces["alice"])
    assert "Alice Adams" in tina.get("desk/?state=released").text
    assert "Alice Adams" in tina.get(f"desk/{pieces['alice']}").text
    tina.post("desk/names", {"names": "show"})
    assert "Bob Brown" in tina.get("desk/?state=draft").text
