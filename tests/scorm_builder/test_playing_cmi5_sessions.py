"""cmi5 sessions that end badly, and several at once: each verb is said as often as cmi5 allows, and no work is lost."""

import pytest
from playwright.sync_api import Page

from tests.scorm_builder.cmi5_playing import answer_check, launch, leave, saved, until, write, written
from tests.scorm_builder.lrs import Lrs
from tests.scorm_builder.playing import turn_to

pytestmark = pytest.mark.journey


def test_a_new_enrolment_begins_with_nothing_and_passes_by_itself(page: Page, lrs: Lrs) -> None:
    frame = launch(page, lrs)
    write(frame, "audit")
    answer_check(frame, right=True)
    lrs.slow = 0.5
    turn_to(frame, "Welcome")
    page.goto("about:blank")  # so soon that the page never hears whether its last save arrived
    until(page, lrs, "terminated")
    lrs.begin()
    lrs.registration = "7f1f0f5a-0000-4000-8000-000000000002"
    frame = launch(page, lrs)
    saved(page)
    assert frame.get_by_role("heading", name="Welcome", exact=True).is_visible()
    assert written(frame) == ""
    answer_check(frame, right=True)
    until(page, lrs, "passed")
    leave(page, lrs)
    assert [lrs.verbs().count(verb) for verb in ("completed", "passed")] == [1, 1]
