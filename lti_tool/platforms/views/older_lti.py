"""Messages of LTI 1.1, which this tool does not speak: what is to be set in the LMS that sends them (LTI 1.1.1, 3)."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.platforms.views.registration import describe_tool

OLDER_LTI = frozenset({"lti_message_type", "lti_version", "oauth_consumer_key"})
"""What such a message brings, at least one of them: one without a key is not signed."""


def explain_older_lti() -> ResponseReturnValue | None:
    """Before any other check: say what to set in the LMS where an LTI 1.1 message comes; no more of it is read.

    An LMS sends one to a link, an imported cartridge's for example, that it takes for none of the registered tool's.
    """
    if request.method != "POST" or request.path.startswith("/l/"):
        return None
    if OLDER_LTI.isdisjoint(request.form) or not {"iss", "id_token"}.isdisjoint(request.form):
        return None
    return render_template("platforms/older_lti.html", tool=describe_tool()), 400
