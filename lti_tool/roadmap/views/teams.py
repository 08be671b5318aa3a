"""Finding one's school team, and who may join it: before there is a map there is a team."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.errors import BadInput, NotFound, TooLong
from lti_tool.people.errors import TeamCodeWrong, TeamNameTaken
from lti_tool.people.models import Role
from lti_tool.people.team_lists import FEW_TEAMS, members_of_teams, page_of_teams
from lti_tool.people.teams import LONGEST_NAME, find_team
from lti_tool.roadmap.field_names import find_section
from lti_tool.roadmap.team_membership import ask_for_code, ask_for_codes, found_team, join_team, leave_team
from lti_tool.roadmap.views.room import blueprint, course_sections, own_map
from lti_tool.web.application import db
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import visit

BY_CODE = {"code": True, "open": False}
"""What the buttons say about who may join."""


def team_page(
    error: str = "", name: str = "", status: int = 200, *, wrong: int | None = None, typed: str = ""
) -> ResponseReturnValue:
    """The page that asks for the school: find a team of the course and join it, or found one.

    `wrong` is the team whose code was not the one that was typed; it is the one that the list then shows.
    """
    context_id = visit().context.id
    school = request.values.get("school", "") if wrong is None else find_team(db(), context_id, wrong).name
    page = page_of_teams(db(), context_id, school, number_in_query("page", 1))
    rendered = render_template(
        "roadmap/team.html",
        page=page,
        few=FEW_TEAMS,
        school=school,
        members=members_of_teams(db(), [team.id for team in page.teams]),
        longest=LONGEST_NAME,
        error=error,
        name=name,
        wrong=wrong,
        typed=typed,
        then=_then(),
    )
    return rendered, status


@blueprint.post("/teams")
def found() -> ResponseReturnValue:
    """Found a team and begin its map; a name that will not do is asked for again, with what was typed."""
    seen = visit()
    seen.require(Role.TRAINEE)
    name = request.form.get("name", "")
    try:
        found_team(db(), seen.context.id, seen.user.id, name)
    except (BadInput, TooLong, TeamNameTaken) as refusal:
        return team_page(type(refusal).__name__, name, refusal.status)
    return _go_on()


@blueprint.post("/teams/<int:team_id>/join")
def join(team_id: int) -> ResponseReturnValue:
    """Join a team of this course; a wrong code is asked for again."""
    seen = visit()
    seen.require(Role.TRAINEE)
    code = request.form.get("code", "")
    try:
        join_team(db(), seen.context.id, seen.user.id, team_id, code)
    except TeamCodeWrong as refusal:
        return team_page(status=refusal.status, wrong=team_id, typed=code)
    return _go_on()


@blueprint.post("/team/leave")
def leave() -> ResponseReturnValue:
    """Leave one's team."""
    seen = visit()
    seen.require(Role.TRAINEE)
    leave_team(db(), seen.context.id, seen.user.id)
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/team/joining")
def own_joining() -> ResponseReturnValue:
    """A team's own decision on who may join it: who knows its code, a new one each time, or everybody of the course."""
    team, wanted = own_map().team, _wanted()
    ask_for_code(db(), team, visit().user.id, wanted=wanted)
    flash(_("The team has a new code.") if wanted else _("Everybody in this course can join the team."), "good")
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/teams/joining")
def joining() -> ResponseReturnValue:
    """A trainer's decision on who may join, for all teams of the course."""
    seen, wanted = visit(), _wanted()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    ask_for_codes(db(), seen.context.id, seen.user.id, wanted=wanted)
    flash(_("Each team has a code now.") if wanted else _("Everybody in this course can join any team."), "good")
    return redirect(url_for("roadmap.road_map"), 303)


def _go_on() -> ResponseReturnValue:
    """To the section that the person wanted to open when they were asked for their team, or to the map."""
    then = _then()
    return redirect(url_for("roadmap.section", section_id=then) if then else url_for("roadmap.road_map"), 303)


def _then() -> str:
    wanted = request.values.get("then", "")
    try:
        return find_section(course_sections(), wanted).id
    except NotFound:
        return ""


def _wanted() -> bool:
    try:
        return BY_CODE[request.form.get("who", "")]
    except KeyError:
        raise BadInput("who") from None
