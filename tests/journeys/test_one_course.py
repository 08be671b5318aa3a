"""A trainee takes units in the demo LMS in a real browser, leaves them and comes back from another computer."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.databases import on_sqlite
from tests.journeys.conftest import Meet

UNIT = "M1U1: Introduction: exploring definitions, values and attitudes"
pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]


def test_a_unit_is_played_as_scorm_and_resumed_where_it_was_left(meet: Meet) -> None:
    alice = meet("alice")
    unit = alice.opens(UNIT)
    expect(unit.get_by_role("heading", name="Welcome")).to_be_visible()
    alice.shows("scorm-welcome")
    unit.locator("[data-ready] .pw-page:visible a[rel=next]").click()
    expect(unit.get_by_role("heading", name="Where do I stand?", level=2)).to_be_focused()
    first = unit.locator(".pw-page:visible input[type=radio]").first
    with alice.page.expect_response(lambda answer: "/tracks" in answer.url):
        first.check()
    again = meet("alice").opens(UNIT)
    expect(again.get_by_role("heading", name="Where do I stand?", level=2)).to_be_visible()
    expect(again.locator(".pw-page:visible input[type=radio]").first).to_be_checked()
    tracks = alice.goes_to("tracks")
    expect(tracks.get_by_text("incomplete").first).to_be_visible()


def test_a_unit_opened_by_lti_keeps_its_place_and_shows_it_in_the_course(meet: Meet) -> None:
    alice = meet("alice")
    unit = alice.opens("Unit M1U1 in Partnerwise")
    expect(unit.get_by_text("Page 1 of 9")).to_be_visible()
    unit.locator("[data-ready] .pw-page:visible a[rel=next]").click()
    expect(unit.get_by_text("Page 2 of 9")).to_be_visible()
    expect(unit.locator("[data-saved]")).to_contain_text("Saved")
    alice.shows("unit")
    again = meet("alice").opens("Unit M1U1 in Partnerwise")
    expect(again.get_by_text("Page 2 of 9")).to_be_visible()
    again.get_by_role("link", name="Course", exact=True).click()
    expect(again.get_by_role("progressbar", name="Pages seen").first).to_have_attribute("value", "2")
