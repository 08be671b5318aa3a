"""Connections of the pool: one that died while it was idle is met by nobody."""

import time

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from lti_tool.database import Database
from lti_tool.engines import TRUSTED
from tests.fixtures.databases import on_postgresql

END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def ask(database: Database) -> object:
    """Use one connection."""
    with database.transaction(write=False) as session:
        return session.scalar(text("SELECT 1"))


def ask_twice_at_once(database: Database) -> object:
    """Use two connections."""
    with database.transaction(write=False) as session:
        return session.scalar(text("SELECT 1")), ask(database)


def restart(address: str) -> None:
    """End every connection, as PostgreSQL does when it restarts."""
    engine = create_engine(address)
    with engine.connect() as connection:
        connection.execute(text(END_ALL))
    engine.dispose()


@on_postgresql
def test_connections_that_a_restart_ended_are_replaced(database: Database, database_url: str) -> None:
    ask_twice_at_once(database)
    restart(database_url)
    time.sleep(TRUSTED)
    assert ask_twice_at_once(database) == (1, 1)


@on_postgresql
def test_who_meets_the_restart_itself_is_the_only_one(database: Database, database_url: str) -> None:
    ask_twice_at_once(database)
    restart(database_url)
    with pytest.raises(OperationalError):
        ask(database)
    assert ask_twice_at_once(database) == (1, 1)
