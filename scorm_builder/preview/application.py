"""The preview's pages: the author's page, the course as packages have it, and news of what was saved or told."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from mimetypes import guess_type
from typing import Any, cast

from flask import Flask, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Granularity, Options, Scope, scopes
from scorm_builder.figures import uncovered
from scorm_builder.markup.strings import strings_for
from scorm_builder.preview.desk import Desk, played
from scorm_builder.preview.lrs import lrs_routes
from scorm_builder.preview.records import Records
from scorm_builder.preview.watching import PAUSE, stamp_of
from scorm_builder.sources.gaps import gaps, unlisted

_TRACKERS = "scorm12, scorm2004, cmi5"
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data:; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "media", "font", "connect", "frame")
)


def create_preview(desk: Desk, language: str | None) -> Flask:
    """The application that previews the course on a desk, in `language` at first."""
    app = Flask("scorm_builder.preview", static_folder="built", static_url_path="/preview")
    # Another site whose name is made to lead to this machine (DNS rebinding) names itself in Host, and reads nothing.
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    records = Records()
    app.register_blueprint(lrs_routes(desk, records))
    app.after_request(_harden)

    @app.get("/")
    def show() -> ResponseReturnValue:
        course = desk.standing().course
        shown = _language_of(course, request.args.get("language") or language)
        say = strings_for(shown)["preview"]
        languages = course.head.languages if course else ()
        told = json.dumps({**say, "language": shown, "languages": languages}, ensure_ascii=False)
        return render_template("preview.html", say=say, language=shown, languages=languages, told=told)

    @app.get("/course/<language>")
    def describe(language: str) -> ResponseReturnValue:
        standing = desk.standing()
        described = _described(desk, standing.course, language) if standing.course else {}
        return jsonify(version=standing.version, mistakes=[asdict(one) for one in standing.mistakes], **described)

    @app.get("/changes")
    def follow() -> ResponseReturnValue:
        return Response(_changes(desk, records), content_type="text/event-stream")

    @app.get(f"/play/<language>/<any({_TRACKERS}):tracker>/<any(unit, module):granularity>/<identifier>/<path:path>")
    def play(language: str, tracker: str, granularity: str, identifier: str, path: str) -> ResponseReturnValue:
        course = desk.standing().course
        size = cast("Granularity", granularity)
        launched = course and played(course, language, tracker, size, identifier)
        if not launched or path not in launched.files:
            abort(404)
        return Response(launched.files[path], content_type=_content_type(path))

    return app


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"  # the later pages are a script
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _language_of(course: Course | None, wanted: str | None) -> str:
    """The wanted language where the course has it, else its first; English while nothing is readable."""
    if course is None:
        return "en"
    return wanted if wanted in course.head.languages else course.head.languages[0]


def _described(desk: Desk, course: Course, wanted: str) -> dict[str, Any]:
    """What the author can open, and what would be worth a look."""
    head, language = course.head, _language_of(course, wanted)
    units = {scope.id: _playable(scope) for scope in scopes(course, Options("unit", (language,)), own="unit")}
    modules = [
        {**_playable(scope), "units": [units[unit.id] for unit in scope.units]}
        for scope in scopes(course, Options("module", (language,)), own="module")
    ]
    remarks = [*uncovered(course), *gaps(course), *unlisted(desk.root, head)]
    languages = list(head.languages)
    title = head.title[language]
    return {"title": title, "language": language, "languages": languages, "modules": modules, "remarks": remarks}


def _playable(scope: Scope) -> dict[str, Any]:
    return {"id": scope.id, "title": scope.title, "mastery": scope.mastery}


def _changes(desk: Desk, records: Records) -> Iterator[str]:
    """News while the page listens: files were saved and are at rest since the last look; a unit told something."""
    told, before = "", ""
    while True:
        stamp = stamp_of(desk.root)
        news = json.dumps({"course": stamp, "told": records.changes})
        # A line that says nothing finds out whether anybody is still there.
        yield f"data: {news}\n\n" if stamp == before and news != told else ":\n\n"
        told, before = (news if stamp == before else told), stamp
        time.sleep(PAUSE)


def _content_type(path: str) -> str:
    kind = guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
