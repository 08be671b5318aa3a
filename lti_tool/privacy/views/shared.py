"""The blueprint of the pages about one person."""

from flask import Blueprint

from lti_tool.errors import NotAllowed, NotFound
from lti_tool.people.members import find_member
from lti_tool.people.models import User
from lti_tool.privacy.errors import NotForOneself
from lti_tool.web.application import db
from lti_tool.web.session import Visit, visit

blueprint = Blueprint("privacy", __name__, url_prefix="/l/<launch_id>/privacy", template_folder="../templates")


def administrators_visit() -> Visit:
    """The visit of somebody whom the platform calls an administrator; raises NotAllowed for all others."""
    seen = visit()
    if not seen.administers:
        raise NotAllowed("no administrator")
    return seen


def find_person(user_id: int) -> User:
    """Somebody who is or was in the course of this launch; raises NotFound."""
    found = find_member(db(), visit().context.id, user_id)
    if found is None:
        raise NotFound("nobody of this course")
    return found


def find_other(user_id: int) -> User:
    """The same for what nobody does to themself; raises NotForOneself, too."""
    found = find_person(user_id)
    if found.id == visit().user.id:
        raise NotForOneself("oneself")
    return found
