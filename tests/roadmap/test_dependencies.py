"""Actions and milestones wait for each other, never in a circle; what is taken out is waited for no longer."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lti_tool.people.teams import team_of
from lti_tool.roadmap.critical_path import find_critical_path
from lti_tool.roadmap.dependencies import find_circle, read_waits
from lti_tool.roadmap.map_creation import map_of
from lti_tool.roadmap.models import MapReference, MapRow
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, press
from tests.roadmap.test_kinds import SECTIONS


def wait(who: Visitor, row: int, *awaited: int, version: int = 0, kind: str = "action") -> tuple[int, Any]:
    """Let a row wait for others, as the page's script does."""
    value = " ".join(map(str, awaited))
    answer = who.put(f"roadmap/fields/{kind}.{row}.after", {"value": value, "version": version})
    return answer.status_code, answer.json


def waits_in(app: Application, team: Team) -> dict[int, list[int]]:
    """What waits for what in the team's map; no reference names a row that is out."""
    with app.parts.database.transaction(write=False) as session:
        found = team_of(session, team.alice.context_id, team.alice.user_id)
        assert found
        waits = read_waits(session, map_of(session, found).id, SECTIONS)
        out = set(session.scalars(select(MapRow.id).where(MapRow.removed_at.is_not(None))))
        assert not out & {awaited for named in waits.values() for awaited in named}
    return waits


def value_of(who: Visitor, row: int, section: str = "p8") -> str:
    """What the field says, as open windows are told."""
    told: Any = who.get(f"roadmap/changes?since=0&section={section}").json
    return next((str(field["value"]) for field in told["fields"] if field["name"].endswith(f".{row}.after")), "")


@pytest.fixture
def rows(team: Team) -> list[int]:
    """Three actions."""
    return [team.add("action", None, what=what) for what in ("Ring", "Talk", "Write")]


@pytest.mark.both_databases
def test_an_action_waits_for_actions_and_milestones_of_its_map(team: Team, rows: list[int], app: Application) -> None:
    stone = team.add("milestone", None, title="Heard once")
    assert wait(team.alice, rows[1], stone, rows[0])[0] == 200
    assert value_of(team.bob, rows[1]) == f"{rows[0]} {stone}", "each once, from the lowest to the highest"
    assert waits_in(app, team) == {rows[1]: sorted([rows[0], stone])}
    whole = " ".join(re.sub("<[^>]+>", " ", team.bob.get("roadmap/whole").text).split())
    assert "Actions and milestones that have to come first Ring ; Heard once" in whole


@pytest.mark.both_databases
def test_a_circle_is_refused_with_a_sentence_that_names_it(team: Team, rows: list[int], app: Application) -> None:
    ring, talk, write = rows
    assert wait(team.alice, talk, ring)[0] == wait(team.alice, write, talk)[0] == 200
    status, told = wait(team.bob, ring, write)
    assert (status, told["error"]) == (400, "DependencyCircle")
    assert told["meaning"].startswith(
        "This would go round in a circle: “Ring” waits for “Write”, “Write” waits for “Talk”, “Talk” waits for “Ring”."
    )
    assert waits_in(app, team) == {talk: [ring], write: [talk]}
    assert wait(team.bob, talk, version=1)[0] == 200, "one is taken out of a list"
    assert wait(team.bob, ring, write)[0] == 200


def test_circles_go_by_way_of_milestones_too_and_a_row_does_not_wait_for_itself(team: Team, rows: list[int]) -> None:
    stone = team.add("milestone", None, title="Heard once")
    assert wait(team.alice, stone, rows[0], kind="milestone")[0] == 200
    status, told = wait(team.alice, rows[0], stone)
    assert status == 400
    assert "“Ring” waits for “Heard once”, “Heard once” waits for “Ring”" in told["meaning"]
    status, told = wait(team.alice, rows[0], rows[0])
    assert (status, told["meaning"]) == (400, "“Ring” cannot wait for itself.")
    nameless = team.add("action")
    assert wait(team.alice, nameless, nameless)[1]["meaning"] == "“Without a name” cannot wait for itself."


@pytest.mark.parametrize("value", ["x", "1 x", "0", "-1", " ", "999999999", "1\n2", "1,2", "9" * 400])
def test_what_names_no_row_of_the_map_is_refused(team: Team, rows: list[int], value: str) -> None:
    priority = team.add("priority", title="Have a say")
    for sent in (value, f"{rows[1]} {value}", f"{rows[1]}  {rows[2]}", str(priority)):
        answer = team.alice.put(f"roadmap/fields/action.{rows[0]}.after", {"value": sent, "version": 0})
        assert answer.status_code == 400, sent


def test_a_long_circle_is_told_in_a_sentence_that_can_be_read(team: Team) -> None:
    many = [team.add("action", None, what=f"{number} {'very long ' * 15}") for number in range(12)]
    for one, other in pairwise(many):
        assert wait(team.alice, other, one)[0] == 200
    told = wait(team.alice, many[0], many[-1])[1]["meaning"]
    assert "and so on for 6 more" in told
    assert len(told) < 1500


