"""Looking at maps: one's own from above, a whole map on one page, its history, and all maps of the course."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lti_tool.errors import NotFound
from lti_tool.people.models import Context, Role, User
from lti_tool.people.teams import members_by_team, members_of, team_of, teams_in
from lti_tool.platforms.models import Launch
from lti_tool.roadmap.changes_since import last_changes, read_history
from lti_tool.roadmap.field_names import kinds_by_name
from lti_tool.roadmap.map_creation import maps_of
from lti_tool.roadmap.next_step import next_steps
from lti_tool.roadmap.reading import read_map, read_maps
from lti_tool.roadmap.team_membership import moves_lately
from lti_tool.roadmap.views.room import blueprint, course_sections, own_map, readable_map, today
from lti_tool.roadmap.views.teams import team_page
from lti_tool.web.application import db
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import visit


@blueprint.get("/")
def road_map() -> ResponseReturnValue:
    """Trainees: the own map from above, or the question for their school. Trainers: all maps of the course."""
    seen = visit()
    if seen.judges:
        return _all_maps()
    seen.require(Role.TRAINEE)
    if team_of(db(), seen.context.id, seen.user.id) is None:
        return team_page()
    opened = own_map()
    whole = read_map(db(), opened.id, course_sections())
    return render_template(
        "roadmap/overview.html",
        opened=opened,
        map=whole,
        members=members_of(db(), opened.team),
        steps=next_steps(whole, today()),
        last=last_changes(db(), [opened.id]).get(opened.id),
        lately=moves_lately(db(), opened.id),
        today=today(),
    )


@blueprint.get("/no-map")
def no_map() -> ResponseReturnValue:
    """That the person whose map was asked for in the LMS's gradebook has none."""
    seen = visit()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    asked_for = db().get_one(Launch, seen.launch_id).about_user_id
    about = db().get(User, asked_for) if asked_for is not None else None
    if about is None:
        raise NotFound("nobody's map was asked for")
    return render_template("roadmap/no_map.html", about=about)


def _all_maps() -> ResponseReturnValue:
    context_id = visit().context.id
    teams = teams_in(db(), context_id)
    ids = maps_of(db(), teams)
    return render_template(
        "roadmap/all.html",
        teams=teams,
        map_ids=ids,
        maps=read_maps(db(), list(ids.values()), course_sections()),
        members=members_by_team(db(), context_id),
        last=last_changes(db(), list(ids.values())),
        sections=course_sections(),
        by_code=db().get_one(Context, context_id).teams_by_code,
        with_code=any(team.code for team in teams),
        without_code=any(not (team.code or team.group_id) for team in teams),
        today=today(),
    )


@blueprint.get("/whole")
@blueprint.get("/teams/<int:team_id>/whole")
def whole(team_id: int | None = None) -> ResponseReturnValue:
    """The whole map on one page, to read and to print."""
    opened = readable_map(team_id)
    return render_template(
        "roadmap/whole.html",
        opened=opened,
        map=read_map(db(), opened.id, course_sections()),
        members=members_of(db(), opened.team),
        last=last_changes(db(), [opened.id]).get(opened.id),
        today=today(),
    )


@blueprint.get("/history")
@blueprint.get("/teams/<int:team_id>/history")
def history(team_id: int | None = None) -> ResponseReturnValue:
    """Who changed what and when, the latest first, with the text before and after."""
    opened = readable_map(team_id)
    changes, older = read_history(db(), opened.id, before=number_in_query("before", None))
    sections = course_sections()
    whole = read_map(db(), opened.id, sections)
    rows = [(row, part.section.row) for part in whole.parts for row in (*part.rows, *part.removed)]
    return render_template(
        "roadmap/history.html",
        opened=opened,
        changes=changes,
        older=older,
        labels=kinds_by_name(sections),
        map=whole,
        sections={section.id: section.title for section in sections},
        titles={row.id: row.title for row, _ in rows},
        kinds={row.id: kind.singular for row, kind in rows if kind},
    )
