"""The one way to the database: the declarative base, UTC times, transactions and upserts, on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    DateTime,
    Dialect,
    Enum,
    MetaData,
    TypeDecorator,
    bindparam,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from lti_tool.engines import WRITES, make_engine

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Row = TypeVar("Row", bound="Base")

INSERTS: dict[str, Callable[[Any], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
JOBS, AFTERWARDS = "jobs", "afterwards"


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no zones of its own, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a naive moment: nobody could say later when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give every stored moment its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(values: type[StrEnum] | tuple[str, ...]) -> Enum:
    """A column that holds one of these words, written out, so that the database can be read without the code.

    The database refuses any other word; the constraint has the column's name.
    """
    options: dict[str, Any] = {"native_enum": False, "create_constraint": True, "length": 20, "name": None}
    if isinstance(values, tuple):
        return Enum(*values, **options)
    return Enum(values, values_callable=lambda kinds: [kind.value for kind in kinds], **options)


class Base(DeclarativeBase):
    """What every table descends from: constraint names that migrations can rely on, UTC times."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012 (SQLAlchemy reads it so)


class Database:
    """An engine and its transactions.

    `url` is an SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`). `start_jobs` is called after a commit
    with the names that `ask_for` collected in that transaction.
    """

    def __init__(self, url: str, start_jobs: Callable[[frozenset[str]], None] | None = None) -> None:
        self.engine = make_engine(url)
        self._start_jobs = start_jobs
        self._ways = {
            write: self.engine.execution_options(**{WRITES: write, "postgresql_readonly": not write})
            for write in (True, False)
        }

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[Session]:
        """A session that commits at the end of the block, or rolls all of it back.

        With `write=False` the database itself refuses to change anything, and SQLite takes no write lock, so readers
        never wait for each other.
        """
        with Session(self._ways[write], expire_on_commit=False) as session:
            with session.begin():
                yield session
            wanted = frozenset(session.info.get(JOBS, ()))
            afterwards: list[Callable[[], None]] = session.info.get(AFTERWARDS, [])
        for do in afterwards:
            do()
        if wanted and self._start_jobs:
            self._start_jobs(wanted)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def ask_for(session: Session, job: str) -> None:
    """Name a job that is to start once this transaction is committed, and not before."""
    session.info.setdefault(JOBS, set()).add(job)


def after_commit(session: Session, do: Callable[[], None]) -> None:
    """Name something that is to be done once this transaction is committed, and not before."""
    session.info.setdefault(AFTERWARDS, []).append(do)


def upsert(session: Session, table: type[Row], keys: Mapping[str, Any], values: Mapping[str, Any]) -> Row:
    """Insert the row with these keys, or bring its values up to date; safe when two requests do it at once.

    `keys` must be the columns of one unique constraint. Returns the row, attached to the session.
    """
    given = {**keys, **values}
    dialect = session.get_bind().dialect.name
    if values:
        statement = _upserting(dialect, table, tuple(keys), tuple(values))
    else:
        session.connection().execute(_inserting(dialect, table, tuple(keys)), given)
        statement = _finding(table, tuple(keys))
    # Read anew even where the session holds the row: another request may have changed it.
    found: Row = session.scalars(statement, given, execution_options={"populate_existing": True}).one()
    return found


def upsert_id(session: Session, table: type[Base], keys: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """The same for whoever needs no more of the row than its id."""
    connection, dialect, given = session.connection(), session.get_bind().dialect.name, {**keys, **values}
    found: int | None
    if values:
        found = connection.execute(_upserting_id(dialect, table, tuple(keys), tuple(values)), given).scalar_one()
    else:
        # Never by writing a key over: on PostgreSQL that waits for everybody who has just written a row that names it.
        found = connection.execute(_inserting(dialect, table, tuple(keys)), given).scalar()
        found = found or connection.execute(_finding_id(table, tuple(keys)), given).scalar_one()
    return found


def insert_new(session: Session, table: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert the row unless its primary key is there already; says whether it was new, of two at once for one."""
    keys = tuple(column.key for column in table.__mapper__.primary_key)
    statement = _inserting(session.get_bind().dialect.name, table, keys)
    return session.connection().execute(statement, row).first() is not None


# Building a statement costs more than running it: each is built once for a table and the names of its columns.


@lru_cache(maxsize=256)
def _writing(dialect: str, table: type[Base], keys: tuple[str, ...], values: tuple[str, ...]) -> Any:
    statement = INSERTS[dialect](table.__table__)
    fresh = {name: statement.excluded[name] for name in values}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=fresh)


@lru_cache(maxsize=256)
def _upserting_id(dialect: str, table: type[Base], keys: tuple[str, ...], values: tuple[str, ...]) -> Any:
    return _writing(dialect, table, keys, values).returning(table.__table__.c.id)


@lru_cache(maxsize=256)
def _upserting(dialect: str, table: type[Base], keys: tuple[str, ...], values: tuple[str, ...]) -> Any:
    return select(table).from_statement(_writing(dialect, table, keys, values).returning(table.__table__))


@lru_cache(maxsize=256)
def _inserting(dialect: str, table: type[Base], keys: tuple[str, ...]) -> Any:
    written = INSERTS[dialect](table.__table__).on_conflict_do_nothing(index_elements=list(keys))
    return written.returning(*table.__mapper__.primary_key)


@lru_cache(maxsize=256)
def _finding(table: type[Base], keys: tuple[str, ...]) -> Any:
    return select(table).where(*(getattr(table, name) == bindparam(name) for name in keys))


@lru_cache(maxsize=256)
def _finding_id(table: type[Base], keys: tuple[str, ...]) -> Any:
    return _finding(table, keys).with_only_columns(table.__table__.c.id)


def upsert_all(
    session: Session, table: type[Base], keys: Sequence[str], rows: Sequence[Mapping[str, Any]], updated: Sequence[str]
) -> None:
    """Upsert many rows at once; all of them have the same names.

    `updated` names the columns that a row which is there already takes from the new one.
    """
    if not rows:
        return
    statement = INSERTS[session.get_bind().dialect.name](table.__table__)
    if updated:
        fresh = {name: statement.excluded[name] for name in updated}
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=fresh)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    # One row after the other through a statement that is built once: building it for all of them costs far more.
    session.execute(statement, [dict(row) for row in rows])