@pytest.mark.both_databases
def test_of_saves_at_once_that_would_close_a_circle_one_is_refused(
    team: Team, visitor: Arrive, app: Application
) -> None:
    rows = [team.add("action", None, what=f"Step {number}") for number in range(4)]
    windows = [visitor(who) for who in ("alice", "bob", "alice", "bob")]
    ready = Barrier(len(rows))

    def save(number: int) -> tuple[int, Any]:
        windows[number].token()
        ready.wait()
        return wait(windows[number], rows[number], rows[(number + 1) % len(rows)])

    with ThreadPoolExecutor(len(rows)) as pool:
        answers = list(pool.map(save, range(len(rows))))
    assert sorted(status for status, _ in answers) == [200, 200, 200, 400]
    waits = waits_in(app, team)
    assert not any(find_circle(waits, row) for row in rows)


def test_a_form_without_a_script_ticks_and_unticks_and_tells_of_a_circle(team: Team, rows: list[int]) -> None:
    ring, talk, _ = rows
    name = f"action.{talk}.after"
    sent = {f"value:{name}": ["", str(ring)], f"version:{name}": "0", "do": "save"}
    assert team.alice.post("roadmap/sections/p8", sent).status_code == 303
    page = team.alice.get("roadmap/sections/p8").text
    assert re.search(rf'name="value:{name}" value="{ring}" checked', page)
    other = f"action.{ring}.after"
    closing = {f"value:{other}": ["", str(talk)], f"version:{other}": "0", "do": ""}
    answer = team.bob.post("roadmap/sections/p8", closing)
    assert answer.status_code == 409
    assert "“Ring” waits for “Talk”, “Talk” waits for “Ring”" in unescape(answer.text)
    assert re.search(rf'name="value:{other}" value="{talk}" checked', answer.text), "what was ticked is still there"
    emptied = {f"value:{name}": [""], f"version:{name}": "1", "do": "save"}
    assert team.alice.post("roadmap/sections/p8", emptied).status_code == 303
    assert value_of(team.bob, talk) == ""


def test_a_row_is_offered_all_others_and_not_itself(team: Team, rows: list[int]) -> None:
    stone = team.add("milestone", None, title="Heard <once>")
    closed = team.alice.get("roadmap/sections/p8").text
    assert 'type="checkbox"' not in closed, "the script adds them when the row opens"
    assert f"sections/p8?open={rows[0]}#field-action-{rows[0]}-after" in closed, "and without one a link does"
    page = team.alice.get(f"roadmap/sections/p8?open={rows[0]}").text
    group = page[page.index(f'id="field-action-{rows[0]}-after"') :].split('name="version:')[0]
    offered = re.findall(r'type="checkbox" name="value:[a-z0-9.]+" value="(\d+)"', group)
    assert offered == [str(rows[1]), str(rows[2]), str(stone)]
    assert "Heard &lt;once&gt;" in group
    assert f'aria-labelledby="field-action-{rows[0]}-after-label"' in group


@pytest.mark.both_databases
def test_a_row_that_is_taken_out_is_waited_for_no_longer_and_again_once_it_is_back(
    team: Team, rows: list[int], app: Application
) -> None:
    ring, talk, write = rows
    wait(team.alice, talk, ring)
    wait(team.alice, write, ring, talk)
    since = team.bob.get("roadmap/changes?since=0").json["revision"]  # type: ignore[index]
    press(team.bob, f"remove:{ring}")
    assert waits_in(app, team) == {write: [talk]}
    told: Any = team.alice.get(f"roadmap/changes?since={since}&section=p8").json
    assert {field["name"]: field["value"] for field in told["fields"]} == {
        f"action.{talk}.after": "",
        f"action.{write}.after": str(talk),
    }
    assert "no longer in the map" not in team.alice.get("roadmap/whole").text
    press(team.bob, f"restore:{ring}")
    assert waits_in(app, team) == {talk: [ring], write: [ring, talk]}
    assert wait(team.alice, talk, version=1)[0] == 409, "who had the page open is told"


@pytest.mark.both_databases
def test_what_was_chosen_meanwhile_is_not_put_back_over(team: Team, rows: list[int], app: Application) -> None:
    ring, talk, write = rows
    wait(team.alice, talk, ring)
    press(team.bob, f"remove:{ring}")
    wait(team.alice, talk, write, version=2)
    press(team.bob, f"restore:{ring}")
    assert waits_in(app, team) == {talk: [write]}


