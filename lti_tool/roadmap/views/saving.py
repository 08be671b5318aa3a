"""What the planner's scripts ask for: save a field, change the rows, tell what has changed. All in JSON."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.errors import BadInput
from lti_tool.people.actors import find_actor
from lti_tool.roadmap.changes_since import Changes, changes_since
from lti_tool.roadmap.editing import save_field
from lti_tool.roadmap.errors import AgainstOthers
from lti_tool.roadmap.field_names import find_field, find_section
from lti_tool.roadmap.reading import Cell, Map, Row, read_map
from lti_tool.roadmap.section_views import view_of
from lti_tool.roadmap.views.refusal_reasons import reason_of
from lti_tool.roadmap.views.room import OpenMap, actor, blueprint, course_sections, own_map, readable_map, today
from lti_tool.roadmap.views.row_buttons import change_rows
from lti_tool.web.application import db
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import visit
from scorm_builder.course_format.planner import Section


@blueprint.put("/fields/<name>")
def field(name: str) -> ResponseReturnValue:
    """Save one field: `{value, version}` gives `{version, saved_at}`, or 409 with the other version in `current`.

    Where something else in the map stands in the way of it, 400 with the reason in `meaning`.
    """
    opened, sent = own_map(), _sent()
    sections, value, version = course_sections(), sent.get("value"), sent.get("version")
    found = find_field(sections, name)
    try:
        saved = save_field(db(), opened.id, actor(), sections, found, value=value, version=version)
    except AgainstOthers as refusal:
        return jsonify(error=type(refusal).__name__, meaning=reason_of(refusal)), refusal.status
    return jsonify(version=saved.version, saved_at=saved.changed_at.isoformat())


@blueprint.post("/rows")
def rows() -> ResponseReturnValue:
    """Carry out a button, `{do, section, since}`; the answer tells what changed since, and `row`, what it was about."""
    opened, sent = own_map(), _sent()
    section = find_section(course_sections(), str(sent.get("section", "")))
    row_id = change_rows(opened, str(sent.get("do", "")))
    since = sent.get("since")
    changes = changes_since(db(), opened.id, since if isinstance(since, int) else 0)
    return jsonify(row=row_id, **_tell(opened, section, changes))


@blueprint.get("/changes")
@blueprint.get("/teams/<int:team_id>/changes")
def changes(team_id: int | None = None) -> ResponseReturnValue:
    """What changed since a revision: `?since=12`, and with `&section=p8` all that this section's page shows of it."""
    opened = readable_map(team_id)
    made = changes_since(db(), opened.id, number_in_query("since", 0))
    if "section" not in request.args or not opened.mine:
        return jsonify(revision=made.revision)
    return jsonify(_tell(opened, find_section(course_sections(), request.args["section"]), made))


def _sent() -> Mapping[str, Any]:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise BadInput("a JSON object is wanted")
    return sent


def _tell(opened: OpenMap, section: Section, made: Changes) -> dict[str, Any]:
    if not made.names and not made.row_ids:
        return {"revision": made.revision}
    whole = read_map(db(), opened.id, course_sections())
    part = whole.part(section)
    us = find_actor(db(), visit().user.id)
    told: dict[str, Any] = {
        "revision": made.revision,
        "fields": [_cell(cell, us) for cell in part.all_cells if cell.name in made.names],
        "summaries": {row.id: _summary(row, section) for row in part.rows if row.id in made.row_ids},
        "state": render_template("roadmap/section_state.html", section=section, progress=part.progress(today())),
        "references": whole.referred_to,
    }
    if view_of(section).picture:
        told["picture"] = render_template(view_of(section).picture, part=part, opened=opened)
    if made.listed & {row.id for row in (*part.rows, *part.removed)}:
        told["rows"] = {
            "order": [row.id for row in part.rows],
            "cards": {row.id: _card(whole, row, section) for row in part.rows if row.id in made.listed},
            "removed": render_template("roadmap/removed_rows.html", part=part),
        }
    return told


def _cell(cell: Cell, us: int | None) -> dict[str, Any]:
    at = cell.at.isoformat() if cell.at else None
    mine = cell.by_id == us
    told = {"name": cell.name, "value": cell.value, "version": cell.version, "who": cell.who, "at": at, "mine": mine}
    return {**told, "example": cell.marked}


def _summary(row: Row, section: Section) -> str:
    return render_template("roadmap/row_summary.html", row=row, section=section, today=today())


def _card(whole: Map, row: Row, section: Section) -> str:
    return render_template(
        "roadmap/row_card.html",
        row=row,
        section=section,
        references=whole.referred_to,
        today=today(),
        troubles={},
        open_row=None,
    )
