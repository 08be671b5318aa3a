"""A database that is in use comes through every change of the tables with its rows."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.database import Database
from lti_tool.migrations import is_current, migrate
from lti_tool.platforms.keys.encryption import RETURN_ADDRESSES, Encryption
from lti_tool.tables import OWN, metadata

pytestmark = pytest.mark.both_databases

BEFORE = "0006"
"""The form of the tables of the first version that was in use."""
SECRET = "a secret for tests, long enough to be one"
MOMENT = "2026-01-01 10:00:00"
IN_USE = {
    "registration": "id, label, issuer, client_id, auth_url, token_url, jwks_url, enabled, created_at"
    " VALUES (1, 'School', 'https://lms.example', 'c', 'https://a', 'https://t', 'https://k', true, '{at}')",
    "deployment": "id, registration_id, deployment_id VALUES (1, 1, '7')",
    "tool_key": "kid, encrypted_pem, created_at VALUES ('k', 'sealed', '{at}')",
    "context": "id, deployment_id, lti_id, title VALUES (1, 1, '2', 'Working with parents')",
    "resource_link": "id, context_id, lti_id, title, activity VALUES (1, 1, '9', 'Think piece', 'journal/j3')",
    "user_account": "id, registration_id, subject, name VALUES (1, 1, '3', 'Alice Adams')",
    "membership": "id, context_id, user_id, role, seen_at VALUES (1, 1, 1, 'trainee', '{at}')",
    "school_team": "id, context_id, name VALUES (1, 1, 'Primary School 1')",
    "line_item": "id, context_id, registration_id, activity, url VALUES (1, 1, 1, 'journal/j3', 'https://lms/1')",
    "delivery": "id, line_item_id, user_id, source, points, maximum, comment, score_at, state, tries, next_try_at,"
    " claim, problem, created_at"
    " VALUES (1, 1, 1, 'submission/1', 11, 15, '', '{at}', 'sent', 1, '{at}', '', '', '{at}')",
    "launch": "id, registration_id, deployment_id, context_id, resource_link_id, user_id, role, administers,"
    " browser_hash, locale, return_url, created_at, expires_at"
    " VALUES ('l', 1, 1, 1, 1, 1, 'trainee', false, 'h', '', 'https://lms.example/?sesskey=k', '{at}', '{at}')",
}


BEFORE_LISTS = "0016"
ON_THE_DESK: dict[int, tuple[str, list[tuple[str, str, str] | None]]] = {
    # entry's state, and of each of its submissions the grade: its state, levels and comment
    1: ("submitted", [None]),
    2: ("submitted", [("draft", "{}", "")]),
    3: ("submitted", [("draft", '{"situation": 2}', "")]),
    4: ("graded", [("draft", "{}", "Taken up again.")]),
    5: ("graded", [("released", '{"situation": 2}', "Well seen.")]),
    6: ("returned", [("draft", '{"situation": 2}', "Go on.")]),
    7: ("submitted", [("draft", "{}", "Go on."), None]),
    8: ("draft", []),
}
LISTS = ["waiting", "waiting", "draft", "draft", "released", "returned", "replaced", "waiting"]


def _fill(connection: Connection) -> None:
    for table, values in IN_USE.items():
        _insert(connection, table, values)


def _insert(connection: Connection, table: str, values: str) -> None:
    into = f"INSERT INTO {table} ({values.replace(' VALUES', ') VALUES', 1)}".replace("{at}", MOMENT)
    connection.exec_driver_sql(into)


def _fill_pieces(connection: Connection) -> None:
    number = 0
    for entry, (state, grades) in ON_THE_DESK.items():
        columns = (
            "id, context_id, user_id, prompt, text, version, question, question_language, state, begun_at, saved_at"
        )
        values = f"({entry}, 1, 1, 'j{entry}', 'A text', 1, '', '', '{state}', '{MOMENT}', '{MOMENT}')"
        _insert(connection, "journal_entry", f"{columns} VALUES {values}")
        for attempt, grade in enumerate(grades, 1):
            number += 1
            columns = "id, entry_id, number, text, words, question, question_language, submitted_at, link, is_trial"
            values = f"({number}, {entry}, {attempt}, 'A text', 2, '', '', '{MOMENT}', '', false)"
            _insert(connection, "submission", f"{columns} VALUES {values}")
            if grade:
                columns = "submission_id, grader_id, levels, comment, version, state, saved_at"
                values = f"({number}, 1, '{grade[1]}', '{grade[2]}', 1, '{grade[0]}', '{MOMENT}')"
                _insert(connection, "grade", f"{columns} VALUES {values}")


def _fill_feedback(connection: Connection) -> None:
    columns = "id, submission_id, trainer_id, verdict, comment, levels, points, maximum, given_at"
    graded = f"(1, 5, 1, 'graded', 'As it is shown.', '{{}}', 2, 15, '{MOMENT}')"
    returned = f"(2, 6, 1, 'returned', 'Go on.', '{{}}', 0, 0, '{MOMENT}')"
    for values in (graded, returned):
        _insert(connection, "feedback", f"{columns} VALUES {values}")


def test_each_submission_comes_into_the_list_in_which_the_desk_has_shown_it(old_database: Database) -> None:
    migrate(old_database, SECRET, BEFORE)
    with old_database.engine.begin() as connection:
        _fill(connection)
    migrate(old_database, SECRET, BEFORE_LISTS)
    with old_database.engine.begin() as connection:
        _fill_pieces(connection)
        _fill_feedback(connection)
    migrate(old_database, SECRET)
    with old_database.engine.connect() as connection:
        found = connection.execute(text("SELECT status, context_id, prompt, text FROM submission ORDER BY id")).all()
        assert [row.status for row in found] == LISTS
        assert {(row.context_id, row.text) for row in found} == {(1, "A text")}
        assert [row.prompt for row in found] == ["j1", "j2", "j3", "j4", "j5", "j6", "j7", "j7"]
        assert connection.execute(text("SELECT count(*) FROM grade WHERE comment <> ''")).scalar() == 4
        kept = connection.execute(text("SELECT grade_id, comment, maximum, undone_at, delivery_id FROM grade_release"))
        grade = connection.execute(text("SELECT id FROM grade WHERE state = 'released'")).scalar()
        assert [tuple(row) for row in kept] == [(grade, "As it is shown.", 15, None, None)]
        assert connection.execute(text("SELECT search_name FROM user_account")).scalar() == "alice adams"


def test_rows_in_use_come_through_to_the_newest_form(old_database: Database) -> None:
    migrate(old_database, SECRET, BEFORE)
    with old_database.engine.begin() as connection:
        _fill(connection)
    migrate(old_database, SECRET)
    assert is_current(old_database)
    with old_database.engine.connect() as connection:
        for table in IN_USE:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1, table
        row = connection.execute(text("SELECT signs_from = tool_key.created_at, points FROM tool_key, delivery")).one()
        assert tuple(row) == (True, 11)
        activity, sealed = connection.execute(text("SELECT activity, sealed_return_url FROM launch")).one()
        team = connection.execute(text("SELECT code, teams_by_code FROM school_team, context")).one()
    assert activity == "journal/j3"
    assert tuple(team) == ("", False)
    assert "lms.example" not in sealed
    assert Encryption(RETURN_ADDRESSES, SECRET).open(sealed) == "https://lms.example/?sesskey=k"


def test_the_migrations_make_the_tables_that_the_rooms_declare(old_database: Database) -> None:
    migrate(old_database, SECRET)
    with old_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_references_are_kept_again_after_a_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.db")
    migrate(database, SECRET)
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_every_migration_can_be_taken_back(old_database: Database) -> None:
    from lti_tool.migrations import _changing, _config

    migrate(old_database, SECRET)
    config = _config(SECRET)
    with _changing(old_database) as connection:
        config.attributes["connection"] = connection
        while MigrationContext.configure(connection).get_current_revision() is not None:
            assert set(inspect(connection).get_table_names()) <= OWN | {"alembic_version"}  # backups hold these alone
            command.downgrade(config, "-1")
    assert inspect(old_database.engine).get_table_names() == ["alembic_version"]


BEFORE_QUESTIONS = "0014"
PIECES = (
    (
        "registration (id, label, issuer, client_id, auth_url, token_url, jwks_url, enabled, created_at)"
        " VALUES (1, 'School', 'https://lms.example', 'c', 'https://a', 'https://t', 'https://k', true, '{at}')"
    ),
    "deployment (id, registration_id, deployment_id) VALUES (1, 1, '7')",
    (
        "context (id, deployment_id, lti_id, title, lineitems_url, grade_scopes, roster_url, roster_problem,"
        " roster_query, groups_url, teams_by_code)"
        " VALUES (1, 1, '2', 'Working with parents', '', '', '', '', '', '', false)"
    ),
    "user_account (id, registration_id, subject, name, is_anonymous) VALUES (1, 1, '3', 'Alice Adams', false)",
    (
        "written_prompt (id, context_id, name, title, question, words_min, words_max, points, rubric, written_at)"
        " VALUES (1, 1, 'own-1', 'At the gate', '<p>What did you see?</p>', 0, 0, 15, 'reflective-writing', '{at}')"
    ),
    (
        "journal_entry (id, context_id, user_id, prompt, text, version, state, begun_at, saved_at)"
        " VALUES (1, 1, 1, 'own-1', '<p>A moment.</p>', 1, 'submitted', '{at}', '{at}')"
    ),
    (
        "journal_entry (id, context_id, user_id, prompt, text, version, state, begun_at, saved_at)"
        " VALUES (2, 1, 1, 'j3', '<p>Another.</p>', 1, 'draft', '{at}', '{at}')"
    ),
    (
        "journal_entry (id, context_id, user_id, prompt, text, version, state, begun_at, saved_at)"
        " VALUES (3, 1, 1, 'j4', '', 0, 'draft', '{at}', '{at}')"
    ),
    (
        "submission (id, entry_id, number, text, words, submitted_at, link, is_trial)"
        " VALUES (1, 1, 1, '<p>A moment.</p>', 2, '{at}', '', false)"
    ),
)


def test_pieces_from_before_keep_the_questions_of_their_prompts(old_database: Database) -> None:
    migrate(old_database, SECRET, BEFORE_QUESTIONS)
    with old_database.engine.begin() as connection:
        for row in PIECES:
            connection.execute(text(f"INSERT INTO {row}".format(at=MOMENT)))
    migrate(old_database, SECRET)
    with old_database.engine.connect() as connection:
        kept = connection.execute(text("SELECT question, question_language, text FROM journal_entry ORDER BY id")).all()
        handed_in = connection.execute(text("SELECT question, question_language, text FROM submission")).one()
        language = connection.execute(text("SELECT course_language FROM user_account")).scalar()
    assert tuple(kept[0]) == tuple(handed_in) == ("<p>What did you see?</p>", "", "<p>A moment.</p>")
    assert kept[1].question == read_bundle(COURSE).prompt("j3", "en").question
    assert (kept[1].question_language, kept[2].question, language) == ("en", "", "")
