"""`kill -9` at the worst moments: afterwards the gradebook has the score once, and no text is missing."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import TypeVar

import pytest
import requests
from sqlalchemy import select, update

from lti_tool.database import Base, now
from lti_tool.demo.faults import Place
from lti_tool.grading.models import Grade, GradeState
from lti_tool.journal.models import Entry, EntryState, Submission
from lti_tool.people.models import Context, Membership
from lti_tool.platforms.models import PlatformTurn
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.fixtures.dying_tool import dying_tool
from tests.fixtures.house import House
from tests.fixtures.waiting import until
from tests.fixtures.walking import Walker, walk_in

pytestmark = pytest.mark.slow

Row = TypeVar("Row", bound=Base)

TEXT = "<p>She waited at the gate. Ελληνικά, العربية 🎒</p>"
LEVELS = {
    "level-situation": 3,
    "level-values-and-feelings": 2,
    "level-other-voices": 2,
    "level-evidence-and-theory": 1,
    "level-next-step": 3,
}
DIE = {"X-Die": "now"}


@pytest.fixture
def house(building: House) -> House:
    """The demo LMS answers; each test starts what is to die in a process, and what is not in a thread."""
    building.start("demo")
    return building


def test_a_worker_killed_between_claiming_and_confirming_delivers_the_score_once(house: House) -> None:
    start_tool_and_worker(house)
    hand_in(house)
    keep_waiting(house, "scores")
    judge_and_release(house)
    until(lambda: waits_at(house, "scores"), "the score on its way")
    assert rows(house, Delivery)[0].state is DeliveryState.SENDING
    house.kill("worker")
    house.demo.faults.clear()
    until(lambda: messages(house, "score") == 1, "the score in the gradebook")
    assert rows(house, Delivery)[0].state is DeliveryState.SENDING, "the gradebook has it, and nobody here knows"
    let_the_lease_run_out(house)
    house.start_process("worker")
    until(lambda: rows(house, Delivery)[0].state is DeliveryState.SENT, "the worker's knowledge of it")
    assert len(rows(house, Delivery)) == 1
    assert messages(house, "score") == 1, "the second try was answered with 409 and settled by reading the result"
    assert "11" in gradebook(house)


def test_a_worker_killed_before_it_could_send_leaves_nothing_undone(house: House) -> None:
    start_tool_and_worker(house)
    house.kill("worker")
    hand_in(house)
    judge_and_release(house)
    assert messages(house, "score") == 0
    house.start_process("worker")
    until(lambda: messages(house, "score") == 1, "the score")


def test_a_tool_killed_between_saving_a_text_and_answering_has_the_text(house: House) -> None:
    house.start_process("tool", dying_tool)
    alice = walk_in(house, "alice", "journal-j3")
    with pytest.raises(requests.ConnectionError):
        alice.put("journal/j3/text", {"text": TEXT, "version": 0}, **DIE)
    house.kill("tool")
    house.start_process("tool")
    again = alice.put("journal/j3/text", {"text": TEXT, "version": 0})
    assert (again.status_code, again.json()["version"]) == (200, 1), (
        "the browser sends it again, and that is no conflict"
    )
    assert [entry.text for entry in rows(house, Entry)] == [TEXT]


def test_a_tool_killed_between_taking_a_piece_and_answering_has_it_once(house: House) -> None:
    house.start_process("tool", dying_tool)
    alice = walk_in(house, "alice", "journal-j3")
    version = alice.put("journal/j3/text", {"text": TEXT, "version": 0}).json()["version"]
    with pytest.raises(requests.ConnectionError):
        alice.post("journal/j3", {"do": "submit", "version": version}, **DIE)
    house.kill("tool")
    house.start_process("tool")
    alice.post("journal/j3", {"do": "submit", "version": version})
    assert [entry.state for entry in rows(house, Entry)] == [EntryState.SUBMITTED]
    assert [submission.text for submission in rows(house, Submission)] == [TEXT]


def test_a_tool_killed_between_releasing_and_answering_sends_the_score_once(house: House) -> None:
    house.start_process("worker")
    house.start_process("tool", dying_tool)
    hand_in(house)
    with pytest.raises(requests.ConnectionError):
        judge_and_release(house, headers=DIE)
    house.kill("tool")
    house.start_process("tool")
    judge_and_release(house, version=1)
    until(lambda: messages(house, "score") == 1, "the score")
    assert [grade.state for grade in rows(house, Grade)] == [GradeState.RELEASED]
    assert len(rows(house, Delivery)) == 1


def test_a_worker_killed_after_making_a_column_finds_it_again_and_delivers_once(house: House) -> None:
    start_tool_and_worker(house)
    delete_column(house)
    hand_in(house)
    house.demo.faults.plan("lineitems", "slow", seconds=0)  # the look, which finds nothing
    keep_waiting(house, "lineitems")  # the making, during which the worker dies
    judge_and_release(house)
    until(lambda: waits_at(house, "lineitems"), "the wish for a column")
    assert rows(house, Delivery)[0].state is DeliveryState.SENDING
    house.kill("worker")
    house.demo.faults.clear()
    until(lambda: messages(house, "line item") == 1, "the column")
    let_the_lease_run_out(house)
    house.start_process("worker")
    until(lambda: rows(house, Delivery)[0].state is DeliveryState.SENT, "the delivery")
    assert messages(house, "line item") == 1, "the column was found, not made a second time"
    assert "11" in gradebook(house)


def test_a_worker_killed_in_the_middle_of_a_roster_reads_it_again_and_nobody_has_left(house: House) -> None:
    start_tool_and_worker(house)
    keep_waiting(house, "members")
    walk_in(house, "tina", "desk")
    until(lambda: waits_at(house, "members"), "the wish for the roster")
    assert messages(house, "token") >= 1
    house.kill("worker")
    house.demo.faults.clear()
    assert len(rows(house, Membership)) == 1
    let_the_lease_run_out(house)
    house.start_process("worker")
    until(lambda: len(rows(house, Membership)) == 4, "the whole roster")
    assert [member.left_at for member in rows(house, Membership)] == [None] * 4


def start_tool_and_worker(house: House) -> None:
    """The tool in a thread, for it is the worker that dies."""
    house.start("tool")
    house.start_process("worker")


def keep_waiting(house: House, at: Place) -> None:
    """Let the LMS take the next call here and not answer it until its faults are cleared."""
    house.demo.faults.plan(at, "slow", seconds=60)


def waits_at(house: House, at: Place) -> bool:
    """Whether that call has come."""
    return house.demo.faults.left(at) == 0


def hand_in(house: House) -> None:
    """Let Alice write and hand in."""
    alice = walk_in(house, "alice", "journal-j3")
    version = alice.put("journal/j3/text", {"text": TEXT, "version": 0}).json()["version"]
    answer = alice.post("journal/j3", {"do": "submit", "version": version})
    assert answer.status_code == 200, answer.text


def judge_and_release(house: House, version: int = 0, headers: dict[str, str] | None = None) -> None:
    """Let Tina give 11 of 15."""
    tina: Walker = walk_in(house, "tina", "desk")
    form = {**LEVELS, "comment": "Seen from both sides.", "version": version, "do": "release"}
    answer = tina.post(f"desk/{rows(house, Submission)[0].id}", form, **(headers or {}))
    assert answer.status_code == 200, answer.text


def rows(house: House, table: type[Row]) -> Sequence[Row]:
    """What the tool's database holds."""
    database = house.database()
    try:
        with database.transaction(write=False) as session:
            return session.scalars(select(table)).all()
    finally:
        database.close()


def let_the_lease_run_out(house: House) -> None:
    """Make every planned try and every lease due now."""
    database = house.database()
    with database.transaction() as session:
        session.execute(update(Delivery).values(next_try_at=now()))
        session.execute(update(LineItem).values(claimed_until=None))
        session.execute(update(Context).values(roster_claimed_until=None))
        session.execute(update(PlatformTurn).values(held_until=None))
    database.close()


def gradebook(house: House) -> str:
    """What Alice sees of her grades, as text."""
    page = requests.get(f"{house.demo_url}/as/alice/grades/table", timeout=20).text
    return re.sub(r"<[^>]*>", " ", page)


def messages(house: House, kind: str) -> int:
    """How many messages of this kind the demo LMS took; those it refused are marked otherwise."""
    page = requests.get(f"{house.demo_url}/as/alice/messages", timeout=20).text
    return len(re.findall(rf'text-bg-secondary">{kind}<', page))


def delete_column(house: House) -> None:
    """Somebody deletes the think piece's column in the LMS."""
    with closing(sqlite3.connect(house.folder / "demo.db")) as lms, lms:
        lms.execute("DELETE FROM line_item")
