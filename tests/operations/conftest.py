"""Databases on machines that hold nothing yet, and one with rows in every table."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Table,
    create_engine,
    insert,
    make_url,
    null,
    select,
    text,
    update,
)

from lti_tool.database import Database
from lti_tool.tables import metadata

ROWS = 3
TEXTS = ("Αλίκη “Adams” 👩‍👧", 'a "quoted"\nline\u2028\\', "")
MOMENT = datetime(2026, 11, 28, 9, 30, 15, 123456, tzinfo=UTC)

OTHERWISE: dict[str, Callable[[int], dict[str, Any]]] = {
    "map_field": lambda number: {"row_id": 2 if number == 2 else None},  # of a row or of a section, never of both
    "blob": lambda _: {"is_stored": False},  # there is no store
    # One person's or a team's, never both's.
    "extension": lambda number: (
        {"user_id": None, "team_id": 2} if number == 2 else {"user_id": number, "team_id": None}
    ),
}
"""What constraints ask of some tables."""
NewDatabase = Callable[[str], str]


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Gives the address of a database of this kind without any table."""
    numbers, made = count(), []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/new{next(numbers)}.db"
        address, name = request.getfixturevalue("postgresql"), f"new{next(numbers)}"
        _run(address, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        made.append((address, name))
        return make_url(address).set(database=name).render_as_string(hide_password=False)

    yield make
    for address, name in made:
        _run(address, f"DROP DATABASE {name} WITH (FORCE)")


def _run(address: str, *statements: str) -> None:
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    server.dispose()


def fill(database: Database) -> None:
    """Put rows into every table, with all that may be lost on the way from one kind of database to the other."""
    with database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            for number in range(1, ROWS + 1):
                connection.execute(insert(table).values(_row(table, number)))
            for column in _own(table):
                connection.execute(update(table).where(table.c.id == 1).values({column.name: ROWS}))
        if connection.dialect.name == "postgresql":
            for table in metadata.sorted_tables:
                if "id" in table.c and isinstance(table.c.id.type, Integer):
                    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {ROWS})"))


def everything(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of every table, read as the rooms read them."""
    database = Database(address)
    with database.engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    database.close()
    return found


def _own(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]


def _row(table: Table, number: int) -> dict[str, Any]:
    return {
        column.name: _value(column, number)
        for column in table.columns
        if column not in _own(table) and not (column.nullable and number == 2)
    } | (OTHERWISE[table.name](number) if table.name in OTHERWISE else {})


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return number if isinstance(target.type, Integer) else _value(target, number)
    values: list[tuple[type, Any]] = [
        (Enum, lambda: next(iter(kind.enum_class or kind.enums))),  # type: ignore[attr-defined]
        (Boolean, lambda: number == 1),
        (Integer, lambda: number),
        (Float, lambda: number / 3),
        (DateTime, lambda: MOMENT + timedelta(days=number, microseconds=number)),
        (
            JSON,
            lambda: [null() if column.nullable else {}, {"b": [1, 0.1, None], "a": TEXTS[0]}, JSON.NULL][number % 3],
        ),
        (LargeBinary, lambda: bytes(range(256))),
    ]
    generic = getattr(kind, "impl_instance", kind)
    for wanted, make in values:
        if isinstance(kind, wanted) or isinstance(generic, wanted):
            return make()
    return f"{number}{TEXTS[number % 3]}"[: getattr(kind, "length", None)]
