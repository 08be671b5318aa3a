"""The members page and its button."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import now
from lti_tool.errors import BadInput
from lti_tool.people.errors import NoRoster
from lti_tool.people.members import page_of_members
from lti_tool.people.models import Context, Role
from lti_tool.people.teams import members_by_team, teams_in
from lti_tool.people.views.roster_problems import explain_problem
from lti_tool.platforms.models import Launch
from lti_tool.platforms.service_endpoints import want_roster
from lti_tool.web.application import db
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import Visit, visit

blueprint = Blueprint("people", __name__, url_prefix="/l/<launch_id>/members", template_folder="../templates")

ROLES = {"trainee": "Learner", "trainer": "Instructor"}
"""What a reading can be narrowed to, in the service's short names (NRPS 2.0, 2.4.1)."""


@blueprint.get("/")
def members() -> ResponseReturnValue:
    """Who is in the course, who has left, when the LMS last said so, and what it said; all, or one school team."""
    seen = _trainers_visit()
    context = db().get_one(Context, seen.context.id)
    teams = {team.id: team.name for team in teams_in(db(), context.id)}
    team_id = number_in_query("team", None)
    team_id = team_id if team_id in teams else None
    return render_template(
        "people/members.html",
        page=page_of_members(db(), context.id, number_in_query("page", 1), team_id),
        teams=teams,
        team_id=team_id,
        context=context,
        problem=explain_problem(context.roster_problem) if context.roster_problem else "",
        is_asked_for=context.roster_due_at is not None and context.roster_due_at <= now(),
        team_of={
            person.id: teams[team] for team, people in members_by_team(db(), context.id).items() for person in people
        },
    )


@blueprint.post("/read")
def read() -> ResponseReturnValue:
    """Have the roster read now: everybody, one role, or who may open this activity."""
    seen = _trainers_visit()
    context = db().get_one(Context, seen.context.id)
    if not context.roster_url:
        raise NoRoster("no service")
    want_roster(db(), context, _query(seen, request.form.get("whom", "")))
    return redirect(url_for("people.members"))


def _query(seen: Visit, whom: str) -> str:
    if whom in {"", "everybody"}:
        return ""
    if whom in ROLES:
        return f"role={ROLES[whom]}"
    link = db().get_one(Launch, seen.launch_id).resource_link
    if whom != "link" or link is None:
        raise BadInput("whom")
    return f"rlid={link.lti_id}"


def _trainers_visit() -> Visit:
    seen = visit()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    return seen
