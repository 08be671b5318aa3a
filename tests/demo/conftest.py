"""A platform with a fake tool at its other end."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.demo.fake_tool import FakeTool
from tests.fixtures.platform import Platform, Served, StartPlatform, running_platform

__all__ = ["running_platform"]


@pytest.fixture(scope="session")
def fake_tool() -> FakeTool:
    return FakeTool()


@pytest.fixture
def tool_url(fake_tool: FakeTool) -> Iterator[str]:
    fake_tool.broken = False
    served = Served(fake_tool.app)
    yield served.url
    served.stop()


@pytest.fixture
def platform(running_platform: StartPlatform, tool_url: str) -> Platform:
    return running_platform(tool_url)


@pytest.fixture
def client(platform: Platform) -> FlaskClient:
    return platform.app.test_client()
