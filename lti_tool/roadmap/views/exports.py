"""Taking a map along: the page that says how, the files, the address for calendars, and putting a file in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from lti_tool.errors import BadInput, NotFound
from lti_tool.files.errors import NoFileChosen
from lti_tool.plain_text import in_one_line
from lti_tool.roadmap.calendar_subscriptions import close_calendar, open_calendar, secret_of
from lti_tool.roadmap.errors import (
    MapFileDoesNotFit,
    MapFileNewer,
    MapFileOfOtherCourse,
    MapNotEmpty,
    NoMapFile,
)
from lti_tool.roadmap.exports import EXPORTS, Export, find_export
from lti_tool.roadmap.exports.map_file import read_map_file
from lti_tool.roadmap.exports.map_import import import_map
from lti_tool.roadmap.field_names import find_section
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.views.plans import plan_of
from lti_tool.roadmap.views.room import OpenMap, actor, blueprint, course_sections, own_map, readable_map
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.course_language import course_language, own_name
from lti_tool.web.downloads import send_made
from scorm_builder.course_format.planner import Section

NOT_PUT_IN = (NoFileChosen, NoMapFile, MapFileNewer, MapFileOfOtherCourse, MapFileDoesNotFit, MapNotEmpty)
"""What is told on the page itself: nothing has been written by then."""
LONGEST_NAME = 60
"""Characters of a school's name in that of a file."""
WORDS = {
    "plan": (lazy_gettext("The whole plan"), lazy_gettext("PDF, to read and to print")),
    "summary": (lazy_gettext("On one page"), lazy_gettext("PDF, to hand out")),
    "poster": (lazy_gettext("A poster for the wall"), lazy_gettext("PDF, A3")),
    "word": (lazy_gettext("The whole plan, to write on"), lazy_gettext("Word file")),
}
"""What is made of the whole map for people, in the order of the page, with what it is."""


@blueprint.get("/take-along")
@blueprint.get("/teams/<int:team_id>/take-along")
def take_along(team_id: int | None = None) -> ResponseReturnValue:
    """All ways of taking the map along."""
    return _page(readable_map(team_id))


@blueprint.get("/files/<export_name>")
@blueprint.get("/teams/<int:team_id>/files/<export_name>")
@own_transactions
def map_file(export_name: str, team_id: int | None = None) -> ResponseReturnValue:
    """A file with the map: `?language=el`, and `&section=p8` for one about one section. It is made outside any
    transaction.
    """
    with transaction(write=False):
        opened, export = readable_map(team_id), find_export(export_name)
        language = _language(export)
        plan = plan_of(opened.id, opened.team, language, _section(export, language))
    return send_made(export.make(plan), export.media_type, _file_name(export, opened.team.name, plan.section))


@blueprint.post("/import")
def put_in() -> ResponseReturnValue:
    """Put a file with a map into the own map, if that is empty."""
    opened, sent = own_map(), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise NoFileChosen("form")
        file = read_map_file(sent.read(), parts().course.course.id)
        import_map(db(), opened.id, actor(), course_sections(), file)
    except NOT_PUT_IN as refusal:
        return _page(opened, refusal), refusal.status
    flash(_("The file stands in your map."), "success")
    return redirect(url_for("roadmap.road_map"), 303)


@blueprint.post("/calendar")
def calendar_address() -> ResponseReturnValue:
    """Make an address for calendars, with which a former one ends, or take it away."""
    opened, do = own_map(), request.form.get("do", "")
    if do == "open":
        open_calendar(db(), opened.id, actor(), course_language(), parts().calendar_secrets)
        flash(_("The calendar has an address now."), "success")
    elif do == "close":
        close_calendar(db(), opened.id, actor())
        flash(_("The address is closed. Calendars that used it get nothing any more."), "success")
    else:
        raise BadInput("button")
    return redirect(url_for("roadmap.take_along", _anchor="calendar"), 303)


def _page(opened: OpenMap, refused: BadInput | MapNotEmpty | None = None) -> str:
    sections, by_name = course_sections(), {export.name: export for export in EXPORTS}
    secret = secret_of(db(), opened.id, parts().calendar_secrets) if opened.mine else None
    tables = by_name["table"]
    return render_template(
        "roadmap/take_along.html",
        opened=opened,
        documents=[(by_name[name], *words) for name, words in WORDS.items() if name in by_name],
        languages=[(code, own_name(code)) for code in parts().course.languages],
        lists=[section for section in sections if tables.about_one(section)],
        secret=secret,
        calendar_address=_calendar_address(secret),
        may_import=opened.mine and read_map(db(), opened.id, sections).empty,
        refused=refused,
    )


def _calendar_address(secret: str | None) -> str:
    return f"{parts().base_url}{url_for('calendars.days', secret=secret)}" if secret else ""


def _language(export: Export) -> str:
    """The language that was asked for; raises NotFound for one that the course has not."""
    wanted = request.args.get("language", "") or course_language()
    if wanted not in parts().course.languages:
        raise NotFound("language")
    return wanted if export.has_language else parts().course.languages[0]


def _section(export: Export, language: str) -> Section | None:
    """The section that was asked for; raises NotFound where there is no such file about it."""
    sections = parts().course.sections(language)
    if not any(export.about_one(section) for section in sections):
        return None
    found = find_section(sections, request.args.get("section", ""))
    if not export.about_one(found):
        raise NotFound("section")
    return found


def _file_name(export: Export, school: str, section: Section | None) -> str:
    """The school and what it is, without what file systems do not take."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in in_one_line(school))
    about = section.title if section else export.name
    return f"{' '.join(kept.split())[:LONGEST_NAME].strip()} {about}.{export.extension}".strip()
