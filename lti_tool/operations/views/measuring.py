"""Every request measured, and the operator's own address at which the numbers are read.

Prometheus must meet each process by itself: behind a load balancer each reading would be of another machine. So the
numbers have an address of their own, which nobody reaches who reaches the pages, and which is off unless asked for.
"""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request, request_finished, request_started

from lti_tool.operations.metrics import CONTENT_TYPE, Metrics
from lti_tool.operations.standing_numbers import StandingNumbers
from lti_tool.web.application import Application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "/metrics"
UNKNOWN = "none"
"""The endpoint of what is no address of ours; what was asked for instead is anybody's to choose."""


def measure(app: Application, metrics: Metrics) -> Callable[[], None]:
    """Count every request of the app from now on; what is given back ends it."""

    def begin(_app: Flask, **_: object) -> None:
        g.began_at = time.perf_counter()

    def end(_app: Flask, response: Response, **_: object) -> None:
        seconds = time.perf_counter() - g.began_at
        metrics.count_request(request.endpoint or UNKNOWN, response.status_code, seconds)

    request_started.connect(begin, app, weak=False)
    request_finished.connect(end, app, weak=False)

    def stop() -> None:
        request_started.disconnect(begin, app)
        request_finished.disconnect(end, app)

    return stop


def with_metrics(app: Application, metrics: Metrics, port: int) -> "WSGIApplication":
    """The app, and the metrics for whoever came by this port of the server's, where nothing else is to be had."""
    measure(app, metrics)
    numbers = numbers_of(metrics, StandingNumbers(app.parts.database))

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # The port of the socket: no header says it.
        chosen = numbers if environ["SERVER_PORT"] == str(port) else app
        return chosen(environ, start_response)

    return answer


def numbers_of(metrics: Metrics, *collectors: StandingNumbers) -> "WSGIApplication":
    """Answers `GET /metrics` and nothing else."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) != ("GET", ADDRESS):
            start_response(_line(HTTPStatus.NOT_FOUND), [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return [b""]
        body = metrics.text(collectors)
        start_response(_line(HTTPStatus.OK), [("Content-Type", CONTENT_TYPE), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def _line(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"
