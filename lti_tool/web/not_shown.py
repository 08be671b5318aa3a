"""Why an activity that was opened is not shown to whoever opened it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lti_tool.platforms.models import Launch
from lti_tool.web.application import db, parts
from lti_tool.web.session import visit

blueprint = Blueprint("not_shown", __name__)


@blueprint.get("/l/<launch_id>/not-shown")
def not_shown() -> ResponseReturnValue:
    """The reason, by the activity and the person, and where to go on."""
    seen = visit()
    launch = db().get_one(Launch, seen.launch_id)
    title = launch.resource_link.title if launch.resource_link else ""
    kind, _ = parts().activities.find(seen.activity)
    return render_template("frame/not_shown.html", title=title, kind=kind)
