"""A team's map: begun when the team is founded, found again through its team."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.errors import NotFound
from lti_tool.people.models import SchoolTeam
from lti_tool.roadmap.models import RoadMap


def create_map(session: Session, team: SchoolTeam) -> RoadMap:
    """Give the team its empty map; a team has one, however often it is asked for."""
    return upsert(session, RoadMap, {"team_id": team.id}, {})


def map_of(session: Session, team: SchoolTeam) -> RoadMap:
    """The team's map; raises NotFound where none was begun."""
    found = session.scalar(select(RoadMap).where(RoadMap.team_id == team.id))
    if found is None:
        raise NotFound("road map")
    return found


def maps_of(session: Session, teams: Sequence[SchoolTeam]) -> Mapping[int, int]:
    """The map's id for each of these teams, by the team's id."""
    found = select(RoadMap.team_id, RoadMap.id).where(RoadMap.team_id.in_([team.id for team in teams]))
    return {row.team_id: row.id for row in session.execute(found)}
