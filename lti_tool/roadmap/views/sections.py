"""One section a screen: to write in, and to save as a plain form where there is no script."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.catalogues import catalogues_in
from lti_tool.errors import BadInput, TooLong, TooMany
from lti_tool.people.models import Role
from lti_tool.people.teams import members_of, team_of
from lti_tool.roadmap.editing import FieldStale, save_field
from lti_tool.roadmap.errors import AgainstOthers, RowRemoved
from lti_tool.roadmap.field_names import Named, find_field, find_section
from lti_tool.roadmap.fields import kind_of
from lti_tool.roadmap.reading import Map, read_map
from lti_tool.roadmap.views.refusal_reasons import reason_of
from lti_tool.roadmap.views.room import OpenMap, actor, blueprint, course_sections, own_map, today
from lti_tool.roadmap.views.row_buttons import change_rows
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.errors import explain
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import visit
from scorm_builder.course_format.planner import Section

VALUE, VERSION = "value:", "version:"
"""What a field's two inputs are called in the form, before the field's own name."""


@dataclass(frozen=True)
class Trouble:
    """Why one field of a form was not saved; the typed text goes back into its box."""

    typed: str
    why: str
    """stale, removed, long, order or bad."""
    reason: str = ""
    """What else in the map does not allow it."""


@blueprint.get("/sections/<section_id>")
def section(section_id: str) -> ResponseReturnValue:
    """The section, to write in. Units lead here, too: who has no team yet is asked for it and then comes back."""
    seen, found = visit(), find_section(course_sections(), section_id)
    if seen.judges:
        return redirect(url_for("roadmap.road_map"))
    if seen.role is Role.TRAINEE and team_of(db(), seen.context.id, seen.user.id) is None:
        return redirect(url_for("roadmap.road_map", then=found.id))
    return _page(own_map(), found, {})


@blueprint.post("/sections/<section_id>")
def save_section(section_id: str) -> ResponseReturnValue:
    """Save every field of the form, then do what the pressed button says."""
    opened = own_map()
    found = find_section(course_sections(), section_id)
    troubles = _save_all(opened)
    if troubles:
        return _page(opened, found, troubles), 409
    row_id = None
    try:
        row_id = change_rows(opened, request.form.get("do", ""))
        flash(_("Saved."), "success")
    except TooMany as full:
        # Not a refusal of the whole form: what was typed in it is saved all the same.
        told = explain(full)
        flash(f"{told.meaning} {told.advice}", "warn")
    place = f"row-{row_id}" if row_id else None
    return redirect(url_for("roadmap.section", section_id=found.id, open=row_id, _anchor=place), 303)


def _save_all(opened: OpenMap) -> dict[str, Trouble]:
    names = dict.fromkeys(key.removeprefix(VALUE) for key in request.form if key.startswith(VALUE))
    fields = [find_field(course_sections(), name) for name in names]
    troubles = {field.name: _save(opened, field) for field in fields}
    # Once more for what was against another field: this form may have changed that one, too.
    for field in fields:
        trouble = troubles[field.name]
        if trouble is not None and trouble.why == "order":
            troubles[field.name] = _save(opened, field)
    return {name: trouble for name, trouble in troubles.items() if trouble is not None}


def _save(opened: OpenMap, field: Named) -> Trouble | None:
    typed = kind_of(field.field).join(request.form.getlist(VALUE + field.name))
    version = request.form.get(VERSION + field.name, type=int)
    try:
        save_field(db(), opened.id, actor(), course_sections(), field, value=typed, version=version)
    except FieldStale:
        return Trouble(typed, "stale")
    except RowRemoved:
        return Trouble(typed, "removed")
    except TooLong:
        return Trouble(typed, "long")
    except AgainstOthers as refusal:
        return Trouble(typed, "order", reason_of(refusal))
    except BadInput:
        return Trouble(typed, "bad")
    return None


def _page(opened: OpenMap, found: Section, troubles: dict[str, Trouble]) -> str:
    sections = course_sections()
    whole: Map = read_map(db(), opened.id, sections)
    part = whole.part(found)
    here = sections.index(found)
    return render_template(
        "roadmap/section.html",
        opened=opened,
        part=part,
        catalogues=catalogues_in(parts().course.edition(course_language()).data, found.catalogues),
        progress=part.progress(today()),
        number=here + 1,
        count=len(sections),
        previous=sections[here - 1] if here else None,
        following=sections[here + 1] if here + 1 < len(sections) else None,
        references=whole.referred_to,
        people=members_of(db(), opened.team),
        troubles=troubles,
        open_row=number_in_query("open", None),
        today=today(),
    )
