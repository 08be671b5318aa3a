"""The administrator's page: what the LMS gives this course, and what it withholds."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from lti_tool.activities import Tab
from lti_tool.errors import NotAllowed
from lti_tool.platforms.registrations.connection_summary import describe_connection
from lti_tool.web.application import db
from lti_tool.web.session import visit

blueprint = Blueprint("platforms", __name__, url_prefix="/l/<launch_id>/connection", template_folder="../templates")

TABS = (Tab("platforms", "platforms.connection", lazy_gettext("Connection"), lambda visit: visit.administers),)


@blueprint.get("/")
def connection() -> ResponseReturnValue:
    """What is registered, who came, and whether names arrive."""
    if not visit().administers:
        raise NotAllowed("no administrator")
    found = describe_connection(db(), visit().launch_id)
    return render_template("platforms/connection.html", found=found)
