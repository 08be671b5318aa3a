"""The preview's command and its server: this machine alone is served, and nobody else reads or includes the course."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from scorm_builder.__main__ import main
from scorm_builder.preview.application import create_preview
from scorm_builder.preview.desk import Desk
from tests.scorm_builder.previewing import Command, Preview, open_preview, running_command


@pytest.fixture
def command(small_course: Path) -> Iterator[Command]:
    """The command, run on the small course."""
    with running_command(small_course) as running:
        yield running


def test_the_command_serves_this_machine_alone_until_it_is_stopped_which_the_page_says(
    command: Command, page: Page
) -> None:
    open_preview(page, command)
    port = urlsplit(command.address).port
    listening = Path("/proc/net/tcp").read_text(encoding="ascii")
    assert f" 0100007F:{port:04X} " in listening
    assert f" 00000000:{port:04X} " not in listening
    assert command.interrupt() == (0, "")
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


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    """What should have been refused and is not ends at once, instead of being served for ever."""
    monkeypatch.setattr("werkzeug.serving.BaseWSGIServer.serve_forever", lambda _: None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "de"], "The course has no `de`; it has en."),
        (["--port", "70000"], "70000 is not in the range"),
    ],
)
def test_what_cannot_be_previewed_is_refused_in_a_sentence(
    small_course: Path, unserved: None, arguments: list[str], said: str
) -> None:
    assert said in refused(small_course, *arguments)


def test_a_folder_without_a_course_and_a_port_in_use_are_refused(
    tmp_path: Path, small_course: Path, unserved: None
) -> None:
    (tmp_path / "empty").mkdir()
    assert "there is no course.yaml" in refused(tmp_path / "empty")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} is in use" in refused(small_course, "--port", port)


def refused(folder: Path, *arguments: str) -> str:
    answer = CliRunner().invoke(main, ["preview", str(folder), *arguments])
    assert answer.exit_code in {1, 2}
    assert isinstance(answer.exception, SystemExit)
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
