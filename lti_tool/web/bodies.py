"""Reads a request's whole body before anything else is done for it, so that no transaction waits for a slow sender."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import current_app, g, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from lti_tool.errors import BadInput
from lti_tool.files.errors import FileTooLarge
from lti_tool.web.application import View, parts, transaction
from lti_tool.web.refusals import BodyIncomplete
from lti_tool.web.session import visit

PATIENCE = 30.0
"""Seconds for a whole body; the largest that is taken needs half a minute at 70 kB/s."""

FILE_PATIENCE = 180.0
"""Seconds for a body with a file of somebody who has proven a launch: 10 MB need them at 60 kB/s."""
FORM = 64 * 1024
"""Bytes that the form around a file may have."""


def read_body() -> None:
    """Keep the body for the view; raises BodyIncomplete where it ends early, or is not all here in time, else BadInput.

    A body that ends early would else pass for a whole one: a form that was cut off is still a form.
    """
    if not request.content_length and not _comes_in_chunks():
        return
    brings_file = getattr(current_app.view_functions.get(request.endpoint or ""), "takes_file", False)
    if brings_file:
        _make_room()
    try:
        _receive(FILE_PATIENCE if brings_file else PATIENCE)
    except RequestEntityTooLarge:
        if brings_file:
            raise FileTooLarge(str(request.content_length)) from None
        raise
    except ClientDisconnected:
        raise BodyIncomplete from None
    except ParseException as wrong:  # the server's, of chunks that are none
        raise BadInput(type(wrong).__name__) from None


def _receive(patience: float) -> None:
    with _deadline(request.environ.get("gunicorn.socket"), patience) as over:
        received = len(request.get_data(cache=True))
    promised = request.content_length
    if promised is None and received >= (request.max_content_length or 0):
        raise RequestEntityTooLarge  # Werkzeug takes what fits of such a body, and leaves the rest
    # Where the server marks the end of its stream, Werkzeug takes whatever is there for all of it.
    if over.is_set() or received < (promised or 0):
        raise BodyIncomplete


def _comes_in_chunks() -> bool:
    """Whether the body has an end and no length (RFC 9112, 7.1); the server has put its chunks together."""
    return "Transfer-Encoding" in request.headers


def takes_file(view: View) -> View:
    """Mark a view that takes a form with a file: its body may be as large as one and needs longer to arrive."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def _make_room() -> None:
    """Let this body be as large as a file; raises SessionEnded for whoever has not proven a launch."""
    with transaction(write=False):
        visit()
    del g.visit  # the view asks again: a launch may end while a large body is arriving
    request.max_content_length = parts().files.largest + FORM


@contextmanager
def _deadline(connection: socket.socket | None, patience: float) -> Iterator[threading.Event]:
    """Nothing more is received once the time is over, which is then set; the answer can still be sent.

    A time-out of the socket's own would begin anew with each byte.
    """
    over = threading.Event()
    if connection is None:
        yield over
        return
    timer = threading.Timer(patience, _stop_receiving, (connection, over))
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _stop_receiving(connection: socket.socket, over: threading.Event) -> None:
    over.set()
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
