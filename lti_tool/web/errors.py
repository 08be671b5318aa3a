"""Every refusal becomes a page or a JSON message here, once, with a reference that the log carries."""

import logging
import secrets

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.exceptions import NotFound as NoSuchPage

from lti_tool import errors
from lti_tool.web.application import READING
from lti_tool.web.explanations import explain
from lti_tool.web.returning import return_address
from lti_tool.web.session import ProofMissing, known_visit

log = logging.getLogger("lti_tool.refused")

HTTP_KINDS: dict[type[HTTPException], type[errors.Refusal]] = {
    CSRFError: errors.ForgedRequest,
    NoSuchPage: errors.NotFound,
    RequestEntityTooLarge: errors.TooLong,
}


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.Refusal, _refuse)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(Exception, _fail)


def _refuse(refusal: errors.Refusal) -> ResponseReturnValue:
    reference = _reference()
    log.info("%s %s %s %r", reference, type(refusal).__name__, request.endpoint, refusal.detail)
    return _answer(refusal, refusal.status, reference)


def _refuse_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error
    kind = HTTP_KINDS.get(type(error), errors.BadInput)
    reference = _reference()
    log.info("%s %s %s %s", reference, kind.__name__, request.endpoint, error.code)
    return _answer(kind(), error.code or 400, reference)


def _fail(error: Exception) -> ResponseReturnValue:
    reference = _reference()
    log.error("%s %s failed", reference, request.endpoint, exc_info=error)
    return _answer(error, 500, reference)


def _answer(error: Exception, status: int, reference: str) -> ResponseReturnValue:
    told = explain(error)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        body = jsonify(
            error=type(error).__name__,
            title=str(told.title),
            meaning=str(told.meaning),
            advice=str(told.advice),
            reference=reference,
            **_other_version(error),
        )
        return make_response(body, status)
    stored = error.stored if isinstance(error, ProofMissing) and request.method in READING else None
    page = render_template(
        "frame/error.html",
        told=told,
        reference=reference,
        status=status,
        stored=stored,
        action=_way_back(str(told.title)),
    )
    return make_response(page, status)


def _way_back(title: str) -> tuple[str, str] | None:
    seen = known_visit()
    if seen is None or not seen.return_url:
        return None
    return str(_("Back to your course")), return_address(seen.return_url, error=title)


def _other_version(error: Exception) -> dict[str, object]:
    return {"current": error.current} if isinstance(error, errors.Stale) and error.current else {}


def _reference() -> str:
    # Short enough to be read out on the telephone, without letters that look alike.
    return "-".join("".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(4)) for _ in "ab")
