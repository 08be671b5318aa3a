"""Units' scores that the LMS refused: one notice, wherever a trainer looks, and its button."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from lti_tool.grading.views.delivery_status import describe_delivery
from lti_tool.grading.views.shared import blueprint, filters, trainers_visit
from lti_tool.people.members import memberships_of
from lti_tool.scores.units import refused_unit_scores, send_units_again
from lti_tool.web.application import db
from lti_tool.web.session import visit

COURSE = "course"


def unit_scores_notice() -> Markup:
    """The notice, for the pages of any room; empty where nothing was refused, and for those who are not to know."""
    seen = visit()
    refused = refused_unit_scores(db(), seen.context.id) if seen.judges else None
    if refused is None:
        return Markup()
    came_from = COURSE if request.blueprint == COURSE else None
    whose = refused.newest.user_id
    membership = memberships_of(db(), seen.context.id, [whose]).get(whose)
    page = render_template(
        "grading/unit_scores.html",
        count=refused.count,
        why=describe_delivery(refused.newest, membership).why,
        address=url_for("grading.send_units", back=came_from, **filters()),
    )
    return Markup(page)  # noqa: S704 (a template's own, in which every value is escaped)


@blueprint.post("/send-units")
def send_units() -> ResponseReturnValue:
    """Send every unit's score again that was refused, and go back to where the notice stood."""
    count = send_units_again(db(), trainers_visit().context.id)
    if count:
        flash(ngettext("%(num)d score is on its way.", "%(num)d scores are on their way.", count), "good")
    else:
        flash(_("No score had to be sent again."), "info")
    back = url_for("course.overview") if request.args.get("back") == COURSE else url_for("grading.queue", **filters())
    return redirect(back)
