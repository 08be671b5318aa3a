"""Calibration: the course's sample pieces, marked by a trainer for practice and compared with the agreed levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from lti_tool.errors import NotFound
from lti_tool.grading.agreement import Closeness
from lti_tool.grading.calibration import (
    begin_round,
    compare_with_agreed,
    find_mark,
    marks_of,
    rounds_of,
    save_practice,
)
from lti_tool.grading.calibration_results import Drift, drift_of, result_of
from lti_tool.grading.draft_grades import Judgement, read_judgement
from lti_tool.grading.errors import NotFullyJudged
from lti_tool.grading.models import CalibrationMark
from lti_tool.grading.views.shared import LEVEL, blueprint, sent_judgement, titles_of, trainers_visit
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import number_in_query, number_sent
from scorm_builder.course_format.journal import Criterion, Prompt, Rubric, Sample

CLOSENESS: Mapping[Closeness, LazyString] = {
    Closeness.NEARLY_ALWAYS: lazy_gettext("You agree nearly always"),
    Closeness.MOSTLY: lazy_gettext("You agree mostly"),
    Closeness.IN_PART: lazy_gettext("You agree in part"),
    Closeness.SELDOM: lazy_gettext("You agree seldom"),
}
DRIFT: Mapping[Drift, LazyString] = {
    Drift.NEARER: lazy_gettext("You are nearer to the agreed levels than in the round before."),
    Drift.SAME: lazy_gettext("You mark as you did in the round before."),
    Drift.FURTHER: lazy_gettext("You are further from the agreed levels than in the round before."),
}


@dataclass(frozen=True)
class Practice:
    """A sample piece with all that its page shows of the course."""

    sample: Sample
    prompt: Prompt
    rubric: Rubric
    language: str
    """Of the piece and of the reasons."""


@blueprint.get("/calibration/")
def calibration() -> ResponseReturnValue:
    """The sample pieces, how far the trainer is with them, and how far they agree."""
    samples, rounds = _samples(), rounds_of(db(), trainers_visit().user.id)
    marks = marks_of(db(), rounds)
    newest = rounds[-1].number if rounds else 1
    results = [result_of(one, marks[one.number].values()) for one in rounds]
    results = [one for one in results if one.pieces]
    is_begun = bool(results) and results[-1].number == newest
    drift = drift_of(results) if is_begun else None
    own = marks.get(newest, {})
    return render_template(
        "grading/calibration.html",
        samples=samples,
        round=newest,
        marks=own,
        compared=sum(bool(name in own and own[name].compared_at) for name in samples),
        first=next((name for name in samples if name not in own or own[name].compared_at is None), None),
        result=results[-1] if is_begun else None,
        results=results,
        drift=DRIFT[drift] if drift else None,
        criteria=_criteria(samples),
        closeness=CLOSENESS,
    )


@blueprint.post("/calibration/")
def begin_calibration() -> ResponseReturnValue:
    """Begin another round."""
    _samples()
    number = begin_round(db(), trainers_visit().user.id, number_sent(request.form.get("after")))
    flash(_("Round %(number)d: mark the pieces as if you had never seen them.", number=number), "good")
    return redirect(url_for("grading.calibration"))


@blueprint.get("/calibration/<sample_id>")
def practise(sample_id: str) -> ResponseReturnValue:
    """One sample piece beside the rubric or, once it was compared, beside the agreed levels."""
    return _page(_find(sample_id), _round())


@blueprint.put("/calibration/<sample_id>/judgement")
def save_practice_marks(sample_id: str) -> ResponseReturnValue:
    """Save the marks; 409 with the others where another window had saved meanwhile."""
    found, trainer = _find(sample_id), trainers_visit().user.id
    judgement, version = sent_judgement(found.rubric)
    saved = save_practice(db(), trainer, _round(), found.sample, judgement=judgement, version=version)
    answer = _as_json(saved.mark)
    return (jsonify(error="Stale", current=answer), 409) if saved.conflict else jsonify(answer)


@blueprint.post("/calibration/<sample_id>")
def act_in_practice(sample_id: str) -> ResponseReturnValue:
    """The form: save what it holds, and show the agreed levels where they are asked for."""
    found, number, form = _find(sample_id), _round(), request.form
    levels = {name.removeprefix(LEVEL): value for name, value in form.items() if name.startswith(LEVEL)}
    judgement = read_judgement(found.rubric, levels, form.get("comment", ""))
    version, trainer = number_sent(form.get("version")), trainers_visit().user.id
    saved = save_practice(db(), trainer, number, found.sample, judgement=judgement, version=version)
    if saved.conflict:
        return _page(found, number, typed=judgement), 409
    if form.get("do") == "compare":
        try:
            compare_with_agreed(db(), saved.mark, found.sample, found.rubric, saved.mark.version)
        except NotFullyJudged as refusal:
            return _page(found, number, missing=refusal.missing), refusal.status
    return redirect(url_for("grading.practise", sample_id=sample_id, round=number))


def _page(found: Practice, number: int, *, typed: Judgement | None = None, missing: tuple[str, ...] = ()) -> str:
    names = list(_samples())
    place = names.index(found.sample.id)
    mark = find_mark(db(), trainers_visit().user.id, number, found.sample.id)
    return render_template(
        "grading/practice.html",
        practice=found,
        sample=found.sample,
        rubric=found.rubric,
        round=number,
        mark=mark,
        is_compared=mark is not None and mark.compared_at is not None,
        shown=typed or Judgement(mark.levels if mark else {}, mark.comment if mark else ""),
        typed=typed,
        missing=titles_of(found.rubric, missing),
        previous=names[place - 1] if place else None,
        following=names[place + 1] if place + 1 < len(names) else None,
        place=place + 1,
        count=len(names),
    )


def _samples() -> dict[str, Sample]:
    """The course's sample pieces in their order; raises NotFound where it has none."""
    trainers_visit()
    found = {one.id: one for one in parts().course.edition(course_language()).data.samples.samples}
    if not found:
        raise NotFound("samples")
    return found


def _find(sample_id: str) -> Practice:
    sample = _samples().get(sample_id)
    if sample is None:
        raise NotFound("sample")
    course, language = parts().course, course_language()
    prompt = course.prompt(sample.prompt, language)
    if prompt.rubric is None:
        raise NotFound("rubric")
    rubric = course.rubric(prompt.rubric, language)
    return Practice(sample, prompt, rubric, course.language_of(f"samples/{sample.id}", language))


def _round() -> int:
    """The round that the address names, else the newest."""
    rounds = rounds_of(db(), trainers_visit().user.id)
    wanted = number_in_query("round", rounds[-1].number if rounds else 1)
    if wanted != 1 and wanted not in {one.number for one in rounds}:
        raise NotFound("round")
    return wanted


def _criteria(samples: Mapping[str, Sample]) -> dict[str, Criterion]:
    """The criteria that the pieces are marked by, each once, in the rubric's order."""
    rubrics = [_find(name).rubric for name in samples]
    return {criterion.id: criterion for rubric in rubrics for criterion in rubric.criteria}


def _as_json(mark: CalibrationMark) -> dict[str, Any]:
    at = mark.saved_at.isoformat()
    own = {"levels": mark.levels, "comment": mark.comment}
    return {"version": mark.version, "saved_at": at, "at": at, "who": _("You, in another window"), **own}
