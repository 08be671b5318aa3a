"""The SCORM player and what it tracks (SCORM 1.2 Run-Time Environment, section 3)."""

import io
import json
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from lti_tool.demo import packages, tracking
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.people import Person, trainees
from lti_tool.demo.state import demo
from lti_tool.demo.views.people_in_addresses import person_of

scorm = Blueprint("scorm", __name__)

# Content was written elsewhere and may bring its own scripts, but nothing from another host.
CONTENT_POLICY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
)


@scorm.get("/as/<person_key>/packages/<package_key>")
def play(person_key: str, package_key: str) -> str:
    """The player: the API for content, and the content in a frame. `?mode=browse` is a preview."""
    person, package = person_of(person_key), _package(package_key)
    sco = package.sco(request.args.get("sco", ""))
    browse = request.args.get("mode") == "browse"
    with demo().store.transaction() as session:
        elements = tracking.opening_elements(session, person, package, sco, browse=browse)
    content = url_for("scorm.content", package_key=package.key, name="") + quote(sco.href, safe="/?#=&%:;+,")
    return render_template(
        "demo/player.html", person=person, package=package, sco=sco, elements=elements, content=content
    )


@scorm.get("/packages/<package_key>/content/")
@scorm.get("/packages/<package_key>/content/<path:name>")
def content(package_key: str, name: str = "") -> Response:
    """One file of a package."""
    data, content_type = _package(package_key).read(name)
    response = send_file(io.BytesIO(data), mimetype=content_type)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    return response


@scorm.post("/as/<person_key>/packages/<package_key>/tracks")
def commit(person_key: str, package_key: str) -> Response:
    """Keep what content committed: `{"elements": {name: value}, "finished": bool}`; beacons send it as text."""
    person, package = person_of(person_key), _package(package_key)
    sent = _object(request.get_data())
    elements = sent.get("elements")
    if not isinstance(elements, dict):
        raise ServiceRefused(400, "Elements are missing")
    sco = package.sco(request.args.get("sco", ""))
    with demo().store.transaction() as session:
        tracking.keep(session, person, package, sco, elements, finished=sent.get("finished") is True)
    return jsonify(result="true", errorCode=0)


@scorm.post("/as/<person_key>/packages/<package_key>/attempts")
def start_again(person_key: str, package_key: str) -> AnyResponse:
    """Begin a new attempt and play it."""
    person, package = person_of(person_key), _package(package_key)
    sco = package.sco(request.args.get("sco", ""))
    with demo().store.transaction() as session:
        tracking.start_again(session, person, package, sco)
    return redirect(url_for("scorm.play", person_key=person.key, package_key=package.key, sco=sco.id), 303)


@scorm.get("/as/<person_key>/tracks")
def tracks(person_key: str) -> str:
    """What was tracked: a trainee's own, for trainers that of all."""
    person = person_of(person_key)
    shown: tuple[Person, ...] = (
        (*trainees(with_class=demo().config.with_class), person) if person.is_staff else (person,)
    )
    with demo().store.transaction() as session:
        attempts = tracking.attempts_of(session, shown)
    titles = {package.key: package.title for package in packages.find_packages(demo().config.packages)[0]}
    return render_template("demo/tracks.html", person=person, shown=shown, attempts=attempts, titles=titles)


@scorm.errorhandler(ServiceRefused)
def _refuse(refusal: ServiceRefused) -> tuple[Response, int]:
    return jsonify(result="false", errorCode=405, reason=refusal.reason), refusal.status


def _package(key: str) -> packages.Package:
    return packages.find_package(demo().config.packages, key)


def _object(data: bytes) -> dict[str, object]:
    try:
        sent = json.loads(data)
    except ValueError:
        raise ServiceRefused(400, "No JSON") from None
    if not isinstance(sent, dict):
        raise ServiceRefused(400, "No JSON object")
    return sent
