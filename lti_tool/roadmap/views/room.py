"""The planner's blueprint, and which map this visit may open: one's own to write in, others' to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, current_app

from lti_tool.database import now
from lti_tool.errors import NotFound
from lti_tool.people.actors import actor_of
from lti_tool.people.errors import NoTeamYet
from lti_tool.people.models import Role, SchoolTeam
from lti_tool.people.teams import find_team, team_of
from lti_tool.roadmap.field_names import row_kind, section_of_rows
from lti_tool.roadmap.fields import kind_of
from lti_tool.roadmap.fields.date import read_day
from lti_tool.roadmap.map_creation import map_of
from lti_tool.roadmap.reading import Choices
from lti_tool.roadmap.section_views import view_of
from lti_tool.roadmap.section_views.matrix import arrange
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.session import visit
from scorm_builder.course_format.planner import ExampleMap, Section
from scorm_builder.course_format.planner import SectionField as Field

blueprint = Blueprint("roadmap", __name__, url_prefix="/l/<launch_id>/roadmap", template_folder="../templates")


@dataclass(frozen=True)
class OpenMap:
    """A map that this visit may see. The revision is read before all else of the map, so that nothing is missed."""

    id: int
    revision: int
    team: SchoolTeam
    mine: bool
    """Whether the visitor may write in it."""


def own_map() -> OpenMap:
    """The map that the visitor writes in; raises NotAllowed for other roles, NoTeamYet."""
    seen = visit()
    seen.require(Role.TRAINEE)
    team = team_of(db(), seen.context.id, seen.user.id)
    if team is None:
        raise NoTeamYet("road map")
    found = map_of(db(), team)
    return OpenMap(found.id, found.revision, team, mine=True)


def readable_map(team_id: int | None) -> OpenMap:
    """The own map where no team is named, else that team's; trainees find only their own team."""
    seen = visit()
    if not seen.judges or team_id is None:
        own = own_map()
        if team_id not in {None, own.team.id}:
            raise NotFound("another team's map")
        return own
    team = find_team(db(), seen.context.id, team_id)
    found = map_of(db(), team)
    return OpenMap(found.id, found.revision, team, mine=False)


def actor() -> int:
    """The visitor as the log names them; for requests that change something."""
    return actor_of(db(), visit().user.id)


def course_sections() -> tuple[Section, ...]:
    """The planner's sections in the language of this page."""
    return parts().course.sections(course_language())


def course_example() -> ExampleMap | None:
    """The course's worked road map, if it has one."""
    return parts().course.edition(course_language()).data.example_map


def today() -> date:
    """The day by which dates are overdue."""
    return now().date()


@blueprint.app_template_filter()
def as_day(value: str) -> date | None:
    """A date field's value, to be written in the language's form; None where it is no day."""
    return read_day(value)


@blueprint.app_template_global()
def kind_macros(field: Field) -> Any:
    """What draws and shows a field of this kind (fields/kind.py)."""
    return _macros(kind_of(field).template)


@blueprint.app_template_global()
def view_macros(section: Section) -> Any:
    """What says how far this section is (section_views/view.py)."""
    return _macros(view_of(section).template)


@blueprint.app_template_global()
def rows_for(field: Field, references: Mapping[str, Choices], only: str | None = None) -> dict[str, Choices]:
    """What a field may refer to, by kind of row, or of these only what a value names; `references` are the page's."""
    named = None if only is None else set(map(str, kind_of(field).references(only)))
    return {
        kind: tuple(row for row in references.get(kind, ()) if named is None or row[0] in named)
        for kind in field.refers_to
    }


@blueprint.app_template_global()
def row_plural(kind: str) -> str:
    """What the rows of a kind are called."""
    return row_kind(section_of_rows(course_sections(), kind)).plural


blueprint.add_app_template_global(view_of)
blueprint.add_app_template_global(kind_of)
blueprint.add_app_template_global(arrange, "matrix_of")
blueprint.add_app_template_global(course_example)


def _macros(template: str) -> Any:
    return current_app.jinja_env.get_template(template).module
