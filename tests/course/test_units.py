"""Units and their progress: kept as sent, one's own alone, refused where it is no progress."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from lti_tool.course.placed_activities import Placing, place
from lti_tool.people.models import User
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor

PROGRESS = "course/units/m1u1/progress"


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice")


def progress(**changed: Any) -> dict[str, Any]:
    """What the player sends after two pages and the check; it includes whatever has no name of its own."""
    return {
        "v": 1,
        "includes": [""],
        "page": "welcome",
        "seen": ["welcome"],
        "answers": {"involve-or-engage": [0, 2], "definition": "Together, \\x00 and all.", "feeling": {"a": 4.5}},
        "status": "incomplete",
        "score": {"raw": 80, "min": 0, "max": 100, "scaled": 0.8},
        "seconds": 123,
        **changed,
    }


def saved(somebody: Visitor) -> Any:
    """What the player would be given back."""
    return (somebody.get(PROGRESS).json or {})["saved"]


def error(answer: TestResponse) -> str:
    """The refusal's name; each has a reference that the log carries."""
    told: dict[str, str] = answer.json or {}
    assert told["reference"]
    return told["error"]


@pytest.mark.parametrize("unit", ["m1u1", "m2u1"])
def test_the_due_date_of_a_unit_is_on_the_page_that_its_link_opens(app: Application, alice: Visitor, unit: str) -> None:
    assert "Due" not in head_of(alice.get(f"course/units/{unit}/"))
    due = datetime(2027, 3, 4, 15, 30, tzinfo=UTC)
    with app.parts.database.transaction() as session:
        place(session, alice.context_id, Placing(f"unit/{unit}", due_at=due))
    page = head_of(alice.get(f"course/units/{unit}/"))
    assert "Due" in page
    assert due.isoformat() in page


def head_of(page: TestResponse) -> str:
    """What stands before the unit's own pages."""
    return page.text.split("data-learner", 1)[0].split("<main", 1)[1]


def test_a_unit_opens_with_its_pages(alice: Visitor) -> None:
    page = alice.get("course/units/m1u1/")
    assert page.status_code == 200
    assert 'data-unit="m1u1"' in page.text
    assert alice.get("course/units/m9u9/").status_code == 404


@pytest.mark.both_databases
def test_progress_comes_back_as_it_was_sent(alice: Visitor) -> None:
    assert saved(alice) is None
    assert alice.put(PROGRESS, progress()).status_code == 200
    assert saved(alice) == progress()
    later = progress(seen=["welcome", "next"], score=None, answers={})
    assert alice.put(PROGRESS, later).status_code == 200
    assert saved(alice) == later


def test_progress_is_found_again_in_the_next_launch(alice: Visitor, visitor: Arrive) -> None:
    alice.put(PROGRESS, progress())
    assert saved(visitor("alice")) == progress()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "progress",
        {},
        {"v": 2},
        progress(seen="welcome"),
        progress(seen=["x"] * 201),
        progress(seen=["x" * 101]),
        progress(seen=[1]),
        progress(page=["welcome"]),
        progress(status="master"),
        progress(score=80),
        progress(score={"raw": 101}),
        progress(score={"raw": -1}),
        progress(answers=[]),
        progress(answers={str(number): 0 for number in range(501)}),
        progress(answers={"a": "\x00"}),
        progress(beside=["\x00"]),
        progress(answers={"\ud800": 0}),
        progress(beside={"a": float("nan")}),
        progress(beside=10**30),
    ],
)
def test_what_is_no_progress_is_refused_and_the_former_stays(alice: Visitor, wrong: object) -> None:
    alice.put(PROGRESS, progress())
    refused = alice.put(PROGRESS, wrong)
    assert refused.status_code == 400
    assert error(refused) == "BadInput"
    assert saved(alice) == progress()


@pytest.mark.both_databases
def test_a_save_that_does_not_know_of_another_windows_is_given_it_and_replaces_nothing(alice: Visitor) -> None:
    first = progress(at="2026-11-21T10:00:00.000Z", status="passed")
    assert alice.put(PROGRESS, first).status_code == 200
    for unaware in ([""], ["2026-11-21T09:00:00.000Z"], []):
        refused = alice.put(PROGRESS, progress(at="2026-11-21T10:01:00.000Z", includes=unaware))
        assert refused.status_code == 409
        assert (refused.json or {})["current"] == first
        assert saved(alice) == first
    aware = progress(at="2026-11-21T10:02:00.000Z", includes=["2026-11-21T09:00:00.000Z", first["at"]])
    assert alice.put(PROGRESS, aware).status_code == 200
    assert saved(alice) == aware


@pytest.mark.both_databases
@pytest.mark.parametrize("characters", [250_000, 3_000_000])
def test_too_much_progress_is_refused_and_the_former_stays(alice: Visitor, characters: int) -> None:
    alice.put(PROGRESS, progress())
    refused = alice.put(PROGRESS, progress(answers={"a": "x" * characters}))
    assert refused.status_code == 413
    assert error(refused) == "TooLong"
    assert saved(alice) == progress()


def test_nobody_is_given_another_persons_progress(alice: Visitor, visitor: Arrive) -> None:
    alice.put(PROGRESS, progress())
    assert saved(visitor("bob")) is None
    assert saved(visitor("tina")) is None
    assert saved(visitor("alice", course="c2")) is None
    assert saved(visitor("alice", issuer="https://other.example")) is None


def test_nobody_in_particular_has_no_local_copies(alice: Visitor, app: Application) -> None:
    with app.parts.database.transaction() as session:
        session.get_one(User, alice.user_id).is_anonymous = True
    assert 'data-learner=""' in alice.get("course/units/m1u1/").text


def test_people_have_their_own_local_copies_the_same_in_every_launch(alice: Visitor, visitor: Arrive) -> None:
    def key(somebody: Visitor) -> str:
        [found] = re.findall(r'data-learner="(\w{32})"', somebody.get("course/units/m1u1/").text)
        return str(found)

    assert key(alice) == key(visitor("alice"))
    assert len({key(alice), key(visitor("bob")), key(visitor("alice", course="c2"))}) == 3


@pytest.mark.parametrize(
    "path",
    [
        "units/m1u1/assets/../bundle.json",
        "units/m1u1/assets/..%2fbundle.json",
        "units/m1u1/assets/..%5cbundle.json",
        "units/m1u1/assets/%2e%2e/%2e%2e/%2e%2e/app.py",
        "units/m1u1/assets//etc/passwd",
        "units/m1u1/assets/%2fetc%2fpasswd",
        "units/m1u1/assets/%00",
        "units/m9u9/assets/x.svg",
        "player/../bundle.json",
        "player/..%2fbundle.json",
        "player/..%2f..%2fmodels.py",
        "player/%2fetc%2fpasswd",
        "player/lti.js%00.css",
        "player/" + "x" * 5000,
    ],
)
def test_a_path_out_of_the_course_leads_nowhere(alice: Visitor, path: str) -> None:
    answer = alice.get(f"course/{path}")
    assert answer.status_code in {308, 404}
    if answer.status_code == 308:
        assert alice.client.get(answer.headers["Location"]).status_code == 404


def test_the_players_parts_are_served_for_long(alice: Visitor) -> None:
    with alice.get("course/player/lti.js") as answer:
        assert answer.status_code == 200
        assert "javascript" in answer.headers["Content-Type"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
