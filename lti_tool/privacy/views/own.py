"""What a person sees of themself: where they have pages open, with a button that closes them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from lti_tool.platforms.launches.ending import end_of_user, open_browsers
from lti_tool.privacy.views.shared import blueprint
from lti_tool.web.application import db, parts
from lti_tool.web.session import proven_launch


@blueprint.get("/")
def mine() -> ResponseReturnValue:
    """What is kept about me."""
    launch = proven_launch()
    idle = parts().lifetimes.idle
    return render_template(
        "privacy/mine.html", browsers=open_browsers(db(), launch.user_id, idle, launch.computer_hash)
    )


@blueprint.post("/close-elsewhere")
def close_elsewhere() -> ResponseReturnValue:
    """Close what this person has open in any other browser."""
    launch = proven_launch()
    ended = end_of_user(db(), launch.user_id, besides=launch.computer_hash)
    flash(ngettext("%(num)d page was closed elsewhere.", "%(num)d pages were closed elsewhere.", ended), "good")
    return redirect(url_for("privacy.mine", _anchor="browsers"), 303)
