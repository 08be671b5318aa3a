"""How to run a unit: the trainer's session plan and the sheets to print."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lti_tool.course.views.shared import blueprint, trainers_visit
from lti_tool.web.application import parts
from lti_tool.web.languages import language


@blueprint.get("/units/<unit_id>/plan")
def session_plan(unit_id: str) -> ResponseReturnValue:
    """The plan for running this unit, in each of its modes."""
    trainers_visit()
    course = parts().course
    lang = course.language(language())
    handouts = course.handouts_of(course.unit(unit_id).id, lang)
    return render_template(
        "course/session_plan.html",
        plan=course.plan(unit_id, lang),
        sheets={one.id: {**one.model_dump(), "address": _address(unit_id, one.id, lang)} for one in handouts},
        lang=lang,
    )


def _address(unit_id: str, handout_id: str, lang: str) -> str:
    """Where the printable sheet lies; in the course's first language where it has no other."""
    course = parts().course
    own, first = (f"handouts/{handout_id}.{code}.html" for code in (lang, course.languages[0]))
    return url_for("course.asset", unit_id=unit_id, name=own if (course.folder / "assets" / own).exists() else first)
