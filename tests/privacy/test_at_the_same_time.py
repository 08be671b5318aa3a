"""An erasure and somebody who works on the same rows: one waits for the other, and never in a ring, on PostgreSQL."""

import threading

from sqlalchemy import select, text

from lti_tool.course.models import UnitProgress
from lti_tool.journal.models import Entry
from lti_tool.journal.writing import lock_entry
from lti_tool.people.models import User
from lti_tool.platforms.audit_trail import OPERATOR
from lti_tool.privacy.erasure import erase_person
from lti_tool.web.application import Application
from tests.fixtures.databases import on_postgresql
from tests.fixtures.waiting import until
from tests.privacy.conftest import SECRET, MakeClass
from tests.privacy.rows import all_rows, holds


@on_postgresql
def test_an_erasure_waits_for_whoever_holds_a_piece(app: Application, make_class: MakeClass) -> None:
    database, alice = app.parts.database, make_class().alice
    failed: list[BaseException] = []

    def erase() -> None:
        try:
            with database.transaction() as session:
                erase_person(session, session.get_one(User, alice.user_id), by=OPERATOR)
        except BaseException as error:  # shown by the test
            failed.append(error)

    def waits() -> bool:
        with database.transaction(write=False) as session:
            return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))

    erasing = threading.Thread(target=erase)
    with database.transaction() as session:
        wanted = select(Entry.id).where(Entry.user_id == alice.user_id, Entry.prompt == "j3")
        lock_entry(session, session.scalars(wanted).one())
        erasing.start()
        until(waits, "the erasure waits for the piece")
        # As a release does: a row that names the writer, behind the piece.
        session.add(UnitProgress(context_id=alice.context_id, user_id=alice.user_id, unit="m1u2"))
        session.flush()
    erasing.join(20)
    assert failed == []
    rows = all_rows(database)
    assert not holds(rows, SECRET)
    assert not [row for row in rows["unit_progress"] if row["user_id"] == alice.user_id]
