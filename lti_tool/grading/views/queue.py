"""The trainer's desk: the queue and what is done to many pieces at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lti_tool.course.placed_activities import placed_in
from lti_tool.course.prompts import prompt_id_of, prompts_in
from lti_tool.errors import NotFound
from lti_tool.grading.desk import (
    Desk,
    Piece,
    count_statuses,
    deliveries_of,
    first_piece,
    last_marked,
    late_pieces,
    page_of_pieces,
    schools_of,
    submissions_in,
)
from lti_tool.grading.desk_settings import hide_names
from lti_tool.grading.releasing import release_all
from lti_tool.grading.resending import resend_all
from lti_tool.grading.undoing import undo_all, undoable
from lti_tool.grading.unsent import count_unsent, refused_scores, unsent_submissions
from lti_tool.grading.views.delivery_status import DeliveryStatus, describe_delivery
from lti_tool.grading.views.shared import (
    blueprint,
    chosen_status,
    filters,
    looked_at,
    marks_without_names,
    task_of,
    trainers_visit,
    writer_of,
)
from lti_tool.journal.models import PieceStatus, Submission
from lti_tool.people.members import memberships_of
from lti_tool.people.teams import teams_in
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language, course_words
from lti_tool.web.request_checks import number_in_query
from scorm_builder.course_format.journal import Prompt

NAMED = 10
"""People who are named beside one reason; the list of released pieces has them all."""


@dataclass
class RefusedOf:
    """One person's refused scores: the oldest of the pieces, and how many there are."""

    submission: Submission
    pieces: int = 0


@dataclass
class RefusedForReason:
    """How many scores the gradebook refused for one reason, and the first people whose they are, each once."""

    people: dict[int, RefusedOf] = field(default_factory=dict)
    """By user id."""
    count: int = 0

    def add(self, submission: Submission, pieces: int) -> None:
        """Name the writer of this submission, or count it to what is named of theirs already."""
        whose = submission.entry.user_id
        if whose in self.people or len(self.people) < NAMED:
            self.people.setdefault(whose, RefusedOf(submission)).pieces += pieces

    @property
    def others(self) -> int:
        """How many of the scores are of people who are not named."""
        return self.count - sum(one.pieces for one in self.people.values())


@blueprint.get("/")
def queue() -> ResponseReturnValue:
    """The pieces that were handed in, oldest first."""
    desk, status = looked_at(), chosen_status()
    prompts = prompts_in(db(), parts().course, desk.context_id, course_language())
    placed = placed_in(db(), desk.context_id)
    counts = count_statuses(db(), desk)
    shown, place = page_of_pieces(db(), desk, status, counts[status], number_in_query("page", 1))
    is_released = status is PieceStatus.RELEASED
    return render_template(
        "grading/queue.html",
        pieces=shown,
        place=place,
        filters={name: value for name, value in filters().items() if name not in {"state", "page"}},
        desk=desk,
        without_names=marks_without_names(),
        writer_of=writer_of,
        undoable=undoable(db(), desk.context_id, trainers_visit().user.id),
        schools={} if marks_without_names() else schools_of(db(), desk.context_id, shown),
        last=last_marked(db(), desk, trainers_visit().user.id),
        first=first_piece(db(), desk, status),
        counts=counts,
        chosen=status,
        prompt=desk.prompt,
        team=desk.team_id,
        teams=[] if marks_without_names() else teams_in(db(), desk.context_id),
        prompts=[one for one in prompts if one.rubric],
        names={one.id: course_words(one.name) if one.code else one.name for one in prompts},
        late=late_pieces(db(), desk, shown),
        # What the gradebook's columns go up to where a trainer chose it, by prompt.
        gradebook={prompt_id_of(name) or name: one.points for name, one in placed.items() if one.points},
        delivery_status=_delivery_statuses(desk, shown) if is_released else {},
        unsent=count_unsent(db(), desk) if is_released else 0,
        refused={} if is_released else _refused(desk),
        maximum=_maxima(prompts),
        can_practise=bool(parts().course.edition(course_language()).data.samples.samples),
    )


@blueprint.post("/names")
def choose_names() -> ResponseReturnValue:
    """Mark with names or without them from now on."""
    seen = trainers_visit()
    hide_names(db(), seen.context.id, seen.user.id, hide=request.form.get("names") == "hide")
    return redirect(url_for("grading.queue", **filters()))


@blueprint.post("/send-all")
def send_all() -> ResponseReturnValue:
    """Send every piece's score again that did not get through."""
    count = resend_all(db(), unsent_submissions(db(), looked_at()), task_of)
    if count:
        flash(ngettext("%(num)d score is on its way.", "%(num)d scores are on their way.", count), "good")
    else:
        flash(_("There is no gradebook column to send to yet. The grades are saved here."), "warn")
    return redirect(url_for("grading.queue", **filters()))


@blueprint.post("/release-all")
def release_drafts() -> ResponseReturnValue:
    """Release every draft that is complete."""
    drafts = submissions_in(db(), looked_at(), PieceStatus.DRAFT)
    done = release_all(db(), drafts, grader_id=trainers_visit().user.id, task_of=task_of, grace=parts().release_grace)
    flash(ngettext("%(num)d grade was released.", "%(num)d grades were released.", done.count), "good")
    if done.incomplete:
        said = ngettext(
            "%(num)d stays a draft: a criterion has no level yet.",
            "%(num)d stay drafts: a criterion has no level yet.",
            done.incomplete,
        )
        flash(said, "warn")
    return redirect(url_for("grading.queue", **filters()))


@blueprint.post("/undo-all")
def undo_releases() -> ResponseReturnValue:
    """Take back all that this trainer has released within the grace time."""
    seen = trainers_visit()
    count = undo_all(db(), undoable(db(), seen.context.id, seen.user.id))
    if count:
        flash(ngettext("%(num)d release was undone.", "%(num)d releases were undone.", count), "good")
    else:
        flash(_("It was too late: the scores are on their way. Nothing was changed."), "warn")
    return redirect(url_for("grading.queue", **{**filters(), "state": PieceStatus.DRAFT.value}))


def _delivery_statuses(desk: Desk, released: Sequence[Piece]) -> dict[int, DeliveryStatus]:
    """What became of the scores of these pieces, by submission id."""
    deliveries = deliveries_of(db(), desk.context_id, released)
    submissions = [piece.submission for piece in released]
    members = memberships_of(db(), desk.context_id, [one.entry.user_id for one in submissions])
    return {
        one.id: describe_delivery(deliveries.get(one.id), members.get(one.entry.user_id), is_trial=one.is_trial)
        for one in submissions
    }


def _refused(desk: Desk) -> dict[str, RefusedForReason]:
    """The people whose scores the gradebook refused, by the reason that is given."""
    by_reason: dict[str, RefusedForReason] = {}
    seen = set()
    for one in refused_scores(db(), desk, NAMED):
        why = str(describe_delivery(one.delivery, one.membership).why)
        found = by_reason.setdefault(why, RefusedForReason())
        found.add(one.submission, one.pieces)
        if one.reason not in seen:
            seen.add(one.reason)
            found.count += one.alike
    return by_reason


def _maxima(prompts: Sequence[Prompt]) -> dict[str, int]:
    """The highest sum of each prompt's rubric; a prompt that the course has dropped since has none."""
    found = {}
    for prompt in prompts:
        try:
            found[prompt.id] = parts().course.rubric(prompt.rubric, course_language()).maximum if prompt.rubric else 0
        except NotFound:
            continue
    return found
