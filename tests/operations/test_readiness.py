"""What a load balancer and the operator's monitoring are told, on both databases."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text, update
from werkzeug.test import TestResponse

from lti_tool.database import Database, now
from lti_tool.jobs import Queue
from lti_tool.operations.heartbeat import beat, stop_beating
from lti_tool.operations.models import WorkerHeartbeat
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.forking import Process
from tests.fixtures.house import House
from tests.fixtures.tool import ADDRESS
from tests.fixtures.waiting import until

NOWHERE = "postgresql+psycopg://nobody:hidden@127.0.0.1:1/none"


def ask(app: Application) -> TestResponse:
    return app.test_client().get("/readyz", base_url=ADDRESS)


def checks(app: Application, status: int = 503) -> dict[str, str]:
    answer = ask(app)
    assert answer.status_code == status, answer.text
    assert answer.json
    assert answer.json["status"] == ("ready" if status == 200 else "not ready")
    found: dict[str, str] = answer.json["checks"]
    return found


@pytest.mark.both_databases
def test_a_web_process_without_a_worker_is_ready_and_names_what_is_missing(app: Application) -> None:
    well = dict.fromkeys(("database", "schema", "queue", "disk", "key"), "ok")
    assert checks(app, 200) == well | {"worker": "missing"}
    beat(app.parts.database)
    beat(app.parts.database)
    assert checks(app, 200) == well | {"worker": "ok"}
    assert ask(app).headers["Cache-Control"] == "no-store"
    stop_beating(app.parts.database)
    assert checks(app, 200)["worker"] == "missing"


@pytest.mark.parametrize(("age", "said"), [(110, "ok"), (130, "missing")])
def test_a_worker_that_was_silent_for_two_minutes_counts_as_missing(app: Application, age: int, said: str) -> None:
    beat(app.parts.database)
    with app.parts.database.transaction() as session:
        session.execute(update(WorkerHeartbeat).values(seen_at=now() - timedelta(seconds=age)))
    assert checks(app, 200)["worker"] == said


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("revision", "status", "said"), [("0014", 503, "not up to date"), ("9999", 200, "newer than this program")]
)
def test_old_tables_are_not_served_and_newer_ones_are_while_a_version_is_rolled_out(
    app: Application, revision: str, status: int, said: str
) -> None:
    with app.parts.database.engine.begin() as connection:
        former = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    try:
        assert checks(app, status)["schema"] == said
    finally:
        with app.parts.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{former}'"))


@on_sqlite
def test_tables_that_are_not_there_yet_are_said(app: Application, tmp_path: Path) -> None:
    app.parts = replace(app.parts, database=Database(f"sqlite:///{tmp_path}/empty.db"))
    assert checks(app)["schema"] == "not up to date"


def test_a_database_that_is_gone_is_said_without_its_address(app: Application) -> None:
    app.parts = replace(app.parts, database=Database(NOWHERE))
    assert checks(app) == {"database": "does not answer"}
    assert "hidden" not in ask(app).text
    assert app.test_client().get("/healthz", base_url=ADDRESS).status_code == 200


@on_sqlite
def test_a_queue_that_cannot_be_written_is_said(app: Application, tmp_path: Path) -> None:
    queue = Queue(f"sqlite:///{tmp_path}/other.db")
    for file in tmp_path.glob("other.db*"):
        file.unlink()
    (tmp_path / "other.db").mkdir()
    app.parts = replace(app.parts, queue=queue)
    assert checks(app)["queue"] == "cannot be written"


@on_sqlite
def test_nobody_who_asks_waits_for_a_writer_or_keeps_one_waiting(app: Application) -> None:
    checks(app, 200)
    with app.parts.database.transaction() as session:
        session.execute(update(WorkerHeartbeat).values(seen_at=now()))
        assert checks(app, 200)["database"] == "ok"


def test_a_key_under_another_secret_is_said(app: Application) -> None:
    checks(app, 200)
    app.parts = replace(app.parts, tool_keys=ToolKeys(app.parts.database, "another secret that is long enough too"))
    assert checks(app)["key"] == "cannot be read"


@on_sqlite
def test_a_full_disk_is_said(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    assert checks(app)["disk"] == "full"


@on_sqlite
def test_a_worker_that_runs_beats_and_says_when_it_ends(building: House) -> None:
    def rows() -> int:
        database = building.database()
        with database.transaction(write=False) as session:
            found = len(session.query(WorkerHeartbeat).all())
        database.close()
        return found

    building.start_process("worker")
    until(lambda: rows() == 1, "the first beat")
    worker = building.running["worker"]
    assert isinstance(worker, Process)
    worker.terminate()
    until(lambda: rows() == 0, "the row is gone")
