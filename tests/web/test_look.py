"""What the frame and its components do: dialogs, tabs, counters, times, copying, the rubric, the error page."""

import os
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from playwright.sync_api import Page, expect

from lti_tool.web.built import AssetsNotBuilt, asset_url
from tests.web.conftest import make_guide


@pytest.fixture
def guided(page: Page, guide_address: str) -> Page:
    page.goto(f"{guide_address}/boxes")
    return page


def render(guide: Flask, template: str, **context: object) -> str:
    with guide.test_request_context():
        return render_template_string('{% import "frame/components.html" as c %}' + template, **context)


def test_a_dialog_takes_the_focus_and_gives_it_back(guided: Page) -> None:
    opener = guided.get_by_role("button", name="Open a dialog")
    opener.click()
    dialog = guided.get_by_role("dialog", name="Invite a parent")
    expect(dialog).to_be_visible()
    assert guided.evaluate("document.activeElement.closest('dialog').id") == "dialog-live"
    guided.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_click_beside_a_dialog_closes_it_and_a_click_inside_does_not(guided: Page) -> None:
    guided.get_by_role("button", name="Open a dialog").click()
    dialog = guided.get_by_role("dialog", name="Invite a parent")
    dialog.get_by_text("Anybody with this link").click()
    expect(dialog).to_be_visible()
    guided.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(("answer", "sent"), [("Remove", True), ("Go back", False)])
def test_what_cannot_be_undone_is_asked_first(guided: Page, answer: str, sent: bool) -> None:
    guided.evaluate("""() => {
        document.querySelector("main").insertAdjacentHTML("beforeend",
          "<form id=sure><button name=what value=it data-pw-confirm=confirm-live>Remove it</button></form>");
        document.getElementById("sure").addEventListener("submit", (event) => {
          event.preventDefault();
          window.sent = event.submitter.value;
        });
    }""")
    guided.get_by_role("button", name="Remove it").click()
    assert guided.evaluate("window.sent") is None
    guided.get_by_role("dialog", name="Remove this action?").get_by_role("button", name=answer, exact=True).click()
    expect(guided.get_by_role("dialog", name="Remove this action?")).to_be_hidden()
    assert guided.evaluate("window.sent") == ("it" if sent else None)


def test_a_message_that_is_closed_hands_the_focus_to_the_page(guided: Page) -> None:
    guided.get_by_role("button", name="Close this message").click()
    expect(guided.get_by_text("Your piece was submitted")).to_have_count(0)
    expect(guided.locator("#content")).to_be_focused()


def test_tabs_turn_with_the_arrow_keys(page: Page, guide_address: str) -> None:
    page.goto(f"{guide_address}/lists")
    page.get_by_role("tab", name="List").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Timeline")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="List")).to_be_hidden()


def test_times_are_the_readers_own(page: Page, guide_address: str) -> None:
    page.goto(f"{guide_address}/lists")
    expect(page.locator("time").first).to_have_text("21 November 2026 at 12:42")


def test_counters_count_while_somebody_types(page: Page, guide_address: str) -> None:
    page.goto(f"{guide_address}/forms")
    page.locator("#piece").fill("It's a mother-tongue class: Ελένη and محمد.")
    expect(page.locator("#piece-counter")).to_have_text("7 words · 250 to 400 words")
    page.locator("#piece").fill("word " * 401)
    expect(page.locator("#piece-counter")).to_have_attribute("data-over", "true")
    page.locator("#definition").fill("Together")
    expect(page.locator("#definition-counter")).to_have_text("132 characters left")


def test_the_rubric_adds_up_while_levels_are_chosen(page: Page, guide_address: str) -> None:
    page.goto(f"{guide_address}/marking")
    form = page.locator("form")
    form.get_by_role("group", name="Change in action").get_by_role("radio", name="Plan").check()
    expect(form.locator("output")).to_have_text("5 of 6")
    page.keyboard.press("ArrowLeft")
    expect(form.locator("output")).to_have_text("4 of 6")