def test_a_row_that_comes_back_closes_no_circle_and_waits_for_none_that_is_out(
    team: Team, rows: list[int], app: Application
) -> None:
    ring, talk, write = rows
    wait(team.alice, ring, talk)
    wait(team.alice, write, ring)
    press(team.alice, f"remove:{ring}")
    assert wait(team.alice, talk, write)[0] == 200, "there is no circle while the row is out"
    press(team.alice, f"restore:{ring}")
    waits = waits_in(app, team)
    assert waits == {ring: [talk], talk: [write]}
    press(team.alice, f"remove:{ring}")
    press(team.alice, f"remove:{talk}")
    press(team.alice, f"restore:{ring}")
    assert waits_in(app, team) == {}


def test_what_a_removal_changed_stands_in_the_log_and_can_be_put_back(team: Team, rows: list[int]) -> None:
    ring, talk, _ = rows
    wait(team.alice, talk, ring)
    press(team.bob, f"remove:{ring}")
    page = team.bob.get("roadmap/history").text
    assert page.count("Actions and milestones that have to come first") >= 2
    change = page.split('name="side" value="before"')[0].rpartition("history/")[2].split('"')[0]
    refused = team.alice.post(f"roadmap/history/{change}", {"side": "before", "version": "2"})
    assert refused.status_code == 409, "the row is out"
    press(team.bob, f"restore:{ring}")
    assert value_of(team.alice, talk) == str(ring)


def test_what_would_close_a_circle_is_not_put_back_from_the_history_and_the_reason_names_it(
    team: Team, rows: list[int]
) -> None:
    ring, talk, _ = rows
    wait(team.alice, talk, ring)
    wait(team.bob, talk, version=1)
    wait(team.bob, ring, talk)
    page = team.alice.get("roadmap/history").text
    buttons = re.findall(r'history/(\d+)"(?:(?!</form>).)*?name="side" value="(\w+)"', page, re.DOTALL)
    answers = [team.alice.post(f"roadmap/history/{change}", {"side": side, "version": "2"}) for change, side in buttons]
    told = [unescape(answer.text) for answer in answers if answer.status_code == 409]
    assert any("“Talk” waits for “Ring”, “Ring” waits for “Talk”" in text for text in told)


def test_an_example_row_that_the_team_waits_for_stays_with_what_it_refers_to(team: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    told: Any = team.alice.get("roadmap/changes?since=0&section=p8").json
    second = told["rows"]["order"][1]
    own = team.add("action", None, what="Ours")
    assert wait(team.alice, own, second)[0] == 200
    team.alice.post("roadmap/example/out")
    waits = waits_in(app, team)
    assert waits[own] == [second]
    assert len(waits) == 2, "the second action waits for the first"
    page = team.alice.get("roadmap/whole").text
    assert "no longer in the map" not in page
    assert "Every new family is listened to before the first marks" in page, "its priority stays"


def test_taking_out_one_row_of_the_example_leaves_the_others_the_examples(team: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    told: Any = team.alice.get("roadmap/changes?since=0&section=p8").json
    press(team.alice, f"remove:{told['rows']['order'][0]}")
    team.alice.post("roadmap/example/out")
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(MapRow).where(MapRow.removed_at.is_(None))).all() == []
        assert session.query(MapReference).count() > 0, "rows that are out keep what they say, to be put back"


EDGES = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), max_size=8)


@given(EDGES, st.integers(0, 7))
def test_a_circle_is_found_where_there_is_one_and_only_there(waits: dict[int, list[int]], start: int) -> None:
    reached, open_ends = set[int](), list(waits.get(start, ()))
    while open_ends:
        here = open_ends.pop()
        if here not in reached:
            reached.add(here)
            open_ends += waits.get(here, ())
    circle = find_circle(waits, start)
    assert bool(circle) == (start in reached)
    for one, other in zip(circle, [*circle[1:], *circle[:1]], strict=True):
        assert other in waits[one]
    assert len(circle) == len(set(circle))


DAYS = st.dictionaries(st.integers(0, 9), st.dates())
CHAINS = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9)))


@given(DAYS, CHAINS)
def test_the_critical_path_goes_by_what_is_waited_for(ends: dict[int, Any], waits: dict[int, Any]) -> None:
    forwards = {row: [one for one in awaited if one < row] for row, awaited in waits.items()}
    path = find_critical_path(ends, forwards)
    assert len(path) == len(set(path))
    assert all(one in forwards[other] for one, other in pairwise(path))
    done: dict[int, Any] = {}
    for row in sorted(ends):
        done[row] = max([ends[row], *(done[one] for one in forwards.get(row, ()) if one in ends)])
    waiting = [row for row in ends if any(one in ends for one in forwards.get(row, ()))]
    assert bool(path) == bool(waiting)
    assert all(done[row] <= done[path[-1]] for row in waiting)
    for one, other in pairwise(path):
        assert all(done[rest] <= done[one] for rest in forwards[other] if rest in ends)


def test_rows_in_a_circle_have_no_critical_path() -> None:
    assert find_critical_path({1: date(2026, 1, 1), 2: date(2026, 1, 2)}, {1: [2], 2: [1]}) == []
