"""Every reference that is searched has an index, and every enumeration is held by the database itself."""

import re

import pytest
from sqlalchemy import CheckConstraint, Enum, Table, UniqueConstraint, inspect

from lti_tool.database import Database
from lti_tool.migrations import migrate
from lti_tool.tables import metadata

NOT_SEARCHED = {
    ("launch", "deployment_id"): "launches go by their time; each index would slow every launch",
    ("launch", "resource_link_id"): "the same",
    ("launch", "about_user_id"): "the same",
    ("contribution", "user_id"): "the log is read by map, never by who wrote",
    ("contribution", "row_id"): "the log is read by map, never by row",
}
"""References by which nothing is searched and nothing is deleted."""


def leading(table: Table) -> set[str]:
    """The columns by which the database finds rows without looking at each."""
    ordered = [
        table.primary_key.columns.keys(),
        *(index.columns.keys() for index in table.indexes),
        *(unique.columns.keys() for unique in table.constraints if isinstance(unique, UniqueConstraint)),
    ]
    return {columns[0] for columns in ordered}


def references() -> set[tuple[str, str]]:
    return {(table.name, key.parent.name) for table in metadata.sorted_tables for key in table.foreign_keys}


def enumerations() -> dict[tuple[str, str], set[str]]:
    return {
        (table.name, column.name): set(column.type.enums)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
    }


def test_every_reference_that_is_searched_has_an_index() -> None:
    lacking = {(table, name) for table, name in references() if name not in leading(metadata.tables[table])}
    assert lacking == NOT_SEARCHED.keys() & references()


def test_every_enumeration_is_declared_with_a_constraint() -> None:
    for table, name in enumerations():
        checks = [one for one in metadata.tables[table].constraints if isinstance(one, CheckConstraint)]
        assert any(name in one.columns for one in checks), f"{table}.{name}"


@pytest.mark.both_databases
def test_the_migrated_tables_hold_every_enumeration_to_its_words(old_database: Database) -> None:
    migrate(old_database, "a secret for tests, long enough to be one")
    found = inspect(old_database.engine)
    for (table, name), words in enumerations().items():
        checks = {one["name"]: one["sqltext"] for one in found.get_check_constraints(table)}
        assert set(re.findall(r"'([^']+)'", checks[f"ck_{table}_{name}"])) == words, f"{table}.{name}"
