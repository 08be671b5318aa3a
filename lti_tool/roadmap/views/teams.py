"""Finding one's school team: before there is a map there is a team."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.errors import BadInput, TeamNameTaken, TooLong
from lti_tool.people.models import Role
from lti_tool.people.teams import LONGEST_NAME, found_team, join_team, leave_team, members_by_team, teams_in
from lti_tool.roadmap.beginning import begin_map
from lti_tool.roadmap.views.room import blueprint
from lti_tool.web.application import db
from lti_tool.web.session import visit


def team_page(error: str = "", name: str = "", status: int = 200) -> ResponseReturnValue:
    """The page that asks for the school: join a team of the course, or found one."""
    context_id = visit().context.id
    page = render_template(
        "roadmap/team.html",
        teams=teams_in(db(), context_id),
        members=members_by_team(db(), context_id),
        longest=LONGEST_NAME,
        error=error,
        name=name,
    )
    return page, status


@blueprint.post("/teams")
def found() -> ResponseReturnValue:
    """Found a team and begin its map; a name that will not do is asked for again, with what was typed."""
    seen = visit()
    seen.require(Role.TRAINEE)
    name = request.form.get("name", "")
    try:
        team = found_team(db(), seen.context.id, seen.user.id, name)
    except (BadInput, TooLong, TeamNameTaken) as refusal:
        return team_page(type(refusal).__name__, name, refusal.status)
    begin_map(db(), team)
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/teams/<int:team_id>/join")
def join(team_id: int) -> ResponseReturnValue:
    """Join a team of this course."""
    seen = visit()
    seen.require(Role.TRAINEE)
    begin_map(db(), join_team(db(), seen.context.id, seen.user.id, team_id))
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/team/leave")
def leave() -> ResponseReturnValue:
    """Leave one's team."""
    seen = visit()
    seen.require(Role.TRAINEE)
    leave_team(db(), seen.context.id, seen.user.id)
    return redirect(url_for("roadmap.road_map"), 303)
