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

from lti_tool.codes import new_code
from lti_tool.engines import is_away
from lti_tool.errors import (
    UNKNOWN,
    BadInput,
    DatabaseAway,
    Explanation,
    NotFound,
    Refusal,
    SessionEnded,
    Stale,
    TooLong,
    TryLater,
)
from lti_tool.security_log import log_event
from lti_tool.web.application import READING
from lti_tool.web.refusals import ForgedRequest
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

HTTP_KINDS: dict[type[HTTPException], type[Refusal]] = {
    CSRFError: ForgedRequest,
    NoSuchPage: NotFound,
    RequestEntityTooLarge: TooLong,
}


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(DBAPIError, _refuse_or_fail)
    app.register_error_handler(NoFreeConnection, _wait_for_database)
    app.register_error_handler(Exception, _fail)


def refuse(refusal: Refusal) -> ResponseReturnValue:
    """The answer to a refusal."""
    reference, kind = new_code(), type(refusal).__name__
    if refusal.security_event is None:
        log.info("%s %s %s %r", reference, kind, request.endpoint, refusal.detail)
    else:
        where = {"registration": known_registration(), "launch": shown_launch()}
        told = {"kind": kind, "why": refusal.detail or None, "endpoint": request.endpoint}
        log_event(refusal.security_event, reference=reference, **where, **told)
    return _answer(refusal, refusal.status, reference)


def explain(error: Exception) -> Explanation:
    """What people are told about the error, in the language of the page."""
    told = error.explanation if isinstance(error, Refusal) else UNKNOWN
    return Explanation(_(told.title), _(told.meaning), _(told.advice))


def _refuse_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error
    kind = HTTP_KINDS.get(type(error))
    if kind is ForgedRequest and not (keeps_cookies() or held_by_tab()):
        kind = SessionEnded  # the cookie is gone, and the token's other half with it
    if kind is not None:
        return refuse(kind(str(error.code)))
    reference = new_code()
    refusal = BadInput()
    log.info("%s %s %s %s", reference, type(refusal).__name__, request.endpoint, error.code)
    return _answer(refusal, error.code or 400, reference)


def _refuse_or_fail(error: DBAPIError) -> ResponseReturnValue:
    return _wait_for_database(error) if is_away(error) else _fail(error)


def _wait_for_database(error: DBAPIError | NoFreeConnection) -> ResponseReturnValue:
    # The driver's message may hold a password; the kind of its error says enough.
    return refuse(DatabaseAway(type(getattr(error, "orig", None) or error).__name__))


def _fail(error: Exception) -> ResponseReturnValue:
    reference = new_code()
    log.error("%s %s failed", reference, request.endpoint, exc_info=error)
    return _answer(error, 500, reference)


def _answer(error: Exception, status: int, reference: str) -> ResponseReturnValue:
    told = explain(error)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        body = jsonify(
            error=type(error).__name__,
            title=told.title,
            meaning=told.meaning,
            advice=told.advice,
            reference=reference,
            session_ended=isinstance(error, SessionEnded | ForgedRequest),
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
        action=_way_back(told.title),
        again=_what_was_sent() if isinstance(error, TryLater) else None,
    )
    return _with_retry(make_response(page, status), error)


def _with_retry(response: Response, error: Exception) -> Response:
    if isinstance(error, TryLater):
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
    return {"current": error.current} if isinstance(error, Stale) and error.current else {}
