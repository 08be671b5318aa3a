"""`partnerwise backup` and `restore`: everything comes back on an empty machine, and nothing is taken half."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from lti_tool.cli import main
from lti_tool.database import Database
from lti_tool.files.blob_store import S3Access, open_store
from lti_tool.files.models import Blob
from lti_tool.jobs import Queue
from lti_tool.migrations import migrate
from lti_tool.operations.backups.backup_file import Part, write_backup
from lti_tool.platforms.models import Registration
from lti_tool.tables import metadata
from tests.fixtures.databases import on_postgresql, on_sqlite
from tests.operations.conftest import ROWS, NewDatabase, everything, fill

OLD_ROW = {
    "id": "7",
    "label": "'School'",
    "enabled": "1",
    "accepts_new_deployments": "0",
    "allows_anonymous": "0",
    **dict.fromkeys(("issuer", "client_id", "auth_url", "token_url", "jwks_url", "token_audience", "product"), "''"),
    "trusted_audiences": "''",
    "frame_ancestors": "''",
    "created_at": "'2026-01-01 10:00:00'",
}
"""A platform as the tables of revision 0011 held it."""
SECRET = "a secret for tests, long enough to be one"


def types(folder: Path, address: str, *words: str) -> Result:
    """The command on a machine whose data are in this folder."""
    environment = {
        "PARTNERWISE_SECRET_KEY": SECRET,
        "PARTNERWISE_DATA_DIR": str(folder),
        "PARTNERWISE_DATABASE_URL": address,
    }
    return CliRunner().invoke(main, words, env=environment)


def says(answer: Result) -> str:
    """The one sentence of a command that failed."""
    assert answer.exit_code == 1, answer.output
    assert isinstance(answer.exception, SystemExit)
    return answer.output.strip()


@pytest.fixture
def file(database: Database, database_url: str, tmp_path: Path) -> Path:
    """A backup of a database in which every table has rows."""
    fill(database)
    made = tmp_path / "backup.zip"
    answer = types(tmp_path, database_url, "backup", str(made))
    assert answer.exit_code == 0, answer.output
    assert f"{ROWS * len(metadata.tables)} rows of {len(metadata.tables)} tables" in answer.output
    return made


@pytest.mark.both_databases
@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_everything_comes_back_on_an_empty_machine_of_either_kind(
    file: Path, database_url: str, new_database: NewDatabase, tmp_path: Path, there: str
) -> None:
    elsewhere = new_database(there)
    answer = types(tmp_path / "new machine", elsewhere, "restore", str(file))
    assert answer.exit_code == 0, answer.output
    found = everything(elsewhere)
    assert found == everything(database_url)
    assert {len(rows) for rows in found.values()} == {ROWS}
    again = tmp_path / "again.zip"
    assert types(tmp_path, elsewhere, "backup", str(again)).exit_code == 0
    assert contents(again) == contents(file)
    database = Database(elsewhere)
    with database.transaction() as session:  # rows of later are numbered behind those that came back
        added = Registration(issuer="https://lms.example", client_id="c", auth_url="", token_url="", jwks_url="")
        session.add(added)
        session.flush()
        assert added.id == ROWS + 1
    database.close()


@on_postgresql
@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_what_else_a_database_holds_is_left_alone(
    database: Database, database_url: str, new_database: NewDatabase, tmp_path: Path, there: str
) -> None:
    Queue(database_url.replace("+psycopg", "")).start(frozenset({"deliveries"}))
    elsewhere, made = new_database(there), tmp_path / "backup.zip"
    fill(database)
    engine = create_engine(elsewhere)
    with engine.begin() as target:
        target.execute(text("CREATE TABLE bus_timetable (stop INTEGER PRIMARY KEY)"))
        target.execute(text("INSERT INTO bus_timetable VALUES (7)"))
    assert types(tmp_path, database_url, "backup", str(made)).exit_code == 0
    assert {name for name in contents(made) if name.startswith("tables/")} == {
        f"tables/{name}.jsonl" for name in metadata.tables
    }
    answer = types(tmp_path / "new machine", elsewhere, "restore", str(made))
    assert answer.exit_code == 0, answer.output
    with engine.connect() as target:
        assert target.scalar(text("SELECT stop FROM bus_timetable")) == 7
    engine.dispose()


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def keep_files(database: Database, folder: Path, contents: dict[bytes, str]) -> list[str]:
    """Put contents into the store in this folder, each with its row; gives their keys. `""` leaves them out."""
    store, keys = open_store(str(folder), S3Access()), []
    with database.transaction() as session:
        for content, there in contents.items():
            digest = hashlib.sha256(content).hexdigest()
            keys.append(f"{digest[:2]}/{digest}-0123abcd")
            session.add(Blob(digest=digest, key=keys[-1], size=len(content), is_stored=True))
            if there:
                store.put(keys[-1], content)
    return keys


@on_sqlite
def test_files_come_back_with_the_rows_that_name_them(
    database: Database, database_url: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "backup.zip"
    picture = bytes(range(256)) * 10 + b"\n\n\r\n"
    keys = keep_files(database, here / "files", {picture: "there", b"": "there", b"lost": ""})
    said = types(here, database_url, "backup", str(file)).output
    assert "and 2 file(s) are in" in said
    assert "note    The contents of 1 file(s) are not where PARTNERWISE_FILES_URL says." in said
    elsewhere = new_database("sqlite")
    answer = types(there, elsewhere, "restore", str(file))
    assert answer.exit_code == 0, answer.output
    store = open_store(str(there / "files"), S3Access())
    assert [store.get(key) for key in keys[:2]] == [picture, b""]
    assert len(everything(elsewhere)["blob"]) == 3


@on_sqlite
@pytest.mark.parametrize("name", ["files/../../outside", "files/aa/wrong", "files/{other}"])
def test_contents_under_a_name_that_is_not_theirs_are_refused(
    database: Database, database_url: str, new_database: NewDatabase, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "backup.zip"
    [key] = keep_files(database, tmp_path / "files", {b"one": "there"})
    types(tmp_path, database_url, "backup", str(file))

    def rename(held: dict[str, bytes]) -> None:
        other = name.format(other=f"{key[:3]}{'0' * 64}-0123abcd")
        held["manifest.json"] = held["manifest.json"].replace(f"files/{key}".encode(), other.encode())
        held[other] = held.pop(f"files/{key}")

    rewritten(rename)(file)
    assert "is damaged" in says(types(tmp_path / "there", new_database("sqlite"), "restore", str(file)))
    assert not (tmp_path / "outside").exists()


@on_sqlite
def test_a_backup_is_for_its_owner_alone_and_takes_no_other_files_place(
    file: Path, database_url: str, tmp_path: Path
) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    assert "is there already" in says(types(tmp_path, database_url, "backup", str(file)))
    assert file.read_bytes() == before


def test_of_a_backup_that_fails_half_way_nothing_is_left(tmp_path: Path) -> None:
    class Failing:
        def parts(self) -> object:
            yield Part("tables/one.jsonl", [b"[1]\n"])
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_backup(tmp_path / "backup.zip", [Failing()])  # type: ignore[list-item]
    assert list(tmp_path.iterdir()) == []


@on_sqlite
def test_people_go_on_writing_while_a_backup_is_made_and_it_shows_one_moment(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lti_tool.operations.backups.database_tables import DatabaseTables

    fill(database)
    parts = DatabaseTables(database, SECRET).parts()
    first = next(parts)
    assert len(list(first.chunks)) == ROWS
    with database.transaction() as session:
        session.execute(text("UPDATE school_team SET name = 'Renamed meanwhile'"))
    rest = b"".join(line for part in parts for line in part.chunks)
    assert b"Renamed meanwhile" not in rest


@pytest.mark.both_databases
def test_a_database_with_rows_is_refused(file: Path, database_url: str, tmp_path: Path) -> None:
    before = everything(database_url)
    assert "is not empty (" in says(types(tmp_path, database_url, "restore", str(file)))
    assert everything(database_url) == before


def flip_a_byte(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        where = archive.getinfo("tables/registration.jsonl").header_offset + 120
    data = bytearray(file.read_bytes())
    data[where] ^= 1
    file.write_bytes(data)


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def make_other(file: Path) -> None:
    file.write_text("[]", encoding="utf-8")


def rewritten(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    """Writes the file anew with other contents."""

    def write(file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        change(held)
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in held.items():
                archive.writestr(name, data)

    return write


def lose_a_row(held: dict[str, bytes]) -> None:
    held["tables/journal_entry.jsonl"] = held["tables/journal_entry.jsonl"].split(b"\n", 1)[1]


def lose_a_table(held: dict[str, bytes]) -> None:
    del held["tables/journal_entry.jsonl"]


def lose_a_table_from_the_list(held: dict[str, bytes]) -> None:
    manifest = json.loads(held["manifest.json"])
    manifest["parts"] = [part for part in manifest["parts"] if "journal_entry" not in part["name"]]
    held["manifest.json"] = json.dumps(manifest).encode()


def be_of_a_newer_format(held: dict[str, bytes]) -> None:
    held["manifest.json"] = json.dumps({"format": 2, "program": "9.0.0", "anything": "else"}).encode()


def be_of_newer_tables(held: dict[str, bytes]) -> None:
    manifest = json.loads(held["manifest.json"])
    for part in manifest["parts"]:
        part["facts"]["revision"] = "9999"
    held["manifest.json"] = json.dumps(manifest).encode()


def lose_the_list(held: dict[str, bytes]) -> None:
    del held["manifest.json"]


@on_sqlite
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (flip_a_byte, "is damaged"),
        (cut_off, "is no backup of Partnerwise, or its end is missing"),
        (make_other, "is no backup of Partnerwise"),
        (rewritten(lose_a_row), "tables/journal_entry.jsonl is not as it was written"),
        (rewritten(lose_a_table), "tables/journal_entry.jsonl is not as it was written"),
        (rewritten(lose_a_table_from_the_list), "journal_entry is not as it was written"),
        (rewritten(be_of_a_newer_format), "made by a newer Partnerwise (9.0.0)"),
        (rewritten(be_of_newer_tables), "made by a newer Partnerwise"),
        (rewritten(lose_the_list), "is no backup of Partnerwise"),
    ],
)
def test_a_damaged_foreign_or_newer_file_is_refused_and_leaves_the_database_empty(
    file: Path, new_database: NewDatabase, tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(file)
    elsewhere = new_database("sqlite")
    assert sentence in says(types(tmp_path, elsewhere, "restore", str(file)))
    database = Database(elsewhere)
    with database.engine.connect() as connection:
        known = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        filled = [
            one for one in known if one != "alembic_version" and connection.scalar(text(f"SELECT count(*) FROM {one}"))
        ]
    database.close()
    assert filled == []


@pytest.mark.both_databases
@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_a_backup_of_older_tables_is_brought_to_the_newest_form_also_in_migrated_empty_tables(
    new_database: NewDatabase, tmp_path: Path, there: str
) -> None:
    old, new, file = new_database("sqlite"), new_database(there), tmp_path / "old.zip"
    database = Database(old)
    migrate(database, SECRET, "0011")
    with database.engine.begin() as connection:
        connection.execute(
            text(f"INSERT INTO registration ({', '.join(OLD_ROW)}) VALUES ({', '.join(OLD_ROW.values())})")
        )
    database.close()
    assert types(tmp_path, old, "backup", str(file)).exit_code == 0
    assert types(tmp_path, new, "migrate").exit_code == 0
    answer = types(tmp_path, new, "restore", str(file))
    assert answer.exit_code == 0, answer.output
    assert [row[0:2] for row in everything(new)["registration"]] == [(7, "School")]


def test_a_database_without_tables_is_no_backup(new_database: NewDatabase, tmp_path: Path) -> None:
    assert "no tables yet" in says(types(tmp_path, new_database("sqlite"), "backup", str(tmp_path / "b.zip")))
    assert not (tmp_path / "b.zip").exists()
