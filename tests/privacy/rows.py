"""All rows of the database as the tests compare them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from lti_tool.database import Database
from lti_tool.tables import metadata

Rows = dict[str, list[dict[str, Any]]]


def all_rows(database: Database) -> Rows:
    """By the table's name."""
    with database.transaction(write=False) as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def texts_in(rows: Rows) -> Iterator[str]:
    """Every text that stands anywhere."""
    for found in rows.values():
        for row in found:
            yield from (str(value) for value in row.values())


def holds(rows: Rows, words: str) -> bool:
    """Whether these words stand anywhere."""
    return any(words in text for text in texts_in(rows))
