"""Connecting an LMS as its administrator sees it: in the LMS's frame, at three widths."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from lti_tool.platforms.registrations.invitations import invite
from lti_tool.web.application import Application
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.platform import Served
from tests.platforms.registering_lms import RegisteringLms


@pytest.fixture
def lms(address: str, app: Application) -> Iterator[str]:
    """A Moodle whose page holds the registration in a frame and listens for its end; gives that page's address."""
    with app.parts.database.transaction() as session:
        invited = f"{address}/lti/register/{invite(session, 'Primary School 1')}"
    moodle = RegisteringLms("moodle")
    app_of_lms: Flask = moodle.app()

    @app_of_lms.get("/tools")
    def tools() -> str:
        told = f"openid_configuration={moodle.url}/openid-configuration&registration_token={moodle.token}"
        return f"""<!doctype html><html lang="en"><title>Tools</title><main><h1>Tools</h1>
            <iframe title="Registration" src="{invited}?{told}" width="100%" height="700"></iframe></main>
            <script>addEventListener("message", (event) => {{ document.title = event.data.subject; }});</script>"""

    served = Served(app_of_lms)
    moodle.url = served.url
    yield f"{served.url.replace('127.0.0.1', 'localhost')}/tools"
    served.stop()


@on_sqlite
def test_an_administrator_connects_an_lms_in_its_own_frame(page: Page, lms: str) -> None:
    page.goto(lms)
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Connect your LMS to Partnerwise?").wait_for()
    assert axe_problems(page) == []
    take_pictures(page, "registering-ask")
    frame.get_by_role("button", name="Connect").click()
    frame.get_by_role("heading", name="Primary School 1 is connected").wait_for()
    assert axe_problems(page) == []
    take_pictures(page, "registering-connected")
    frame.get_by_role("button", name="Done: close this page").click()
    page.wait_for_function("document.title === 'org.imsglobal.lti.close'")
    frame.get_by_text("You can close this page now").wait_for()


@on_sqlite
def test_every_value_for_an_lms_by_hand_can_be_read(page: Page, address: str) -> None:
    page.goto(f"{address}/lti/by-hand")
    page.get_by_text("Services, claims and custom parameters").click()
    assert axe_problems(page) == []
    take_pictures(page, "registering-by-hand")
    page.set_viewport_size({"width": 320, "height": 700})
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not too_wide
