"""School teams: founding, joining, leaving, and who may."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.fixtures.tool import Arrive, Visitor

SCHOOL = "Lakeside School"


def start(who: Visitor, name: str = SCHOOL) -> int:
    """Start a team; gives the answer's status."""
    return who.post("roadmap/teams", {"name": name}).status_code


def offered(who: Visitor) -> dict[str, str]:
    """The teams that the page offers: name to the path that joins."""
    page = who.get("roadmap/").text
    names = re.findall(r'id="team-\d+"[^>]*>([^<]+)<', page)
    paths = re.findall(r'action="/l/[^/]+/(roadmap/teams/\d+/join)"', page)
    return dict(zip(names, paths, strict=True))


def test_a_name_is_the_same_however_its_letters_were_typed_and_what_is_too_long_comes_back_whole(
    visitor: Arrive,
) -> None:
    assert start(visitor("alice"), "Δημοτικό Σχολείο") == 303
    assert start(visitor("bob"), unicodedata.normalize("NFD", "Δημοτικό Σχολείο")) == 409
    assert start(visitor("carla"), unicodedata.normalize("NFD", "ό" * 100)) == 303
    dora = visitor("bob", course="other")
    long = "Primary School " * 40
    page = dora.post("roadmap/teams", {"name": long})
    assert page.status_code == 413
    assert long.strip() in page.text


def test_a_trainee_without_a_team_is_asked_for_the_school(visitor: Arrive) -> None:
    page = visitor("alice").get("roadmap/")
    assert page.status_code == 200
    assert "Which school are you from?" in page.text


def test_who_starts_a_team_is_its_first_member_and_sees_its_map(visitor: Arrive) -> None:
    alice = visitor("alice")
    assert start(alice, "  Lakeside\n School ") == 303
    page = alice.get("roadmap/").text
    assert "Road map: Lakeside School" in page
    assert "You are the only one so far" in page


def test_others_of_the_course_join_the_team_from_the_list(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    start(alice)
    assert bob.post(offered(bob)[SCHOOL]).status_code == 303
    page = alice.get("roadmap/").text
    assert "Alice Adams" in page
    assert "Bob Brown" in page


def test_who_leaves_may_join_again(visitor: Arrive) -> None:
    alice = visitor("alice")
    start(alice)
    assert alice.post("roadmap/team/leave").status_code == 303
    assert alice.post("roadmap/team/leave").status_code == 303
    assert "Nobody is in it now" in alice.get("roadmap/").text
    assert alice.post(offered(alice)[SCHOOL]).status_code == 303
    assert f"Road map: {SCHOOL}" in alice.get("roadmap/").text


@pytest.mark.both_databases
def test_a_name_is_given_once_in_a_course_and_the_typed_one_stays(visitor: Arrive) -> None:
    start(visitor("alice"))
    bob = visitor("bob")
    for name in (SCHOOL, "LAKESIDE school", " Lakeside   School "):
        answer = bob.post("roadmap/teams", {"name": name})
        assert answer.status_code == 409
        assert "There is a team of that name already" in answer.text
        assert name.strip() in answer.text


NAMES = [("", 400), ("  \n ", 400), ("\x00", 400), ("a" * 101, 413), ("α" * 100, 303)]


@pytest.mark.both_databases
def test_a_name_needs_something_and_at_most_a_hundred_characters(visitor: Arrive) -> None:
    alice = visitor("alice")
    assert [start(alice, name) for name, _ in NAMES] == [status for _, status in NAMES]


@pytest.mark.both_databases
def test_a_name_is_shown_as_it_was_typed(visitor: Arrive) -> None:
    alice = visitor("alice")
    for name in ("<script>alert(1)</script>", "Γυμνάσιο Καλαμάτας", "مدرسة النور", "School 🌻"):
        assert start(alice, name) == 303
        assert name.replace("<", "&lt;").replace(">", "&gt;") in alice.get("roadmap/").text
        alice.post("roadmap/team/leave")


@pytest.mark.both_databases
def test_nobody_is_in_two_teams_of_a_course(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    start(alice)
    path = offered(bob)[SCHOOL]
    start(bob, "Hill School")
    answer = bob.post(path)
    assert answer.status_code == 409
    assert "You are in another team" in answer.text
    assert start(bob, "Third School") == 409
    assert "Road map: Hill School" in bob.get("roadmap/").text
    assert "Third School" not in visitor("carla").get("roadmap/").text


@pytest.mark.both_databases
def test_joining_twice_is_as_good_as_once(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    start(alice)
    path = offered(bob)[SCHOOL]
    assert [bob.post(path).status_code for _ in "ab"] == [303, 303]


def test_a_team_of_another_course_or_platform_is_not_there(visitor: Arrive) -> None:
    start(visitor("alice"))
    path = offered(visitor("bob"))[SCHOOL]
    for stranger in (visitor("bob", course="c2"), visitor("bob", issuer="https://other.example")):
        assert stranger.post(path).status_code == 404
        assert SCHOOL not in stranger.get("roadmap/").text
        assert start(stranger) == 303


@pytest.mark.parametrize("who", ["tina", "adam"])
def test_only_trainees_are_in_teams(visitor: Arrive, who: str) -> None:
    start(visitor("alice"))
    path = offered(visitor("bob"))[SCHOOL]
    other = visitor(who)
    assert [start(other, "Mine"), other.post(path).status_code] == [403, 403]
    assert other.post("roadmap/team/leave").status_code == 403


@pytest.mark.both_databases
def test_two_who_start_the_same_team_at_once_make_one_team(visitor: Arrive) -> None:
    people = [visitor("alice"), visitor("bob"), visitor("carla")]
    ready = Barrier(len(people))

    def at_once(who: Visitor) -> int:
        who.token()
        ready.wait()
        return start(who)

    with ThreadPoolExecutor(len(people)) as pool:
        statuses = sorted(pool.map(at_once, people))
    assert statuses == [303, 409, 409]
