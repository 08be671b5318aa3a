"""A piece is opened, written and reloaded in Firefox and in WebKit, with their ways with cookies in frames.

Both keep secure cookies by https only, so the tool stands behind TLS here.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from lti_tool.demo.storage import FRAME
from tests.fixtures.browser import PICTURES
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.fixtures.other_browsers import firefox, webkit
from tests.fixtures.ports import free_port
from tests.fixtures.tls import behind_tls
from tests.fixtures.webdriver import Driven
from tests.journeys.cookies import offer_storage

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]

Start = Callable[[], AbstractContextManager[Driven]]
TEXT = "A mother waited at the gate."
COOKIES = "network.cookie.cookieBehavior"
FIREFOX = partial(firefox, {})
FIREFOX_NO_THIRD_PARTIES = partial(firefox, {COOKIES: 1})
FIREFOX_NO_COOKIES = partial(firefox, {COOKIES: 2})


class SecureHouse(House):
    """A house whose tool is reached by https."""

    secure_port: int

    @property
    def tool_url(self) -> str:
        """Where browsers reach the tool."""
        return f"https://127.0.0.1:{self.secure_port}"


@pytest.fixture
def secure_house(
    database_url: str, tmp_path: Path, compiled_templates: FileSystemBytecodeCache
) -> Iterator[SecureHouse]:
    """Tool and demo LMS, the tool by https."""
    house = SecureHouse(tmp_path, database_url, compiled_templates)
    house.secure_port = free_port()
    try:
        house.register()
        for name in ("demo", "tool"):
            house.start(name)
        with behind_tls(house.secure_port, house.port, tmp_path):
            yield house
    finally:
        house.stop()


def write_and_reload(window: Driven) -> None:
    """Write into the piece, wait until it is saved, and see it again after a reload."""
    window.has("#editor")
    window.type("#editor", TEXT)
    window.has("#saving[data-state=saved]")
    window.run("window.before = true; location.reload()")
    window.until(lambda: not window.run("return window.before"), "the page anew")
    window.has("#editor")
    window.shows(TEXT)


@pytest.mark.parametrize(
    ("start", "storage", "held"),
    [
        pytest.param(FIREFOX, "", False, id="firefox"),
        pytest.param(FIREFOX, FRAME, False, id="firefox-frame", marks=pytest.mark.thorough),
        pytest.param(FIREFOX_NO_THIRD_PARTIES, "_parent", True, id="firefox-1-parent", marks=pytest.mark.thorough),
        pytest.param(FIREFOX_NO_COOKIES, FRAME, True, id="firefox-2-frame", marks=pytest.mark.thorough),
        pytest.param(webkit, "_parent", True, id="webkit-parent"),
        pytest.param(webkit, FRAME, True, id="webkit-frame", marks=pytest.mark.thorough),
    ],
)
def test_a_piece_is_written_in_the_frame(secure_house: SecureHouse, start: Start, storage: str, held: bool) -> None:
    offer_storage(secure_house, storage)
    with start() as window:
        window.open(f"{secure_house.demo_url}/as/alice/activities/journal-j3")
        window.enter("iframe[data-tool]")
        write_and_reload(window)
        assert window.run("return 'partnerwise' in window") is held


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(FIREFOX_NO_THIRD_PARTIES, id="firefox", marks=pytest.mark.thorough),
        pytest.param(webkit, id="webkit", marks=pytest.mark.thorough),
    ],
)
def test_a_piece_is_written_in_a_tab_of_its_own(
    secure_house: SecureHouse, start: Start, request: pytest.FixtureRequest
) -> None:
    with start() as window:
        window.open(f"{secure_house.demo_url}/as/alice/activities/journal-j3")
        window.enter("iframe[data-tool]")
        window.click("[data-choice] button")
        window.shows("It is open in its own tab")
        window.picture(PICTURES / f"cookies-own-tab-{request.node.callspec.id}.png")
        window.go_to_other_window()
        write_and_reload(window)
