"""Who changed what and when, and the button that puts a former text back."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.errors import BadInput, TooLong
from lti_tool.roadmap.editing import FieldStale
from lti_tool.roadmap.errors import AgainstOthers, RowRemoved
from lti_tool.roadmap.field_names import Named
from lti_tool.roadmap.history import field_of, put_back, read_history
from lti_tool.roadmap.models import MapChange
from lti_tool.roadmap.reading import Cell, Map, Row, read_map
from lti_tool.roadmap.views.refusal_reasons import reason_of
from lti_tool.roadmap.views.room import OpenMap, actor, blueprint, course_sections, own_map, readable_map
from lti_tool.web.application import db
from lti_tool.web.request_checks import number_in_query


@dataclass(frozen=True)
class Line:
    """One change as the page shows it."""

    change: MapChange
    title: str
    """What the row is called, or the section."""
    field: Named | None
    """The field that was changed."""
    now: Cell | None
    """What stands in it now; None where it cannot be written in."""


@dataclass(frozen=True)
class Refused:
    """A value that was not put back."""

    change_id: int
    why: str
    """stale, removed, order or bad."""
    current: dict[str, object] | None = None
    reason: str = ""
    """What else in the map does not allow it."""


@blueprint.get("/history")
@blueprint.get("/teams/<int:team_id>/history")
def history(team_id: int | None = None) -> ResponseReturnValue:
    """Every change, the latest first, with the text before and after."""
    return _page(readable_map(team_id), number_in_query("before", None))


@blueprint.post("/history/<int:change_id>")
def put_value_back(change_id: int) -> ResponseReturnValue:
    """Put back what stood in a field `before` or `after` a change, if nobody has written in it since the page came."""
    opened, before = own_map(), number_in_query("before", None)
    side, version = request.form.get("side", ""), request.form.get("version", type=int)
    try:
        put_back(db(), opened.id, actor(), course_sections(), change_id=change_id, side=side, version=version)
    except FieldStale as stale:
        return _page(opened, before, Refused(change_id, "stale", dict(stale.current or {}))), 409
    except RowRemoved:
        return _page(opened, before, Refused(change_id, "removed")), 409
    except AgainstOthers as refusal:
        return _page(opened, before, Refused(change_id, "order", reason=reason_of(refusal))), 409
    except (BadInput, TooLong):
        return _page(opened, before, Refused(change_id, "bad")), 409
    flash(_("It stands in the map again."), "success")
    return redirect(url_for("roadmap.history", before=before, _anchor=f"change-{change_id}"), 303)


def _page(opened: OpenMap, before: int | None, refused: Refused | None = None) -> str:
    changes, older = read_history(db(), opened.id, before=before)
    whole = read_map(db(), opened.id, course_sections())
    return render_template(
        "roadmap/history.html",
        opened=opened,
        lines=_lines(whole, changes),
        before=before,
        older=older,
        references=whole.referred_to,
        refused=refused,
    )


def _lines(whole: Map, changes: Any) -> list[Line]:
    rows = {row.id: (row, part.section) for part in whole.parts for row in (*part.rows, *part.removed)}
    kinds = {row_id: section.row.kind for row_id, (_, section) in rows.items() if section.row}
    titles = {row_id: _title(row, section) for row_id, (row, section) in rows.items()}
    sections = {part.section.id: part.section.title for part in whole.parts}
    open_cells = {cell.name: cell for part in whole.parts for cell in part.all_cells}
    lines = []
    for change in changes:
        field = field_of(course_sections(), change, kinds)
        title = titles.get(change.row_id, "") if change.row_id else sections.get(change.section or "", "")
        lines.append(Line(change, title, field, open_cells.get(field.name) if field else None))
    return lines


def _title(row: Row, section: Any) -> str:
    return row.title or section.row.singular
