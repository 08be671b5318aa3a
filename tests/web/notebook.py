"""A notebook of one page behind a server that can be told to fail: what autosave is tested against."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask, Response, jsonify, render_template_string, request, send_from_directory
from flask_babel import Babel
from werkzeug.serving import make_server

import lti_tool.web
from lti_tool.web.draft_keys import DraftKeys

ASSETS = Path(lti_tool.web.__file__).parent / "assets"

PAGE = """<!doctype html>
{% from "frame/components.html" import save_state, conflict, long_field %}
<html lang="en"><title>Notebook</title><meta name="csrf-token" content="the token">
<meta name="pw-drafts" content="{{ key(user) }}">
<body data-version="{{ version }}" data-user="{{ user }}" data-delay="{{ delay }}"
  data-patience="{{ patience }}">
{{ long_field("text", "Text", text) }}
{{ save_state("save") }} {{ conflict("conflict") }}
<p id="restored"></p>
<script type="module" src="/script.js"></script>"""

SCRIPT = """
import { autosave } from "/assets/_autosave.js";
import { draftsReady } from "/assets/_drafts.js";
import { saveState } from "/assets/_save_state.js";
import { chooseVersion } from "/assets/_conflict.js";
await draftsReady;
const field = document.getElementById("text");
const box = document.getElementById("conflict");
const { version, user, delay, patience } = document.body.dataset;
window.saver = autosave({
  url: "/text", version: Number(version), key: `${user}:notebook`, watch: field,
  delay: Number(delay), patience: Number(patience),
  read: () => ({ text: field.value }),
  write: (value) => { field.value = value.text; },
  onState: saveState(document.getElementById("save")),
  onConflict: async ({ mine, theirs, who, at }) => {
    const { choice, text } = await chooseVersion(box, { mine: mine.text, theirs: theirs.text, who, at });
    return { choice, value: { text } };
  },
  onRestore: (when) => { document.getElementById("restored").textContent = when.toISOString(); },
});
"""


@dataclass
class Notebook:
    """What the server holds, what it was asked, and how it is to fail: one fault for each save, in turn."""

    address: str = ""
    text: str = ""
    version: int = 1
    faults: list[str] = field(default_factory=list)
    tries: int = 0
    at_once: int = 0
    most_at_once: int = 0
    tokens: set[str | None] = field(default_factory=set)

    def save(self) -> Response:
        """One PUT, with the fault that is due."""
        self.tries += 1
        self.tokens.add(request.headers.get("X-CSRFToken"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self._fail(self.faults.pop(0)) if self.faults else self._take()
        finally:
            self.at_once -= 1

    def write(self, text: str) -> None:
        """Somebody else saves."""
        self.text, self.version = text, self.version + 1

    def _take(self) -> Response:
        sent = request.get_json()
        if sent["version"] != self.version:
            current = {"version": self.version, "who": "Bob Brown", "at": _now(), "text": self.text}
            return _answer(409, error="Stale", meaning="Somebody changed it meanwhile.", current=current)
        self.write(sent["text"])
        return _answer(200, version=self.version, saved_at=_now())

    def _fail(self, fault: str) -> Response:
        if fault == "slow":
            time.sleep(0.6)
            return self._take()
        if fault == "stalled":
            time.sleep(2)
            return _answer(500)
        if fault == "busy":
            busy = _answer(503)
            busy.headers["Retry-After"] = "60"
            return busy
        if fault == "ended":
            return _answer(403, error="ForgedRequest", session_ended=True)
        if fault.startswith("page "):
            return Response("<h1>Somebody on the way</h1>", int(fault.removeprefix("page ")))
        return _answer(int(fault), error="Refused", meaning="The text is longer than this field takes.")


def _answer(status: int, **body: object) -> Response:
    answer = jsonify(body)
    answer.status_code = status
    return answer


def _now() -> str:
    return datetime.now(UTC).isoformat()


@contextmanager
def serve_notebook() -> Iterator[Notebook]:
    """A notebook at its own address, until the end of the block."""
    notebook = Notebook()
    app = Flask("lti_tool.web")
    Babel(app)
    app.add_template_filter(str, "course_words")  # no course is shown here

    @app.get("/")
    def page() -> str:
        asked = {"user": "alice", "delay": "100", "patience": "20000", **request.args.to_dict()}
        key = DraftKeys("a secret").of_person
        return render_template_string(PAGE, key=key, text=notebook.text, version=notebook.version, **asked)

    @app.get("/script.js")
    def script() -> Response:
        return Response(SCRIPT, mimetype="text/javascript")

    @app.get("/assets/<name>")
    def asset(name: str) -> Response:
        return send_from_directory(ASSETS, name)

    app.put("/text")(notebook.save)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    notebook.address = f"http://127.0.0.1:{server.server_port}/"
    yield notebook
    server.shutdown()
    thread.join()
    server.server_close()
