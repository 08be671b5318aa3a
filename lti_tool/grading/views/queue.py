"""The trainer's desk: the queue and what is done to many pieces at once."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lti_tool.course.placed_activities import placed_in
from lti_tool.course.prompts import prompt_activity, prompt_of, prompts_in
from lti_tool.errors import NotFound
from lti_tool.grading.desk import Piece, PieceStatus, count_statuses, deliveries_of
from lti_tool.grading.releasing import release_all
from lti_tool.grading.resending import resend_all
from lti_tool.grading.views.delivery_status import REFUSED, DeliveryStatus, describe_delivery
from lti_tool.grading.views.shared import (
    blueprint,
    chosen_status,
    chosen_team,
    filters,
    listed_pieces,
    rubric_of,
    task_of,
    trainers_visit,
)
from lti_tool.journal.models import Submission
from lti_tool.people.members import memberships_of
from lti_tool.people.paging import A_PAGE, place_of
from lti_tool.people.teams import teams_in
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language, course_words
from lti_tool.web.request_checks import number_in_query

NAMED = 10
"""People who are named beside one reason; the list of released pieces has them all."""


@blueprint.get("/")
def queue() -> ResponseReturnValue:
    """The pieces that were handed in, oldest first."""
    seen = trainers_visit()
    prompts = prompts_in(db(), parts().course, seen.context.id, course_language())
    prompt, status = request.args.get("prompt") or None, chosen_status()
    teams = teams_in(db(), seen.context.id)
    listed = listed_pieces(teams)
    all_shown = [piece for piece in listed if piece.status is status]
    place = place_of(len(all_shown), number_in_query("page", 1))
    shown = all_shown[place.offset : place.offset + A_PAGE]
    statuses = _delivery_statuses(listed)
    return render_template(
        "grading/queue.html",
        pieces=shown,
        place=place,
        first=all_shown[0] if all_shown else None,
        counts=count_statuses(listed),
        chosen=status,
        prompt=prompt,
        team=chosen_team(teams),
        teams=teams,
        prompts=[one for one in prompts if one.rubric],
        names={one.id: course_words(one.name) if one.code else one.name for one in prompts},
        late=_late(shown),
        gradebook=_gradebook(),
        delivery_status=statuses,
        unsent=sum(one.sendable for one in statuses.values()),
        refused=_refused(listed, statuses),
        named=NAMED,
        maximum={one.submission.id: _maximum(one.submission) for one in shown},
    )


@blueprint.post("/send-all")
def send_all() -> ResponseReturnValue:
    """Send every piece's score again that did not get through."""
    count = resend_all(db(), trainers_visit().context.id, listed_pieces(), task_of)
    if count:
        flash(ngettext("%(num)d score is on its way.", "%(num)d scores are on their way.", count), "good")
    else:
        flash(_("There is no gradebook column to send to yet. The grades are saved here."), "warn")
    return redirect(url_for("grading.queue", **filters()))


@blueprint.post("/release-all")
def release_drafts() -> ResponseReturnValue:
    """Release every draft that is complete."""
    seen = trainers_visit()
    drafts = [piece.submission for piece in listed_pieces() if piece.status is PieceStatus.DRAFT]
    done = release_all(db(), drafts, grader_id=seen.user.id, task_of=task_of)
    flash(ngettext("%(num)d grade was released.", "%(num)d grades were released.", done.count), "good")
    if done.incomplete:
        said = ngettext(
            "%(num)d stays a draft: a criterion has no level yet.",
            "%(num)d stay drafts: a criterion has no level yet.",
            done.incomplete,
        )
        flash(said, "warn")
    return redirect(url_for("grading.queue", **filters()))


def _delivery_statuses(pieces: Sequence[Piece]) -> dict[int, DeliveryStatus]:
    """What became of the scores of those among these that were released, by submission id."""
    here = trainers_visit().context.id
    released = [piece.submission for piece in pieces if piece.status is PieceStatus.RELEASED]
    deliveries = deliveries_of(db(), here, pieces)
    members = memberships_of(db(), here, [one.entry.user_id for one in released])
    return {
        one.id: describe_delivery(deliveries.get(one.id), members.get(one.entry.user_id), is_trial=one.is_trial)
        for one in released
    }


def _refused(pieces: Sequence[Piece], statuses: Mapping[int, DeliveryStatus]) -> dict[str, list[Piece]]:
    """The pieces whose scores the gradebook refused, by the reason that is given."""
    by_reason: dict[str, list[Piece]] = {}
    for piece in pieces:
        found = statuses.get(piece.submission.id)
        if found and found.kind == REFUSED:
            by_reason.setdefault(str(found.why), []).append(piece)
    return by_reason


def _gradebook() -> dict[str, float]:
    """What the gradebook's columns go up to where a trainer chose it, by prompt."""
    placed = placed_in(db(), trainers_visit().context.id)
    return {prompt_of(name) or name: one.points for name, one in placed.items() if one.points}


def _late(pieces: Sequence[Piece]) -> set[int]:
    """The submissions among these that came after their time."""
    due = {name: placed.due_at for name, placed in placed_in(db(), trainers_visit().context.id).items()}
    ends = {piece.submission.id: due.get(prompt_activity(piece.submission.entry.prompt)) for piece in pieces}
    handed_in = {piece.submission.id: piece.submission.submitted_at for piece in pieces}
    return {one for one, end in ends.items() if end is not None and end < handed_in[one]}


def _maximum(submission: Submission) -> int:
    try:
        return rubric_of(submission).maximum
    except NotFound:
        # The course has dropped this prompt since; the list must stand all the same.
        return 0
