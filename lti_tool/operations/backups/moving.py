"""From SQLite to PostgreSQL: every row, compared, in one transaction of the target, so that a crash leaves it empty."""

from sqlalchemy import Connection

from lti_tool.database import Database
from lti_tool.engines import WRITES
from lti_tool.migrations import is_current, migrate_empty, newest_revision
from lti_tool.operations.backups.database_tables import compare, refuse_rows
from lti_tool.operations.backups.portable_tables import PortableTable, Sum, read_lines, tables_of, write_lines
from lti_tool.operations.errors import MoveRefused
from lti_tool.operations.heartbeat import worker_runs


def move_database(source: Database, target: Database, secret: str) -> dict[str, int]:
    """Copy every row to the empty target, which gets its tables; gives the rows of each table.

    The source keeps everything, and nobody can write to it meanwhile. After a crash the same command begins anew.
    Raises NotDone, and then nothing stands in the target but empty tables.
    """
    _refuse(source, target)
    migrate_empty(target, secret, newest_revision())
    refuse_rows(target)
    with (
        source.engine.connect().execution_options(**{WRITES: True}) as reading,  # SQLite keeps writers out
        reading.begin(),
        target.engine.begin() as writing,
    ):
        known = {one.name: one for one in tables_of(reading)}
        return {one.name: _copy(reading, known[one.name], writing, one) for one in tables_of(writing)}


def _refuse(source: Database, target: Database) -> None:
    if (source.engine.dialect.name, target.engine.dialect.name) != ("sqlite", "postgresql"):
        raise MoveRefused(
            "This moves from SQLite to PostgreSQL only. For any other way use `partnerwise backup`, then "
            "`partnerwise restore` where PARTNERWISE_DATABASE_URL names the new database."
        )
    if not is_current(source):
        raise MoveRefused("The database is not up to date. Run `partnerwise migrate` first.")
    with source.transaction(write=False) as session:
        if worker_runs(session):
            raise MoveRefused(
                "A worker ran within the last two minutes. Stop `partnerwise worker` and `partnerwise serve` first, so "
                "that nothing is written where nobody looks any more."
            )


def _copy(reading: Connection, here: PortableTable, writing: Connection, there: PortableTable) -> int:
    there, read = there.with_columns(here.kinds), Sum()
    write_lines(writing, there, read.over(read_lines(reading, here)))
    compare(writing, there, read)
    return read.rows
