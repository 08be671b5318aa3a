"""Every launch that must get in and every one that must not, each over HTTP; the run ends with a table of them."""

import re
from collections.abc import Callable

import pytest
import requests
from sqlalchemy import func, select

from lti_tool.platforms.models import Launch
from tests.conformance.journeys import JOURNEYS
from tests.conformance.launches import CERTIFICATION, TOKENS, Attempt
from tests.conformance.messages import MESSAGES
from tests.conformance.opening import LINKS
from tests.conformance.settings_and_roles import BY_SETTING_AND_ROLE
from tests.conformance.stage import AS_REGISTERED, Stage
from tests.conformance.writings import WRITINGS

ATTEMPTS = [*CERTIFICATION, *TOKENS, *BY_SETTING_AND_ROLE, *MESSAGES, *JOURNEYS, *WRITINGS, *LINKS]
PERSONAL = re.compile(r"Alice|Adams|Tina|Trainer|@example\.com|eyJ|/return\?|sesskey")
"""What must not be in a log: names, addresses, tokens, and the way back, which may carry a session key."""

OPENS = {
    "trainer": "desk/?prompt=j3",
    "administrator": "desk/?prompt=j3",
    "trainee": "journal/j3",
    "observer": "not-shown",
}
"""What the link to a journal prompt opens, for whom."""

Tell = Callable[[str, object], None]


def made(stage: Stage) -> int:
    with stage.app.parts.database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(Launch)) or 0


def outcome(stage: Stage, attempt: Attempt, answer: requests.Response) -> str:
    """What came of it, in the table's words."""
    if answer.status_code == 303:
        opened = stage.opened(answer)
        page = answer.headers["Location"].split("/", 3)[3]
        wanted = attempt.opens or OPENS[opened.role]
        return f"in as {opened.role}" if page.startswith(wanted) else f"opens {page}"
    right = answer.status_code == attempt.status and "What you can do" in answer.text
    return stage.log.reason if right else f"answer {answer.status_code}: {stage.log.reason}"


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_a_launch_ends_as_it_must(stage: Stage, attempt: Attempt, record_property: Tell) -> None:
    stage.log.records.clear()
    stage.allow(**{**AS_REGISTERED, **attempt.registration})
    before = made(stage)
    try:
        answer = attempt.play(stage)
        got = outcome(stage, attempt, answer)
    finally:
        stage.allow(**AS_REGISTERED)
    kind = stage.app.parts.database.engine.dialect.name
    record_property("launch", [attempt.group, attempt.name, attempt.must, kind, got])
    assert got == attempt.must
    if not attempt.gets_in_as:
        assert made(stage) - before <= EARLIER.get(attempt.name, 0)
    assert not PERSONAL.search(stage.log.text), stage.log.text
    assert " ERROR " not in stage.log.text


EARLIER = {"sent twice": 1, "the token of a launch that is done": 1}
"""Good launches that a refused one begins with."""


def test_no_two_rows_of_the_table_are_alike() -> None:
    assert len({str(attempt) for attempt in ATTEMPTS}) == len(ATTEMPTS)


def test_certification_has_twelve_bad_and_eighteen_valid_launches() -> None:
    assert [sum(not one.gets_in_as for one in CERTIFICATION), sum(bool(one.gets_in_as) for one in CERTIFICATION)] == [
        12,
        18,
    ]
