"""Where a platform's gradebook leads: to one person's piece, or to all of a column (Submission Review 1.0)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lti_tool.course.placed_activities import find_placed
from lti_tool.course.prompts import find_prompt, prompt_activity
from lti_tool.errors import NotFound
from lti_tool.grading.desk import Desk, count_statuses
from lti_tool.grading.views.shared import address_of_more_time, blueprint, trainers_visit
from lti_tool.journal.models import PieceStatus
from lti_tool.journal.writing import find_entry
from lti_tool.people.members import find_member
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language


@blueprint.get("/pieces/<prompt_id>")
def column(prompt_id: str) -> ResponseReturnValue:
    """All pieces of this prompt: what waits to be marked, or the first list that holds any of a trainee's."""
    context_id = trainers_visit().context.id
    prompt = find_prompt(db(), parts().course, context_id, prompt_id, course_language())
    desk = Desk(context_id, prompt.id)
    counts = count_statuses(db(), desk, trials=False)
    counts = counts if any(counts.values()) else count_statuses(db(), desk)
    shown = next((status for status, count in counts.items() if count), PieceStatus.WAITING)
    return redirect(url_for("grading.queue", prompt=prompt.id, state=shown))


@blueprint.get("/pieces/<prompt_id>/<int:user_id>")
def review(prompt_id: str, user_id: int) -> ResponseReturnValue:
    """The newest piece that this person handed in on this prompt, or the word that there is none."""
    context_id = trainers_visit().context.id
    prompt = find_prompt(db(), parts().course, context_id, prompt_id, course_language())
    entry = find_entry(db(), context_id=context_id, user_id=user_id, prompt_id=prompt.id)
    if entry is not None and entry.submissions:
        return redirect(url_for("grading.marking", submission_id=entry.submissions[-1].id))
    person = find_member(db(), context_id, user_id)
    if person is None:
        raise NotFound("nobody of this course")
    placed = find_placed(db(), context_id, prompt_activity(prompt.id))
    more_time = address_of_more_time(placed, person.id)
    return render_template("grading/nothing_yet.html", person=person, prompt=prompt, more_time=more_time)
