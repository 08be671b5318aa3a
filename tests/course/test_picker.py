"""The picker and its answer over HTTP, with a genuine platform at the other end."""

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
    started = running_platform(ADDRESS)
    register(app, started)
    return started


@pytest.fixture
def browser(app: Application) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def pick(platform: Platform, browser: FlaskClient) -> Pick:
    """Opens the picker: `pick(settings={"accept_multiple": False})`."""

    def start(person: str = "tina", **changed: Any) -> Picker:
        return picker_of(open_picker(platform, browser, person, **changed), browser)

    return start


def test_one_activity_is_picked_and_the_platform_accepts_the_answer(pick: Pick, platform: Platform) -> None:
    picker = pick()
    assert "Think piece: a moment at the edge" in picker.get().text
    answered = picker.add("journal/j3")
    assert answered.address.startswith(platform.config.issuer + "/as/tina/add/return?token=")
