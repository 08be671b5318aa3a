"""A unit's first launch: little is loaded before the first page plays, and the other pages come by themselves."""

import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.scorm_builder.playing import choose, open_unit, tracked, turn_to
from tests.scorm_builder.site import Site

MOST = 120_000
LATER = "m1u1.pages.js"


def open_until_the_first_page(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/lms/lms.html", wait_until="commit")  # What is held holds the load event, too.
    page.frame_locator("iframe").locator("[data-begun]").wait_for()


def test_the_first_page_of_every_unit_of_the_course_is_light(real_units: Path) -> None:
    packages = list(real_units.glob("*.zip"))
    assert len(packages) == 9
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            first = [one for one in archive.infolist() if one.filename in {"index.html", *_linked(archive)}]
            # The first page's pictures are counted too: at most one stands on it.
            pictures = [one.file_size for one in archive.infolist() if one.filename.startswith("assets/")]
            assert sum(one.file_size for one in first) + max(pictures, default=0) <= MOST, package.name


def _linked(archive: zipfile.ZipFile) -> set[str]:
    return {name for name in archive.namelist() if name.startswith("player/")}


def test_the_first_page_is_played_before_the_others_are_there(site: Site, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    site.held.add(LATER)
    open_until_the_first_page(page, site)
    frame = page.frames[1]
    choose(frame, "one", "This one")
    assert tracked(page)["cmi.interactions.0.id"] == "one"
    turn_to(frame, "Second page")
    assert frame.locator('[data-activity="some"]').count() == 0
    page.wait_for_function("lms.tracked()['cmi.core.lesson_location'] === 'second'")
    assert seen(frame) == 1
    site.until_asked(LATER)
    site.give(LATER)
    expect(frame.locator('[data-activity="some"]')).to_be_visible()
    expect(frame.locator("#second-heading")).to_be_focused()
    expect(frame.locator(".pw-head progress")).to_have_js_property("value", 2)
    choose(frame, "some", "Alpha", "Beta")
    expect(frame.locator('[data-activity="some"] [data-outcome]')).to_have_text("Right.")
    assert errors == []


def test_pages_that_do_not_arrive_are_asked_for_again_and_the_reader_is_told(site: Site, page: Page) -> None:
    later = site.unit.pop(LATER)
    open_until_the_first_page(page, site)
    frame = page.frames[1]
    turn_to(frame, "Second page")
    expect(frame.get_by_text("This page has not arrived yet.").first).to_be_visible()
    site.unit[LATER] = later
    frame.locator("[data-ready]").wait_for()
    expect(frame.locator('[data-activity="some"]')).to_be_visible()
    expect(frame.get_by_text("This page has not arrived yet.")).to_have_count(0)


def test_a_page_that_never_arrives_is_not_seen_and_the_reader_is_told(site: Site, page: Page) -> None:
    site.unit[LATER] = site.unit[LATER].replace(b'"second":', b'"renamed":')
    frame = open_unit(page, site)
    for title in ("Third page", "Last page", "Second page"):
        turn_to(frame, title)
    expect(frame.get_by_text("This page has not arrived yet.")).to_be_visible()
    assert seen(frame) == 3


def test_a_reader_who_has_begun_is_not_sent_back_to_the_top_when_all_is_loaded(site: Site, page: Page) -> None:
    site.held.add(LATER)
    page.set_viewport_size({"width": 360, "height": 400})
    open_until_the_first_page(page, site)
    frame = page.frames[1]
    frame.locator("body").hover()
    page.mouse.wheel(0, 300)
    frame.wait_for_function("window.scrollY > 100")
    where = frame.evaluate("window.scrollY")
    site.until_asked(LATER)
    site.give(LATER)
    frame.wait_for_function("document.readyState === 'complete'")
    frame.locator("[data-ready]").wait_for()
    assert frame.evaluate("window.scrollY") >= where


def test_every_file_that_a_page_loads_is_named_by_what_is_in_it(built: Path) -> None:
    with zipfile.ZipFile(built / "small-m1u1-scorm12-en.zip") as archive:
        page = archive.read("index.html").decode()
        addresses = re.findall(r'(?:<script src|<link rel="stylesheet" href|data-later)="([^"]+)"', page)
        assert len(addresses) == 3
        for path, _, version in (address.partition("?v=") for address in addresses):
            assert version == sha256(archive.read(path)).hexdigest()[:8]


def seen(frame: Frame) -> int:
    """How many pages the unit's own bar shows as seen."""
    return int(frame.locator(".pw-head progress").evaluate("bar => bar.value"))


@pytest.mark.thorough
def test_a_login_page_in_place_of_the_pages_is_asked_for_again(site: Site, page: Page) -> None:
    later = site.unit[LATER]
    site.unit[LATER] = b"<!doctype html><title>Log in</title>"
    open_until_the_first_page(page, site)
    frame = page.frames[1]
    turn_to(frame, "Second page")
    expect(frame.get_by_text("This page has not arrived yet.").first).to_be_visible()
    site.unit[LATER] = later
    expect(frame.locator('[data-activity="some"]')).to_be_visible()


def test_a_later_page_is_resumed_with_its_answers(site: Site, page: Page) -> None:
    frame = open_unit(page, site)
    turn_to(frame, "Second page")
    choose(frame, "some", "Alpha", "Beta")
    frame = open_unit(page, site)
    expect(frame.get_by_role("heading", name="Second page")).to_be_visible()
    expect(frame.locator('[data-activity="some"] [data-outcome]')).to_have_text("Right.")


def test_a_package_that_is_opened_from_a_folder_has_all_its_pages_and_shows_the_one_that_its_address_names(
    built: Path, tmp_path: Path, page: Page
) -> None:
    with zipfile.ZipFile(built / "small-m1u1-scorm12-en.zip") as archive:
        archive.extractall(tmp_path)
    address = (tmp_path / "index.html").as_uri()
    for asked, title in (("#third", "Third page"), ("", "Third page"), ("#second", "Second page")):
        page.goto("about:blank")
        page.goto(f"{address}{asked}")
        page.locator("[data-ready]").wait_for()
        assert page.locator(".pw-page:not([hidden]) h2").inner_text() == title
    choose(page.main_frame, "some", "Alpha", "Beta")
    expect(page.locator('[data-activity="some"] [data-outcome]')).to_have_text("Right.")
