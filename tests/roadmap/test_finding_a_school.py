"""Finding one's school among many: a search that needs no script, and pages of a size that one can read."""

import re

import pytest

from lti_tool.people.models import SchoolTeam
from lti_tool.people.team_lists import FEW_TEAMS, TEAMS_ON_A_PAGE
from lti_tool.roadmap.map_creation import create_map
from lti_tool.web.application import Application
from tests.benchmarks.maps import counted
from tests.fixtures.tool import Arrive, Visitor

MANY = 129


def fill(app: Application, who: Visitor, names: list[str]) -> None:
    """Let the course have teams of these names."""
    with app.parts.database.transaction() as session:
        for name in names:
            team = SchoolTeam(context_id=who.context_id, name=name)
            session.add(team)
            session.flush()
            create_map(session, team)


def listed(page: str) -> list[str]:
    """The schools on the page."""
    return re.findall(r'id="team-\d+"[^>]*>(?:<a[^>]*>)?([^<]+)<', page)


@pytest.mark.both_databases
def test_129_teams_are_listed_page_by_page_and_found_by_a_word_of_their_name(app: Application, visitor: Arrive) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"School {number:03}" for number in range(MANY - 2)] + ["Γυμνάσιο Καλαμάτας", "50% School_"])
    page = carla.get("roadmap/").text
    assert len(listed(page)) == page.count(">Join<") == TEAMS_ON_A_PAGE
    assert "129 schools" in page
    assert "Page 1 of 7" in page
    assert len(listed(carla.get("roadmap/?page=7").text)) == 9
    assert listed(carla.get("roadmap/?school=12+SCHOOL").text) == [
        f"School {number:03}" for number in (12, 112, *range(120, 127))
    ]
    for typed in ("γυμνασιο", "ΚΑΛΑΜΆΤΑΣ", "Καλαμάτας γυμνάσιο", "  αμάτ "):
        assert listed(carla.get("roadmap/", query_string={"school": typed}).text) == ["Γυμνάσιο Καλαμάτας"], typed
    for typed in ("%", "_", "50%"):
        assert listed(carla.get("roadmap/", query_string={"school": typed}).text) == ["50% School_"], typed
    nothing = carla.get("roadmap/?school=nowhere").text
    assert listed(nothing) == []
    assert "No school of that name is here." in nothing
    assert "Start the team" in nothing


@pytest.mark.both_databases
@pytest.mark.parametrize("typed", ["x" * 5000, "'; DROP TABLE school_team; --", "<b>", "\\", "a " * 400, "\ud7ff"])
def test_any_search_is_answered(app: Application, visitor: Arrive, typed: str) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"School {number}" for number in range(FEW_TEAMS + 1)])
    for who in (carla, visitor("tina")):
        answer = who.get("roadmap/", query_string={"school": typed, "page": "999"})
        assert answer.status_code == 200
        assert "<b>" not in answer.text


def test_a_few_teams_need_no_search(app: Application, visitor: Arrive) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"School {number}" for number in range(FEW_TEAMS)])
    assert "Find a school" not in carla.get("roadmap/").text
    fill(app, carla, ["One more"])
    assert "Find a school" in carla.get("roadmap/").text


def test_a_wrong_code_shows_the_team_that_it_was_for_on_whatever_page_it_stands(
    app: Application, visitor: Arrive
) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"School {number:03}" for number in range(60)])
    with app.parts.database.transaction() as session:
        team = session.query(SchoolTeam).filter_by(name="School 055").one()
        team.code = "ABCD-EFGH"
    answer = carla.post(f"roadmap/teams/{team.id}/join", {"code": "wrong"})
    assert answer.status_code == 400
    assert listed(answer.text) == ["School 055"]
    assert "That is not the team" in answer.text
    assert carla.post(f"roadmap/teams/{team.id}/join", {"code": "abcd efgh"}).status_code == 303


def test_a_renamed_team_is_found_by_its_new_name(app: Application, visitor: Arrive) -> None:
    carla = visitor("carla")
    fill(app, carla, ["Old name"])
    with app.parts.database.transaction() as session:
        session.query(SchoolTeam).one().name = "New name"
    assert listed(carla.get("roadmap/?school=new").text) == ["New name"]
    assert listed(carla.get("roadmap/?school=old").text) == []


def test_the_trainers_list_is_searched_and_paged_alike(app: Application, visitor: Arrive) -> None:
    tina = visitor("tina")
    fill(app, tina, [f"School {number:03}" for number in range(MANY)])
    page = tina.get("roadmap/").text
    assert len(listed(page)) == TEAMS_ON_A_PAGE
    assert "Page 1 of 7" in page
    assert listed(tina.get("roadmap/?school=128").text) == ["School 128"]


def test_the_trainers_list_asks_the_database_as_often_for_many_maps_as_for_few(
    app: Application, visitor: Arrive
) -> None:
    tina = visitor("tina")
    sent = []
    for names in (["A", "B", "C"], [f"School {number:03}" for number in range(60)]):
        fill(app, tina, names)
        with counted(app.parts.database) as queries:
            assert tina.get("roadmap/").status_code == 200
        sent.append(len(queries))
    assert sent[0] == sent[1] < 15
