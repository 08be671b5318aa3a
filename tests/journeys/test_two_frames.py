"""Two activities opened at once in a fresh browser, as on a course page that shows both: each must be able to save."""

from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

import tests.fixtures.house
from lti_tool.app import create_app
from lti_tool.settings import Settings
from tests.fixtures.cookie_settings import Cookies, OpenBrowser
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.fixtures.waiting import until
from tests.journeys.cookies import editor, open_activity, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, on_sqlite]

Answer = Callable[..., Iterable[bytes]]


class Gate:
    """Lets the first login in a frame on once a second one has come, which has to wait: both came without a cookie."""

    def __init__(self) -> None:
        self.came = [Event(), Event()]
        self.let_second_on = Event()
        self._app: Answer

    def before(self, settings: Settings) -> Flask:
        """The tool behind this gate."""
        app = create_app(settings)
        self._app = app.wsgi_app
        app.wsgi_app = self.answer  # type: ignore[method-assign, assignment]
        return app

    def answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """One request."""
        if environ["PATH_INFO"] == "/lti/login" and environ.get("HTTP_SEC_FETCH_DEST") == "iframe":
            first, second = self.came
            if first.is_set():
                second.set()
                self.let_second_on.wait(30)
            else:
                first.set()
                second.wait(30)
        return self._app(environ, start)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate()
    monkeypatch.setattr(tests.fixtures.house, "create_app", made.before)
    return made


def test_two_frames_opened_at_once_in_a_fresh_browser_can_both_save(
    gate: Gate, house: House, open_browser: OpenBrowser
) -> None:
    context = open_browser(Cookies.ALLOWED)
    context.unroute("**/submit-*.js")  # a login would wait there while this test waits for it
    first, second = context.new_page(), context.new_page()
    asked: list[Route] = []
    first.route("**/lti/auth**", lambda route: asked.append(route))  # noqa: PLW0108 (a list's own method takes no mark)
    for page, activity, came in zip((first, second), ("journal-j3", "roadmap"), gate.came, strict=True):
        page.goto(f"{house.demo_url}/as/alice/activities/{activity}", wait_until="commit")
        until(came.is_set, "the login has come")
    until(lambda: first.title() and asked, "the LMS is asked who that is")
    gate.let_second_on.set()
    team = second.frame_locator("iframe[data-tool]")
    team.get_by_label("Name", exact=False).first.fill("Primary School 12")
    asked[0].continue_()
    write(first.frame_locator("iframe[data-tool]"), "The first.")
    team.get_by_role("button", name="team", exact=False).first.click()
    expect(team.get_by_role("heading", level=1)).not_to_have_text("Which school are you from?")
    expect(editor(open_activity(house, second))).to_have_text("The first.")
