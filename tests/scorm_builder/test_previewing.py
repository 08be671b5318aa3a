"""The preview as an author uses it: the command as a process, the page in a real browser."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from scorm_builder.preview.application import create_preview
from scorm_builder.preview.desk import Desk
from tests.fixtures.browser import axe_problems, take_pictures
from tests.scorm_builder.playing import answer_everything, choose, turn_to
from tests.scorm_builder.previewing import Preview, choose_format, open_preview, previewing
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.site import ROOT

UNIT = "en/m1u1.md"
FORMATS = ("SCORM 1.2", "SCORM 2004", "cmi5")


@pytest.fixture
def preview(small_course: Path) -> Iterator[Preview]:
    """The small course in a preview."""
    with previewing(small_course) as running:
        yield running


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


@pytest.mark.parametrize("title", FORMATS)
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


@pytest.mark.parametrize("title", FORMATS)
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


def test_the_authors_page_is_accessible_at_every_width(preview: Preview, page: Page) -> None:
    frame = open_preview(page, preview)
    choose(frame, "one", "This one")
    expect(page.locator("[data-answers] tbody tr")).to_have_count(1)
    page.locator("[data-log] > summary").click()
    for width in (360, 700, 1000):
        page.set_viewport_size({"width": width, "height": 700})
        assert axe_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    take_pictures(page, "preview")
    page.emulate_media(color_scheme="dark")
    assert axe_problems(page) == []
    take_pictures(page, "preview-dark")


def test_it_speaks_the_language_of_the_course_that_is_shown(small_course: Path, page: Page) -> None:
    text = (small_course / "course.yaml").read_text(encoding="utf-8")
    greek = text.replace("languages: [en]", "languages: [el]").replace("{en:", "{el:")
    (small_course / "course.yaml").write_text(greek, encoding="utf-8")
    (small_course / "en").rename(small_course / "el")
    with previewing(small_course, "--language", "el") as preview:
        open_preview(page, preview)
        expect(page.get_by_role("heading", name="Τι κρατά το LMS")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "el"


def test_a_preview_that_was_stopped_says_so(preview: Preview, page: Page) -> None:
    open_preview(page, preview)
    assert preview.interrupt() == (0, "")
    expect(page.locator("[data-stopped]")).to_contain_text("The preview was stopped")


def test_a_site_that_rebinds_its_name_to_this_machine_reads_nothing(preview: Preview) -> None:
    assert asked(preview, "127.0.0.1", "/course/en")[0] == 200
    assert asked(preview, "localhost", "/course/en")[0] == 200
    for path in ("/", "/course/en", "/play/en/scorm12/unit/m1u1/index.html", "/preview/preview.js", "/lrs/x/record"):
        status, body = asked(preview, "rebound.example.org", path)
        assert status == 400
        assert b"small" not in body


def asked(preview: Preview, host: str, path: str) -> tuple[int, bytes]:
    port = urlsplit(preview.address).port
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_only_this_machine_is_served(preview: Preview) -> None:
    port = urlsplit(preview.address).port
    listening = Path("/proc/net/tcp").read_text(encoding="ascii")
    assert f" 0100007F:{port:04X} " in listening
    assert f" 00000000:{port:04X} " not in listening


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "de"], "The course has no `de`; it has en."),
        (["--port", "70000"], "70000 is not in the range"),
    ],
)
def test_what_cannot_be_previewed_is_refused_in_a_sentence(small_course: Path, arguments: list[str], said: str) -> None:
    assert said in refused(small_course, *arguments)


def test_a_folder_without_a_course_and_a_port_in_use_are_refused(tmp_path: Path, small_course: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "there is no course.yaml" in refused(tmp_path / "empty")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} is in use" in refused(small_course, "--port", port)


def refused(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "scorm_builder", "preview", str(folder), *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert answer.returncode in {1, 2}
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_no_other_site_may_include_the_courses_pages(small_course: Path) -> None:
    client = create_preview(Desk(small_course), None).test_client()
    answer = client.get("/play/en/scorm12/unit/m1u1/m1u1.pages.js", base_url="http://localhost")
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_lrs_gives_a_visits_token_once_and_listens_to_nobody_without_it(small_course: Path) -> None:
    client = create_preview(Desk(small_course), None).test_client()

    def told(method: str, path: str, **more: Any) -> tuple[int, Any]:
        answer = client.open(path, method=method, base_url="http://localhost", **more)
        return answer.status_code, answer.get_json(silent=True)

    _, launch = told("POST", "/lrs/r1/visits/en/m1u1")
    fetch = urlsplit(parse_qs(urlsplit(launch["address"]).query)["fetch"][0]).path
    _, given = told("POST", fetch)
    _, again = told("POST", fetch)
    assert "error-code" in again
    statement = {"id": "s1", "verb": {"id": "initialized"}}
    for authorization, status in (("", 401), ("Basic guessed", 401), (f"Basic {given['auth-token']}", 200)):
        headers = {"Authorization": authorization}
        assert told("POST", "/lrs/r1/xapi/statements", json=[statement], headers=headers)[0] == status
    assert told("GET", "/lrs/r1/record")[1]["statements"] == [statement]
