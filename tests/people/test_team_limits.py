"""How many teams one person may found and one course may have, and what is said then."""

import pytest
from sqlalchemy import select

from lti_tool.people import team_limits
from lti_tool.people.models import SchoolTeam
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor

pytestmark = pytest.mark.both_databases


def found_and_leave(who: Visitor, name: str) -> int:
    """Found a team and leave it again; gives the status."""
    answer = who.post("roadmap/teams", {"name": name})
    who.post("roadmap/team/leave")
    return answer.status_code


def names(app: Application) -> list[str]:
    """All teams, oldest first."""
    with app.parts.database.transaction(write=False) as session:
        return list(session.scalars(select(SchoolTeam.name).order_by(SchoolTeam.id)))


def test_one_person_founds_five_teams_of_a_course_and_no_more(app: Application, visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    assert [found_and_leave(alice, f"School {number}") for number in range(6)] == [303] * 5 + [409]
    refused = alice.post("roadmap/teams", {"name": "Harbour School"})
    assert "You have founded five teams here already" in refused.text
    assert 'value="Harbour School"' in refused.text, "what was typed stays"
    assert found_and_leave(bob, "Hill School") == 303
    assert found_and_leave(visitor("alice", course="another"), "Mill School") == 303
    assert names(app) == [*(f"School {number}" for number in range(5)), "Hill School", "Mill School"]


def test_a_course_has_so_many_teams_and_says_when_it_is_full(
    app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_limits, "MOST_TEAMS", 2)
    assert [found_and_leave(visitor(who), f"{who}'s") for who in ("alice", "bob", "carla")] == [303, 303, 409]
    refused = visitor("carla").post("roadmap/teams", {"name": "Carla's school"})
    assert "This course has as many teams as it can" in refused.text
    assert names(app) == ["alice's", "bob's"]


def test_groups_of_the_lms_do_not_count(app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_limits, "MOST_TEAMS", 1)
    alice = visitor("alice")
    with app.parts.database.transaction() as session:
        for number in range(3):
            session.add(SchoolTeam(context_id=alice.context_id, name=f"Group {number}", group_id=str(number)))
    assert found_and_leave(alice, "Harbour School") == 303


def test_a_refused_team_leaves_one_in_ones_own(visitor: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_limits, "MOST_FOUNDED", 1)
    alice = visitor("alice")
    assert alice.post("roadmap/teams", {"name": "Hill School"}).status_code == 303
    assert alice.post("roadmap/teams", {"name": "Mill School"}).status_code == 409
    assert alice.get("roadmap/whole").status_code == 200
