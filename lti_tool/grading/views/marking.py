"""One piece on the desk: read, judged, released or returned, and on to the next."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.placed_activities import find_placed
from lti_tool.course.prompts import prompt_activity
from lti_tool.grading.desk import Neighbours, find_neighbours
from lti_tool.grading.draft_grades import Judgement, find_grade, read_judgement, reopen, save_judgement
from lti_tool.grading.errors import CommentNeeded, NotFullyJudged
from lti_tool.grading.models import Grade
from lti_tool.grading.releasing import release, source_of
from lti_tool.grading.resending import resend
from lti_tool.grading.returning import return_piece
from lti_tool.grading.undoing import undo_release, undoable
from lti_tool.grading.views.delivery_status import DeliveryStatus, describe_delivery
from lti_tool.grading.views.shared import (
    LEVEL,
    address_of_more_time,
    blueprint,
    chosen_status,
    filters,
    has_no_name,
    looked_at,
    prompt_of,
    rubric_of,
    sent_judgement,
    task_of,
    titles_of,
    trainers_visit,
    writer_of,
)
from lti_tool.journal.attachments import find_handed_in
from lti_tool.journal.models import PieceStatus, Submission
from lti_tool.journal.questions import answered_question
from lti_tool.journal.submitting import find_submission
from lti_tool.people.members import memberships_of
from lti_tool.scores.outbox import latest_deliveries
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.course_language import course_language
from lti_tool.web.downloads import send_file_of
from lti_tool.web.request_checks import number_sent

PIECE = "/<int(max=2147483647):submission_id>"


@blueprint.get(PIECE)
def marking(submission_id: str) -> ResponseReturnValue:
    """The piece beside the rubric."""
    return _page(_find(submission_id))


@blueprint.put(PIECE + "/judgement")
def save(submission_id: str) -> ResponseReturnValue:
    """Save the draft; 409 with the other one where another window had saved meanwhile."""
    submission = _find(submission_id)
    judgement, version = sent_judgement(rubric_of(submission))
    judged = save_judgement(db(), submission, grader_id=trainers_visit().user.id, judgement=judgement, version=version)
    answer = _as_json(judged.grade)
    return (jsonify(error="Stale", current=answer), 409) if judged.conflict else jsonify(answer)


@blueprint.post(PIECE)
def act(submission_id: str) -> ResponseReturnValue:
    """The form: save what it holds, then do what its button says."""
    submission, form = _find(submission_id), request.form
    if form.get("do") == "reopen":
        reopen(db(), submission)
        return redirect(url_for("grading.marking", submission_id=submission_id, **filters()))
    levels = {name.removeprefix(LEVEL): value for name, value in form.items() if name.startswith(LEVEL)}
    judgement = read_judgement(rubric_of(submission), levels, form.get("comment", ""))
    judged = save_judgement(
        db(),
        submission,
        grader_id=trainers_visit().user.id,
        judgement=judgement,
        version=number_sent(form.get("version")),
    )
    if judged.conflict:
        return _page(submission, typed=judgement), 409
    return _go_on(submission, judged.grade, form.get("do", "save"))


@blueprint.post(PIECE + "/send")
def send(submission_id: str) -> ResponseReturnValue:
    """Send this piece's score again."""
    resend(db(), _find(submission_id), task_of)
    flash(_("The score is on its way."), "good")
    return redirect(url_for("grading.queue", **filters()))


@blueprint.post(PIECE + "/undo")
def undo(submission_id: str) -> ResponseReturnValue:
    """Take the release back, and show the draft that it was."""
    submission = _find(submission_id)
    undo_release(db(), submission)
    flash(_("Undone: the grade is a draft again, and no score was sent."), "good")
    return redirect(url_for("grading.marking", submission_id=submission_id, **filters()))


@blueprint.get(PIECE + "/files/<int:attachment_id>")
@own_transactions
def attachment(submission_id: str, attachment_id: int) -> ResponseReturnValue:
    """A file that was handed in with this submission."""
    with transaction(write=False):
        found = find_handed_in(db(), _find(submission_id), attachment_id)
    return send_file_of(found.file)


def _go_on(submission: Submission, grade: Grade, wish: str) -> ResponseReturnValue:
    around, trainer = _neighbours(submission), trainers_visit().user.id
    try:
        match wish:
            case "release":
                release(
                    db(),
                    submission,
                    grader_id=trainer,
                    task=task_of(submission),
                    version=grade.version,
                    grace=parts().release_grace,
                )
                who = submission.entry.user.name or _("The writer")
                flash(_("Released: %(who)s can see the grade.", who=who), "good")
            case "return":
                return_piece(db(), submission, trainer_id=trainer)
                flash(_("Returned: %(who)s can go on writing.", who=writer_of(submission)), "good")
            case "next":
                flash(_("Saved as a draft."), "good")
            case _:
                return redirect(url_for("grading.marking", submission_id=submission.id, **filters()))
    except NotFullyJudged as refusal:
        return _page(submission, missing=refusal.missing), refusal.status
    except CommentNeeded as refusal:
        return _page(submission, comment_needed=True), refusal.status
    if around.following is None:
        return redirect(url_for("grading.queue", **filters()))
    return redirect(url_for("grading.marking", submission_id=around.following, **filters()))


def _page(
    submission: Submission,
    *,
    typed: Judgement | None = None,
    missing: tuple[str, ...] = (),
    comment_needed: bool = False,
) -> str:
    grade = find_grade(db(), submission)
    prompt, rubric = prompt_of(submission), rubric_of(submission)
    placed = find_placed(db(), submission.entry.context_id, prompt_activity(submission.entry.prompt))
    return render_template(
        "grading/marking.html",
        submission=submission,
        who=writer_of(submission),
        prompt=prompt,
        answered=answered_question(
            db(), parts().course, submission.entry.context_id, submission, (prompt, course_language())
        ),
        rubric=rubric,
        grade=grade,
        shown=typed or Judgement(grade.levels if grade else {}, grade.comment if grade else ""),
        typed=typed,
        missing=titles_of(rubric, missing),
        comment_needed=comment_needed,
        around=_neighbours(submission),
        undoable=undoable(db(), submission.context_id, trainers_visit().user.id),
        writer_of=writer_of,
        newest=submission.entry.submissions[-1],
        delivery_status=_delivery_status(submission),
        gradebook=placed.points if placed else None,
        more_time="" if has_no_name(submission) else address_of_more_time(placed, submission.entry.user_id),
        filters=filters(),
    )


def _delivery_status(submission: Submission) -> DeliveryStatus:
    entry, source = submission.entry, source_of(submission.id)
    membership = memberships_of(db(), entry.context_id, [entry.user_id]).get(entry.user_id)
    delivery = latest_deliveries(db(), entry.context_id, [source]).get(source)
    return describe_delivery(delivery, membership, is_trial=submission.is_trial)


def _find(submission_id: str) -> Submission:
    return find_submission(db(), trainers_visit().context.id, int(submission_id))


def _neighbours(submission: Submission) -> Neighbours:
    status = chosen_status()
    if "state" not in request.args:
        # A gradebook leads to a piece by an address that names no list: it is the one in which the piece stands.
        status = status if submission.status is PieceStatus.REPLACED else submission.status
    return find_neighbours(db(), looked_at(), submission, status)


def _as_json(grade: Grade) -> dict[str, Any]:
    at = grade.saved_at.isoformat()
    return {
        "version": grade.version,
        "saved_at": at,
        "at": at,
        "who": grade.grader.name or _("A trainer"),
        "levels": grade.levels,
        "comment": grade.comment,
    }
