"""Course groups of the platform as school teams (Course Groups Service 1.0): made, renamed, joined, never removed."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert_all
from lti_tool.people.models import SchoolTeam, TeamMember
from lti_tool.people.teams import LONGEST_NAME, teams_in, tidied


def follow_groups(session: Session, context_id: int, groups: Iterable[tuple[str, str]]) -> list[SchoolTeam]:
    """Let each group, an id and a name, be a team; a changed name is taken over. Gives the groups' teams.

    A team of that name that people founded here becomes the group's. A group that is gone leaves its team: there
    may be work in it.
    """
    teams = list(teams_in(session, context_id))
    by_group = {team.group_id: team for team in teams if team.group_id}
    for group_id, given in groups:
        name = tidied(given)[:LONGEST_NAME].strip()
        if not name:
            continue
        team = by_group.get(group_id) or _founded_here(teams, name)
        if team is None:
            team = SchoolTeam(context_id=context_id, name=_free(teams, name))
            session.add(team)
            teams.append(team)
        team.group_id, by_group[group_id] = group_id, team
        team.name = _free([other for other in teams if other is not team], name)
        session.flush()
    return list(by_group.values())


def join_groups(session: Session, context_id: int, groups_of: Mapping[int, Sequence[str]]) -> None:
    """Let people, by user id, join the team of the first of their groups, unless they are in a team already."""
    wanted = select(SchoolTeam.group_id, SchoolTeam.id).where(SchoolTeam.context_id == context_id)
    teams = {group_id: team_id for group_id, team_id in session.execute(wanted) if group_id}
    rows = [
        {"context_id": context_id, "user_id": user_id, "team_id": team_id}
        for user_id, groups in groups_of.items()
        if (team_id := next((teams[group] for group in groups if group in teams), None)) is not None
    ]
    upsert_all(session, TeamMember, ["context_id", "user_id"], rows, [])


def _founded_here(teams: Iterable[SchoolTeam], name: str) -> SchoolTeam | None:
    same = (team for team in teams if not team.group_id and team.name.casefold() == name.casefold())
    return next(same, None)


def _free(others: Iterable[SchoolTeam], name: str) -> str:
    """The name, or the first of `name (2)`, `name (3)` that no other team of the course has."""
    taken = {team.name.casefold() for team in others}
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        ending = f" ({number})"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free
