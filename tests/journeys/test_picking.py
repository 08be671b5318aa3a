"""A trainer adds activities to the course by the picker, and everybody finds them there; then the course is copied."""

import re

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.fixtures.cookie_settings import Cookies, OpenBrowser
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.journeys.conftest import Meet, Person
from tests.journeys.cookies import offer_storage

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]

THINK_PIECE = "Think piece: a moment at the edge"
LETTER = "A letter to a parent"


def opens_picker(tina: Person) -> FrameLocator:
    tina.goes_to().get_by_role("link", name="Add an activity").click()
    frame = tina.page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Add to your course")).to_be_visible()
    return frame


def is_back_in_the_course(tina: Person) -> None:
    expect(tina.page.get_by_role("heading", name="Added activities")).to_be_visible()


def test_activities_are_picked_named_dated_and_found(meet: Meet) -> None:
    tina, alice = meet("tina"), meet("alice")
    frame = opens_picker(tina)
    expect(frame.get_by_text("Nothing chosen yet")).to_be_visible()
    tina.shows("picker")
    frame.get_by_role("checkbox", name=THINK_PIECE).check()
    expect(frame.get_by_text("1 chosen")).to_be_visible()

    frame.get_by_role("button", name="Write a prompt of your own").click()
    frame.get_by_label("Its name").fill(LETTER)
    frame.get_by_label("The question").fill("Write to one of them.\n\nRead it aloud.")
    frame.get_by_label("At most, in words").fill("300")
    tina.shows("own-prompt")
    frame.get_by_role("button", name="Save and go on").click()
    expect(frame.get_by_text("2 chosen")).to_be_visible()
    expect(frame.get_by_role("checkbox", name=LETTER)).to_be_checked()
    expect(frame.get_by_role("checkbox", name=THINK_PIECE)).to_be_checked()

    frame.get_by_role("button", name="Go on to names and dates").click()
    expect(frame.get_by_text("Times are those of your device: Europe/Athens.")).to_be_visible()
    tina.shows("names-and-dates")
    frame.get_by_label("Name in the course").first.fill("Our think piece")
    frame.get_by_label("Due").first.fill("2027-01-15T18:00")
    frame.get_by_role("button", name="Add all 2 to the course").click()
    is_back_in_the_course(tina)
    tina.shows("course-with-added")

    piece = alice.opens("Our think piece")
    expect(piece.get_by_text("15 January 2027 at 18:00")).to_be_visible()
    alice.shows("piece-with-a-date")
    letter = alice.opens(LETTER)
    expect(letter.get_by_text("Read it aloud.")).to_be_visible()
    expect(alice.goes_to("grades").get_by_role("heading", name="Our think piece")).to_be_visible()

    tina.goes_to().get_by_role("button", name="Copy this course").click()
    copy = re.search(r"/courses/\d+/", tina.page.url)
    assert copy
    alice.goes_to(copy[0].lstrip("/")).get_by_role("link", name=LETTER).click()
    expect(alice.page.frame_locator("iframe").get_by_text("Read it aloud.")).to_be_visible()


def test_the_times_of_an_activity_are_changed_later(meet: Meet) -> None:
    tina = meet("tina")
    frame = opens_picker(tina)
    frame.get_by_role("checkbox", name=THINK_PIECE).check()
    frame.get_by_role("button", name="Go on to names and dates").click()
    frame.get_by_label("Closes").fill("2027-01-15T18:00")
    frame.get_by_role("button", name="Add it to the course").click()
    is_back_in_the_course(tina)
    course = tina.opens("Unit M1U1 in Partnerwise")
    course.get_by_role("link", name="Course", exact=True).click()
    course.get_by_role("link", name="What stands in your course, and its dates").click()
    expect(course.get_by_text("15 January 2027 at 18:00")).to_be_visible()
    tina.shows("placed")
    course.get_by_role("link", name="Dates and more time").click()
    expect(course.get_by_label("Closes")).to_have_value("2027-01-15T18:00")
    tina.shows("placed-times")
    course.get_by_label("Opens").fill("2027-02-01T08:00")
    course.get_by_role("button", name="Save the dates").click()
    expect(course.get_by_text("The times must follow each other")).to_be_visible()
    expect(course.get_by_label("Opens")).to_have_value("2027-02-01T08:00")
    course.get_by_label("Opens").fill("2027-01-02T08:00")
    course.get_by_role("button", name="Save the dates").click()
    expect(course.get_by_text("2 January 2027 at 08:00")).to_be_visible()


