"""Looking at maps: one's own from above, a whole map on one page, and all maps of the course."""

from collections.abc import Collection

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.errors import NotFound
from lti_tool.people.models import Context, Role, User
from lti_tool.people.team_lists import FEW_TEAMS, codes_in_use, members_of_teams, page_of_teams
from lti_tool.people.teams import members_of, team_of
from lti_tool.platforms.models import Launch
from lti_tool.roadmap.example_loading import Rest, find_rest
from lti_tool.roadmap.history import last_changes
from lti_tool.roadmap.map_creation import maps_of
from lti_tool.roadmap.next_step import next_steps
from lti_tool.roadmap.progress import Progress, count_progress
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.team_membership import moves_lately
from lti_tool.roadmap.views.room import OpenMap, blueprint, course_sections, own_map, readable_map, today
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
    opened, sections = own_map(), course_sections()
    progress = count_progress(db(), [opened.id], sections, today())[opened.id]
    return render_template(
        "roadmap/overview.html",
        opened=opened,
        sections=sections,
        progress=progress,
        members=members_of(db(), opened.team),
        steps=next_steps(sections, progress),
        last=last_changes(db(), [opened.id]).get(opened.id),
        lately=moves_lately(db(), opened.id),
        rest=_rest_of_example(opened, progress.values()),
    )


def _rest_of_example(opened: OpenMap, progress: Collection[Progress]) -> Rest | None:
    """What nobody has changed of the example; the map itself is read only where some of it is counted."""
    if not any(one.from_example for one in progress):
        return None
    return find_rest(read_map(db(), opened.id, course_sections()))


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
    """A page of them, with what it shows and no more."""
    context, sections, school = visit().context.id, course_sections(), request.args.get("school", "")
    page = page_of_teams(db(), context, school, number_in_query("page", 1))
    ids = maps_of(db(), page.teams)
    with_code, without_code = codes_in_use(db(), context)
    return render_template(
        "roadmap/all.html",
        page=page,
        few=FEW_TEAMS,
        school=school,
        map_ids=ids,
        progress=count_progress(db(), list(ids.values()), sections, today()),
        members=members_of_teams(db(), [team.id for team in page.teams]),
        last=last_changes(db(), list(ids.values())),
        sections=sections,
        by_code=db().get_one(Context, context).teams_by_code,
        with_code=with_code,
        without_code=without_code,
    )


@blueprint.get("/whole")
@blueprint.get("/teams/<int:team_id>/whole")
def whole(team_id: int | None = None) -> ResponseReturnValue:
    """The whole map on one page, to read and to print."""
    opened = readable_map(team_id)
    found = read_map(db(), opened.id, course_sections())
    return render_template(
        "roadmap/whole.html",
        opened=opened,
        map=found,
        references=found.referred_to,
        members=members_of(db(), opened.team),
        last=last_changes(db(), [opened.id]).get(opened.id),
        today=today(),
    )
