"""Pages with the course's lists, for everybody in the course to read."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.course.catalogues import CATALOGUES, catalogues_in, find_catalogue
from lti_tool.course.measure_search import searched_measures
from lti_tool.course.views.shared import blueprint
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_language
from lti_tool.web.session import visit


@blueprint.get("/lists/<catalogue>")
def shown_list(catalogue: str) -> ResponseReturnValue:
    """One list; `?section=p8` names the section of the road map to lead back to; measures can be searched."""
    visit()
    course, lang = parts().course, course_language()
    data = course.edition(lang).data
    asked_from = request.args.get("section", "")
    return render_template(
        "course/catalogue.html",
        catalogue=find_catalogue(course, lang, catalogue),
        all=catalogues_in(data, [one.name for one in CATALOGUES]),
        data=data,
        lang=lang,
        **searched_measures(data.measures.measures, request.args),
        section=next((section for section in course.sections(lang) if section.id == asked_from), None),
    )
