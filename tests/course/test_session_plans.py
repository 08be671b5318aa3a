"""How a trainer gets at what a unit needs to be run: the plan in its modes, and the sheets to print."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import WIDTHS, axe_problems, take_picture
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow

PLAN = "course/units/m1u1/plan"


def test_trainers_find_each_units_plan_on_the_course_page_and_trainees_find_none(visitor: Arrive) -> None:
    assert visitor("tina").get("course/").text.count("Session plan") == 9
    assert "Session plan" not in visitor("alice").get("course/").text


def test_what_a_module_is_about_is_told_to_everybody_and_how_to_run_it_to_trainers(visitor: Arrive) -> None:
    for who, runs in (("tina", 3), ("alice", 0)):
        told = visitor(who).get("course/").text
        assert told.count("What happens in this module") == 3
        assert told.count("For you, who runs this module") == runs


def test_a_plan_says_what_happens_when_in_each_mode(visitor: Arrive) -> None:
    told = visitor("tina").get(PLAN).text
    for words in ("Face to face · 120 minutes", "Live online · 90 minutes", "By self-study · 88 minutes"):
        assert words in told
    assert re.search(r">0–10<.*>10–25<", told, re.DOTALL)
    assert "<em>involvement</em>" in told


def test_every_sheet_of_every_plan_can_be_opened(visitor: Arrive) -> None:
    tina = visitor("tina")
    units = [f"m{module}u{unit}" for module in (1, 2, 3) for unit in (1, 2, 3)]
    sheets = {found for unit in units for found in _sheets(tina.get(f"course/units/{unit}/plan").text)}
    assert len(sheets) == len(tina.client.application.parts.course.edition("en").handouts)  # type: ignore[attr-defined]
    for address in sheets:
        with tina.client.get(address) as sheet:
            assert "pw-handout" in sheet.get_data(as_text=True)


def test_a_sheet_that_is_not_translated_comes_in_the_first_language(visitor: Arrive) -> None:
    greek = visitor("tina").get("course/units/m2u1/plan", headers={"Accept-Language": "el"}).text
    assert _sheets(greek)


def test_a_unit_that_is_not_there_has_no_plan(visitor: Arrive) -> None:
    assert visitor("tina").get("course/units/m9u9/plan").status_code == 404


@pytest.mark.journey
@on_sqlite
def test_a_plan_is_readable_at_every_width(visitor: Arrive, window: OpenWindow) -> None:
    page = window(visitor("tina"), PLAN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Session plan")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        take_picture(page, f"session-plan-{width}", width, 700, whole=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_problems(page) == []


def _sheets(told: str) -> list[str]:
    return re.findall(r'href="([^"]*/assets/handouts/[^"]+)"', told)
