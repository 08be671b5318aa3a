"""The tabs that lead from room to room, for the person who looks."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from lti_tool.people.models import Role
from lti_tool.platforms.launches.creation import PICKER
from lti_tool.web.session import Visit, known_visit


def frame() -> dict[str, Any]:
    """What the layout needs on every page: `nav` as (label, address, whether it is this one), the visit, `opened`."""
    seen = known_visit()
    return {"nav": _tabs(seen) if seen else [], "visit": seen, "opened": seen is not None and _is_opened(seen)}


def _is_opened(seen: Visit) -> bool:
    """Whether this page has the name of the link that was opened, which the LMS shows above its frame."""
    kind, _, name = seen.activity.partition("/")
    match request.endpoint:
        case "journal.entry":
            return (kind, name) == ("journal", (request.view_args or {}).get("prompt_id"))
        case "course.unit":
            return (kind, name) == ("unit", (request.view_args or {}).get("unit_id"))
        case _:
            return (seen.activity, request.endpoint) == ("course", "course.overview")


def _tabs(seen: Visit) -> list[tuple[str, str, bool]]:
    if seen.activity == PICKER:
        return []  # whoever picks goes on or leaves, and does not stroll
    rooms = [("course", "course.overview", _("Course"))]
    if seen.judges:
        rooms.append(("grading", "grading.queue", _("To mark")))
        rooms.append(("people", "people.members", _("People")))
    if seen.role is Role.TRAINEE:
        rooms.append(("journal", "journal.overview", _("Journal")))
    if seen.role is not Role.OBSERVER:
        rooms.append(("roadmap", "roadmap.road_map", _("Road map")))
    if seen.administers:
        rooms.append(("platforms", "platforms.connection", _("Connection")))
    return [(label, url_for(endpoint), request.blueprint == room) for room, endpoint, label in rooms]
