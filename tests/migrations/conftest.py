"""A database of each kind before the first migration."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from lti_tool.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database without any table."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/old.db")
    else:
        address = request.getfixturevalue("postgresql")
        server = create_engine(address, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS old WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE old"))
        server.dispose()
        database = Database(make_url(address).set(database="old").render_as_string(hide_password=False))
    yield database
    database.close()
