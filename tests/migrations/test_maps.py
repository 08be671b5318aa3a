"""Maps that are in use come through to the newest form, and back: every field, version and line of their logs."""

import pytest
from alembic import command
from sqlalchemy import text

from lti_tool.database import Database
from lti_tool.migrations import _changing, _config, migrate

pytestmark = pytest.mark.both_databases

BEFORE = "0014"
"""The form in which fields had composed names."""
MOMENT = "2026-01-01 10:00:00"
FIELDS = [
    (1, 1, None, "p1.definition", "We listen first.", 3, 12),
    (2, 1, None, "p1.voices", "", 2, 11),
    (3, 1, 5, "priority.5.title", "Have a say", 1, 11),
    (4, 1, 6, "action.6.what", "Ring. All", 7, 12),
    (5, 1, 6, "action.6.priority", "5", 1, 12),
    (6, 1, 7, "data-source.7.what", "Λίστες", 1, 13),
    (7, 1, 6, "action.6.who", "", 0, None),
    (8, 2, None, "p1.definition", "Another map", 1, 11),
    (9, 2, 8, "action.8.priority", "5", 1, 11),
]
LOG = [
    (1, 1, 11, "joined", None, "", "", "groups"),
    (1, 2, 11, "changed", None, "p1.definition", "", "We"),
    (1, 3, 11, "changed", None, "p1.definition", "We", "We listen first."),
    (1, 5, 12, "added", 6, "", "", ""),
    (1, 6, 12, "changed", 6, "action.6.what", "", "Ring. All"),
    (1, 7, 13, "changed", 7, "data-source.7.what", "", "Λίστες"),
    (1, 8, 12, "moved", 6, "", "1", "2"),
    (1, 9, 12, "removed", 6, "", "Ring. All", ""),
    (1, 10, 12, "restored", 6, "", "", "Ring. All"),
    (1, 11, 12, "code_set", None, "", "", ""),
    (2, 1, 14, "changed", None, "p1.definition", "", "Another map"),
]
ROWS = [(5, 1, "priority"), (6, 1, "action"), (7, 1, "data-source"), (8, 2, "action")]


def fill(database: Database) -> None:
    """Write what the former version wrote."""
    with database.engine.begin() as connection:

        def insert(table: str, columns: str, *rows: tuple[object, ...]) -> None:
            names = [name.strip() for name in columns.split(",")]
            values = ", ".join(f":{name}" for name in names)
            for row in rows:
                statement = text(f"INSERT INTO {table} ({columns}) VALUES ({values})")
                connection.execute(statement, dict(zip(names, row, strict=True)))

        insert(
            "registration",
            "id, label, issuer, client_id, auth_url, token_url, jwks_url, enabled, created_at, product,"
            " institution_roles",
            (1, "School", "https://lms", "c", "https://a", "https://t", "https://k", True, MOMENT, "", False),
        )
        insert("deployment", "id, registration_id, deployment_id", (1, 1, "7"))
        insert("context", CONTEXT, (1, 1, "2", "Course", "", "", "", "", "", "", False))
        people = [(number, 1, f"u{number}", f"Person {number}", False) for number in (11, 12, 13, 14, 15)]
        insert("user_account", "id, registration_id, subject, name, is_anonymous", *people)
        insert("school_team", "id, context_id, name, code", (1, 1, "Γυμνάσιο Καλαμάτας", ""), (2, 1, "Hill", ""))
        insert("road_map", "id, team_id, created_at, revision", (1, 1, MOMENT, 11), (2, 2, MOMENT, 1))
        insert("map_row", "id, road_map_id, kind, position", *((*row, number) for number, row in enumerate(ROWS)))
        fields = [(*field, MOMENT) for field in FIELDS]
        insert("map_field", "id, road_map_id, row_id, name, value, version, changed_by_id, changed_at", *fields)
        log = [(*line, MOMENT) for line in LOG]
        insert("contribution", "road_map_id, revision, user_id, what, row_id, name, before, after, made_at", *log)


