"""The running tool for each kind of database in turn, set up once for all tests of a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.stage import Stage, set_up
from tests.fixtures.databases import empty


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("stage")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), folder / "tool.db")
        address = f"sqlite:///{folder / 'tool.db'}"
    else:
        address = request.getfixturevalue("postgresql")
        empty(address)
    with set_up(address, folder) as running:
        yield running
