"""A genuine platform that the tool knows, and pickers that are opened from it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from lti_tool.web.application import Application
from tests.course.picking import Picker, open_picker, picker_of
from tests.fixtures.platform import Platform, StartPlatform
from tests.fixtures.tool import ADDRESS
from tests.platforms.conftest import register

Pick = Callable[..., Picker]


@pytest.fixture
def platform(app: Application, running_platform: StartPlatform) -> Platform:
    """A demo LMS."""
    started = running_platform(ADDRESS)
    register(app, started)
    return started


@pytest.fixture
def client(app: Application) -> FlaskClient:
    """A browser that keeps its cookie."""
    return app.test_client()


@pytest.fixture
def pick(platform: Platform, client: FlaskClient) -> Pick:
    """Opens the picker: `pick(settings={"accept_multiple": False})`, `pick(context=None)`."""

    def start(person: str = "tina", **changed: Any) -> Picker:
        return picker_of(open_picker(platform, client, person, **changed), client)

    return start
