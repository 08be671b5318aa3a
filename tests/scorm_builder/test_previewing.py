"""The preview as an author uses it: the command, and the page in a real browser."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import axe_problems, take_pictures
from tests.scorm_builder.playing import answer_everything, choose, turn_to
from tests.scorm_builder.previewing import Preview, choose_format, open_preview, previewing
from tests.scorm_builder.rich_course import write_rich_course

UNIT = "en/m1u1.md"


def each_format(once: str) -> pytest.MarkDecorator:
    """One format each time, the others thoroughly."""
    marks = {title: () if title == once else pytest.mark.thorough for title in ("SCORM 1.2", "SCORM 2004", "cmi5")}
    return pytest.mark.parametrize("title", [pytest.param(title, marks=mark) for title, mark in marks.items()])


def fact(page: Page, name: str) -> str:
    return page.locator(f'[data-fact="{name}"]').inner_text()


def expect_fact(page: Page, name: str, words: str) -> None:
    expect(page.locator(f'[data-fact="{name}"]')).to_contain_text(words)


def test_a_saved_file_shows_at_once_and_the_reader_stays_where_they_were(preview: Preview, page: Page) -> None:
    frame = open_preview(page, preview)
    turn_to(frame, "Second page")
    choose(frame, "some", "Alpha", "Beta")
    preview.change(UNIT, "Gamma does not.", "Gamma never does.")
    expect(page.frame_locator("[data-frame]").get_by_text("Gamma never does.")).to_be_attached()
    expect(page.frame_locator("[data-frame]").get_by_role("heading", name="Second page")).to_be_visible()
    expect(page.frame_locator("[data-frame]").locator('[data-activity="some"] input:checked')).to_have_count(2)


def test_the_place_on_a_long_page_is_kept(preview: Preview, page: Page) -> None:
    frame = open_preview(page, preview)
    turn_to(frame, "Third page")
    frame.evaluate("window.scrollTo(0, 300)")
    preview.change(UNIT, "Ask a colleague.", "Ask two colleagues.")
    expect(page.frame_locator("[data-frame]").get_by_text("Ask two colleagues.")).to_be_attached()
    page.wait_for_function("document.querySelector('[data-frame]').contentWindow.scrollY === 300")


def test_mistakes_take_the_place_of_the_page_until_they_are_mended(preview: Preview, page: Page) -> None:
    frame = open_preview(page, preview)
    turn_to(frame, "Second page")
    preview.change(UNIT, "objective: Order\n", "")
    preview.change(UNIT, "minutes: 20", "minutes: many")
    mistakes = page.locator("[data-mistakes]")
    expect(mistakes.get_by_role("heading")).to_have_text("2 mistakes in the course")
    expect(mistakes.get_by_role("listitem").first).to_contain_text(f"{UNIT} line 4")
    expect(mistakes).to_contain_text("objective")
    expect(page.locator("[data-frame]")).to_be_hidden()
    assert axe_problems(page) == []
    take_pictures(page, "preview-mistakes")
    preview.change(UNIT, "minutes: many", "minutes: 21")
    expect(mistakes.get_by_role("heading")).to_have_text("One mistake in the course")
    preview.change(UNIT, "id: order\n", "id: order\nobjective: Order again\n")
    expect(page.locator("[data-frame]")).to_be_visible()
    expect(page.frame_locator("[data-frame]").get_by_text("Order again")).to_be_visible()
    expect(mistakes).to_be_hidden()


@each_format(once="SCORM 2004")
def test_the_panel_shows_what_each_format_is_told(preview: Preview, page: Page, title: str) -> None:
    open_preview(page, preview)
    frame = choose_format(page, title)
    answer_everything(frame, right=True)
    expect_fact(page, "status", "passed")
    expect_fact(page, "score", "100 of 100")
    expect_fact(page, "place", "last")
    answers = page.locator("[data-answers] tbody tr")
    expect(answers).to_have_count(2)
    expect(answers.first).to_contain_text("one")
    expect(page.locator("[data-used]")).to_contain_text("no fixed limit" if title == "cmi5" else "of")
    assert {"SCORM 2004": "100 %"}.get(title, f"{title} has no place for it") in fact(page, "progress")
    assert not page.locator("[data-log]").get_by_text("refused").all()


@each_format(once="cmi5")
def test_leaving_and_coming_back_resumes_and_starting_again_forgets(preview: Preview, page: Page, title: str) -> None:
    open_preview(page, preview)
    frame = choose_format(page, title)
    turn_to(frame, "Second page")
    choose(frame, "some", "Gamma")
    expect(page.locator("[data-answers] tbody tr")).to_have_count(1)
    inside = page.frame_locator("[data-frame]")
    page.get_by_role("button", name="Leave and come back").click()
    expect(page.locator("[data-log] summary").first).to_contain_text("3" if title == "cmi5" else "Calls")
    expect(inside.get_by_role("heading", name="Second page")).to_be_visible()
    expect(inside.locator('[data-activity="some"] input:checked')).to_have_count(1)
    page.get_by_role("button", name="Start again").click()
    expect(inside.get_by_role("heading", name="First page")).to_be_visible()
    expect(page.locator("[data-answers] tbody tr")).to_have_count(0)
    expect_fact(page, "score", "not told yet")


def test_a_module_plays_as_a_whole_and_remembers_each_unit(tmp_path: Path, page: Page) -> None:
    with previewing(write_rich_course(tmp_path / "rich")) as preview:
        open_preview(page, preview)
        page.get_by_label("Unit or module").select_option("module/m1")
        inside = page.frame_locator("[data-frame]")
        inside.locator('[data-open="m1u2"]').click()
        inside.locator('[data-unit="m1u2"][data-ready]').wait_for()
        expect_fact(page, "place", "m1u2/")
        page.get_by_role("button", name="Leave and come back").click()
        inside.locator('[data-unit="m1u2"][data-ready]').wait_for()
        page.get_by_label("cmi5", exact=True).check()
        inside.locator('[data-unit="m1u1"][data-ready]').wait_for()


@pytest.mark.parametrize(
    ("widths", "schemes"),
    [((360,), ("light",)), pytest.param((360, 700, 1000), ("light", "dark"), marks=pytest.mark.thorough)],
    ids=["on a phone", "everywhere"],
)
def test_the_authors_page_is_accessible(
    preview: Preview, page: Page, widths: tuple[int, ...], schemes: tuple[Literal["light", "dark"], ...]
) -> None:
    frame = open_preview(page, preview)
    choose(frame, "one", "This one")
    expect(page.locator("[data-answers] tbody tr")).to_have_count(1)
    page.locator("[data-log] > summary").click()
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 700})
            assert axe_problems(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        take_pictures(page, f"preview-{scheme}")


def test_it_speaks_the_language_of_the_course_that_is_shown(small_course: Path, page: Page) -> None:
    text = (small_course / "course.yaml").read_text(encoding="utf-8")
    greek = text.replace("languages: [en]", "languages: [el]").replace("{en:", "{el:")
    (small_course / "course.yaml").write_text(greek, encoding="utf-8")
    (small_course / "en").rename(small_course / "el")
    with previewing(small_course, "el") as preview:
        open_preview(page, preview)
        expect(page.get_by_role("heading", name="Τι κρατά το LMS")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "el"
