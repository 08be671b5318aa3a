"""Errors as pages: what happened and what to do, never a trace."""

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException

from lti_tool.demo import messages
from lti_tool.demo.errors import InvalidRequest, NotHere
from lti_tool.demo.state import demo


def register(app: Flask) -> None:
    """Attach the handlers to the application."""
    app.register_error_handler(InvalidRequest, _invalid_request)
    app.register_error_handler(NotHere, _not_here)
    app.register_error_handler(HTTPException, _other)


def _invalid_request(_problem: InvalidRequest) -> tuple[str, int]:
    asked = request.values.to_dict()
    with demo().store.transaction() as session:
        messages.record(session, "id_token", "Login refused with a page: invalid request", {"asked": asked}, 404)
    return render_template("demo/problems/invalid_request.html"), 404


def _not_here(problem: NotHere) -> tuple[str, int]:
    return render_template("demo/problems/not_here.html", sentence=str(problem)), 404


def _other(problem: HTTPException) -> tuple[str, int] | HTTPException:
    status = problem.code or 500
    if status < 400:
        return problem
    return render_template("demo/problems/other.html", status=status), status
