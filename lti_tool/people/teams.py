"""School teams: founding one, joining, leaving, and who is in which."""

import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.codes import new_code
from lti_tool.counting import count_characters
from lti_tool.database import Base
from lti_tool.errors import BadInput, NotFound, TooLong
from lti_tool.people.errors import InAnotherTeam, TeamCodeWrong, TeamNameTaken, TeamOfGroup
from lti_tool.people.models import Context, SchoolTeam, TeamMember, User
from lti_tool.people.team_limits import require_room
from lti_tool.people.team_lists import members_of_teams
from lti_tool.plain_text import in_one_line

LONGEST_NAME, LARGEST_NAME = 100, 200
"""Characters as people count them, and at most with marks counted by themselves."""


def found_team(session: Session, context_id: int, user_id: int, name: str) -> SchoolTeam:
    """Make a team of this course, with its founder as the first member.

    Raises BadInput without a name, TooLong, TeamNameTaken (also in other letters' case), InAnotherTeam, TooManyTeams.
    """
    wanted = clean_name(name)
    require_room(session, context_id, user_id)
    if wanted.casefold() in {team.name.casefold() for team in teams_in(session, context_id)}:
        raise TeamNameTaken("name")
    by_code = session.get_one(Context, context_id).teams_by_code
    code = new_code() if by_code else ""
    team = SchoolTeam(context_id=context_id, name=wanted, code=code, founded_by_id=user_id)
    if not _added(session, team):
        raise TeamNameTaken("name, at the same time")
    join_team(session, context_id, user_id, team.id, team.code)
    return team


def join_team(session: Session, context_id: int, user_id: int, team_id: int, code: str = "") -> tuple[SchoolTeam, bool]:
    """Become a member; says whether the person was none before.

    Raises NotFound for another course's team, InAnotherTeam, TeamOfGroup, TeamCodeWrong.
    """
    team = find_team(session, context_id, team_id)
    there = team_of(session, context_id, user_id)
    if there is not None and there.id != team.id:
        raise InAnotherTeam("join")
    if there is not None:
        return team, False
    if team.group_id:
        raise TeamOfGroup("join")
    if not hmac.compare_digest(_letters(team.code).encode(), _letters(code).encode() if team.code else b""):
        raise TeamCodeWrong("code")
    if not _added(session, TeamMember(team_id=team.id, context_id=context_id, user_id=user_id)):
        raise InAnotherTeam("join, at the same time")
    return team, True


def leave_team(session: Session, context_id: int, user_id: int) -> SchoolTeam | None:
    """Be in no team of this course any more; gives the team that was left. What the person wrote stays with it.

    Raises TeamOfGroup for a team whose members the platform names.
    """
    found = select(TeamMember).where(TeamMember.context_id == context_id, TeamMember.user_id == user_id)
    member = session.scalar(found.with_for_update(of=TeamMember))
    if member is None:
        return None
    team = session.get_one(SchoolTeam, member.team_id)
    if team.group_id:
        raise TeamOfGroup("leave")
    session.delete(member)
    session.flush()
    return team


def ask_for_code(team: SchoolTeam, *, wanted: bool) -> None:
    """Give the team a new code that one must know to join, or none. Raises TeamOfGroup where nobody joins anyway."""
    if team.group_id:
        raise TeamOfGroup("code")
    team.code = new_code() if wanted else ""


def keep_default(session: Session, context_id: int, *, by_code: bool) -> list[SchoolTeam]:
    """Let new teams of the course begin with a code, or without; gives the teams that people joined by themselves."""
    session.get_one(Context, context_id).teams_by_code = by_code
    return [team for team in teams_in(session, context_id) if not team.group_id]


def team_of(session: Session, context_id: int, user_id: int) -> SchoolTeam | None:
    """The person's team in this course."""
    found = select(SchoolTeam).join(TeamMember, TeamMember.team_id == SchoolTeam.id)
    return session.scalar(found.where(TeamMember.context_id == context_id, TeamMember.user_id == user_id))


def find_team(session: Session, context_id: int, team_id: int) -> SchoolTeam:
    """A team of this course, or NotFound."""
    team = session.get(SchoolTeam, team_id)
    if team is None or team.context_id != context_id:
        raise NotFound("team")
    return team


def teams_in(session: Session, context_id: int) -> Sequence[SchoolTeam]:
    """Every team of the course, by name."""
    found = select(SchoolTeam).where(SchoolTeam.context_id == context_id)
    return sorted(session.scalars(found), key=lambda team: team.name.casefold())


def members_by_team(session: Session, context_id: int) -> Mapping[int, list[User]]:
    """The members of each team of the course by the team's id, each team's in the order in which they came."""
    found = select(TeamMember).where(TeamMember.context_id == context_id).order_by(TeamMember.id)
    members: defaultdict[int, list[User]] = defaultdict(list)
    for member in session.scalars(found):
        members[member.team_id].append(member.user)
    return members


def members_of(session: Session, team: SchoolTeam) -> list[User]:
    """Who is in this team, in the order in which they came."""
    return list(members_of_teams(session, [team.id]).get(team.id, ()))


def clean_name(name: str) -> str:
    """The name as it is kept; raises BadInput for none, TooLong."""
    cleaned = in_one_line(name)
    if not cleaned:
        raise BadInput("team without a name")
    if count_characters(cleaned) > LONGEST_NAME or len(cleaned) > LARGEST_NAME:
        raise TooLong("team name")
    return cleaned


def _letters(code: str) -> str:
    """The code as it counts, however it was typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:20]


def _added(session: Session, row: Base) -> bool:
    # Within a savepoint, so that losing a race against another request does not end the transaction.
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True
