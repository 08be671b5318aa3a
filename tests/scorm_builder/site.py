"""A small web server for the browser tests: a strict SCORM LMS, and the LTI tool's unit page."""

import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from tests.scorm_builder.changes import POLL, Changes

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
POLICY = "default-src 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "frame")
)
TOOL = "/l/abc/course/units/m1u1/"
LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tool</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csrf-token" content="the-token">
<meta name="pw-drafts" content="{key}"><script type="module" src="/sealing.js"></script>
<link rel="stylesheet" href="player/player.css"><script src="player/lti.js" defer></script></head>
<body><main data-learner="{learner}">{fragment}</main></body></html>"""


SEALING = b'import * as sealing from "/assets/_sealing.js"; window.partnerwiseSealing = sealing;'
"""What the frame around the tool's pages does (`lti_tool/web/assets/frame.js`)."""


FIXED = {"/favicon.ico": b"", "/blank": b"<!doctype html><title>Blank</title>", "/sealing.js": SEALING}


class Site:
    """What is served, and what the tool's side has kept; `refuse` is a status that `progress` answers with.

    `learner` is the name that the tool gives its learner for this browser; `held`: files that are not given yet.
    """

    def __init__(self, zip_path: Path, bundle: Path) -> None:
        self.unit = self.read(zip_path)
        self.bundle = bundle
        self.kept: dict[str, Any] | None = None
        self.refuse = 0
        self.learner = "carla"
        self.asked: list[tuple[str, str]] = []
        self.held: set[str] = set()
        self.changes = Changes()
        self.address = ""

    def until_asked(self, name: str) -> None:
        """Wait until somebody asks for a file of the package."""
        self.changes.until(lambda: ("GET", f"/unit/{name}") in self.asked, lambda: f"{name} was never asked for")

    def give(self, name: str) -> None:
        """Give a file away that was held."""
        self.held.discard(name)
        self.changes.tell()

    def wait_for(self, path: str) -> None:
        """Keep whoever asks for a file waiting while it is held."""
        self.changes.tell()
        name = path.removeprefix("/unit/")
        self.changes.until(lambda: name not in self.held, lambda: f"{name} was never given away")

    @staticmethod
    def read(zip_path: Path) -> dict[str, bytes]:
        """A package's files by path."""
        with zipfile.ZipFile(zip_path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def content(self, path: str) -> bytes | None:
        """The body of a GET, or None."""
        if path.startswith("/unit/"):
            return self.unit.get(path.removeprefix("/unit/"))
        if path == TOOL:
            fragment = next((self.bundle / "units").glob("m1u1.en.html")).read_text(encoding="utf-8")
            return LAYOUT.format(fragment=fragment, learner=self.learner, key="k" * 43).encode()
        if path in FIXED:
            return FIXED[path]
        for prefix, folder in (
            (TOOL, self.bundle),
            ("/assets/", ROOT / "lti_tool/web/assets"),
            ("/lms/", HERE / "lms"),
            ("/", ROOT / "node_modules/scorm-again/dist"),
        ):
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and file.is_file():
                return file.read_bytes()
        return None


@contextmanager
def serving(site: Site, port: int = 0) -> Iterator[Site]:
    """Serve a site on this machine, on a free port unless one is given."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.site.asked.append(("GET", path))
        if path == f"{TOOL}progress":
            self._progress({"saved": self.site.kept})
            return
        self.site.wait_for(path)
        body = self.site.content(path)
        self._answer(200 if body is not None else 404, body or b"", guess_type(path)[0] or "text/html")

    def do_PUT(self) -> None:
        self.site.asked.append(("PUT", self.path))
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-CSRFToken"] != "the-token":
            self._answer(400, b"{}", "application/json")
            return
        if not self.site.refuse and self.site.kept and self.site.kept.get("at", "") not in body["includes"]:
            self._answer(409, json.dumps({"current": self.site.kept}).encode(), "application/json")
            return
        if not self.site.refuse:
            self.site.kept = body
            self.site.changes.tell()
        self._progress({"saved_at": "2026-11-21T10:42:00+00:00"})

    def _progress(self, answer: dict[str, Any]) -> None:
        if self.site.refuse:
            answer = {"error": "SessionEnded", "title": "The session has ended"}
        self._answer(self.site.refuse or 200, json.dumps(answer).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass
