"""Connections to SQLite and PostgreSQL: how each is prepared, how a transaction begins, which are still alive."""

import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

WRITES = "partnerwise_writes"
"""The execution option that says whether a transaction may write."""
KEPT, MORE = 5, 10
"""Connections to a database server that a process keeps, and how many it makes beyond those where many ask at once."""
LONGEST_WAIT = 30.0
"""Seconds in which one of them has to become free; a process has fewer threads than connections."""
CONNECTING = 10
"""Seconds in which a database server has to take a connection, unless its address says otherwise."""
LOCKED = 10.0
"""Seconds that a writer waits for another one in SQLite."""
SWITCHING = 10.0
"""Seconds for which others may be at a new SQLite file."""
TRUSTED = 1.0
"""Seconds for which a connection that has just served is taken to be alive."""
_SERVED_AT = "partnerwise_served_at"
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""What SQLite answers where the machine is at fault and not the statement (https://www.sqlite.org/rescode.html)."""


def make_engine(url: str) -> Engine:
    """An engine for an SQLAlchemy URL, `sqlite:///…` or `postgresql+psycopg://…`."""
    # Values stay out of error messages, and so out of the log: they are people's names and texts.
    sqlite = url.startswith("sqlite")
    engine = create_engine(url, hide_parameters=True, **({} if sqlite else _server_options(url)))
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        _ask_whether_alive(engine)
    return engine


def _server_options(url: str) -> dict[str, Any]:
    patience = {} if "connect_timeout" in make_url(url).query else {"connect_timeout": CONNECTING}
    return {"pool_size": KEPT, "max_overflow": MORE, "pool_timeout": LONGEST_WAIT, "connect_args": patience}


def is_away(error: DBAPIError) -> bool:
    """Whether the database is locked, full, restarting or out of reach, so that the statement may succeed later."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _PASSING
    return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)


def free_space(engine: Engine) -> int | None:
    """Bytes of disk that are left where the database writes; None where that is not this machine's disk."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return None
    return shutil.disk_usage(Path(file).parent).free


def exists(engine: Engine) -> bool:
    """Whether a SQLite database is there already; connecting would make it. A server is asked nothing."""
    file = engine.url.database
    return engine.dialect.name != "sqlite" or not file or Path(file).exists()


def _ask_whether_alive(engine: Engine) -> None:
    """Let nobody meet a connection that died while it was idle: a database restarts now and then.

    SQLAlchemy's own `pool_pre_ping` asks before each use, which takes a tenth of a launch's time.
    """

    def note(_connection: DBAPIConnection | None, record: Any) -> None:
        record.info[_SERVED_AT] = time.monotonic()

    def ask(connection: DBAPIConnection, record: Any, _proxy: object) -> None:
        if time.monotonic() < record.info.get(_SERVED_AT, time.monotonic()) + TRUSTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None  # the others died with it; the pool makes new ones

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver's own transaction handling is switched off (autocommit), so that BEGIN below is the only one.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={int(LOCKED * 1000)}", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch to the write-ahead log; of several processes that meet at a new file SQLite refuses some at once."""
    ends = time.monotonic() + SWITCHING
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Any) -> None:
    # A writer that takes its lock at once can never fail half-way because another one came first.
    writes = connection.get_execution_options().get(WRITES, True)
    if connection.info.get(WRITES) is not writes:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(not writes)}")
        connection.info[WRITES] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
