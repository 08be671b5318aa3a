"""The course's pages: the overview, the units, and the address at which the player keeps progress."""

import hashlib

from flask import jsonify, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from lti_tool.course.placed_activities import find_placed, placed_in
from lti_tool.course.progress import progress_of, save_progress, saved_progress
from lti_tool.course.stages import Stage, count_trainees, stage_of
from lti_tool.course.views.shared import blueprint
from lti_tool.people.models import User
from lti_tool.scores.units import unit_activity
from lti_tool.web.application import db, own_transactions, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.leaving import name_for_browser
from lti_tool.web.session import Visit, visit

A_DAY = 24 * 60 * 60
A_YEAR = 365 * A_DAY


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """The modules and units, with my progress; for trainers with how many are how far."""
    seen, course = visit(), parts().course
    return render_template(
        "course/overview.html",
        course=course,
        lang=course_language(),
        placed=placed_in(db(), seen.context.id),
        mine=progress_of(db(), seen.context.id, seen.user.id),
        planned=set(course.edition(course_language()).plans) if seen.judges else set(),
        module_pages=course.edition(course_language()).modules,
        told_in={one.id: course.language_of(f"modules/{one.id}", course_language()) for one in course.modules},
        trainees=count_trainees(db(), seen.context.id, list(course.units)) if seen.judges else {},
        stage_of=stage_of,
        stages=list(Stage),
    )


@blueprint.get("/units/<unit_id>/")
def unit(unit_id: str) -> ResponseReturnValue:
    """A unit: the pages that the builder made, inside our frame."""
    seen = visit()
    course = parts().course
    found = course.unit(unit_id)
    lang = course.unit_language(found, course_language())
    return render_template(
        "course/unit.html",
        learner=_name_for_browser(seen),
        title=found.title[lang],
        pages=course.unit_html(unit_id, lang),
        lang=lang,
        digest=course.player_digest,
        placed=find_placed(db(), seen.context.id, unit_activity(unit_id)),
    )


@blueprint.get("/units/<unit_id>/progress")
def progress(unit_id: str) -> ResponseReturnValue:
    """What the player saved last."""
    seen = visit()
    return jsonify(saved=saved_progress(db(), seen.context.id, seen.user.id, parts().course.unit(unit_id)))


@blueprint.put("/units/<unit_id>/progress")
def keep_progress(unit_id: str) -> ResponseReturnValue:
    """Keep what the player sends: `{saved_at}`, or 409 with the other window's save in `current`."""
    seen = visit()
    kept = save_progress(
        db(),
        context_id=seen.context.id,
        user_id=seen.user.id,
        unit=parts().course.unit(unit_id),
        sent=request.get_json(silent=True),
        launch_id=seen.launch_id,
    )
    if kept.conflict:
        return jsonify(error="Stale", current=kept.progress.saved), 409
    return jsonify(saved_at=kept.progress.updated_at.isoformat())


def _name_for_browser(seen: Visit) -> str:
    """Under which the player keeps what it could not send: the same in every launch, and says nothing of the person.

    Empty where a launch names nobody: the next such launch is somebody else, and could take nothing up again.
    """
    if db().get_one(User, seen.user.id).is_anonymous:
        return ""
    place = hashlib.sha256(f"{parts().base_url}:{seen.context.id}:{seen.user.id}".encode()).hexdigest()[:16]
    # Who is done at this computer takes away what begins with the first part, whatever the course.
    return f"{name_for_browser()}{place}"


@blueprint.get("/units/<unit_id>/assets/<path:name>")
@own_transactions
def asset(unit_id: str, name: str) -> ResponseReturnValue:
    """A picture of the course. The course is public, so no launch is asked for."""
    parts().course.unit(unit_id)
    return send_from_directory(parts().course.folder / "assets", name, max_age=A_DAY)


@blueprint.get("/player/<path:name>")
@own_transactions
def player(name: str) -> ResponseReturnValue:
    """The player's script and style; their addresses carry the digest."""
    return send_from_directory(parts().course.folder / "player", name, max_age=A_YEAR)
