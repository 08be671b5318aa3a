"""School teams with maps, and windows of a real browser on the running tool."""

from dataclasses import dataclass

import pytest

from lti_tool.people.teams import team_of
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow

SCHOOL = "Lakeside School"
ASK_OFTEN = """
const usual = window.setTimeout;
window.setTimeout = (act, milliseconds, ...more) => usual(act, milliseconds === 3000 ? 300 : milliseconds, ...more);
"""
"""Pages ask for what is new every three seconds; those of a test ask ten times as often."""


@dataclass
class Team:
    """Alice and Bob of one school, and the addresses of their map."""

    alice: Visitor
    bob: Visitor

    def save(self, who: Visitor, name: str, value: str, version: int = 0) -> int:
        """Save a field and give its new version."""
        answer = who.put(f"roadmap/fields/{name}", {"value": value, "version": version})
        assert answer.status_code == 200, answer.text
        return int(answer.json["version"])  # type: ignore[index]

    def add(self, kind: str, by: Visitor | None = None, **values: str) -> int:
        """Add a row with these values and give its id."""
        sections = {"priority": "p4", "action": "p8", "milestone": "p10"}
        made = press(by or self.alice, f"add:{kind}", sections[kind])
        for name, value in values.items():
            self.save(by or self.alice, f"{kind}.{made}.{name}", value)
        return made


def press(who: Visitor, do: str, section: str = "p8") -> int:
    """Press a button of a row as the page's script does; gives the row that it was about."""
    answer = who.post_json("roadmap/rows", {"do": do, "section": section, "since": 0})
    assert answer.status_code == 200, answer.text
    return int(answer.json["row"])  # type: ignore[index]


def found(who: Visitor, name: str = SCHOOL) -> int:
    """Found a team and give its id."""
    assert who.post("roadmap/teams", {"name": name}).status_code == 303
    page = who.get("roadmap/whole")
    assert page.status_code == 200
    return team_id(who)


def team_id(who: Visitor) -> int:
    """The team that this person is in."""
    app: Application = who.client.application  # type: ignore[assignment]
    with app.parts.database.transaction(write=False) as session:
        team = team_of(session, who.context_id, who.user_id)
        assert team is not None
        return team.id


@pytest.fixture
def team(visitor: Arrive) -> Team:
    """A school team of two with an empty map."""
    alice, bob = visitor("alice"), visitor("bob")
    number = found(alice)
    assert bob.post(f"roadmap/teams/{number}/join").status_code == 303
    return Team(alice, bob)


@pytest.fixture
def window(window: OpenWindow) -> OpenWindow:
    """Opens a page of the planner in somebody's own browser: `window(team.alice, "sections/p1")`."""
    return lambda who, path="", *args, **options: window(who, f"roadmap/{path}", *args, script=ASK_OFTEN, **options)
