"""Rows and fields against a simple model: any order of changes, stale ones among them, leaves what the model says."""

from typing import Any, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.database import Database
from lti_tool.lti.platform import Platform
from lti_tool.people.actors import actor_of
from lti_tool.people.launch_upserts import Arrival, Arrived, arrive
from lti_tool.people.models import Role
from lti_tool.people.teams import found_team
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.roadmap.changes_since import changes_since
from lti_tool.roadmap.editing import FieldStale, save_field
from lti_tool.roadmap.errors import RowRemoved
from lti_tool.roadmap.field_names import find_field
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.rows import add_row, move_row, remove_row, restore_row
from scorm_builder.course_format.planner import Section
from tests.fixtures.choosing import tries

TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
ROWS = st.integers(0, 9)
FIELDS = st.sampled_from(["what", "who"])


def test_rows_and_fields_behave_as_a_list_of_dictionaries(database: Database) -> None:
    sections = read_bundle(COURSE).sections("en")

    run_state_machine_as_test(
        cast("Any", lambda: MapMachine(database, sections)),  # a factory will do
        settings=settings(
            max_examples=tries(5, thorough=15),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def somebody(session: Session, number: int) -> Arrived:
    """A trainee whom nobody met before."""
    lms = "https://lms.school.example"
    registration = add_registration(session, Platform(lms, "client", f"{lms}/a", f"{lms}/t", f"{lms}/k"), "1", "")
    arrival = Arrival(f"u{number}", "Alice Adams", Role.TRAINEE, "c1", "Course", "r1", "Map", "roadmap")
    return arrive(session, registration.id, registration.deployments[0].id, arrival)


class MapMachine(RuleBasedStateMachine):
    """The map in the database beside its model."""

    number = 0

    def __init__(self, database: Database, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self.database, self.sections = database, sections
        self.order: list[int] = []
        self.removed: set[int] = set()
        self.values: dict[str, tuple[str, int]] = {}
        self.since = 0
        self.copy: dict[str, str] = {}
        MapMachine.number += 1
        with database.transaction() as session:
            arrived = somebody(session, MapMachine.number)
            self.actor_id = actor_of(session, arrived.user_id)
            team = found_team(session, arrived.context.id, arrived.user_id, f"Team {MapMachine.number}")
            self.map_id = create_map(session, team).id

    def _any(self, number: int) -> int:
        return self.order[number % len(self.order)]

    @rule()
    def add(self) -> None:
        with self.database.transaction() as session:
            self.order.append(add_row(session, self.map_id, self.actor_id, "action").id)

    @precondition(lambda self: self.order)
    @rule(number=ROWS, direction=st.sampled_from(["up", "down"]))
    def move(self, number: int, direction: str) -> None:
        row = self._any(number)
        try:
            with self.database.transaction() as session:
                move_row(session, self.map_id, self.actor_id, row, direction)
        except RowRemoved:
            assert row in self.removed
            return
        shown = [one for one in self.order if one not in self.removed]
        there = shown.index(row) + (-1 if direction == "up" else 1)
        if 0 <= there < len(shown):
            here, other = self.order.index(row), self.order.index(shown[there])
            self.order[here], self.order[other] = self.order[other], self.order[here]

    @precondition(lambda self: self.order)
    @rule(number=ROWS)
    def remove(self, number: int) -> None:
        with self.database.transaction() as session:
            remove_row(session, self.map_id, self.actor_id, self.sections, self._any(number))
        self.removed.add(self._any(number))

    @precondition(lambda self: self.order)
    @rule(number=ROWS)
    def restore(self, number: int) -> None:
        with self.database.transaction() as session:
            restore_row(session, self.map_id, self.actor_id, self.sections, self._any(number))
        self.removed.discard(self._any(number))

    @precondition(lambda self: self.order)
    @rule(number=ROWS, field=FIELDS, text=TEXTS, behind=st.integers(0, 2))
    def save(self, number: int, field: str, text: str, behind: int) -> None:
        row = self._any(number)
        name = f"action.{row}.{field}"
        value, version = self.values.get(name, ("", 0))
        read_at = max(0, version - behind)
        before, outcome = self.values.get(name, ("", 0)), "saved"
        try:
            with self.database.transaction() as session:
                found = find_field(self.sections, name)
                saved = save_field(
                    session, self.map_id, self.actor_id, self.sections, found, value=text, version=read_at
                )
                self.values[name] = (saved.value, saved.version)
        except RowRemoved:
            outcome = "removed"
        except FieldStale as stale:
            told = stale.current or {}
            outcome = "stale" if (told["value"], told["version"]) == before else "told something else"
        assert outcome == self._expected(row, text == value, read_at == version)
        if outcome == "saved":
            assert self.values[name] == (text, version if text == value else version + 1)

    def _expected(self, row: int, same: bool, fresh: bool) -> str:
        if same:
            return "saved"
        if row in self.removed:
            return "removed"
        return "saved" if fresh else "stale"

    @rule()
    def follow(self) -> None:
        """A window goes on from what it was told last, and then has what the map has."""
        with self.database.transaction(write=False) as session:
            changes = changes_since(session, self.map_id, self.since)
            whole = read_map(session, self.map_id, self.sections)
        self.since = changes.revision
        rows: Any = [row for part in whole.parts for row in (*part.rows, *part.removed)]
        cells = {cell.name: cell.value for row in rows for cell in row.cells}
        self.copy.update({name: cells[name] for name in changes.names})
        assert self.copy == {name: value for name, (value, version) in self.values.items() if version}

    @invariant()
    def the_map_is_what_the_model_says(self) -> None:
        with self.database.transaction(write=False) as session:
            rows = read_map(session, self.map_id, self.sections).rows_of("action")
        assert [row.id for row in rows] == [row for row in self.order if row not in self.removed]
        for row in rows:
            for cell in row.cells[:2]:
                assert (cell.value, cell.version) == self.values.get(cell.name, ("", 0))
