"""The preview's LRS: as much of xAPI 1.0.3 as a cmi5 unit speaks, and what the panel asks beside it."""

import json
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Options, scopes
from scorm_builder.exporters.cmi5 import unit_identifier
from scorm_builder.preview.desk import Desk, played
from scorm_builder.preview.records import Record, Records

_AUTHOR = {"objectType": "Agent", "account": {"homePage": "https://preview.invalid", "name": "author"}}


def lrs_routes(desk: Desk, records: Records) -> Blueprint:
    """The addresses below `/lrs/<registration>/`."""
    routes = Blueprint("lrs", __name__, url_prefix="/lrs/<registration>")
    _add_visits(routes, desk, records)
    _add_xapi(routes, records)
    return routes


def _add_visits(routes: Blueprint, desk: Desk, records: Records) -> None:
    """What an LMS does beside its LRS: begin visits, hand out tokens; and what the panel shows."""

    @routes.post("/visits/<language>/<unit>")
    def begin_visit(registration: str, language: str, unit: str) -> ResponseReturnValue:
        """Begin a visit as an LMS does, and say which address it would open."""
        course = desk.standing().course
        launched = course and played(course, language, "cmi5", "unit", unit)
        if not course or not launched:
            abort(404)
        name = _activity_id(course, language, unit)
        visit = records.of(registration).begin_visit(name, launched.mastery)
        base = url_for(
            "play", language=language, tracker="cmi5", granularity="unit", identifier=unit, path=launched.href
        )
        query = {
            "endpoint": url_for(".get_record", registration=registration, _external=True).replace("/record", "/xapi/"),
            "fetch": url_for(".fetch_token", registration=registration, visit=visit, _external=True),
            "actor": json.dumps(_AUTHOR),
            "registration": registration,
            "activityId": name,
        }
        return jsonify(address=f"{base}?{urlencode(query)}")

    @routes.get("/record")
    def get_record(registration: str) -> ResponseReturnValue:
        record = records.of(registration)
        return jsonify(statements=record.statements, state=record.state)

    @routes.post("/tokens/<visit>")
    def fetch_token(registration: str, visit: str) -> ResponseReturnValue:
        return jsonify(records.of(registration).fetch_token(visit))


def _add_xapi(routes: Blueprint, records: Records) -> None:
    @routes.post("/xapi/statements")
    def take_statements(registration: str) -> ResponseReturnValue:
        record = _authorised(records, registration)
        told = request.get_json()
        statements = told if isinstance(told, list) else [told]
        records.take(record, statements)
        return jsonify([statement.get("id") for statement in statements])

    @routes.get("/xapi/activities/state")
    def read_state(registration: str) -> ResponseReturnValue:
        state = _authorised(records, registration).state
        name = request.args.get("stateId", "")
        return jsonify(state[name]) if name in state else Response(status=404)

    @routes.put("/xapi/activities/state")
    def write_state(registration: str) -> ResponseReturnValue:
        records.keep(_authorised(records, registration), request.args.get("stateId", ""), request.get_json())
        return Response(status=204)

    @routes.get("/xapi/agents/profile")
    def read_preferences(registration: str) -> ResponseReturnValue:
        _authorised(records, registration)
        return jsonify(audioPreference="on")


def _activity_id(course: Course, language: str, unit: str) -> str:
    """The name that the unit has in its own package."""
    packages = scopes(course, Options("unit", (language,)), own="unit")
    return next(unit_identifier(course, one, one.units[0]) for one in packages if one.id == unit)


def _authorised(records: Records, registration: str) -> Record:
    record = records.of(registration)
    if not record.knows(request.headers.get("Authorization", "")):
        abort(401)
    return record
