"""Lists of school teams, page by page, and who is in those that are shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from lti_tool.people.models import SchoolTeam, TeamMember, User
from lti_tool.people.paging import Place, place_of
from lti_tool.search_text import searched_words

FEW_TEAMS, TEAMS_ON_A_PAGE = 8, 20
"""How many are found at a glance, so that no search is needed, and how many are shown at once."""


@dataclass(frozen=True)
class TeamPage:
    """Some of a course's teams, by name."""

    teams: Sequence[SchoolTeam]
    place: Place
    all: int
    """How many teams the course has, whatever was searched for."""


def page_of_teams(session: Session, context_id: int, search: str, number: int) -> TeamPage:
    """The teams on this page, or on the nearest that there is, whose names hold every word of the search."""
    here = SchoolTeam.context_id == context_id
    words = searched_words(search)
    wanted = [here, *(SchoolTeam.search_name.contains(word, autoescape=True) for word in words)]
    every = session.scalar(select(func.count()).select_from(SchoolTeam).where(here)) or 0
    found = session.scalar(select(func.count()).select_from(SchoolTeam).where(*wanted)) or 0
    place = place_of(found, number, TEAMS_ON_A_PAGE)
    shown = select(SchoolTeam).where(*wanted).order_by(SchoolTeam.search_name, SchoolTeam.id)
    teams = session.scalars(shown.limit(TEAMS_ON_A_PAGE).offset(place.offset)).all()
    return TeamPage(teams, place, every)


def members_of_teams(session: Session, team_ids: Sequence[int]) -> Mapping[int, list[User]]:
    """Who is in these teams by the team's id, each team's in the order in which they came."""
    found = select(TeamMember).where(TeamMember.team_id.in_(team_ids)).order_by(TeamMember.id)
    members: defaultdict[int, list[User]] = defaultdict(list)
    for member in session.scalars(found):
        members[member.team_id].append(member.user)
    return members


def codes_in_use(session: Session, context_id: int) -> tuple[bool, bool]:
    """Whether there are teams of the course that ask for a code, and such as could and do not."""
    with_code = func.sum(case((SchoolTeam.code != "", 1), else_=0))
    without = func.sum(case(((SchoolTeam.code == "") & SchoolTeam.group_id.is_(None), 1), else_=0))
    counted = session.execute(select(with_code, without).where(SchoolTeam.context_id == context_id)).one()
    return bool(counted[0]), bool(counted[1])
