"""The tool's keys rotate so that no platform ever meets a signature whose key it cannot find."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from lti_tool.database import Database
from lti_tool.platforms.keys.tool_keys import AFTERLIFE, NOTICE, KeysUnreadable, KeyWaiting, ToolKeys
from lti_tool.platforms.models import ToolKeyRecord

pytestmark = pytest.mark.both_databases

SECRET = "a secret for tests, long enough to be one"


def published(keys: ToolKeys) -> list[str]:
    return [key["kid"] for key in keys.public()["keys"]]


@pytest.fixture
def let_pass(database: Database) -> Callable[[timedelta], None]:
    """Let time pass for the stored keys."""

    def let(time: timedelta) -> None:
        with database.transaction() as session:
            for record in session.scalars(select(ToolKeyRecord)):
                session.execute(
                    update(ToolKeyRecord)
                    .where(ToolKeyRecord.kid == record.kid)
                    .values(created_at=record.created_at - time, signs_from=record.signs_from - time)
                )

    return let


def test_a_new_key_is_published_before_it_signs(database: Database, let_pass: Callable[[timedelta], None]) -> None:
    keys = ToolKeys(database, SECRET)
    old = keys.current().kid
    new = keys.rotate().key.kid
    assert sorted(published(keys)) == sorted([old, new])
    assert keys.current().kid == old
    let_pass(NOTICE - timedelta(minutes=5))
    assert ToolKeys(database, SECRET).current().kid == old
    let_pass(timedelta(minutes=10))
    assert ToolKeys(database, SECRET).current().kid == new


def test_the_old_key_stays_published_until_its_tokens_are_dead(
    database: Database, let_pass: Callable[[timedelta], None]
) -> None:
    keys = ToolKeys(database, SECRET)
    old = keys.current().kid
    new = keys.rotate().key.kid
    let_pass(NOTICE + AFTERLIFE - timedelta(minutes=5))
    assert old in published(keys)
    let_pass(timedelta(minutes=10))
    assert published(keys) == [new]


def test_another_process_takes_a_rotated_key_up_by_itself(
    database: Database, let_pass: Callable[[timedelta], None]
) -> None:
    time = [0.0]
    elsewhere = ToolKeys(database, SECRET, clock=lambda: time[0])
    old = elsewhere.current().kid
    new = ToolKeys(database, SECRET).rotate().key.kid
    let_pass(NOTICE + timedelta(minutes=1))
    assert elsewhere.current().kid == old
    time[0] = 301.0
    assert elsewhere.current().kid == new


def test_a_second_rotation_waits_for_the_first(database: Database) -> None:
    keys = ToolKeys(database, SECRET)
    keys.rotate()
    with pytest.raises(KeyWaiting, match="signs from"):
        keys.rotate()
    assert len(published(keys)) == 2


def test_a_key_that_has_leaked_is_withdrawn_at_once(database: Database) -> None:
    keys = ToolKeys(database, SECRET)
    keys.rotate()
    new = keys.rotate(timedelta(0)).key.kid
    assert keys.current().kid == new
    assert published(keys) == [new]
    with database.transaction(write=False) as session:
        assert session.scalar(select(func.count()).select_from(ToolKeyRecord)) == 1


def test_the_keys_cannot_be_read_under_another_secret(database: Database) -> None:
    ToolKeys(database, SECRET).current()
    with database.transaction(write=False) as session:
        assert "PRIVATE" not in session.scalars(select(ToolKeyRecord.encrypted_pem)).one()
    with pytest.raises(KeysUnreadable):
        ToolKeys(database, SECRET + "x").current()
