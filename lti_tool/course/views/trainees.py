"""How far the trainees are in a unit: all of them page by page, and one of them page of the unit by page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.course.progress import progress_of, saved_progress
from lti_tool.course.stages import Stage, count_trainees, page_of_trainees, stage_of
from lti_tool.course.views.shared import blueprint, trainers_visit
from lti_tool.errors import NotFound
from lti_tool.people.members import find_member
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import number_in_query


@blueprint.get("/units/<unit_id>/trainees")
def trainees(unit_id: str) -> ResponseReturnValue:
    """How far the trainees are in this unit: all, or those at one stage."""
    seen, course = trainers_visit(), parts().course
    unit = course.unit(unit_id)
    stage = request.args.get("stage", type=Stage)
    return render_template(
        "course/trainees.html",
        unit=unit,
        lang=course.unit_language(unit, course_language()),
        chosen=stage,
        stages=list(Stage),
        counts=count_trainees(db(), seen.context.id, [unit.id]).get(unit.id),
        page=page_of_trainees(db(), seen.context.id, unit.id, stage, number_in_query("page", 1)),
    )


@blueprint.get("/units/<unit_id>/trainees/<int:user_id>")
def trainee(unit_id: str, user_id: int) -> ResponseReturnValue:
    """One person's progress in this unit, to be looked at: nothing of it is the trainer's own, and nothing is saved."""
    seen, course = trainers_visit(), parts().course
    unit = course.unit(unit_id)
    person = find_member(db(), seen.context.id, user_id)
    if person is None:
        raise NotFound("nobody of this course")
    progress = progress_of(db(), seen.context.id, person.id).get(unit.id)
    saved = saved_progress(db(), seen.context.id, person.id, unit) or {}
    return render_template(
        "course/trainee.html",
        unit=unit,
        lang=course.unit_language(unit, course_language()),
        person=person,
        progress=progress,
        stage=stage_of(progress.status if progress else None),
        pages_seen=set(saved.get("seen", ())),
        left_at=saved.get("page", ""),
        answered=len({activity.id for activity in unit.activities}.intersection(saved.get("answers", ()))),
    )
