"""Reads a request's whole body before anything else is done for it, so that no transaction waits for a slow sender."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import request
from werkzeug.exceptions import ClientDisconnected

from lti_tool.web.refusals import BodyIncomplete

PATIENCE = 30.0
"""Seconds for a whole body; the largest that is taken needs half a minute at 70 kB/s."""


def read_body() -> None:
    """Keep the body for the view; raises BodyIncomplete where it ends early, or is not all here in time.

    A body that ends early would else pass for a whole one: a form that was cut off is still a form.
    """
    if not request.content_length:
        return
    try:
        with _deadline(request.environ.get("gunicorn.socket")):
            received = len(request.get_data(cache=True))
    except ClientDisconnected:
        raise BodyIncomplete from None
    # Where the server marks the end of its stream, Werkzeug takes whatever is there for all of it.
    if received < request.content_length:
        raise BodyIncomplete


@contextmanager
def _deadline(connection: socket.socket | None) -> Iterator[None]:
    """Nothing more is received once the time is over; the answer can still be sent.

    A time-out of the socket's own would begin anew with each byte.
    """
    if connection is None:
        yield
        return
    timer = threading.Timer(PATIENCE, _stop_receiving, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop_receiving(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