def test_a_reference_can_be_copied_inside_a_frame_of_another_site(page: Page, guide_address: str) -> None:
    page.goto(guide_address.replace("127.0.0.1", "localhost") + "/bare-error")
    page.evaluate("address => { document.body.innerHTML = `<iframe src=${address}>` }", f"{guide_address}/error")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Copy").click()
    expect(frame.get_by_role("button", name="Copied")).to_be_visible()


def test_on_a_phone_each_cell_says_its_column(page: Page, guide_address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 500})
    page.goto(f"{guide_address}/lists")
    cell = page.get_by_role("row", name="Alice Adams").get_by_role("cell").first
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Words"'


def test_paper_stays_white_and_without_buttons(page: Page, guide_address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{guide_address}/examples")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.get_by_role("button", name="Submit to your trainer")).to_be_hidden()


def test_whoever_wants_no_motion_gets_none(page: Page, guide_address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{guide_address}/saving")
    assert page.evaluate("getComputedStyle(document.querySelector('.pw-icon-saving')).animationDuration") == "0.001s"


def test_a_language_from_right_to_left_turns_the_page_around(page: Page, guide_address: str) -> None:
    page.goto(f"{guide_address}/boxes?language=ar")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    right = page.evaluate("document.querySelector('h1').getBoundingClientRect().right")
    assert page.evaluate("getComputedStyle(document.querySelector('.pw-alert')).borderRightWidth") == "4px"
    assert right > 900


def test_what_people_write_is_never_taken_for_markup(guide: Flask) -> None:
    evil = "<script>alert(1)</script>\"'"
    page = render(
        guide,
        "{{ c.text_field('a', evil, evil, help=evil, error=evil) }}{{ c.alert('bad', evil, evil) }}{{ c.person(evil) }}"
        "{{ c.table([evil, evil], [[evil, evil]], evil) }}{{ c.row(evil, who=evil) }}"
        "{{ c.long_field('b', evil, evil) }}"
        "{{ c.save_state('s', 'refused', evil) }}{{ c.conflict('c', mine=evil, theirs=evil, who=evil) }}",
        evil=evil,
    )
    assert "<script" not in page


def test_a_field_ties_its_help_and_its_error_to_itself(guide: Flask) -> None:
    field = render(guide, "{{ c.text_field('who', 'Who', help='One name.', error='Nobody.', limit=9, required=true) }}")
    assert 'aria-describedby="who-help who-error who-counter" aria-invalid="true" required' in field
    assert "(optional)" not in field


def test_a_person_whose_name_is_withheld_is_still_somebody(guide: Flask) -> None:
    assert "Name withheld" in render(guide, "{{ c.person(none) }}")


def test_the_error_page_needs_nothing_not_even_the_built_parts(tmp_path: Path) -> None:
    with make_guide(str(tmp_path)).test_request_context():
        page = render_template("frame/error.html")
    assert "Something went wrong" in page
    assert "Open the activity again from your course." in page
    assert '<link rel="stylesheet"' not in page


@pytest.mark.parametrize("manifest", [None, '{"web/other.js": "build/web/other-1.js"}'])
def test_a_missing_build_is_told_in_one_sentence(tmp_path: Path, manifest: str | None) -> None:
    app = Flask("lti_tool.web", static_folder=str(tmp_path))
    if manifest:
        (tmp_path / "build").mkdir()
        (tmp_path / "build" / "manifest.json").write_text(manifest, encoding="utf-8")
    with app.test_request_context():
        with pytest.raises(AssetsNotBuilt, match=r"^The browser parts? .*not built\. Run `make install`\.$"):
            asset_url("web/frame.js")
        assert asset_url("web/frame.js", needed=False) is None


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    app = Flask("lti_tool.web", static_folder=str(tmp_path), static_url_path="/static")
    manifest = tmp_path / "build" / "manifest.json"
    manifest.parent.mkdir()
    with app.test_request_context():
        for moment, name in enumerate(("frame-1.js", "frame-2.js")):
            manifest.write_text(f'{{"web/frame.js": "build/web/{name}"}}', encoding="utf-8")
            os.utime(manifest, (moment, moment))
            assert asset_url("web/frame.js") == f"/static/build/web/{name}"
