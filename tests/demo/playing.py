"""What a SCORM player in a browser does, without the browser."""

import json
from html import unescape
from typing import Any

from flask.testing import FlaskClient

STATUS, RAW, SUSPEND = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.suspend_data"
MODE, PLACE = "cmi.core.lesson_mode", "cmi.core.lesson_location"


def opened(learner: FlaskClient, person: str = "alice", package: str = "sample", query: str = "") -> dict[str, str]:
    """The elements that content finds when the player opens it."""
    page = learner.get(f"/as/{person}/packages/{package}{query}").text
    kept: dict[str, str] = json.loads(unescape(page.split('data-elements="')[1].split('"')[0]))
    return kept


def commit(
    learner: FlaskClient,
    elements: dict[str, Any],
    *,
    finished: bool = False,
    person: str = "alice",
    query: str = "",
    package: str = "sample",
) -> int:
    """Send what scorm-again would send; the status of the answer."""
    sent = json.dumps({"elements": elements, "finished": finished})
    address = f"/as/{person}/packages/{package}/tracks{query}"
    return learner.post(address, data=sent, content_type="text/plain").status_code
