"""The course's worked road map: to read, to start from, and to take out of the own map again."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lti_tool.errors import NotFound
from lti_tool.people.models import Role
from lti_tool.people.teams import team_of
from lti_tool.roadmap.errors import MapNotEmpty
from lti_tool.roadmap.example_loading import load_example, take_example_out
from lti_tool.roadmap.reading import Map, read_map
from lti_tool.roadmap.views.room import actor, blueprint, course_example, course_sections, own_map
from lti_tool.roadmap.worked_example import read_example
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.session import visit


@blueprint.get("/example")
def example() -> ResponseReturnValue:
    """The example on one page; for trainees with an empty map also the button that puts it there."""
    visit().require(Role.TRAINEE, Role.TRAINER, Role.ADMINISTRATOR)
    return _page()


@blueprint.post("/example")
def start_from_example() -> ResponseReturnValue:
    """Put the example into the own map, if that is empty."""
    opened, sections = own_map(), course_sections()
    try:
        load_example(db(), opened.id, actor(), sections, _example())
    except MapNotEmpty:
        return _page(refused=True), MapNotEmpty.status
    flash(_("The example stands in your map. Write over it, section by section."), "success")
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/example/out")
def take_out_example() -> ResponseReturnValue:
    """Take out of the own map what nobody has changed of the example."""
    opened = own_map()
    rest = take_example_out(db(), opened.id, actor(), course_sections())
    if rest:
        count = len(rest.cells) + sum(cell.filled for row in rest.rows for cell in row.cells)
        told = ngettext("The example is out: 1 box.", "The example is out: %(num)d boxes.", count)
        flash(f"{told} {_('What your team wrote is still there.')}", "success")
    else:
        flash(_("Nothing in your map is the example's. Nothing was changed."), "info")
    return redirect(url_for("roadmap.road_map"), 303)


def _example() -> Map:
    found = course_example()
    if found is None:
        raise NotFound("the course has no example")
    return read_example(course_sections(), found)


def _page(*, refused: bool = False) -> str:
    shown, told = _example(), course_example()
    seen = visit()
    team = None if seen.judges else team_of(db(), seen.context.id, seen.user.id)
    mine = own_map() if team else None
    return render_template(
        "roadmap/example.html",
        map=shown,
        school=told.school if told else None,
        example_language=parts().course.language_of("example_map", course_language()),
        references=shown.referred_to,
        may_start=mine is not None and read_map(db(), mine.id, course_sections()).empty,
        has_map=mine is not None,
        refused=refused,
        today=date.min,
    )
