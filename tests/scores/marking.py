"""Pieces through a running school: written and handed in by trainees, judged and released by Tina."""

from lti_tool.demo.errors import ServiceRefused
from tests.fixtures.pieces import LEVELS
from tests.fixtures.school import School
from tests.fixtures.walking import Walker

COMMENT = "Seen from both sides."
FORM = {**{f"level-{name}": points for name, points in LEVELS.items()}, "comment": COMMENT}
POINTS = sum(LEVELS.values())


def hand_in(school: School, person: str = "alice") -> Walker:
    """Write and hand in; gives who did."""
    who = school.walk_in(person, "journal-j3")
    version = who.put("journal/j3/text", {"text": "<p>A moment at the gate.</p>", "version": 0}).json()["version"]
    assert who.post("journal/j3", {"do": "submit", "version": version}).status_code == 200
    return who


def release(school: School, submission_id: int = 1) -> None:
    """Let Tina judge and release."""
    tina = school.walk_in("tina", "desk")
    answer = tina.post(f"desk/{submission_id}", {**FORM, "version": 0, "do": "release"})
    assert answer.status_code == 200, answer.text


def refuse(*_: object) -> None:
    """Take no score, as an LMS does whose administrator has not allowed it yet."""
    raise ServiceRefused(403, "not allowed")
