"""Who comes into a school team and who leaves it, each with a line in the history of the team's map."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.people import teams
from lti_tool.people.actors import actor_of
from lti_tool.people.course_groups import Move
from lti_tool.people.models import SchoolTeam
from lti_tool.roadmap.change_log import begin_change, log_change
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.models import ChangeKind, MapChange

MOVES = (ChangeKind.JOINED, ChangeKind.LEFT, ChangeKind.CODE_SET, ChangeKind.CODE_TAKEN)
BY_GROUPS = "groups"
"""What stands in `after` where it was the LMS that put somebody into a team, or took them out."""
LATELY, MOST_LATELY = timedelta(days=14), 5


def found_team(session: Session, context_id: int, user_id: int, name: str) -> SchoolTeam:
    """Make a team with its map and its first member; raises what `teams.found_team` does."""
    team = teams.found_team(session, context_id, user_id, name)
    _log(session, team, user_id, ChangeKind.JOINED)
    return team


def join_team(session: Session, context_id: int, user_id: int, team_id: int, code: str = "") -> SchoolTeam:
    """Become a member, once; raises what `teams.join_team` does."""
    team, is_new = teams.join_team(session, context_id, user_id, team_id, code)
    if is_new:
        _log(session, team, user_id, ChangeKind.JOINED)
    return team


def leave_team(session: Session, context_id: int, user_id: int) -> None:
    """Be in no team of this course any more; raises what `teams.leave_team` does."""
    team = teams.leave_team(session, context_id, user_id)
    if team is not None:
        _log(session, team, user_id, ChangeKind.LEFT)


def ask_for_code(session: Session, team: SchoolTeam, user_id: int, *, wanted: bool) -> None:
    """Let people join with a code only, a new one each time, or freely again."""
    if not wanted and not team.code:
        return
    teams.ask_for_code(team, wanted=wanted)
    _log(session, team, user_id, ChangeKind.CODE_SET if wanted else ChangeKind.CODE_TAKEN)


def ask_for_codes(session: Session, context_id: int, user_id: int, *, wanted: bool) -> None:
    """The same for all teams of the course, and for those that will be; a team keeps the code that it has."""
    for team in teams.keep_default(session, context_id, by_code=wanted):
        if bool(team.code) is not wanted:
            ask_for_code(session, team, user_id, wanted=wanted)


def note_move(session: Session, move: Move) -> None:
    """Write down that the LMS's groups have put somebody into a team, and taken them out of another."""
    if move.former_team_id is not None:
        _log(session, session.get_one(SchoolTeam, move.former_team_id), move.user_id, ChangeKind.LEFT, BY_GROUPS)
    _log(session, session.get_one(SchoolTeam, move.team_id), move.user_id, ChangeKind.JOINED, BY_GROUPS)


def moves_lately(session: Session, road_map_id: int) -> Sequence[MapChange]:
    """The last few who came or left in the last two weeks, and who changed how one joins; the latest first."""
    wanted = (
        select(MapChange)
        .where(
            MapChange.road_map_id == road_map_id,
            MapChange.what.in_(MOVES),
            MapChange.made_at > now() - LATELY,
        )
        .order_by(MapChange.revision.desc())
        .limit(MOST_LATELY)
    )
    return session.scalars(wanted).all()


def _log(session: Session, team: SchoolTeam, user_id: int, what: ChangeKind, after: str = "") -> None:
    change = begin_change(session, create_map(session, team).id, actor_of(session, user_id))
    log_change(session, change, what, after=after)
