"""A platform with a fake tool at its other end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lti_tool.demo import DemoConfig, create_demo
from tests.demo.fake_tool import FakeTool
from tests.demo.sample_package import write_package
from tests.fixtures.platform import Platform, Served, StartPlatform


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one SCORM package."""
    packages = tmp_path / "packages"
    packages.mkdir()
    write_package(packages)
    return packages


@pytest.fixture
def learner(folder: Path) -> Iterator[FlaskClient]:
    """Somebody at a demo LMS with that package."""
    app = create_demo(DemoConfig(packages=folder))
    yield app.test_client()
    app.extensions["demo"].close()
