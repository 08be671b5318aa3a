"""Course groups of the platform as school teams (Course Groups Service 1.0): made, renamed, joined, never removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert_all
from lti_tool.people.models import SchoolTeam, TeamMember
from lti_tool.people.teams import LONGEST_NAME, teams_in
from lti_tool.plain_text import in_one_line


def follow_groups(session: Session, context_id: int, groups: Iterable[tuple[str, str]]) -> list[SchoolTeam]:
    """Let each of these groups, an id and a name, be a team; a changed name is taken over. Gives their teams.

    A team of that name that people founded here becomes the group's. A group that is gone leaves its team: there
    may be work in it.
    """
    teams = teams_in(session, context_id)
    by_group = {team.group_id: team for team in teams if team.group_id}
    founded_here = {team.name.casefold(): team for team in reversed(teams) if not team.group_id}
    taken = Counter(team.name.casefold() for team in teams)
    followed: dict[str, SchoolTeam] = {}
    for group_id, given in groups:
        name = in_one_line(given)[:LONGEST_NAME].strip()
        if not name:
            continue
        team = by_group.get(group_id) or founded_here.pop(name.casefold(), None)
        if team is None:
            team = SchoolTeam(context_id=context_id)
            session.add(team)
        else:
            taken[team.name.casefold()] -= 1
        team.group_id, team.name = group_id, _free(taken, name)
        taken[team.name.casefold()] += 1
        followed[group_id] = by_group[group_id] = team
        session.flush()
    return list(followed.values())


@dataclass(frozen=True)
class Move:
    """Somebody whom the platform's groups have put into a team, and taken out of another one, if they were in one."""

    user_id: int
    team_id: int
    former_team_id: int | None


def join_groups(session: Session, context_id: int, groups_of: Mapping[int, Sequence[str]]) -> list[Move]:
    """Let people, by user id, be in the team of the first of their groups; gives who was not in it before.

    Who is in the team of one of their groups stays there, and so does who is in a team that people founded.
    """
    if not groups_of:
        return []
    wanted = select(SchoolTeam.group_id, SchoolTeam.id).where(SchoolTeam.context_id == context_id)
    teams = {group_id: team_id for group_id, team_id in session.execute(wanted) if group_id}
    before = _teams_of(session, context_id, groups_of)
    moves = []
    for user_id, groups in groups_of.items():
        theirs, there = [teams[group] for group in groups if group in teams], before.get(user_id)
        if theirs and there not in theirs and (there is None or there in teams.values()):
            moves.append(Move(user_id, theirs[0], there))
    rows = [{"context_id": context_id, "user_id": move.user_id, "team_id": move.team_id} for move in moves]
    upsert_all(session, TeamMember, ["context_id", "user_id"], rows, ["team_id"])
    return moves


def _teams_of(session: Session, context_id: int, user_ids: Iterable[int]) -> dict[int, int]:
    """The team's id by the person's; held, so that nobody founds or leaves one meanwhile."""
    wanted = select(TeamMember.user_id, TeamMember.team_id).where(TeamMember.context_id == context_id)
    found = session.execute(wanted.where(TeamMember.user_id.in_(user_ids)).with_for_update())
    return {row.user_id: row.team_id for row in found}


def _free(taken: Counter[str], name: str) -> str:
    """The name, or the first of `name (2)`, `name (3)` that no other team of the course has."""
    number, free = 1, name
    while taken[free.casefold()]:
        number += 1
        ending = f" ({number})"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free
