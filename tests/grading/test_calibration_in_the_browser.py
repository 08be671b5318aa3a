"""Practice in marking in a real browser: by keys alone, saved by itself, accessible and pictured."""

import re

import pytest
from playwright.sync_api import expect

from lti_tool.web.application import Application
from tests.fixtures.browser import axe_problems
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import compare_sample
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow
from tests.grading.test_look_of_both_desks import look_at

pytestmark = [pytest.mark.journey, on_sqlite]


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def test_a_sample_is_marked_compared_and_left_by_keys_alone(tina: Visitor, window: OpenWindow) -> None:
    page = window(tina, "desk/")
    page.get_by_role("link", name="Practise marking").press("Enter")
    page.get_by_role("link", name="Begin with the first").press("Enter")
    page.wait_for_url(re.compile("/calibration/s1"))
    for key in "2312":
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problem]")).to_contain_text("Without a level so far: Next step on the road map")
    page.keyboard.press("1")
    page.keyboard.type("He names no moment.")
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("#comment")).to_have_value("He names no moment.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Your levels and the agreed ones")).to_be_visible()
    expect(page.get_by_text("“There have been many moments” is not a moment.")).to_be_visible()
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(re.compile("/calibration/s2"))
    expect(page.locator("input:checked")).to_have_count(0)
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url(re.compile("/calibration/s1"))
    expect(page.get_by_text("He names no moment.")).to_be_visible()


def test_practice_in_every_state(app: Application, tina: Visitor, window: OpenWindow) -> None:
    page = window(tina, "desk/calibration/")
    look_at(page, "practice-new")
    page.goto(page.url + "s2")
    look_at(page, "practice-marking")
    page.locator(".pw-level input").nth(2).check()
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    samples = app.parts.course.edition("en").data.samples.samples
    for sample in samples:
        compare_sample(tina, sample.id, version=int(sample.id == "s2"))
    page.reload()
    assert axe_problems(page) == []
    look_at(page, "practice-compared")
    tina.post("desk/calibration/", {"after": 1})
    for sample in samples:
        near = {name: min(3, points + (name == "situation")) for name, points in sample.levels.items()}
        compare_sample(tina, sample.id, near, round_=2)
    page.goto(page.url.replace("s2", ""))
    assert axe_problems(page) == []
    look_at(page, "practice-results")
