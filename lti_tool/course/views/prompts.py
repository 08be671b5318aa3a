"""Prompts of one's own: a trainer writes one for this course, or changes its words."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.errors import TooManyPrompts
from lti_tool.course.models import WrittenPrompt
from lti_tool.course.prompts import (
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_POINTS,
    MOST_WORDS,
    Draft,
    as_plain,
    change_prompt,
    find_written_by_id,
    prompt_activity,
    write_prompt,
)
from lti_tool.course.views.shared import blueprint, read_number, trainers_visit
from lti_tool.errors import BadInput
from lti_tool.platforms.launches.creation import PICKER
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.errors import explain

EMPTY = {"title": "", "question": "", "words_min": "", "words_max": "", "rubric": "", "points": ""}


@blueprint.get("/prompts/new")
def new_prompt() -> ResponseReturnValue:
    """An empty form."""
    trainers_visit()
    return _page({**EMPTY, "rubric": _rubrics()[0][0] if _rubrics() else ""})


@blueprint.post("/prompts/new")
def add_prompt() -> ResponseReturnValue:
    """Keep the prompt, and go back to where it was wanted."""
    seen, (draft, errors) = trainers_visit(), _read()
    if draft is None:
        return _page({**EMPTY, **request.form.to_dict()}, errors=errors), BadInput.status
    try:
        written = write_prompt(db(), parts().course, seen.context.id, draft)
    except TooManyPrompts as full:
        told = explain(full)
        return _page({**EMPTY, **request.form.to_dict()}, errors={"title": f"{told.title}. {told.advice}"}), full.status
    if seen.activity == PICKER:
        flash(_("Your prompt is in the list and chosen."), "good")
        return redirect(
            url_for("course.picker", chosen=[*request.form.getlist("chosen"), prompt_activity(written.name)])
        )
    flash(_("Saved. Your trainees find it in their journal."), "good")
    return redirect(url_for("course.placed"))


@blueprint.get("/prompts/<int:written_id>")
def written_prompt(written_id: str) -> ResponseReturnValue:
    """The form with what was written."""
    written = _find(written_id)
    values = {
        "title": written.title,
        "question": as_plain(written.question),
        "words_min": str(written.words_min or ""),
        "words_max": str(written.words_max or ""),
        "rubric": written.rubric,
        "points": str(written.points or ""),
    }
    return _page(values, written=written)


@blueprint.post("/prompts/<int:written_id>")
def keep_prompt(written_id: str) -> ResponseReturnValue:
    """Change its words."""
    written, (draft, errors) = _find(written_id), _read()
    if draft is None:
        return _page({**EMPTY, **request.form.to_dict()}, written=written, errors=errors), BadInput.status
    change_prompt(db(), parts().course, written, draft)
    said = _("Saved. Who begins now is asked this. A piece that was begun keeps its question, and its writer is told.")
    flash(said, "good")
    return redirect(url_for("course.placed"))


def _find(written_id: str) -> WrittenPrompt:
    return find_written_by_id(db(), trainers_visit().context.id, int(written_id))


def _read() -> tuple[Draft | None, dict[str, str]]:
    form, errors = request.form, {}
    if not form.get("title", "").strip():
        errors["title"] = _("Give it a name.")
    if not form.get("question", "").strip():
        errors["question"] = _("Write what your trainees are asked.")
    numbers: dict[str, int] = {}
    for name, most in (("words_min", MOST_WORDS), ("words_max", MOST_WORDS), ("points", MOST_POINTS)):
        try:
            numbers[name] = _whole(form.get(name, ""), most)
        except BadInput:
            errors[name] = _("A whole number up to %(most)d, or nothing.", most=most)
    if not errors and 0 < numbers["words_max"] < numbers["words_min"]:
        errors["words_max"] = _("This must not be less than the number before it.")
    errors.update(_too_long(form.get("title", ""), form.get("question", "")))
    if errors:
        return None, errors
    return Draft(form["title"], form["question"], rubric=form.get("rubric", ""), **numbers), {}


def _too_long(title: str, question: str) -> dict[str, str]:
    limits = {"title": (title, LONGEST_TITLE), "question": (question, LONGEST_QUESTION)}
    return {
        name: _("At most %(limit)d characters, please.", limit=limit)
        for name, (text, limit) in limits.items()
        if len(text) > limit
    }


def _whole(text: str, most: int) -> int:
    number = read_number(text) or 0
    if not 0 <= number <= most or number != int(number):
        raise BadInput("number")
    return int(number)


def _rubrics() -> list[tuple[str, str]]:
    course = parts().course
    return [
        (one.id, _("with the rubric “%(title)s”, up to %(points)d points", title=one.title, points=one.maximum))
        for one in course.rubrics(course_language())
    ]


def _page(values: dict[str, str], written: WrittenPrompt | None = None, errors: dict[str, str] | None = None) -> str:
    options: dict[str, Any] = {"longest_title": LONGEST_TITLE, "longest_question": LONGEST_QUESTION}
    return render_template(
        "course/prompt.html",
        values=values,
        errors=errors or {},
        written=written,
        rubrics=[*_rubrics(), ("", _("nobody: it is for the writer alone"))],
        chosen=request.values.getlist("chosen"),
        picking=trainers_visit().activity == PICKER,
        **options,
    )
