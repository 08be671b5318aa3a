"""How to run a unit: the trainer's session plan and the sheets to print."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lti_tool.course.views.shared import blueprint, trainers_visit
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_language


@blueprint.get("/units/<unit_id>/plan")
def session_plan(unit_id: str) -> ResponseReturnValue:
    """The plan for running this unit, in each of its modes."""
    trainers_visit()
    course = parts().course
    lang = course_language()
    handouts = course.handouts_of(course.unit(unit_id).id, lang)
    return render_template(
        "course/session_plan.html",
        plan=course.plan(unit_id, lang),
        sheets={one.id: {**one.model_dump(), **_place(unit_id, one.id, lang)} for one in handouts},
        lang=course.language_of(f"plans/{unit_id}", lang),
    )


def _place(unit_id: str, handout_id: str, wanted: str) -> dict[str, str]:
    """Where the printable sheet lies, and in which language it is."""
    lang = parts().course.language_of(f"handouts/{handout_id}", wanted)
    name = f"handouts/{handout_id}.{lang}.html"
    return {"lang": lang, "address": url_for("course.asset", unit_id=unit_id, name=name)}
