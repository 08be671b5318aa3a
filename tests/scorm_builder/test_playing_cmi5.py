"""cmi5 units in a real browser against a small LRS: token, order of statements, score, state, review."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.cmi5_playing import answer_check, launch, leave, until
from tests.scorm_builder.lrs import ACTOR, SESSION, Lrs
from tests.scorm_builder.playing import activity, saved, turn_to

pytestmark = pytest.mark.journey
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/"


def test_a_session_begins_with_initialized_and_ends_with_terminated(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    verbs = [verb for verb in lrs.verbs() if verb != "answered"]
    assert verbs == ["initialized", "completed", "passed", "terminated"]
    assert lrs.verbs()[0] == "initialized"
    assert lrs.verbs()[-1] == "terminated"
    assert lrs.tokens == 1


def test_every_statement_carries_what_cmi5_wants(page: Page, lrs: Lrs) -> None:
    answer_check(launch(page, lrs), right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    assert len({statement["id"] for statement in lrs.statements}) == len(lrs.statements)
    for statement in lrs.statements:
        assert statement["actor"] == ACTOR
        assert statement["context"]["registration"] == "7f1f0f5a-0000-4000-8000-000000000001"
        assert statement["context"]["extensions"][SESSION] == "session-1"
        assert statement["context"]["contextActivities"]["grouping"]
    told = dict(zip(lrs.verbs(), lrs.statements, strict=True))
    categories = {
        verb: [
            one["id"].removeprefix(CATEGORIES) for one in told[verb]["context"]["contextActivities"].get("category", [])
        ]
        for verb in told
    }
    assert categories == {
        "initialized": ["cmi5"],
        "answered": [],
        "completed": ["cmi5", "moveon"],
        "passed": ["cmi5", "moveon"],
        "terminated": ["cmi5"],
    }
    assert told["passed"]["result"]["score"] == {"raw": 100, "min": 0, "max": 100, "scaled": 1}
    assert told["passed"]["result"]["success"] is True
    assert told["completed"]["result"]["completion"] is True
    for verb in ("completed", "passed", "terminated"):
        assert told[verb]["result"]["duration"].startswith("PT")
    assert "score" not in told["completed"]["result"]


def test_a_failed_session_says_so_once_at_its_end_and_the_next_can_pass(page: Page, lrs: Lrs) -> None:
    answer_check(launch(page, lrs), right=False)
    saved(page)
    leave(page, lrs)
    assert [verb for verb in lrs.verbs() if verb != "answered"] == ["initialized", "failed", "terminated"]
    lrs.statements.clear()
    frame = launch(page, lrs)
    assert frame.get_by_role("heading", name="Check", exact=True).is_visible()
    frame.get_by_role("button", name="Try again with other questions").click()
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    assert [verb for verb in lrs.verbs() if verb != "answered"] == ["initialized", "completed", "passed", "terminated"]


def test_what_was_said_once_is_not_said_again_in_a_later_session(page: Page, lrs: Lrs) -> None:
    answer_check(launch(page, lrs), right=True)
    until(page, lrs, "passed")
    saved(page)
    leave(page, lrs)
    lrs.statements.clear()
    frame = launch(page, lrs)
    turn_to(frame, "Welcome")
    saved(page)
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "terminated"]


def test_an_lrs_that_is_away_is_told_later(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    saved(page)
    lrs.refuse = 503
    activity(frame, "word").get_by_role("textbox").fill("audit")
    activity(frame, "word").get_by_role("button", name="Check my answer").click()
    frame.get_by_text("Not saved yet.").wait_for()
    lrs.refuse = 0
    frame.get_by_role("button", name="Try now").click()
    until(page, lrs, "answered")
    answered = next(one for one in lrs.statements if one["verb"]["id"].endswith("answered"))
    assert answered["result"] == {"response": "audit", "success": True}
    assert answered["object"]["definition"]["interactionType"] == "fill-in"
    assert lrs.state["partnerwise"]["whole"]["units"]["m1u1"]["answers"]["word"]["given"] == "audit"


def test_without_a_launch_the_browser_keeps_the_work(page: Page, lrs: Lrs) -> None:
    page.goto(f"{lrs.address}/unit/m1u1.html")
    page.locator("[data-ready]").wait_for()
    assert page.get_by_text("No LMS was found").is_visible()
    assert lrs.statements == []


@pytest.mark.parametrize(
    ("mastery", "needed", "state"), [(0.5, 50, "passed"), (0.501, 51, "failed"), (1, 100, "failed")]
)
def test_the_mastery_score_of_the_launch_is_kept_to_and_shown(
    page: Page, lrs: Lrs, mastery: float, needed: int, state: str
) -> None:
    lrs.begin(masteryScore=mastery)
    frame = launch(page, lrs)
    answer_check(frame, right=True, wrong=1)
    saved(page)
    assert frame.locator("[data-result]").get_attribute("data-state") == state
    assert frame.get_by_text(f"{needed} % needed to pass").is_visible()
    assert frame.get_by_text(f"{needed} % right passes.").is_visible()
    leave(page, lrs)
    judged = next(one for one in lrs.statements if one["verb"]["id"].rpartition("/")[2] in ("passed", "failed"))
    assert judged["context"]["extensions"][MASTERY] == mastery
    assert judged["context"]["extensions"][SESSION] == "session-1"
    assert (judged["result"]["score"]["scaled"] >= mastery) == judged["result"]["success"]


def test_a_unit_in_which_nothing_counts_is_completed_and_neither_passed_nor_failed(
    page: Page, rich: Path, lrs: Lrs
) -> None:
    lrs.unit = lrs.read(rich / "rich-m2-cmi5-en.zip")
    lrs.begin(moveOn="Completed")
    page.goto(lrs.launch_address("index.html"))
    page.locator("[data-ready]").wait_for()
    until(page, lrs, "completed")
    leave(page, lrs)
    assert lrs.verbs() == ["initialized", "completed", "terminated"]
