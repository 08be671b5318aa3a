"""When a section counts as ready: its required boxes are filled, whatever else is empty; they are marked in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.database import Database
from lti_tool.people.actors import actor_of
from lti_tool.people.teams import found_team
from lti_tool.roadmap.editing import save_field
from lti_tool.roadmap.field_names import find_field, row_field, row_kind
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.progress import count_progress
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.rows import add_row, remove_row
from tests.fixtures.choosing import tries
from tests.roadmap.conftest import Team
from tests.roadmap.test_stateful import somebody

SECTIONS = read_bundle(COURSE).sections("en")
TODAY = datetime(2026, 6, 1, tzinfo=UTC).date()
ACTION = {
    "what": "Ring each family",
    "who": "Alice Adams",
    "when": "2036-09-25",
    "first": "nothing",
    "needs": "two hours",
    "parents": "A call is a fright.",
    "asked": "Three of them said so.",
    "shut_out": "Who has no telephone.",
}


def add_action(team: Team, **values: str) -> int:
    """An action with all that is required but its priority."""
    return team.add("action", None, **{**ACTION, **values})


def states(page: str) -> list[str]:
    """The states of the sections on the page with the whole map from above."""
    return [
        word
        for line in page.split('class="pw-row-side"')[1:15]
        for word in ("Empty", "Started", "Ready")
        if word in line
    ]


@pytest.mark.both_databases
def test_a_section_is_ready_once_its_required_boxes_are_filled(team: Team) -> None:
    assert states(team.alice.get("roadmap/").text) == ["Empty"] * 14
    team.save(team.alice, "p1.definition", "We listen first.")
    page = team.alice.get("roadmap/").text
    assert states(page)[0] == "Started"
    assert "Our definition: one required box is empty" in page
    team.save(team.alice, "p1.voices", "all of us")
    page = team.alice.get("roadmap/").text
    assert states(page)[0] == "Ready"
    assert "Our definition: " not in page, "what is left is optional"


@pytest.mark.both_databases
def test_a_list_is_ready_once_no_row_lacks_anything_required_and_empty_rows_count_for_nothing(team: Team) -> None:
    priority = team.add("priority", title="Have a say", why="We asked.", target="By June.")
    team.add("priority")
    row = add_action(team)
    page = team.alice.get("roadmap/").text
    assert (states(page)[3], states(page)[7]) == ("Ready", "Started")
    assert "Our actions: one required box is empty" in page
    assert "1 required box is empty" in team.alice.get("roadmap/sections/p8").text
    team.save(team.alice, f"action.{row}.priority", str(priority))
    assert states(team.alice.get("roadmap/").text)[7] == "Ready"
    team.add("action", what="One more")
    assert states(team.alice.get("roadmap/").text)[7] == "Started"


def test_required_boxes_are_marked_in_words_and_for_screen_readers(team: Team) -> None:
    page = team.alice.get("roadmap/sections/p1").text
    assert page.count('<span class="pm-required">(required)</span>') == 2
    assert page.count('aria-required="true"') == 2
    assert 'Our working definition</span> <span class="pm-required">' in page


def test_the_section_says_how_far_it_is_and_so_do_the_windows_that_are_open(team: Team) -> None:
    assert "Empty" in team.alice.get("roadmap/sections/p1").text.split('id="pm-state"')[1][:400]
    team.save(team.bob, "p1.definition", "We listen first.")
    told: Any = team.alice.get("roadmap/changes?since=0&section=p1").get_json()
    assert "Started" in told["state"]
    assert "1 required box is empty." in told["state"]


VALUES = st.sampled_from(["", " ", "\n\t", "\u00a0", "x", "2026-01-02", "2036-01-02", "done", "not-started", "m03"])
WRITTEN = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 16), VALUES), max_size=25)


@pytest.mark.both_databases
def test_counting_in_the_database_says_what_reading_the_map_says(database: Database) -> None:
    """Of any map; `p8` and `p5` stand for lists and forms."""
    number = 0

    @settings(
        max_examples=tries(5, thorough=40),
        deadline=None,
        phases=[Phase.generate],  # of a map that is counted wrongly any will do
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(written=WRITTEN, removed=st.sets(st.integers(0, 3)))
    def check(written: list[tuple[int, int, str]], removed: set[int]) -> None:
        nonlocal number
        number += 1
        form, listed = (next(one for one in SECTIONS if one.id == name) for name in ("p5", "p8"))
        with database.transaction() as session:
            arrived = somebody(session, number)
            actor = actor_of(session, arrived.user_id)
            team = found_team(session, arrived.context.id, arrived.user_id, f"Team {number}")
            map_id = create_map(session, team).id
            rows = [add_row(session, map_id, actor, "action").id for _ in range(4)]
            for place, field_number, value in written:
                fields = row_kind(listed).fields
                own = form.fields[field_number % len(form.fields)]
                names = [
                    find_field(SECTIONS, f"p5.{own.name}"),
                    row_field(listed, rows[place], fields[field_number % len(fields)]),
                ]
                for name in names:
                    save_any(session, map_id, actor, name, value)
            for place in removed:
                remove_row(session, map_id, actor, SECTIONS, rows[place])
            whole = read_map(session, map_id, SECTIONS)
            counted = count_progress(session, [map_id], SECTIONS, TODAY)[map_id]
        assert counted == {part.section.id: part.progress(TODAY) for part in whole.parts}

    check()


def save_any(session: Any, map_id: int, actor: int, field: Any, value: str) -> None:
    """Save a value that the field takes; leave out one that it does not."""
    from lti_tool.errors import BadInput, Stale
    from lti_tool.roadmap.editing import find_stored

    stored = find_stored(session, map_id, field)
    try:
        save_field(session, map_id, actor, SECTIONS, field, value=value, version=stored.version if stored else 0)
    except (BadInput, Stale):
        return


def test_what_is_done_is_never_overdue_and_days_count_from_today(team: Team) -> None:
    late = str((datetime.now(UTC) - timedelta(days=2)).date())
    row = add_action(team, when=late)
    assert "1 overdue" in team.alice.get("roadmap/").text
    team.save(team.alice, f"action.{row}.status", "done")
    assert "overdue" not in team.alice.get("roadmap/").text
