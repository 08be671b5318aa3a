"""What an administrator can do about one person of the course: close their pages."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from lti_tool.people.members import memberships_of
from lti_tool.platforms.launches.ending import end_of_user, open_browsers
from lti_tool.privacy.views.shared import administrators_visit, blueprint, find_other, find_person
from lti_tool.web.application import db, parts


@blueprint.get("/people/<int:user_id>")
def person(user_id: int) -> ResponseReturnValue:
    """Who it is here, and what can be done."""
    seen = administrators_visit()
    found = find_person(user_id)
    return render_template(
        "privacy/person.html",
        person=found,
        membership=memberships_of(db(), seen.context.id, [user_id])[user_id],
        browsers=open_browsers(db(), user_id, parts().lifetimes.idle),
        is_oneself=user_id == seen.user.id,
    )


@blueprint.post("/people/<int:user_id>/close")
def close_pages(user_id: int) -> ResponseReturnValue:
    """Close all that this person has open: every course of the platform, every browser."""
    administrators_visit()
    ended = end_of_user(db(), find_other(user_id).id)
    flash(ngettext("%(num)d page was closed.", "%(num)d pages were closed.", ended), "good")
    return redirect(url_for("privacy.person", user_id=user_id), 303)
