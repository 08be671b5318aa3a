"""The overview of maps at 100 and at 1,000 maps: server time and queries of the trainer's pages. `make bench-maps`.

The tool runs in this process over SQLite, or over the database that DATABASE_URL names, which must be empty. Each map
is as a team leaves it half-way: every form begun, rows in every list, and a log of some two hundred changes.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from lti_tool.app import create_app
from lti_tool.database import Database, now
from lti_tool.lti.platform import Platform
from lti_tool.migrations import migrate
from lti_tool.people.actors import actor_of
from lti_tool.people.launch_upserts import Arrival, Arrived, arrive
from lti_tool.people.models import Role, SchoolTeam
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.roadmap.field_names import Sections
from lti_tool.roadmap.models import ChangeKind, MapChange, MapField, MapRow, RoadMap
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.benchmarks.clock import timed

FEW, MANY = 100, 1000
ROWS, CHANGES = 6, 200
"""Rows of each list, and lines of the log, of one map."""
TEXT = "Families and staff tell each other what they see, and decide together. " * 3
TRIES = 15
MOST_MILLISECONDS, MOST_GROWTH = 100, 1.5
BASE, BROWSER = "http://127.0.0.1:8000", "the browser of the benchmark"
PAGES = {"overview": "roadmap/", "last page": "roadmap/?page=999", "search": "roadmap/?school=school"}
"""Each shows a page full of maps, however many there are."""


@dataclass
class Course:
    """A course with its trainer and so many maps."""

    client: FlaskClient
    launch_id: str


@dataclass(frozen=True)
class Measured:
    """What one page cost."""

    milliseconds: float
    queries: int
    size: int


def main() -> int:
    """Measure and print; 1 where a page is slower than it may be, or its queries grow with the maps."""
    folder = Path(tempfile.mkdtemp(prefix="partnerwise-benchmark-"))
    settings = Settings(
        base_url=BASE,
        secret_key=SecretStr("a secret for the benchmark, long enough"),
        data_dir=folder,
        database_url=os.environ.get("DATABASE_URL", f"sqlite:///{folder}/maps.db"),
    )
    database = Database(settings.database_url)
    migrate(database, "")
    app = create_app(settings)
    measured = {}
    for number, count in enumerate((FEW, MANY)):
        course = make_course(app, database, number, count)
        for name, path in PAGES.items():
            measured[name, count] = measure(app, course, path)
    return report(measured)


def report(measured: dict[tuple[str, int], Measured]) -> int:
    """Print the table and say whether it holds."""
    held = True
    print(f"{'page':<12}{'maps':>6}{'ms':>8}{'queries':>9}{'kB':>7}")
    for name in PAGES:
        few, many = measured[name, FEW], measured[name, MANY]
        for count, one in ((FEW, few), (MANY, many)):
            print(f"{name:<12}{count:>6}{one.milliseconds:>8.1f}{one.queries:>9}{one.size // 1000:>7}")
        growth = many.milliseconds / few.milliseconds
        fits = many.milliseconds < MOST_MILLISECONDS and growth <= MOST_GROWTH and few.queries == many.queries
        print(f"{'':<12}{growth:.2f} times as long; {'holds' if fits else 'DOES NOT HOLD'}")
        held = held and fits
    return 0 if held else 1


def measure(app: Application, course: Course, path: str) -> Measured:
    """The shortest time of the page, which other work on the machine disturbs least, its queries and its size."""
    address = f"/l/{course.launch_id}/{path}"
    times = []
    with counted(app.parts.database) as queries:
        for _ in range(TRIES + 2):
            queries.clear()
            seconds, answer = timed(lambda: course.client.get(address, base_url=BASE))
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")
            times.append(seconds * 1000)
    return Measured(min(times[2:]), len(queries), len(answer.data))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database inside the block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def make_course(app: Application, database: Database, number: int, count: int) -> Course:
    """A course with so many maps and its trainer's launch."""
    sections = app.parts.course.sections("en")
    with database.transaction() as session:
        platform = Platform(f"https://lms{number}.example", "c", "https://a", "https://t", "https://k")
        registration = add_registration(session, platform, "1", "Benchmark")
        deployment = registration.deployments[0].id
        arrival = Arrival("t", "Tina Trainer", Role.TRAINER, "c1", "Course", "r1", "Maps", "roadmap")
        arrived = arrive(session, registration.id, deployment, arrival)
        launch = f"launch{number}"
        session.add(
            Launch(
                id=launch,
                registration_id=registration.id,
                deployment_id=deployment,
                context_id=arrived.context.id,
                resource_link_id=arrived.link_id,
                activity="roadmap",
                user_id=arrived.user_id,
                role=Role.TRAINER,
                browser_hash=hash_secret(BROWSER),
                expires_at=now() + timedelta(hours=1),
            )
        )
        actor = actor_of(session, arrived.user_id)
    for place in range(count):
        with database.transaction() as session:
            fill_map(session, arrived, actor, sections, f"School {place}")
    client = app.test_client()
    with client.session_transaction(base_url=BASE) as cookie:
        cookie["browser"] = BROWSER
    return Course(client, launch)


def fill_map(session: Session, arrived: Arrived, actor: int, sections: Sections, name: str) -> None:
    """A team with a map, all at once: saving it field by field would take an hour."""
    team = SchoolTeam(context_id=arrived.context.id, name=name)
    session.add(team)
    session.flush()
    road_map = RoadMap(team_id=team.id, revision=CHANGES)
    session.add(road_map)
    session.flush()
    places = _places(session, road_map.id, sections)
    fields = [
        {"road_map_id": road_map.id, **place, "value": TEXT, "version": 3, "changed_by_id": actor} for place in places
    ]
    session.execute(insert(MapField), fields)
    changes = [
        {
            "road_map_id": road_map.id,
            "revision": number + 1,
            "actor_id": actor,
            "what": ChangeKind.CHANGED,
            **places[number % len(places)],
            "before": TEXT,
            "after": TEXT,
        }
        for number in range(CHANGES)
    ]
    session.execute(insert(MapChange), changes)


def _places(session: Session, road_map_id: int, sections: Sections) -> list[dict[str, object]]:
    """Every field of the sections, and of the rows that are made for them."""
    found: list[dict[str, object]] = []
    for section in sections:
        if section.row is None:
            found += [{"row_id": None, "section": section.id, "field": field.name} for field in section.fields]
            continue
        rows = [MapRow(road_map_id=road_map_id, kind=section.row.kind, position=place) for place in range(ROWS)]
        session.add_all(rows)
        session.flush()
        found += [
            {"row_id": row.id, "section": None, "field": field.name} for row in rows for field in section.row.fields
        ]
    return found


if __name__ == "__main__":
    sys.exit(main())
