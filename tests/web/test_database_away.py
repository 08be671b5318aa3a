"""While the database is locked, restarting or gone, people are asked to try again, and pages do so by themselves."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from lti_tool.database import Database
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS, Arrive

pytestmark = on_sqlite
NOWHERE = "postgresql+psycopg://nobody:hidden@127.0.0.1:1/none"


@contextmanager
def impatient(app: Application) -> Iterator[None]:
    """Nobody waits for a lock."""
    engine = app.parts.database.engine

    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    event.listen(engine, "connect", hurry)
    engine.dispose()
    yield
    event.remove(engine, "connect", hurry)
    engine.dispose()


def test_a_locked_database_is_no_fault_and_the_save_goes_again(
    app: Application, settings: Settings, visitor: Arrive, caplog: pytest.LogCaptureFixture
) -> None:
    alice = visitor("alice", activity="journal/j3")
    assert alice.token()
    held = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    with impatient(app), caplog.at_level(logging.INFO):
        held.execute("BEGIN IMMEDIATE")
        answer = alice.put("journal/j3/text", {"text": "<p>One.</p>", "version": 0})
        held.execute("ROLLBACK")
    held.close()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json
    assert answer.json["error"] == "DatabaseAway"
    assert answer.json["reference"] in caplog.text
    assert "Traceback" not in caplog.text
    assert alice.put("journal/j3/text", {"text": "<p>One.</p>", "version": 0}).status_code == 200


def test_a_database_that_is_gone_is_said_in_plain_words_and_names_no_secret(
    app: Application, caplog: pytest.LogCaptureFixture
) -> None:
    here, app.parts = app.parts, replace(app.parts, database=Database(NOWHERE))
    with caplog.at_level(logging.INFO):
        answer = app.test_client().get("/l/some-launch/course/", base_url=ADDRESS)
    app.parts = here
    assert answer.status_code == 503
    assert "Wait a moment and try again" in answer.text
    assert "nobody:hidden" not in answer.text + caplog.text
    assert "Traceback" not in caplog.text


def test_a_statement_that_is_wrong_stays_a_fault_of_ours(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    with app.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE launch RENAME TO launch_gone")
    assert alice.get("course/").status_code == 500
