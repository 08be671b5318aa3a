"""Which page an activity opens, for whom."""

from flask import url_for

from lti_tool.errors import NotFound
from lti_tool.people.models import Role
from lti_tool.web.application import parts


def page_of(launch_id: str, activity: str, role: Role) -> str:
    """The address of the page; raises NotFound for an activity that the course does not have."""
    kind, _, name = activity.partition("/")
    judging = role in {Role.TRAINER, Role.ADMINISTRATOR}
    match kind:
        case "unit":
            parts().course.unit(name)
            return url_for("course.unit", launch_id=launch_id, unit_id=name)
        case "journal":
            parts().course.prompt(name, "")
            if judging:
                return url_for("grading.queue", launch_id=launch_id, prompt=name)
            return url_for("journal.entry", launch_id=launch_id, prompt_id=name)
        case "roadmap":
            return url_for("roadmap.road_map", launch_id=launch_id)
        case "desk" if judging:
            return url_for("grading.queue", launch_id=launch_id)
        case "course" | "desk":
            return url_for("course.overview", launch_id=launch_id)
    raise NotFound("activity")
