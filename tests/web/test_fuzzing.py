"""Every address with strange parameters, forms and bodies, as anybody: no failure, no trace, nobody's work touched.

PARTNERWISE_FUZZ_SECONDS says how long, on each database; a few seconds where it is not set.
"""

import logging
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.course.placed_activities import Placing, place
from lti_tool.database import Database
from lti_tool.tables import metadata
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.web.fuzzing import KNOCKS, Caller, Knock, names_at, send, whose
from tests.web.test_access import fill

SECONDS = float(os.environ.get("PARTNERWISE_FUZZ_SECONDS", "5"))
CARLAS = "Secondary School 3"
"""What nobody but Carla may read."""


class TimeIsOver(Exception):
    """Nothing was found in the time that was given."""


class World:
    """The rows of somebody in another school, and all that refers to them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = {
            table.name: {self._key(table, row) for row in self._all(table)} for table in metadata.sorted_tables
        }
        self._before = self.rows()

    def rows(self) -> Mapping[str, list[Any]]:
        """By the table's name: its first rows, as they are, and what of the others refers to any of them."""
        return {table.name: list(self._ours(table)) for table in metadata.sorted_tables}

    def is_untouched(self) -> bool:
        """Whether all is as it was."""
        now = self.rows()
        return all(now[name] == rows for name, rows in self._before.items())

    def _ours(self, table: Any) -> Iterator[Any]:
        for row in self._all(table):
            if self._key(table, row) in self._keys[table.name] or self._refers(table, row):
                yield tuple(row)

    def _refers(self, table: Any, row: Any) -> bool:
        return any((getattr(row, key.parent.name),) in self._keys[key.column.table.name] for key in table.foreign_keys)

    def _all(self, table: Any) -> list[Any]:
        with self._database.transaction(write=False) as session:
            return list(session.execute(select(table).order_by(*table.primary_key.columns)).all())

    @staticmethod
    def _key(table: Any, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, column.name) for column in table.primary_key.columns)


def write(app: Application, alice: Visitor) -> None:
    """Give Alice a team, a row of its map and a piece that is handed in, so that there is something to be found."""
    alice.post("roadmap/teams", {"name": "Primary School 12"})
    alice.post_json("roadmap/rows", {"do": "add:action", "section": "p8"})
    for version, text in enumerate(("<p>A first long text that is written here.</p>", "<p>Short.</p>")):
        assert alice.put("journal/j3/text", {"text": text, "version": version}).status_code == 200
    with app.parts.database.transaction() as session:
        place(session, alice.context_id, Placing("journal/j3"))
    assert alice.post("journal/j3", {"do": "submit", "version": "2"}).status_code == 302


def call_of(visitor: Visitor) -> Caller:
    return Caller(visitor.client, visitor.launch_id, visitor.token())


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a heavy input, where one is shown
def test_no_address_fails_or_touches_what_is_another_schools(
    app: Application, visitor: Arrive, caplog: pytest.LogCaptureFixture, no_network: None
) -> None:
    fill(app, visitor("carla", issuer="https://other.school.example", course="c2"))
    world = World(app.parts.database)
    people = {who: call_of(visitor(who)) for who in ("alice", "bob", "tina", "adam", "observer")}
    nobody = Caller(app.test_client(), people["alice"].launch_id, "none")
    callers = [*people.values(), call_of(visitor("tina", activity="picker")), nobody]
    write(app, visitor("alice"))
    endpoints = [
        (rule, names_at(app, rule), [people[who] for who in whose(rule).split()])
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "leaving.finish"  # whoever has been there is let in nowhere else
    ]
    ends, told = [time.monotonic() + SECONDS], Counter[int]()

    @settings(
        max_examples=1_000_000,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
    )
    @given(KNOCKS)
    def knock_at(knock: Knock) -> None:
        if time.monotonic() > ends[0]:
            raise TimeIsOver
        caplog.clear()
        rule, names, invited = endpoints[knock.endpoint % len(endpoints)]
        those = invited if knock.chosen and invited else callers
        caller = those[knock.who % len(those)]
        answer = send(rule, knock, caller, names)
        told[answer.status_code] += 1
        if trouble := trouble_of(answer, caplog):
            ends[0] = float("inf")  # it is made as small as it gets, however long that takes
            pytest.fail(f"{rule.rule}: {trouble}")

    with suppress(TimeIsOver):
        knock_at()
    assert world.is_untouched()
    print(sorted(told.items()))


def trouble_of(answer: TestResponse, caplog: pytest.LogCaptureFixture) -> str:
    """What is wrong with an answer, whatever the question was; empty where nothing is."""
    if answer.status_code in {500, 503} or any(record.levelno >= logging.ERROR for record in caplog.records):
        return f"{answer.status_code} {caplog.text}"
    return next((words for words in ("Traceback", CARLAS) if words.encode() in answer.data), "")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is called: what an address leads to is another test's matter."""
    monkeypatch.setattr("socket.getaddrinfo", _unknown)


def _unknown(host: str, *_rest: object, **_options: object) -> list[Any]:
    raise OSError(f"no such host: {len(host)}")
