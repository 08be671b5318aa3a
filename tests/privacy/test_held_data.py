"""No room forgets to say what it holds about people and courses: each table with a way to them is declared."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import Column, Table

from lti_tool.held_data import Fate, Held, Path, Scope
from lti_tool.privacy.export import AT_ONCE
from lti_tool.privacy.holdings import holdings
from lti_tool.privacy.rooms import ROOMS
from lti_tool.tables import ROOMS as MODELS
from lti_tool.tables import metadata
from lti_tool.web.application import Application
from tests.privacy.conftest import MakeClass

ALL = [held for room in ROOMS for held in room.rows]
OF_NOBODY = {"audit_record": "tells of people by numbers that refer to nothing"}


def table_of(held: Held) -> Table:
    return held.stored


def first(path: Path) -> Column[object] | None:
    return path[0].property.columns[0] if path else None


def target(column: Column[object]) -> Table:
    (key,) = column.foreign_keys
    return key.column.table


def references_to(names: set[str]) -> Iterator[Column[object]]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.foreign_keys and target(column).name in names:
                yield column


def test_each_room_with_tables_says_what_it_holds() -> None:
    with_tables = {module.__name__.split(".")[1] for module in MODELS}
    assert {room.room for room in ROOMS} == with_tables


def test_every_reference_to_a_person_is_declared() -> None:
    declared = {first(held.person) for held in ALL}
    lacking = [str(column) for column in references_to({"user_account", "actor"}) if column not in declared]
    assert lacking == [], "say in the room's held_data.py whose these rows are"


def test_what_hangs_on_rows_that_go_with_a_person_goes_with_them_or_forgets() -> None:
    going = {table_of(held).name for held in ALL if held.person and held.fate is Fate.DELETED}
    lacking = [str(column) for column in references_to(going) if column.table.name not in going]
    assert lacking == [], "these rows would keep a person from being erased"


def test_every_reference_to_a_course_and_to_what_is_in_it_is_declared() -> None:
    in_courses = {table_of(held).name for held in ALL if held.context}
    loose = {first((column,)) for room in ROOMS for column in room.loose}
    lacking = [
        str(column)
        for column in references_to(in_courses)
        if column not in loose and column.table.name not in in_courses
    ]
    assert lacking == [], "these rows would keep a course from being erased"
    own = [column for column in references_to(in_courses) if target(column) is column.table]
    assert set(own) <= loose


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_every_path_leads_to_a_person_or_a_course(held: Held) -> None:
    for path, end in ((held.person, "user_account"), (held.context, "context")):
        for here, there in pairwise(path):
            assert target(here.property.columns[0]) is there.property.columns[0].table
        if path:
            last = path[-1].property.columns[0]
            assert last.table.name == end or target(last).name == end
    assert not held.person or path_begins_here(held, held.person)
    assert not held.context or path_begins_here(held, held.context)
    assert held.hidden <= {column.name for column in table_of(held).columns}
    assert (
        held.what
        or not held.is_told
        or held.fate is not Fate.DELETED
        or not held.person
        or held.name == ("submission_attachment")
    ), "an erasure should say what goes"


def test_no_copy_shows_a_secret_or_a_mark_of_ours() -> None:
    told = [column for held in ALL if held.is_told and held.what for column in _shown(held)]
    secret = re.compile(r"hash|sealed|secret|token|claim|digest|code$|storage_target|search_")
    assert [str(column) for column in told if secret.search(column.name)] == []


def _shown(held: Held) -> list[Column[object]]:
    return [column for column in held.stored.columns if column.name not in held.hidden]


def path_begins_here(held: Held, path: Path) -> bool:
    return path[0].property.columns[0].table is table_of(held)


def test_every_table_is_somebodys_or_said_to_be_nobodys() -> None:
    declared = {table_of(held).name for held in ALL}
    with_ways = {
        table.name
        for table in metadata.sorted_tables
        if any(name in declared for name in (target(column).name for column in table.columns if column.foreign_keys))
    }
    assert with_ways <= declared
    assert not declared & OF_NOBODY.keys()


def test_of_a_class_with_everything_everything_is_told(app: Application, make_class: MakeClass) -> None:
    alice = make_class().alice
    with app.parts.database.transaction(write=False) as session:
        told = {one.what: one.count for one in holdings(session, Scope(alice.user_id))}
        here = {one.what: one.count for one in holdings(session, Scope(alice.user_id, alice.context_id))}
    assert told["Pieces of writing, drafts among them"] == 2
    assert told["Files added"] == 1
    assert told["Changes of road maps"] == 2
    assert told["More time, as a trainer gave it"] == 1
    assert here == {what: count for what, count in told.items() if what != "Name and id, as the LMS tells them"}
    assert AT_ONCE > 0
