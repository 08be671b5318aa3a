"""Course groups of the platform as school teams (Course Groups Service 1.0): made, renamed, joined, never removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert_all
from lti_tool.people.models import SchoolTeam, TeamMember
from lti_tool.people.teams import LONGEST_NAME, teams_in, tidied


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
        name = tidied(given)[:LONGEST_NAME].strip()
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


def join_groups(session: Session, context_id: int, groups_of: Mapping[int, Sequence[str]]) -> None:
    """Let people, by user id, join the team of the first of their groups, unless they are in a team already."""
    if not groups_of:
        return
    wanted = select(SchoolTeam.group_id, SchoolTeam.id).where(SchoolTeam.context_id == context_id)
    teams = {group_id: team_id for group_id, team_id in session.execute(wanted) if group_id}
    rows = [
        {"context_id": context_id, "user_id": user_id, "team_id": team_id}
        for user_id, groups in groups_of.items()
        if (team_id := next((teams[group] for group in groups if group in teams), None)) is not None
    ]
    upsert_all(session, TeamMember, ["context_id", "user_id"], rows, [])


def _free(taken: Counter[str], name: str) -> str:
    """The name, or the first of `name (2)`, `name (3)` that no other team of the course has."""
    number, free = 1, name
    while taken[free.casefold()]:
        number += 1
        ending = f" ({number})"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free
