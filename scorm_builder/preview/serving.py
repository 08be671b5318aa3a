"""Serves the preview on this machine alone until Ctrl-C."""

from collections.abc import Callable
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from scorm_builder.errors import NotACourse, UnknownLanguage
from scorm_builder.preview.application import create_preview
from scorm_builder.preview.desk import Desk

_HOST = "127.0.0.1"


class _Silent(WSGIRequestHandler):
    """An author is told of mistakes in the course, not of requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def serve_preview(root: Path, port: int, language: str | None, ready: Callable[[str], None]) -> None:
    """Preview a course's folder; `ready` hears the address. Port 0 takes one that is free. Returns at Ctrl-C.

    Raises NotACourse, and UnknownLanguage where the course does not have the language. A port in use ends the process.
    """
    if not (root / "course.yaml").is_file():
        raise NotACourse(f"{root} holds no course: there is no course.yaml in it.")
    desk = Desk(root)
    course = desk.standing().course
    if course and language and language not in course.head.languages:
        raise UnknownLanguage(f"The course has no `{language}`; it has {', '.join(course.head.languages)}.")
    server = make_server(_HOST, port, create_preview(desk, language), threaded=True, request_handler=_Silent)
    ready(f"http://{_HOST}:{server.server_port}/")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
