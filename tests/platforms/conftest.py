"""The tool and a real platform side by side, with the browser's part played by hand."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.lti.platform import Platform as PlatformAddresses
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.web.application import Application
from tests.fixtures.platform import Platform, StartPlatform
from tests.fixtures.tool import ADDRESS


@dataclass
class Door:
    """A browser between the platform and the tool."""

    app: Application
    platform: Platform
    browser: FlaskClient

    def begin(self, person: str = "alice", activity: str = "journal-j3", **changed: str | None) -> str:
        """Post the login; gives the address at the platform to which the tool sends the browser."""
        form = {**self.platform.launch_form(person, activity), **changed}
        sent = {name: value for name, value in form.items() if value is not None}
        answer = self.browser.post("/lti/login", data=sent, base_url=ADDRESS)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def finish(self, fields: dict[str, Any], browser: FlaskClient | None = None) -> TestResponse:
        """Post what the platform's page would post."""
        return (browser or self.browser).post(
            "/lti/launch", data=fields, base_url=ADDRESS, headers={"Origin": self.platform.url}
        )

    def launch(self, person: str = "alice", activity: str = "journal-j3") -> TestResponse:
        """The whole way."""
        return self.finish(self.platform.auth(self.begin(person, activity)))

    def another_browser(self) -> FlaskClient:
        """A browser with cookies of its own."""
        return self.app.test_client()


def register(app: Application, platform: Platform) -> None:
    """Let the tool know the platform."""
    known = dict(platform.registration)
    deployment_id = known.pop("deployment_id")
    with app.parts.database.transaction() as session:
        add_registration(session, PlatformAddresses(**known), deployment_id, "Demo")


@pytest.fixture
def door(app: Application, running_platform: StartPlatform) -> Door:
    """The tool, a platform that it knows, and a browser."""
    platform = running_platform(ADDRESS)
    register(app, platform)
    return Door(app, platform, app.test_client())
