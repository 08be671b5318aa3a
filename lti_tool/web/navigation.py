"""The tabs that lead from room to room, for the person who looks."""

from typing import Any

from flask import request, url_for

from lti_tool.platforms.launches.creation import PICKER
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_languages
from lti_tool.web.session import Visit, known_visit


def frame() -> dict[str, Any]:
    """What the layout needs on every page: `nav` as (label, address, whether it is this one), the visit, `opened`.

    `opened`: whether this page has the name of the link that was opened, which the LMS shows above its frame.
    `course_languages`: what the course can be shown in; `this_page`: where a choice of it leads back to.
    """
    seen = known_visit()
    return {
        "nav": _tabs(seen) if seen else [],
        "visit": seen,
        "opened": seen is not None and _is_opened(seen),
        "course_languages": course_languages() if seen and request.method == "GET" else [],
        "this_page": request.full_path.removesuffix("?"),
    }


def _is_opened(seen: Visit) -> bool:
    return parts().activities.is_page_of(seen.activity, request.endpoint, request.view_args or {})


def _tabs(seen: Visit) -> list[tuple[str, str, bool]]:
    if seen.activity == PICKER:
        return []  # whoever picks goes on or leaves, and does not stroll
    tabs = [tab for tab in parts().activities.tabs if tab.shown(seen)]
    return [(str(tab.label), url_for(tab.endpoint), request.blueprint == tab.room) for tab in tabs]
