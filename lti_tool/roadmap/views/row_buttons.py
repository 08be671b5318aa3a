"""What the buttons of a row say, carried out: `add:action`, `up:17`, `down:17`, `remove:17`, `restore:17`."""

from lti_tool.errors import BadInput
from lti_tool.roadmap.field_names import section_of_rows
from lti_tool.roadmap.rows import add_row, move_row, remove_row, restore_row
from lti_tool.roadmap.views.room import OpenMap, actor, course_sections
from lti_tool.web.application import db


def change_rows(opened: OpenMap, do: str) -> int | None:
    """Do what the button says and return the row that it was about; an empty text says nothing."""
    what, _, about = do.partition(":")
    if what in {"", "save"}:
        return None
    if what == "add":
        section_of_rows(course_sections(), about)
        return add_row(db(), opened.id, actor(), about).id
    return _change_row(opened, what, _number(about))


def _change_row(opened: OpenMap, what: str, row_id: int) -> int:
    actor_id, sections = actor(), course_sections()
    if what in {"up", "down"}:
        return move_row(db(), opened.id, actor_id, row_id, what).id
    if what == "remove":
        return remove_row(db(), opened.id, actor_id, sections, row_id).id
    if what == "restore":
        return restore_row(db(), opened.id, actor_id, sections, row_id).id
    raise BadInput("button")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise BadInput("row")
    return int(text)
