"""The tables of the database as a source of backups."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from lti_tool.database import Database
from lti_tool.engines import WRITES
from lti_tool.migrations import Schema, is_known, migrate, migrate_empty, revision_of, schema_of
from lti_tool.operations.backups.backup_file import Backup, ListedPart, Part
from lti_tool.operations.backups.portable_tables import (
    PortableTable,
    Sum,
    filled_tables,
    read_lines,
    tables_of,
    write_lines,
)
from lti_tool.operations.errors import BackupUnreadable, CopyDiffers, NotDone, TargetNotEmpty

FOLDER = "tables"
MOST_NAMED = 3


class DatabaseTables:
    """All rows of all tables, as they were at one moment, while people go on working."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database, self._secret = database, secret

    def parts(self) -> Iterator[Part]:
        """A part a table."""
        revision = revision_of(self._database)
        if revision is None:
            raise NotDone("The database has no tables yet: there is nothing to back up.")
        with snapshot(self._database) as connection:
            for one in tables_of(connection):
                facts = {"revision": revision, "columns": list(one.kinds)}
                yield Part(f"{FOLDER}/{one.name}.jsonl", read_lines(connection, one), facts)

    def check(self, backup: Backup) -> None:
        """Raise NotDone where the backup is of a newer form, or where the database has rows."""
        self._revision(backup)
        if schema_of(self._database) is Schema.NEWER:
            raise NotDone("The database there was made by a newer Partnerwise. Nothing was changed.")
        refuse_rows(self._database)

    def restore(self, backup: Backup) -> None:
        """Fill the empty tables, in the form in which they were, then bring them to the newest; all or nothing."""
        migrate_empty(self._database, self._secret, self._revision(backup))
        listed = {part.name: part for part in backup.parts(FOLDER)}
        with self._database.engine.begin() as connection:
            _refuse_rows(connection)
            for one in tables_of(connection):
                part = listed.pop(f"{FOLDER}/{one.name}.jsonl", None)
                if part is None:
                    raise backup.damaged(one.name)
                _fill(connection, one, backup, part)
            if listed:
                raise backup.damaged(min(listed))
        migrate(self._database, self._secret)

    def _revision(self, backup: Backup) -> str:
        found = {str(part.facts.get("revision")) for part in backup.parts(FOLDER)}
        if len(found) != 1:
            raise backup.damaged(FOLDER)
        revision = found.pop()
        if not is_known(revision):
            raise BackupUnreadable(
                f"{backup.file} was made by a newer Partnerwise ({backup.manifest.program}). Install that one first."
            )
        return revision


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """All tables as they are at one moment; nobody waits for it, and it waits for nobody."""
    options = (
        {WRITES: False}
        if database.engine.dialect.name == "sqlite"
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def refuse_rows(database: Database) -> None:
    """Raise TargetNotEmpty where a table has rows."""
    with snapshot(database) as connection:
        _refuse_rows(connection)


def compare(connection: Connection, one: PortableTable, expected: Sum) -> None:
    """Raise CopyDiffers where the table does not read back as this many rows with this checksum."""
    found = Sum()
    for _ in found.over(read_lines(connection, one)):
        pass
    if found != expected:
        raise CopyDiffers(
            f"{one.name} reads back as {found.rows} rows instead of {expected.rows}, or as other ones. "
            "Nothing was kept of the copy."
        )


def _refuse_rows(connection: Connection) -> None:
    filled = filled_tables(connection)
    if filled:
        named = ", ".join(filled[:MOST_NAMED]) + (" and others" if len(filled) > MOST_NAMED else "")
        raise TargetNotEmpty(f"The database there is not empty ({named}). Nothing was changed. Give it an empty one.")


def _fill(connection: Connection, one: PortableTable, backup: Backup, part: ListedPart) -> None:
    try:
        one = one.with_columns(part.facts["columns"])
        write_lines(connection, one, backup.lines(part))
    except (ValueError, TypeError, AttributeError, KeyError):
        raise backup.damaged(part.name) from None
    compare(connection, one, Sum(part.count, part.sha256))
