"""`partnerwise move-database`: every row reaches PostgreSQL, or none does and the same command begins anew."""

from pathlib import Path

import pytest
from sqlalchemy import text

from lti_tool.database import Database
from lti_tool.operations.backups import moving
from lti_tool.operations.heartbeat import beat, stop_beating
from tests.fixtures.databases import on_sqlite
from tests.operations.conftest import ROWS, NewDatabase, everything, fill
from tests.operations.test_backups import says, types

pytestmark = [on_sqlite, pytest.mark.both_databases]


@pytest.fixture
def filled(database: Database) -> Database:
    """The SQLite database that is to be moved; its worker has ended."""
    fill(database)
    stop_beating(database)
    return database


def test_every_row_is_moved_and_compared(
    filled: Database, database_url: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    there = new_database("postgresql")
    answer = types(tmp_path, database_url, "move-database", there.replace("+psycopg", ""))
    assert answer.exit_code == 0, answer.output
    assert "were copied and compared" in answer.output
    found = everything(there)
    assert found == everything(database_url)
    assert {name for name, rows in found.items() if len(rows) != ROWS} == {"worker_heartbeat"}
    assert "is not empty" in says(types(tmp_path, database_url, "move-database", there))


def test_after_a_crash_the_target_is_empty_and_the_same_command_begins_anew(
    filled: Database, database_url: str, new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, copied, copy = new_database("postgresql"), [], moving._copy

    def crash(*arguments: object) -> int:
        copied.append(copy(*arguments))  # type: ignore[arg-type]
        if len(copied) == 8:
            raise KeyboardInterrupt
        return copied[-1]

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_copy", crash)
        assert types(tmp_path, database_url, "move-database", there).exit_code == 1
    assert sum(copied) > 0
    assert set(map(len, everything(there).values())) == {0}
    assert types(tmp_path, database_url, "move-database", there).exit_code == 0
    assert everything(there) == everything(database_url)


def test_a_row_that_arrives_otherwise_undoes_the_move(
    filled: Database, database_url: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    there = new_database("postgresql")
    assert types(tmp_path, there, "migrate").exit_code == 0
    target = Database(there)
    with target.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN NEW.name := NEW.name || ' '; RETURN NEW; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER spoil BEFORE INSERT ON school_team FOR EACH ROW EXECUTE FUNCTION spoil()")
        )
    target.close()
    assert "school_team reads back as 3 rows" in says(types(tmp_path, database_url, "move-database", there))
    assert set(map(len, everything(there).values())) == {0}


def test_a_worker_that_runs_or_a_target_that_is_no_postgresql_is_refused(
    filled: Database, database_url: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    other = new_database("sqlite")
    assert "from SQLite to PostgreSQL only" in says(types(tmp_path, database_url, "move-database", other))
    beat(filled)
    said = says(types(tmp_path, database_url, "move-database", new_database("postgresql")))
    assert "Stop `partnerwise worker`" in said


def test_a_target_that_does_not_answer_is_one_sentence_without_its_password(
    filled: Database, database_url: str, tmp_path: Path
) -> None:
    said = says(types(tmp_path, database_url, "move-database", "postgresql://u:hidden@127.0.0.1:1/none"))
    assert "The database cannot be used" in said
    assert "hidden" not in said
