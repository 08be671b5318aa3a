"""Why an activity that was opened is not shown to whoever opened it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lti_tool.course.views.shared import blueprint
from lti_tool.people.models import User
from lti_tool.platforms.models import Launch
from lti_tool.web.application import db
from lti_tool.web.session import visit


@blueprint.get("/not-shown")
def not_shown() -> ResponseReturnValue:
    """The reason, by the activity and the person, and where to go on."""
    seen = visit()
    launch = db().get_one(Launch, seen.launch_id)
    title = launch.resource_link.title if launch.resource_link else ""
    about = db().get(User, launch.about_user_id) if launch.about_user_id is not None else None
    return render_template("course/not_shown.html", title=title, about=about, is_desk=seen.activity == "desk")
