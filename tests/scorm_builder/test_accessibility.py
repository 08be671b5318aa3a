"""A unit in a real browser: axe finds nothing, nothing is wider than the window, light and dark.

Every kind of page and of activity each time, at every width; every page by itself, and the whole course, thoroughly.
"""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from scorm_builder.course.activities import KINDS
from tests.fixtures.browser import WIDTHS, axe_problems, open_page, take_pictures
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey
Looks = tuple[tuple[int, Literal["dark", "light"]], ...]
LOOKS: Looks = ((360, "light"), (700, "dark"), (1000, "light"))
ANSWERED = """() => {
  for (const radio of document.querySelectorAll('input')) radio.click();
  for (const list of document.querySelectorAll('select')) {
    list.selectedIndex = 1;
    list.dispatchEvent(new Event('change', {bubbles: true}));
  }
  for (const text of document.querySelectorAll('textarea')) {
    text.value = 'A thought';
    text.dispatchEvent(new Event('input', {bubbles: true}));
  }
  for (const button of document.querySelectorAll('[data-turn], [data-check]')) button.click();
  document.querySelector('.pw-references').open = true;
}"""


def pages_of(page: Page) -> list[str]:
    ids: list[str] = page.locator(".pw-page").evaluate_all("pages => pages.map(page => page.id)")
    return ids


def problems_on_every_page(page: Page) -> list[str]:
    found = []
    for name in pages_of(page):
        page.evaluate("name => { location.hash = name }", name)
        page.locator(f"#{name}").wait_for()
        found += [f"{name}: {problem}" for problem in axe_problems(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than the window")
    return found


def test_every_kind_is_accessible_at_every_width_before_and_after_answers(
    browser: Browser, site: Site, rich_site: Site
) -> None:
    kinds: set[str] = set()
    for unit in (site, rich_site):
        with open_page(browser, bypass_csp=True) as page:
            page.goto(f"{unit.address}/unit/index.html")
            page.locator("[data-ready]").wait_for()
            kinds.update(page.locator("[data-kind]").evaluate_all("all => all.map(one => one.dataset.kind)"))
            assert problems_in_every_look(page, LOOKS[:1]) == []
            page.evaluate(ANSWERED)
            assert page.locator("[data-outcome=kept]").count() > 0
            assert problems_in_every_look(page) == []
    assert kinds >= set(KINDS)


@pytest.mark.thorough
@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_every_page_is_accessible_before_and_after_answers(browser: Browser, site: Site, width: int) -> None:
    with open_page(browser, width, bypass_csp=True) as page:
        page.goto(f"{site.address}/unit/index.html")
        page.locator("[data-ready]").wait_for()
        assert problems_on_every_page(page) == []
        page.evaluate(ANSWERED)
        assert page.locator("[data-outcome=kept]").count() > 2
        assert problems_on_every_page(page) == []


@pytest.mark.thorough
def test_every_page_of_the_real_course_is_accessible_on_a_phone(browser: Browser, real_units: Path) -> None:
    zips = sorted(real_units.glob("*-scorm12-en.zip"))
    assert zips
    for zip_path in zips:
        with serving(Site(zip_path, real_units)) as site, open_page(browser, 360, bypass_csp=True) as page:
            page.goto(f"{site.address}/unit/index.html")
            page.locator("[data-ready]").wait_for()
            take_pictures(page, zip_path.stem)
            assert problems_in_every_look(page, LOOKS[:1]) == []


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_contrast_holds_in_light_and_dark(browser: Browser, site: Site, scheme: Literal["dark", "light"]) -> None:
    with open_page(browser, 700, bypass_csp=True, color_scheme=scheme) as page:
        page.goto(f"{site.address}/unit/index.html")
        page.locator("[data-ready]").wait_for()
        page.evaluate(ANSWERED)
        assert problems_on_every_page(page) == []


def test_a_strict_policy_refuses_nothing_and_nothing_fails(browser: Browser, site: Site) -> None:
    said: list[str] = []
    with open_page(browser) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{site.address}/unit/index.html")
        page.locator("[data-ready]").wait_for()
        page.evaluate(ANSWERED)
    assert said == []


@pytest.mark.thorough
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_module_is_accessible(browser: Browser, rich: Path, width: int) -> None:
    with (
        serving(Site(rich / "rich-m1-scorm12-en.zip", rich)) as site,
        open_page(browser, width, bypass_csp=True) as page,
    ):
        page.goto(f"{site.address}/unit/index.html")
        page.locator(".pw-course[data-ready]").wait_for()
        assert axe_problems(page) == []
        for unit in ("m1u1", "m1u2"):
            page.evaluate("document.querySelector('[data-units]').open = true")
            page.locator(f'[data-open="{unit}"]').click()
            page.locator(f'.pw-unit[data-unit="{unit}"][data-ready]').wait_for()
            assert problems_on_every_page(page) == []


@pytest.mark.thorough
def test_every_page_of_a_real_module_is_accessible_at_every_width_in_light_and_dark(
    browser: Browser, real_module: Path
) -> None:
    with serving(Site(real_module, real_module.parent)) as site, open_page(browser, bypass_csp=True) as page:
        page.goto(f"{site.address}/unit/index.html")
        page.locator(".pw-course[data-ready]").wait_for()
        found, looked_at = [], 0
        for unit in page.locator("[data-open]").evaluate_all("links => links.map(link => link.dataset.open)"):
            page.evaluate("document.querySelector('[data-units]').open = true")
            page.locator(f'[data-open="{unit}"]').click()
            page.locator(f'.pw-unit[data-unit="{unit}"][data-ready]').wait_for()
            looked_at += len(pages_of(page))
            found += problems_in_every_look(page)
            page.evaluate(ANSWERED)
            found += problems_in_every_look(page)
        assert found == []
        assert looked_at == 27


def problems_in_every_look(page: Page, looks: Looks = LOOKS) -> list[str]:
    """All pages and all questions at once, at each width, in light and dark: axe takes seconds for each."""
    page.evaluate("document.querySelectorAll('.pw-page, [data-pool]').forEach(one => { one.hidden = false })")
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(color_scheme=scheme)
        problems = axe_problems(page)
        found += [f"{width}, {scheme}: {problem}" for problem in problems if not problem.startswith("landmark-unique")]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: wider than the window")
    return found
