"""Which page an activity opens, for whom."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from lti_tool.course.prompts import find_prompt
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.lti.launch.claims import SUBMISSION_REVIEW
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.people.models import Role
from lti_tool.people.teams import team_of
from lti_tool.platforms.launches.creation import PICKER
from lti_tool.platforms.models import Launch
from lti_tool.web.application import parts

Page = tuple[str, dict[str, Any]]
"""The name of a page's view, and what stands in its address."""
WORK = frozenset({"journal", "roadmap"})
"""Where people write: nothing there is an observer's to see."""
ROOMS = {"course": "course.overview", "roadmap": "roadmap.road_map", PICKER: "course.picker"}
NOT_SHOWN: Page = ("course.not_shown", {})
"""What says why the activity is not shown."""


def page_of(session: Session, launch: Launch, message: LaunchMessage) -> str:
    """The address of the page; raises NotFound for an activity that the course does not have."""
    endpoint, values = _page(session, launch, message)
    return url_for(endpoint, launch_id=launch.id, **values)


def _page(session: Session, launch: Launch, message: LaunchMessage) -> Page:
    if launch.about_user_id is not None:
        return _reviewed(session, launch, launch.about_user_id)
    if message.message_type == SUBMISSION_REVIEW and _judges(launch):
        return _whole_column(session, launch)
    return _opened(session, launch)


def _whole_column(session: Session, launch: Launch) -> Page:
    """The page with everybody's work in this activity: a gradebook's column was opened, and nobody's cell."""
    kind, _, name = launch.activity.partition("/")
    if kind == "unit":
        return "course.trainees", {"unit_id": parts().course.unit(name).id}
    if kind == "journal":
        return "grading.column", {"prompt_id": name}
    return _opened(session, launch)


def _reviewed(session: Session, launch: Launch, user_id: int) -> Page:
    """The page with one person's work; raises NotAllowed for who may see only their own."""
    kind, _, name = launch.activity.partition("/")
    if not _judges(launch):
        if launch.user_id != user_id:
            raise NotAllowed("another person's work")
        return _opened(session, launch)
    if kind == "journal":
        return "grading.review", {"prompt_id": name, "user_id": user_id}
    if kind == "unit":
        return "course.trainee", {"unit_id": parts().course.unit(name).id, "user_id": user_id}
    if kind != "roadmap":
        return _opened(session, launch)
    team = team_of(session, launch.context_id, user_id)
    return ("roadmap.whole", {"team_id": team.id}) if team else NOT_SHOWN


def _judges(launch: Launch) -> bool:
    return launch.role in {Role.TRAINER, Role.ADMINISTRATOR}


def _opened(session: Session, launch: Launch) -> Page:
    kind, _, name = launch.activity.partition("/")
    judging = _judges(launch)
    if launch.role is Role.OBSERVER and kind in WORK:
        return NOT_SHOWN
    match kind:
        case "unit":
            return "course.unit", {"unit_id": parts().course.unit(name).id}
        case "module" if name in {module.id for module in parts().course.modules}:
            return "course.overview", {"_anchor": name}
        case "journal":
            prompt = find_prompt(session, parts().course, launch.context_id, name, "")
            return ("grading.queue", {"prompt": prompt.id}) if judging else ("journal.entry", {"prompt_id": prompt.id})
        case "desk":
            return ("grading.queue", {}) if judging else NOT_SHOWN
        case _ if launch.activity in ROOMS:
            return ROOMS[launch.activity], {}
    raise NotFound("activity")
