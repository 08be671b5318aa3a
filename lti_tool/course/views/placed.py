"""What stands in the LMS's course, and when: a trainer looks at it and changes the times."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.activities import Offer
from lti_tool.course.extensions import extensions_of
from lti_tool.course.models import PlacedActivity
from lti_tool.course.placed_activities import Placing, offered_in, open_activity, place, placed_by_id, placed_in
from lti_tool.course.prompts import prompt_id_of, written_prompts
from lti_tool.course.views.details import LABELS, Line, first_line, typed_line
from lti_tool.course.views.offers import groups, offers_by_activity
from lti_tool.course.views.shared import blueprint, trainers_visit
from lti_tool.errors import BadInput, NotFound
from lti_tool.web.application import db


@blueprint.get("/placed/")
def placed() -> ResponseReturnValue:
    """Every activity that was placed here, and every prompt that was written here."""
    here = trainers_visit().context.id
    return render_template(
        "course/placed.html",
        placed=placed_in(db(), here).values(),
        written=written_prompts(db(), here),
        offers=_offers(),
        to_open=_not_offered(),
    )


@blueprint.post("/placed/open")
def open_prompts() -> ResponseReturnValue:
    """Let pieces be handed in on a prompt that has no link of its own, or on all of them."""
    here, wanted = trainers_visit().context.id, request.form.get("activity", "")
    opened = [offer.activity for offer in _not_offered() if wanted in ("all", offer.activity)]
    for activity in opened:
        open_activity(db(), here, activity)
    if opened:
        flash(_("Opened. Your trainees find it in their journal and can hand it in."), "good")
    return redirect(url_for("course.placed"))


@blueprint.get("/placed/<int:placed_id>")
def placed_times(placed_id: str) -> ResponseReturnValue:
    """The times of one of them."""
    found, offer = _find(placed_id)
    return _page(found, first_line(1, offer, found))


@blueprint.post("/placed/<int:placed_id>")
def set_times(placed_id: str) -> ResponseReturnValue:
    """Change its times; name and points stay as the LMS has them."""
    found, offer = _find(placed_id)
    line = typed_line(1, offer, {**request.form, "title-1": found.title, "points-1": ""})
    wanted = line.check()
    if wanted is None:
        return _page(found, line), BadInput.status
    kept = Placing(found.activity, found.title, found.points, wanted.opens_at, wanted.due_at, wanted.closes_at)
    place(db(), found.context_id, kept)
    flash(_("The times are changed."), "good")
    return redirect(url_for("course.placed"))


def _not_offered() -> list[Offer]:
    """The prompts with a rubric that no trainer has put before the course."""
    offered = offered_in(db(), trainers_visit().context.id)
    return [
        offer for offer in _offers().values() if offer.pieces and not offer.written and offer.activity not in offered
    ]


def _offers() -> dict[str, Offer]:
    return offers_by_activity(groups(trainers_visit().context.id, is_known=True))


def _find(placed_id: str) -> tuple[PlacedActivity, Offer]:
    found = placed_by_id(db(), trainers_visit().context.id, int(placed_id))
    offer = _offers().get(found.activity)
    if offer is None or not offer.times:
        raise NotFound("times")
    return found, offer


def _page(found: PlacedActivity, line: Line) -> str:
    return render_template(
        "course/placed_times.html",
        found=found,
        line=line,
        labels=LABELS,
        extensions=extensions_of(db(), found),
        can_extend=prompt_id_of(found.activity) is not None and bool(found.due_at or found.closes_at),
    )
