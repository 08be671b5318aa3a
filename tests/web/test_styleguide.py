"""The style guide shows every component in every state, sound at every width, in light and in dark."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from lti_tool.web.styleguide import SECTIONS
from tests.fixtures.browser import WIDTHS, axe_problems, open_page, take_pictures

PAGES = [*SECTIONS, "error", "bare-error"]
FRAME = 700
"""CSS pixels, as in the frame of an LMS, where most people see the tool."""


@pytest.fixture(scope="module")
def light(browser: Browser) -> Iterator[Page]:
    with open_page(browser, bypass_csp=True, color_scheme="light") as page:
        yield page


@pytest.fixture(scope="module")
def dark(browser: Browser) -> Iterator[Page]:
    with open_page(browser, bypass_csp=True, color_scheme="dark") as page:
        yield page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(light: Page, guide_address: str, name: str) -> None:
    light.set_viewport_size({"width": FRAME, "height": 500})
    light.goto(f"{guide_address}/{name}")
    assert axe_problems(light) == []
    take_pictures(light, f"styleguide-{name}-light")


@pytest.mark.thorough
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_at_other_widths(light: Page, guide_address: str, name: str) -> None:
    light.goto(f"{guide_address}/{name}")
    for width in sorted({*WIDTHS} - {FRAME}):
        light.set_viewport_size({"width": width, "height": 500})
        assert axe_problems(light) == []


@pytest.mark.parametrize("name", [*PAGES[:1], *(pytest.param(name, marks=pytest.mark.thorough) for name in PAGES[1:])])
def test_axe_finds_nothing_in_the_dark(dark: Page, guide_address: str, name: str) -> None:
    dark.goto(f"{guide_address}/{name}")
    assert axe_problems(dark) == []
    take_pictures(dark, f"styleguide-{name}-dark")


@pytest.mark.parametrize("name", PAGES)
def test_on_a_narrow_phone_nothing_runs_off_the_side_and_everything_can_be_hit(
    light: Page, guide_address: str, name: str
) -> None:
    light.set_viewport_size({"width": 320, "height": 500})
    light.goto(f"{guide_address}/{name}")
    assert light.evaluate("document.documentElement.scrollWidth") <= 320
    assert light.evaluate(SMALL_TARGETS) == []


def test_the_security_policy_has_nothing_to_complain_about(browser: Browser, guide_address: str) -> None:
    complaints: list[str] = []
    with open_page(browser) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for name in PAGES:
            page.goto(f"{guide_address}/{name}", wait_until="load")
            assert complaints == [], name


# WCAG 2.2, 2.5.8: 24 by 24 px, but for links within a sentence and for controls that a larger label carries.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .pw-skip") && !one.closest("label"))
  .filter((one) => !(one.labels?.[0]?.getBoundingClientRect().height >= 24 && /radio|checkbox|range/.test(one.type)))
  .map((one) => ({ one, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.height < 24 || box.width < 24)
  .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


def test_the_whole_guide_can_be_walked_by_keyboard_with_the_focus_in_view(page: Page, guide_address: str) -> None:
    page.set_viewport_size({"width": 700, "height": 500})
    page.goto(f"{guide_address}/forms")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    seen = []
    while not page.evaluate("document.activeElement.closest('footer')"):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["top"] >= 0, focused
        assert min(focused["bottom"], focused["top"] + 40) <= 500, focused
        assert focused["outline"] == "solid", focused
        seen.append(focused["id"])
    assert {"title", "place", "piece", "group-1", "who", "until"} <= set(seen)


# The calendar inside a date field takes the focus from its field and draws a ring of its own.
FOCUSED = """() => {
  const one = document.activeElement;
  const { top, bottom } = one.getBoundingClientRect();
  return { id: one.id, top, bottom, outline: one.matches(":focus") ? getComputedStyle(one).outlineStyle : "solid" };
}"""


def test_the_guide_is_there_only_when_developing(guide: Flask) -> None:
    assert guide.test_client().get("/styleguide/").status_code == 200
    assert guide.test_client().get("/styleguide/no-such-section").status_code == 404
