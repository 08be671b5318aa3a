"""The history of the tables (Alembic), reachable from the installed package."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from lti_tool.database import Database
from lti_tool.engines import WRITES

HERE = Path(__file__).parent
LOCK = 7_261_951_846
"""What whoever migrates holds in PostgreSQL, which locks no tables that are not there yet; any number of our own."""
PATIENCE = 600_000
"""Milliseconds that SQLite waits for whoever migrates; tables that are made anew may be large."""


def migrate(database: Database, secret: str, to: str = "head") -> None:
    """Bring the tables to the newest form, or to the revision `to`; does nothing where they have it.

    `secret` is the one of the settings: under it is sealed what had been kept as plain text.
    """
    config = _config(secret)
    with _changing(database) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def migrate_empty(database: Database, secret: str, to: str) -> None:
    """Bring tables without rows to the form `to`, forwards or back; makes them where there are none."""
    config = _config(secret)
    found = revision_of(database)
    go = command.downgrade if found in _revisions() and _is_behind(to, found) else command.upgrade
    with _changing(database) as connection:
        config.attributes["connection"] = connection
        go(config, to)


class Schema(StrEnum):
    """Which form the tables have."""

    CURRENT = "current"
    BEHIND = "not up to date"
    """An older form, or none at all."""
    NEWER = "newer than this program"


def schema_of(database: Database) -> Schema:
    """Which form the tables have; nothing is changed."""
    found = revision_of(database)
    if found == newest_revision():
        return Schema.CURRENT
    return Schema.BEHIND if found is None or is_known(found) else Schema.NEWER


def is_current(database: Database) -> bool:
    """Whether the tables have the newest form."""
    return schema_of(database) is Schema.CURRENT


def revision_of(database: Database) -> str | None:
    """The form of the tables by its name; None where there are none."""
    # Read-only: to SQLite anything else is a writer, who waits for all others and keeps them waiting.
    with database.engine.connect().execution_options(**{WRITES: False}) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The name of the newest form."""
    return _revisions()[0]


def is_known(revision: str) -> bool:
    """Whether this program knows that form."""
    return revision in _revisions()


def _is_behind(revision: str, other: str | None) -> bool:
    """Whether a form is older than another one, both known."""
    return _revisions().index(revision) > _revisions().index(str(other))


@lru_cache
def _revisions() -> tuple[str, ...]:
    """The names of all forms, the newest first."""
    return tuple(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """One transaction in which tables may be made anew, as SQLite must to change a column.

    Of several processes that start at once, one migrates; the others wait, and then find nothing left to do.
    """
    with database.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                yield connection
            return
        # To SQLite a table that is made anew is a table dropped, with all rows that refer to it. The switch works
        # outside transactions only; that nothing lost its reference is checked before the commit.
        before = _pragma(connection, "busy_timeout")
        _pragma(connection, f"busy_timeout={PATIENCE}")
        _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if lost := connection.execute(text("PRAGMA foreign_key_check")).all():
                    raise RuntimeError(f"the migration left {len(lost)} rows without what they refer to")
        finally:
            _pragma(connection, "foreign_keys=ON")
            _pragma(connection, f"busy_timeout={before}")


def _pragma(connection: Connection, wish: str) -> object:
    """Set a switch of SQLite's, or read it, outside any transaction."""
    driver = connection.connection.dbapi_connection
    assert driver is not None  # noqa: S101 (it is connected)
    row = driver.execute(f"PRAGMA {wish}").fetchone()
    return row and row[0]


def _config(secret: str = "") -> Config:
    config = Config()
    config.attributes["secret"] = secret
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    return config
