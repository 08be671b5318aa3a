"""What an administrator can do about one person of the course: close their pages, erase what is kept; and who did."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lti_tool.people.members import memberships_of
from lti_tool.people.models import User
from lti_tool.platforms.audit_trail import by_person, page_of_records
from lti_tool.platforms.launches.ending import end_of_user, open_browsers
from lti_tool.privacy.erasure import erase_person, scope_of
from lti_tool.privacy.holdings import holdings
from lti_tool.privacy.views.shared import administrators_visit, blueprint, find_other, find_person
from lti_tool.web.application import db, parts
from lti_tool.web.request_checks import number_in_query
from lti_tool.web.session import visit


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
    seen = administrators_visit()
    ended = end_of_user(db(), find_other(user_id), by=by_person(seen.user.id), course=seen.context.id)
    flash(ngettext("%(num)d page was closed.", "%(num)d pages were closed.", ended), "good")
    return redirect(url_for("privacy.person", user_id=user_id), 303)


@blueprint.get("/people/<int:user_id>/erase")
def before_erasing(user_id: int) -> ResponseReturnValue:
    """What would be erased and what would stay."""
    administrators_visit()
    return _erasing(find_other(user_id))


@blueprint.post("/people/<int:user_id>/erase")
def erase(user_id: int) -> ResponseReturnValue:
    """Erase what is kept about this person in this course, once it was said that this is meant."""
    seen = administrators_visit()
    found = find_other(user_id)
    if request.form.get("sure") != "yes":
        return _erasing(found, error=_("Tick that you have read this first.")), 422
    erase_person(db(), found, by=by_person(seen.user.id), context_id=seen.context.id)
    flash(_("What was kept about person %(number)s is erased.", number=user_id), "good")
    return redirect(url_for("people.members"), 303)


def _erasing(person: User, error: str = "") -> str:
    scope = scope_of(db(), person.id, visit().context.id)
    return render_template(
        "privacy/erasing.html",
        person=person,
        held=holdings(db(), scope),
        is_whole=scope.context_id is None,
        error=error,
    )


@blueprint.get("/audit")
def audit() -> ResponseReturnValue:
    """Who has done what that administrators answer for: in this course, and to the platform as a whole."""
    seen = administrators_visit()
    where = {"registration": seen.registration_id, "course": seen.context.id}
    records, place = page_of_records(db(), number_in_query("page", 1), **where)
    return render_template("privacy/audit.html", records=records, place=place)
