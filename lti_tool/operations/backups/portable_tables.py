"""Rows of any table in a form that SQLite and PostgreSQL have in common: a line of JSON a row, the same from both.

The tables are taken as the database itself describes them, so that also those of an older form can be read and filled.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Float,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    cast,
    collate,
    column,
    func,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.sql.expression import TableClause
from sqlalchemy.types import NullType, TypeEngine

from lti_tool.database import UtcDateTime
from lti_tool.tables import OWN

AT_ONCE = 500
"""Rows that are read and written together."""


class Kind(StrEnum):
    """How a value is written."""

    PLAIN = "plain"
    NUMBER = "number"
    SWITCH = "switch"
    MOMENT = "moment"
    """ISO 8601, in UTC."""
    JSON = "json"
    """The text that the database keeps, so that nothing of it changes; null is no JSON at all."""
    BYTES = "bytes"
    """Base64."""


TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.PLAIN: NullType(),
    Kind.NUMBER: Float(),
    Kind.SWITCH: Boolean(),
    Kind.MOMENT: UtcDateTime(),
    Kind.JSON: Text(),
    Kind.BYTES: LargeBinary(),
}


@dataclass(frozen=True)
class PortableTable:
    """One table as this database has it."""

    name: str
    kinds: dict[str, Kind]
    """Of each column, in the order in which rows are written."""
    keys: tuple[str, ...]
    """The columns of its primary key."""
    texts: frozenset[str]
    """Those of them that are texts, which databases sort by rules of their own."""
    own: tuple[str, ...]
    """Columns that refer to rows of the same table."""

    @property
    def clause(self) -> TableClause:
        """The table for statements."""
        return table(self.name, *(column(name, TYPES[kind]) for name, kind in self.kinds.items()))

    def with_columns(self, names: Iterable[str]) -> "PortableTable":
        """The table with its columns in this order, which migrations leave to chance; ValueError for others."""
        wanted = list(names)
        if sorted(wanted) != sorted(self.kinds):
            raise ValueError(f"{self.name} has other columns")
        return replace(self, kinds={name: self.kinds[name] for name in wanted})


@dataclass
class Sum:
    """How many rows there are, and a checksum over them (SHA-256)."""

    rows: int = 0
    sha256: str = ""

    def over(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the lines on; it is complete once they have all been."""
        summed = hashlib.sha256()
        for line in lines:
            summed.update(line)
            self.rows += 1
            yield line
        self.sha256 = summed.hexdigest()


def tables_of(connection: Connection) -> list[PortableTable]:
    """All tables of the tool, each behind those that it refers to; what else the database holds is left alone."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in OWN)
    return [_portable(one) for one in found.sorted_tables]


def filled_tables(connection: Connection) -> list[str]:
    """The names of those that have rows."""
    return [
        one.name
        for one in tables_of(connection)
        if connection.execute(select(text("1")).select_from(one.clause).limit(1)).first()
    ]


def read_lines(connection: Connection, one: PortableTable) -> Iterator[bytes]:
    """Every row, in the order of its key."""
    found = one.clause
    is_postgresql = connection.dialect.name == "postgresql"
    wanted = [_read(found.c[name], kind, is_postgresql) for name, kind in one.kinds.items()]
    order = [_sorted(found.c[name], is_text=name in one.texts and is_postgresql) for name in one.keys]
    streamed = select(*wanted).order_by(*order).execution_options(stream_results=True, yield_per=AT_ONCE)
    rows = connection.execute(streamed)
    for row in rows:
        written = [_written(value) for value in row]
        yield json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write_lines(connection: Connection, one: PortableTable, lines: Iterable[bytes]) -> None:
    """Insert every row; raises ValueError where a line is no row of this table.

    Rows that refer to others of the same table do so once all of them are there.
    """
    found = one.clause
    later: list[dict[str, Any]] = []
    statement = insert(found).values(
        {name: _given(name, kind, connection.dialect.name) for name, kind in one.kinds.items()}
    )
    rows = (_row(one, line) for line in lines)
    while together := list(islice(rows, AT_ONCE)):
        later += [_reference(one, row) for row in together if any(row[name] is not None for name in one.own)]
        connection.execute(statement, [row | dict.fromkeys(one.own) for row in together])
    if later:
        mine = [found.c[name] == bindparam(f"key_{name}") for name in one.keys]
        referring: dict[str, Any] = {name: bindparam(f"own_{name}") for name in one.own}
        connection.execute(update(found).where(*mine).values(referring), later)
    _count_on(connection, one)


def _portable(found: Table) -> PortableTable:
    keys = tuple(one.name for one in found.primary_key.columns)
    return PortableTable(
        name=found.name,
        kinds={one.name: _kind(one) for one in found.columns},
        keys=keys,
        texts=frozenset(name for name in keys if isinstance(found.c[name].type, String)),
        own=tuple(one.name for one in found.columns if any(key.column.table is found for key in one.foreign_keys)),
    )


def _kind(found: Column[Any]) -> Kind:
    for kind, types in (
        (Kind.MOMENT, DateTime),
        (Kind.SWITCH, Boolean),
        (Kind.JSON, JSON),
        (Kind.BYTES, LargeBinary),
        (Kind.NUMBER, Float),
    ):
        if isinstance(found.type, types):
            return kind
    return Kind.PLAIN


def _read(found: ColumnElement[Any], kind: Kind, is_postgresql: bool) -> ColumnElement[Any]:
    return cast(found, Text) if kind is Kind.JSON and is_postgresql else found


def _sorted(found: ColumnElement[Any], *, is_text: bool) -> ColumnElement[Any]:
    return collate(found, "C") if is_text else found


def _given(name: str, kind: Kind, dialect: str) -> ColumnElement[Any]:
    given = bindparam(name, type_=TYPES[kind])
    return cast(given, JSON) if kind is Kind.JSON and dialect == "postgresql" else given


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _row(one: PortableTable, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, list):
        raise ValueError("no row")  # noqa: TRY004 (the line is wrong, not the caller)
    pairs = zip(one.kinds.items(), values, strict=True)
    return {name: _value(kind, value) for (name, kind), value in pairs}


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    return base64.b64decode(value, validate=True) if kind is Kind.BYTES else value


def _reference(one: PortableTable, row: dict[str, Any]) -> dict[str, Any]:
    return {f"key_{name}": row[name] for name in one.keys} | {f"own_{name}": row[name] for name in one.own}


def _count_on(connection: Connection, one: PortableTable) -> None:
    """Let PostgreSQL number the next row behind those that brought their numbers; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name in one.keys:
        counter = connection.scalar(select(func.pg_get_serial_sequence(one.name, name)))
        if counter:
            highest = connection.scalar(select(func.max(one.clause.c[name])))
            connection.execute(select(func.setval(counter, highest or 1, highest is not None)))
