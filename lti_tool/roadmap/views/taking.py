"""The page on which a row is taken from a catalogue of the course: a measure, or a response to a barrier."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.catalogue_entries import can_be_taken_from, take_entry
from lti_tool.course.catalogues import Catalogue, find_catalogue
from lti_tool.course.measure_search import searched_measures
from lti_tool.errors import NotFound, TooMany
from lti_tool.roadmap.editing import FieldStale
from lti_tool.roadmap.errors import RowRemoved
from lti_tool.roadmap.field_names import find_section, row_kind
from lti_tool.roadmap.reading import Row, read_map
from lti_tool.roadmap.row_taking import RowTaking
from lti_tool.roadmap.views.room import OpenMap, actor, blueprint, course_sections, own_map
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.errors import explain
from lti_tool.web.request_checks import number_in_query, row_id_in_form
from scorm_builder.course_format.planner import Section

CHOSEN = ("entry", "response", "measure")


@blueprint.app_template_global()
def catalogue_of(section: Section) -> Catalogue | None:
    """The catalogue from which rows of this section can be taken."""
    name = section.row.catalogue if section.row else ""
    return find_catalogue(parts().course, course_language(), name) if can_be_taken_from(name) else None


@blueprint.app_template_global()
def section_taking_from(catalogue: str) -> Section | None:
    """The section whose rows are taken from this catalogue."""
    found = [section for section in course_sections() if section.row and section.row.catalogue == catalogue]
    return found[0] if found and can_be_taken_from(catalogue) else None


@blueprint.get("/sections/<list_section>/list")
def take(list_section: str) -> ResponseReturnValue:
    """The catalogue with a button at each entry; `?row=17` names a row that is to follow one."""
    opened, found = own_map(), _section(list_section)
    row_id = number_in_query("row", None)
    return _page(opened, found, row_id)


@blueprint.post("/sections/<list_section>/list")
def take_chosen(list_section: str) -> ResponseReturnValue:
    """Put what was chosen into the map, as a new row or into the row that the form names."""
    opened, found = own_map(), _section(list_section)
    chosen = {name: request.form.get(name, "") for name in CHOSEN}
    taken = take_entry(parts().course.edition(course_language()).data, row_kind(found).catalogue, chosen)
    taking = RowTaking(db(), opened.id, actor(), course_sections(), found, taken)
    row_id = row_id_in_form("row") if request.form.get("row") else None
    try:
        if row_id is None:
            row_id = taking.into_new_row()
        else:
            version = request.form.get("version", type=int)
            taking.into_row(row_id, version)
    except FieldStale:
        return _page(opened, found, row_id, stale=True), FieldStale.status
    except RowRemoved:
        return redirect(url_for("roadmap.section", section_id=found.id), 303)
    except TooMany as full:
        told = explain(full)
        flash(f"{told.meaning} {told.advice}", "warn")
        return redirect(url_for("roadmap.section", section_id=found.id), 303)
    flash(_("It stands in your map. Say why you chose it, and what you change in it."), "success")
    return redirect(url_for("roadmap.section", section_id=found.id, open=row_id, _anchor=f"row-{row_id}"), 303)


def _section(section_id: str) -> Section:
    found = find_section(course_sections(), section_id)
    if catalogue_of(found) is None:
        raise NotFound("a section with rows from a catalogue")
    return found


def _page(opened: OpenMap, found: Section, row_id: int | None, *, stale: bool = False) -> str:
    data = parts().course.edition(course_language()).data
    row = _row(opened, found, row_id) if row_id is not None else None
    catalogue = row_kind(found).catalogue
    return render_template(
        "roadmap/taking.html",
        opened=opened,
        section=found,
        catalogue=catalogue_of(found),
        data=data,
        lang=course_language(),
        row=row,
        cell=next((cell for cell in row.cells if cell.field.choices_from == catalogue), None) if row else None,
        stale=stale,
        **searched_measures(data.measures.measures, request.args),
    )


def _row(opened: OpenMap, found: Section, row_id: int) -> Row:
    rows = read_map(db(), opened.id, course_sections()).part(found).rows
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound("row")
