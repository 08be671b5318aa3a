"""Two trainees of one school found a team in the demo LMS and write one road map from two windows at once."""

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from tests.fixtures.databases import on_sqlite
from tests.journeys.conftest import Meet, Person

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]


def test_two_windows_write_one_map_and_nothing_is_overwritten(meet: Meet) -> None:
    alice, bob = meet("alice"), meet("bob")
    alices, bobs = found_and_join(alice, bob)
    for window in (alices, bobs):
        window.get_by_role("link", name="Our definition").first.click()
    definition(alices).press_sequentially("Staff and families decide together.")
    expect(definition(bobs)).to_have_value("Staff and families decide together.")
    write_the_same_field_at_once(alice, bob, alices, bobs)
    plan_an_action(alice, alices, bobs)


def found_and_join(alice: Person, bob: Person) -> tuple[FrameLocator, FrameLocator]:
    alices = alice.opens("Our road map")
    alice.shows("team")
    alices.get_by_label("Name of your school").fill("School by the harbour")
    alices.get_by_role("button", name="Start the team").click()
    bobs = bob.opens("Our road map")
    bobs.get_by_role("button", name="Join").click()
    expect(bobs.get_by_role("heading", name="School by the harbour", exact=False).first).to_be_visible()
    alice.shows("map")
    return alices, bobs


def write_the_same_field_at_once(alice: Person, bob: Person, alices: FrameLocator, bobs: FrameLocator) -> None:
    bob.page.route("**/roadmap/**", lambda route: route.abort())
    definition(bobs).fill("Bob's words")
    expect(bobs.locator("#field-p1-definition-state")).to_contain_text("kept on this device")
    with alice.page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        definition(alices).fill("Alice's words")
        alices.get_by_label("Who took part").focus()  # a field that somebody is in is never touched
    bob.page.unroute("**/roadmap/**")
    chooser = bobs.get_by_role("region", name="Two versions of this text")
    expect(chooser).to_contain_text("Alice's words")
    bob.shows("map-conflict")
    chooser.get_by_text("Put the two together").click()
    chooser.get_by_role("button", name="Keep this text").click()
    for window in (alices, bobs):
        expect(definition(window)).to_have_value("Alice's words\n\nBob's words")
    alice.shows("map-definition")


def plan_an_action(alice: Person, alices: FrameLocator, bobs: FrameLocator) -> None:
    for window in (alices, bobs):
        window.get_by_role("navigation", name="Rooms").get_by_role("link", name="Road map").click()
        window.get_by_role("link", name="Our actions").first.click()
    alices.get_by_role("button", name="Add action").click()
    alices.get_by_label("What will be done").press_sequentially("Ring each family in the first three weeks")
    alices.get_by_label("Who looks after it").fill("Bob Brown")
    alices.get_by_label("By when").fill("2027-09-25")
    expect(bobs.locator(".pm-row")).to_contain_text("Ring each family in the first three weeks")
    expect(bobs.locator(".pm-row")).to_contain_text("25 September 2027")
    alice.shows("map-actions")
    alice.poses("planner")


def definition(window: FrameLocator) -> Locator:
    return window.get_by_label("Our working definition")