def test_going_back_keeps_what_was_chosen_and_leaving_adds_nothing(meet: Meet) -> None:
    tina = meet("tina")
    frame = opens_picker(tina)
    frame.get_by_role("button", name="Go on to names and dates").click()
    expect(frame.get_by_text("Nothing is chosen yet")).to_be_visible()
    tina.shows("picker-with-nothing-chosen")
    frame.get_by_role("checkbox", name=THINK_PIECE).check()
    frame.get_by_role("button", name="Go on to names and dates").click()
    expect(frame.get_by_role("heading", name="Names and dates")).to_be_visible()
    tina.page.evaluate("history.back()")
    expect(frame.get_by_role("checkbox", name=THINK_PIECE)).to_be_checked()
    frame.get_by_role("button", name="Go on to names and dates").click()
    frame.get_by_role("link", name="Choose again").click()
    expect(frame.get_by_role("checkbox", name=THINK_PIECE)).to_be_checked()
    expect(frame.get_by_text("1 chosen")).to_be_visible()
    frame.get_by_role("button", name="Leave without adding anything").click()
    is_back_in_the_course(tina)
    expect(tina.page.get_by_text("Nothing was added yet")).to_be_visible()


def test_the_picker_is_used_by_the_keyboard_alone(meet: Meet) -> None:
    tina = meet("tina")
    frame = opens_picker(tina)
    frame.get_by_role("checkbox", name=THINK_PIECE).focus()
    tina.page.keyboard.press("Space")
    expect(frame.get_by_text("1 chosen")).to_be_visible()
    tina.page.keyboard.press("Enter")
    expect(frame.get_by_role("heading", name="Names and dates")).to_be_visible()
    frame.get_by_role("button", name="Add it to the course").focus()
    tina.page.keyboard.press("Enter")
    is_back_in_the_course(tina)


def test_activities_are_picked_where_cookies_are_refused_and_the_lms_keeps_the_proof(
    house: House, open_browser: OpenBrowser
) -> None:
    offer_storage(house, "_parent")
    tina = Person("tina", house, open_browser(Cookies.NONE_FOR_US).new_page())
    frame = opens_picker(tina)
    frame.get_by_role("checkbox", name=THINK_PIECE).check()
    frame.get_by_role("button", name="Write a prompt of your own").click()
    frame.get_by_label("Its name").fill(LETTER)
    frame.get_by_label("The question").fill("Write it.")
    frame.get_by_role("button", name="Save and go on").click()
    expect(frame.get_by_text("2 chosen")).to_be_visible()
    frame.get_by_role("button", name="Go on to names and dates").click()
    frame.get_by_label("Due").first.fill("2027-01-15T18:00")
    frame.get_by_role("button", name="Add all 2 to the course").click()
    is_back_in_the_course(tina)
    expect(tina.page.get_by_text("Due 15 Jan 2027, 18:00:00")).to_be_visible()


def test_activities_are_picked_in_a_tab_of_their_own_where_nothing_else_works(
    house: House, open_browser: OpenBrowser
) -> None:
    tina = Person("tina", house, open_browser(Cookies.NONE_IN_FRAMES).new_page())
    tina.goes_to("add")
    button = tina.page.frame_locator("iframe").get_by_role("button", name="Open in a new tab")
    with tina.page.context.expect_page() as opened:
        button.click()
    tab = opened.value
    tab.get_by_role("checkbox", name=THINK_PIECE).check()
    tab.get_by_role("button", name="Go on to names and dates").click()
    tab.get_by_role("button", name="Add it to the course").click()
    expect(tab.get_by_role("heading", name="Added activities")).to_be_visible()