CONTEXT = (
    "id, deployment_id, lti_id, title, lineitems_url, grade_scopes, roster_url, roster_problem, roster_query,"
    " groups_url, teams_by_code"
)


def query(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_nothing_of_a_map_is_lost(old_database: Database) -> None:
    migrate(old_database, "", BEFORE)
    fill(old_database)
    migrate(old_database, "")
    fields = query(
        old_database,
        "SELECT f.id, f.road_map_id, f.row_id, f.section, f.field, f.value, f.version, a.user_id"
        " FROM map_field f LEFT JOIN actor a ON a.id = f.changed_by_id ORDER BY f.id",
    )
    assert fields == [
        (1, 1, None, "p1", "definition", "We listen first.", 3, 12),
        (2, 1, None, "p1", "voices", "", 2, 11),
        (3, 1, 5, None, "title", "Have a say", 1, 11),
        (4, 1, 6, None, "what", "Ring. All", 7, 12),
        (5, 1, 6, None, "priority", "5", 1, 12),
        (6, 1, 7, None, "what", "Λίστες", 1, 13),
        (7, 1, 6, None, "who", "", 0, None),
        (8, 2, None, "p1", "definition", "Another map", 1, 11),
        (9, 2, 8, None, "priority", "5", 1, 11),
    ]
    log = query(
        old_database,
        "SELECT c.road_map_id, c.revision, a.user_id, c.what, c.row_id, c.section, c.field, c.before, c.after"
        " FROM map_change c JOIN actor a ON a.id = c.actor_id ORDER BY c.road_map_id, c.revision",
    )
    places = {
        "p1.definition": ("p1", "definition"),
        "action.6.what": (None, "what"),
        "data-source.7.what": (None, "what"),
    }
    assert log == [(*line[:5], *places.get(line[5], (None, None)), *line[6:]) for line in LOG]
    assert query(old_database, "SELECT count(*) FROM map_change WHERE began_at = made_at") == [(len(LOG),)]
    assert query(old_database, "SELECT field_id, row_id FROM map_reference") == [(5, 5)], "not to another map's row"
    assert query(old_database, "SELECT id, revision FROM road_map ORDER BY id") == [(1, 11), (2, 1)]
    assert query(old_database, "SELECT search_name FROM school_team ORDER BY id") == [
        ("γυμνασιο καλαματασ",),
        ("hill",),
    ]


LOADED = (
    "INSERT INTO map_change (road_map_id, revision, actor_id, what, before, after, began_at, made_at)"
    " SELECT 1, 99, min(id), 'example_loaded', '', '', '2026-01-01 10:00:00', '2026-01-01 10:00:00' FROM actor"
)


def test_nothing_that_stood_in_a_map_is_taken_for_the_examples(old_database: Database) -> None:
    migrate(old_database, "", BEFORE)
    fill(old_database)
    migrate(old_database, "")
    marked = "SELECT count(*) FROM map_field WHERE from_example"
    assert query(old_database, marked) == [(0,)]
    with old_database.engine.begin() as connection:
        connection.execute(text(LOADED))
        connection.execute(text("UPDATE map_field SET from_example = (1 = 1) WHERE id = 4"))
    config = _config("")
    with _changing(old_database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0021")
    assert query(old_database, "SELECT value FROM map_field WHERE id = 4") == [("Ring. All",)]
    assert query(old_database, "SELECT count(*) FROM map_change") == [(len(LOG),)], "the former log has no word for it"
    migrate(old_database, "")
    assert query(old_database, marked) == [(0,)]


def test_what_came_through_can_be_taken_back(old_database: Database) -> None:
    migrate(old_database, "", BEFORE)
    fill(old_database)
    asked = (
        "SELECT id, road_map_id, row_id, name, value, version, changed_by_id FROM map_field ORDER BY id",
        "SELECT road_map_id, revision, user_id, what, row_id, name, before, after FROM contribution ORDER BY 1, 2",
    )
    before = [query(old_database, one) for one in asked]
    migrate(old_database, "")
    config = _config("")
    with _changing(old_database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
    assert [query(old_database, one) for one in asked] == before == [FIELDS, LOG]
