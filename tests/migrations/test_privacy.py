"""Launches, people and courses in use come through to the tables of privacy, and back."""

import pytest
from alembic import command
from sqlalchemy import text

from lti_tool.database import Database
from lti_tool.migrations import _changing, _config, migrate
from tests.migrations.test_upgrading import BEFORE, SECRET, _fill

pytestmark = pytest.mark.both_databases

BEFORE_PRIVACY = "0027"
ASKED = (
    "SELECT id, browser_hash, computer_hash, ending FROM launch ORDER BY id",
    "SELECT id, subject, name, search_name FROM user_account ORDER BY id",
    "SELECT id, lti_id, title FROM context ORDER BY id",
    "SELECT id, seen_at FROM membership ORDER BY id",
)


def test_nothing_is_lost_on_the_way_there_and_back(old_database: Database) -> None:
    migrate(old_database, SECRET, BEFORE)
    with old_database.engine.begin() as connection:
        _fill(connection)
    migrate(old_database, SECRET, BEFORE_PRIVACY)
    with old_database.engine.begin() as connection:
        connection.execute(text("UPDATE launch SET ending = 'rights'"))
        before = [connection.execute(text(one)).all() for one in ASKED]
    migrate(old_database, SECRET)
    with old_database.engine.begin() as connection:
        assert [connection.execute(text(one)).all() for one in ASKED] == before
        assert connection.execute(text("SELECT erased_at FROM user_account")).all() == [(None,)]
        same = text("SELECT count(*) FROM context JOIN membership ON membership.seen_at = context.opened_at")
        assert connection.execute(same).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM audit_record")).scalar() == 0
        connection.execute(text("UPDATE launch SET ending = 'closed'"))
    config = _config(SECRET)
    with _changing(old_database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE_PRIVACY)
    with old_database.engine.begin() as connection:
        after = [connection.execute(text(one)).all() for one in ASKED]
        assert after[0] == [(*before[0][0][:3], None)], "closed all the same, without a reason"
        assert after[1:] == before[1:]
