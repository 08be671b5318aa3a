"""The picker: a trainer chooses activities, gives them names and times, and they go to the LMS's course."""

from collections.abc import Sequence
from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.activities import Offer
from lti_tool.course.errors import AlreadyPicked, NothingPicked, TooManyPicked
from lti_tool.course.placed_activities import Placing, place, placed_in
from lti_tool.course.views.details import LABELS, Line, first_line, typed_line
from lti_tool.course.views.offers import Group, groups, offers_by_activity
from lti_tool.course.views.shared import blueprint, trainers_visit
from lti_tool.database import now
from lti_tool.errors import BadInput
from lti_tool.platforms.deep_linking import Answer, Picked, answer_picking, find_picking, settings_of
from lti_tool.platforms.launches.creation import is_named
from lti_tool.platforms.models import Launch, PickingRequest
from lti_tool.platforms.registrations.records import product_of
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.headers import let_forms_go_to

MOST_AT_ONCE = 40
"""Links in one answer; a whole course has fewer."""
DOUBLE_CLICK = timedelta(seconds=20)
"""Within this the same answer may be asked for twice: a browser shows only the second."""


@blueprint.get("/picker")
def picker() -> ResponseReturnValue:
    """Choose from what there is; the address may name what is chosen already."""
    return _choosing(_picking(), request.args.getlist("chosen"))


@blueprint.get("/picker/details")
def picker_details() -> ResponseReturnValue:
    """Name, points and times of each chosen activity."""
    picking = _picking()
    try:
        chosen = _chosen(picking, request.args.getlist("chosen"))
    except (NothingPicked, TooManyPicked) as refusal:
        return _choosing(picking, request.args.getlist("chosen"), refusal), refusal.status
    placed = placed_in(db(), trainers_visit().context.id) if _is_known(picking) else {}
    return _details(
        picking, [first_line(number, offer, placed.get(offer.activity)) for number, offer in enumerate(chosen, 1)]
    )


@blueprint.post("/picker/answer")
@own_transactions
def picker_answer() -> ResponseReturnValue:
    """Place what was chosen and send the platform the links, or say that nothing was chosen."""
    with transaction():
        picking = _picking()
        if picking.answered_at is not None and now() - picking.answered_at > DOUBLE_CLICK:
            raise AlreadyPicked("picker")
        if request.form.get("do") == "cancel":
            answer = _answer(picking, ())
        else:
            chosen = _chosen(picking, request.form.getlist("chosen"))
            lines = [typed_line(number, offer, request.form) for number, offer in enumerate(chosen, 1)]
            wanted = [line.check() for line in lines]
            if None in wanted:
                return _details(picking, lines), BadInput.status
            answer = _place(picking, lines, list(filter(None, wanted)))
    token = parts().tool_keys.sign(answer.claims)
    let_forms_go_to(answer.return_url)
    return render_template("course/picker_answer.html", address=answer.return_url, token=token)


def _picking() -> PickingRequest:
    return find_picking(db(), trainers_visit().launch_id)


def _keeps_new_tab(picking: PickingRequest) -> bool:
    """Whether the platform does as it says, and opens a link in a tab of its own where it is asked to."""
    return product_of(db().get_one(Launch, picking.launch_id).registration).keeps_new_tab


def _is_known(picking: PickingRequest) -> bool:
    """Whether the platform has said for which course; without one nothing can be kept for it."""
    return is_named(db().get_one(Launch, picking.launch_id).context)


def _offered(picking: PickingRequest) -> list[Group]:
    return groups(trainers_visit().context.id, is_known=_is_known(picking))


def _chosen(picking: PickingRequest, wanted: Sequence[str]) -> list[Offer]:
    offers = offers_by_activity(_offered(picking))
    chosen = [offers[name] for name in dict.fromkeys(wanted) if name in offers]
    if not chosen:
        raise NothingPicked("picker")
    if len(chosen) > (MOST_AT_ONCE if settings_of(picking).several else 1):
        raise TooManyPicked("picker")
    return chosen


def _choosing(picking: PickingRequest, chosen: Sequence[str], refusal: BadInput | None = None) -> str:
    return render_template(
        "course/picker.html",
        groups=_offered(picking),
        chosen=set(chosen),
        several=settings_of(picking).several,
        placed=placed_in(db(), trainers_visit().context.id) if _is_known(picking) else {},
        is_known=_is_known(picking),
        nothing=isinstance(refusal, NothingPicked),
        too_many=isinstance(refusal, TooManyPicked),
        most=MOST_AT_ONCE,
    )


def _details(picking: PickingRequest, lines: Sequence[Line]) -> str:
    settings = settings_of(picking)
    return render_template(
        "course/picker_details.html",
        lines=lines,
        labels=LABELS,
        is_known=_is_known(picking),
        has_columns=settings.wants_line_items,
        either_way=_keeps_new_tab(picking)
        and settings.takes_target("window")
        and settings.takes_target("iframe", "frame"),
        in_window=request.form.get("opens_in") == "window",
        wrong=any(line.errors for line in lines),
    )


def _place(picking: PickingRequest, lines: Sequence[Line], wanted: Sequence[Placing]) -> Answer:
    keys = [place(db(), trainers_visit().context.id, one).key if _is_known(picking) else "" for one in wanted]
    in_window = request.form.get("opens_in") == "window"
    picked = [
        Picked(
            activity=one.activity,
            title=one.title or line.offer.title,
            text=line.offer.text,
            picture=line.offer.kind,
            key=key,
            points=one.points,
            review_label=_("Look at the piece") if line.offer.pieces else "",
            opens_at=one.opens_at,
            due_at=one.due_at,
            closes_at=one.closes_at,
            in_window=in_window,
        )
        for line, one, key in zip(lines, wanted, keys, strict=True)
    ]
    return _answer(picking, picked)


def _answer(picking: PickingRequest, picked: Sequence[Picked]) -> Answer:
    seal, base_url = parts().return_addresses, parts().base_url
    return answer_picking(db(), picking, picked, return_addresses=seal, base_url=base_url)
