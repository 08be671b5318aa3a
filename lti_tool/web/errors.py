"""Every refusal becomes a page or a JSON message here, once, with a reference that the log carries."""

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.exceptions import NotFound as NoSuchPage

from lti_tool import errors
from lti_tool.codes import new_code
from lti_tool.engines import is_away
from lti_tool.security_log import Event, log_event
from lti_tool.web.application import READING
from lti_tool.web.explanations import explain
from lti_tool.web.return_link import return_address
from lti_tool.web.session import (
    ProofMissing,
    held_by_tab,
    keeps_cookies,
    known_registration,
    known_visit,
    shown_launch,
)

log = logging.getLogger("lti_tool.refused")

HTTP_KINDS: dict[type[HTTPException], type[errors.Refusal]] = {
    CSRFError: errors.ForgedRequest,
    NoSuchPage: errors.NotFound,
    RequestEntityTooLarge: errors.TooLong,
}


EVENTS: tuple[tuple[type[errors.Refusal], Event], ...] = (
    (errors.LoginRefused, Event.LAUNCH_REFUSED),
    (errors.InvitationNotValid, Event.REGISTRATION_REFUSED),
    (errors.ForgedRequest, Event.REQUEST_FORGED),
    (errors.NotAllowed, Event.ACCESS_REFUSED),
    (errors.SessionEnded, Event.ACCESS_REFUSED),
)
"""Which refusals are events of security; the first that fits."""


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.Refusal, refuse)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(DBAPIError, _refuse_or_fail)
    app.register_error_handler(NoFreeConnection, _wait_for_database)
    app.register_error_handler(Exception, _fail)


def refuse(refusal: errors.Refusal) -> ResponseReturnValue:
    """The answer to a refusal."""
    reference, kind = new_code(), type(refusal).__name__
    event = next((event for refused, event in EVENTS if isinstance(refusal, refused)), None)
    if event is None:
        log.info("%s %s %s %r", reference, kind, request.endpoint, refusal.detail)
    else:
        where = {"registration": known_registration(), "launch": shown_launch()}
        told = {"kind": kind, "why": refusal.detail or None, "endpoint": request.endpoint}
        log_event(event, reference=reference, **where, **told)
    return _answer(refusal, refusal.status, reference)


def _refuse_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error
    kind = HTTP_KINDS.get(type(error))
    if kind is errors.ForgedRequest and not (keeps_cookies() or held_by_tab()):
        kind = errors.SessionEnded  # the cookie is gone, and the token's other half with it
    if kind is not None:
        return refuse(kind(str(error.code)))
    reference = new_code()
    refusal = errors.BadInput()
    log.info("%s %s %s %s", reference, type(refusal).__name__, request.endpoint, error.code)
    return _answer(refusal, error.code or 400, reference)


def _refuse_or_fail(error: DBAPIError) -> ResponseReturnValue:
    return _wait_for_database(error) if is_away(error) else _fail(error)


def _wait_for_database(error: DBAPIError | NoFreeConnection) -> ResponseReturnValue:
    # The driver's message may hold a password; the kind of its error says enough.
    return refuse(errors.DatabaseAway(type(getattr(error, "orig", None) or error).__name__))


def _fail(error: Exception) -> ResponseReturnValue:
    reference = new_code()
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
            session_ended=isinstance(error, errors.SessionEnded | errors.ForgedRequest),
            **_other_version(error),
        )
        return _with_retry(make_response(body, status), error)
    stored = error.stored if isinstance(error, ProofMissing) and request.method in READING else None
    page = render_template(
        "frame/error.html",
        told=told,
        reference=reference,
        status=status,
        stored=stored,
        action=_way_back(str(told.title)),
        again=_what_was_sent() if isinstance(error, errors.TryLater) else None,
    )
    return _with_retry(make_response(page, status), error)


def _with_retry(response: Response, error: Exception) -> Response:
    if isinstance(error, errors.TryLater):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _what_was_sent() -> list[tuple[str, str]] | None:
    """The fields of the form, so that the page can send them again; nothing where files or no form came.

    Not the secret that an LMS keeps for us: a script has fetched it, and does so again.
    """
    if request.method != "POST" or request.files or not request.form:
        return None
    return [(name, value) for name, value in request.form.items(multi=True) if name != "proof"]


def _way_back(title: str) -> tuple[str, str] | None:
    seen = known_visit()
    if seen is None or not seen.return_url:
        return None
    return str(_("Back to your course")), return_address(seen.return_url, error=title)


def _other_version(error: Exception) -> dict[str, object]:
    return {"current": error.current} if isinstance(error, errors.Stale) and error.current else {}
