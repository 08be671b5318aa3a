"""Pieces that were handed in before writers could declare help or take a piece back come through, and back again."""

import pytest
from alembic import command
from sqlalchemy import text

from lti_tool.database import Database
from lti_tool.migrations import _changing, _config, migrate
from tests.migrations.test_upgrading import BEFORE, BEFORE_LISTS, SECRET, _fill, _fill_pieces

pytestmark = pytest.mark.both_databases

BEFORE_DECLARATIONS = "0021"


def test_pieces_keep_their_texts_and_numbers_and_what_was_taken_back_is_nobodys(old_database: Database) -> None:
    migrate(old_database, SECRET, BEFORE)
    with old_database.engine.begin() as connection:
        _fill(connection)
    migrate(old_database, SECRET, BEFORE_LISTS)
    with old_database.engine.begin() as connection:
        _fill_pieces(connection)
    migrate(old_database, SECRET, BEFORE_DECLARATIONS)
    wanted = text("SELECT id, number, status, text, words FROM submission ORDER BY id")
    with old_database.engine.connect() as connection:
        before = connection.execute(wanted).all()
    migrate(old_database, SECRET)
    with old_database.engine.begin() as connection:
        assert connection.execute(wanted).all() == before
        said = connection.execute(text("SELECT DISTINCT CAST(help_used AS VARCHAR(9)), help_note FROM submission"))
        assert said.all() == [("[]", "")]
        connection.execute(text("UPDATE submission SET status = 'withdrawn', number = NULL WHERE id IN (1, 2)"))
    config = _config(SECRET)
    with _changing(old_database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE_DECLARATIONS)
    with old_database.engine.connect() as connection:
        assert connection.execute(wanted).all() == before[2:], "no trainer sees what was taken back"
        assert connection.execute(text("SELECT count(*) FROM journal_entry WHERE text = 'A text'")).scalar() == 8
