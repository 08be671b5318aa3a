"""An action is taken from the measures and argued for, or is the team's own; a barrier comes with what helps."""

import re
from html import unescape
from typing import Any

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, press
from tests.roadmap.test_ready import ACTION, add_action, states

DATA = read_bundle(COURSE).edition("en").data
MEASURES = {measure.id: measure for measure in DATA.measures.measures}


def cells(who: Visitor, section: str) -> dict[str, tuple[str, int]]:
    """The values and versions of all fields that were written in."""
    told: Any = who.get(f"roadmap/changes?since=0&section={section}").json
    return {field["name"]: (field["value"], field["version"]) for field in told.get("fields", ())}


@pytest.mark.both_databases
def test_a_measure_becomes_an_action_that_says_where_it_is_from(team: Team) -> None:
    page = team.alice.get("roadmap/sections/p8").text
    assert "roadmap/sections/p8/list" in page
    listed = team.alice.get("roadmap/sections/p8/list").text
    assert listed.count("Take it into our map") == 15
    answer = team.alice.post("roadmap/sections/p8/list", {"entry": "m03"})
    assert answer.status_code == 303
    row = int(re.search(r"open=(\d+)", answer.location)[1])  # type: ignore[index]
    assert cells(team.bob, "p8") == {
        f"action.{row}.what": (MEASURES["m03"].title, 1),
        f"action.{row}.place": ("school", 1),
        f"action.{row}.measure": ("m03", 1),
    }
    opened = team.bob.get(f"roadmap/sections/p8?open={row}").text
    assert re.search(r'<option value="m03" selected[^>]*>A first talk with every new family', opened)
    assert "A first talk with every new family" in team.bob.get("roadmap/whole").text
    assert "Added: A first talk with every new family" in team.bob.get("roadmap/history").text


@pytest.mark.both_databases
def test_an_action_that_takes_a_measure_is_not_ready_without_a_reason(team: Team) -> None:
    priority = team.add("priority", title="Have a say", why="We asked.", target="By June.")
    row = add_action(team, priority=str(priority))
    assert states(team.alice.get("roadmap/").text)[7] == "Ready", "the team's own needs no reason"
    team.save(team.alice, f"action.{row}.measure", "m03")
    page = team.alice.get("roadmap/").text
    assert states(page)[7] == "Started"
    assert "Our actions: one required box is empty" in page
    section = team.alice.get("roadmap/sections/p8").text
    assert "1 required box is empty" in section
    assert "(then required)" in section
    team.save(team.alice, f"action.{row}.reason", " \n")
    assert states(team.alice.get("roadmap/").text)[7] == "Started", "blanks are no reason"
    team.save(team.alice, f"action.{row}.reason", "Nobody else asks them.", 1)
    assert states(team.alice.get("roadmap/").text)[7] == "Ready"
    team.save(team.alice, f"action.{row}.measure", "", 1)
    assert states(team.alice.get("roadmap/").text)[7] == "Ready"


def test_an_action_is_not_ready_before_the_three_questions_of_the_parents_perspective(team: Team) -> None:
    priority = team.add("priority", title="Have a say", why="We asked.", target="By June.")
    row = team.add("action", None, **{name: value for name, value in ACTION.items() if name not in PERSPECTIVE})
    team.save(team.alice, f"action.{row}.priority", str(priority))
    for number, name in enumerate(PERSPECTIVE):
        assert f"{3 - number} required box" in team.alice.get("roadmap/sections/p8").text
        assert states(team.alice.get("roadmap/").text)[7] == "Started", name
        team.save(team.alice, f"action.{row}.{name}", "Three of them said so.")
    assert states(team.alice.get("roadmap/").text)[7] == "Ready"
    assert "The parents&#39; perspective, in three questions" in team.alice.get("roadmap/sections/p8").text


PERSPECTIVE = ("parents", "asked", "shut_out")


def test_a_row_that_is_there_follows_a_measure_and_keeps_what_was_written(team: Team) -> None:
    row = team.add("action", None, what="Ring them", place="home")
    listed = team.alice.get(f"roadmap/sections/p8/list?row={row}").text
    assert listed.count(">Choose this<") == 15
    assert "Ring them" in listed
    chosen = {"entry": "m03", "row": str(row), "version": "0"}
    assert team.alice.post("roadmap/sections/p8/list", chosen).status_code == 303
    after = cells(team.bob, "p8")
    assert after[f"action.{row}.measure"] == ("m03", 1)
    assert after[f"action.{row}.what"] == ("Ring them", 1)
    assert after[f"action.{row}.place"] == ("home", 1)
    again = team.bob.post("roadmap/sections/p8/list", {**chosen, "entry": "m10"})
    assert again.status_code == 409
    assert "Somebody else has just chosen here" in again.text
    assert "A first talk with every new family" in again.text
    assert cells(team.bob, "p8")[f"action.{row}.measure"] == ("m03", 1)


def test_a_row_that_was_taken_out_or_is_none_takes_nothing(team: Team) -> None:
    row = team.add("action", what="Ring them")
    priority = team.add("priority", title="Have a say")
    press(team.bob, f"remove:{row}")
    assert team.alice.get(f"roadmap/sections/p8/list?row={row}").status_code == 404
    sent = {"entry": "m03", "row": str(row), "version": "0"}
    assert team.alice.post("roadmap/sections/p8/list", sent).status_code == 303
    assert f"action.{row}.measure" not in cells(team.bob, "p8")
    for wrong in (str(priority), "999999999"):
        assert team.alice.post("roadmap/sections/p8/list", {**sent, "row": wrong}).status_code == 404
    assert team.alice.post("roadmap/sections/p8/list", {**sent, "row": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("section", "sent", "status"),
    [
        ("p8", {"entry": "m99"}, 404),
        ("p8", {}, 404),
        ("p8", {"entry": "<script>"}, 404),
        ("p6", {"entry": "time"}, 404),
        ("p6", {"entry": "time", "response": "many-languages"}, 404),
        ("p6", {"entry": "time", "response": "drop-one", "measure": "m01"}, 404),
        ("p4", {"entry": "m03"}, 404),
        ("p1", {"entry": "m03"}, 404),
        ("p99", {"entry": "m03"}, 404),
    ],
)
def test_what_stands_in_no_list_is_not_taken(team: Team, section: str, sent: dict[str, str], status: int) -> None:
    assert team.alice.post(f"roadmap/sections/{section}/list", sent).status_code == status
    assert cells(team.alice, "p8") == cells(team.alice, "p6") == {}


def test_a_measure_that_the_course_does_not_know_is_not_kept(team: Team) -> None:
    row = team.add("action")
    for value in ("m99", "m3", "M03", "measures"):
        answer = team.alice.put(f"roadmap/fields/action.{row}.measure", {"value": value, "version": 0})
        assert answer.status_code == 400


@pytest.mark.both_databases
def test_a_barrier_comes_with_a_response_and_the_measure_that_carries_it_out(team: Team) -> None:
    barrier = next(one for one in DATA.barriers.barriers if one.id == "time")
    response = next(one for one in barrier.responses if one.id == "their-hour")
    listed = unescape(team.alice.get("roadmap/sections/p6/list").text)
    assert f"With the measure “{MEASURES['m03'].title}”" in listed
    sent = {"entry": "time", "response": "their-hour", "measure": "m03"}
    answer = team.alice.post("roadmap/sections/p6/list", sent)
    row = int(re.search(r"open=(\d+)", answer.location)[1])  # type: ignore[index]
    assert cells(team.bob, "p6") == {
        f"barrier.{row}.title": ("Time", 1),
        f"barrier.{row}.barrier": ("time", 1),
        f"barrier.{row}.response": (f"{response.title}. {response.text}", 1),
        f"barrier.{row}.measure": ("m03", 1),
    }
    page = team.alice.get("roadmap/sections/p6").text
    assert "roadmap/sections/p8/list#m03" in page, "from there it becomes an action"
    without = team.alice.post("roadmap/sections/p6/list", {"entry": "time", "response": "drop-one"})
    other = int(re.search(r"open=(\d+)", without.location)[1])  # type: ignore[index]
    assert f"barrier.{other}.measure" not in cells(team.bob, "p6")


def test_the_list_is_searched_where_it_is_taken_from(team: Team) -> None:
    row = team.add("action", what="Ring them")
    page = team.alice.get(f"roadmap/sections/p8/list?row={row}&leads=counsellor&effort=high").text
    assert page.count(">Choose this<") == 1
    assert f'<input type="hidden" name="row" value="{row}">' in page


def test_a_full_section_says_so_and_takes_nothing(team: Team) -> None:
    for _ in range(60):
        press(team.alice, "add:action")
    answer = team.alice.post("roadmap/sections/p8/list", {"entry": "m03"})
    assert answer.status_code == 303
    assert "This section holds as many rows as it can" in team.alice.get("roadmap/sections/p8").text
    assert cells(team.bob, "p8") == {}


def test_only_who_writes_in_a_map_takes_anything_into_it(team: Team, visitor: Arrive) -> None:
    for who in ("tina", "observer", "carla"):
        there = visitor(who)
        assert there.get("roadmap/sections/p8/list").status_code == 403, who
        assert there.post("roadmap/sections/p8/list", {"entry": "m03"}).status_code == 403, who


def test_in_a_course_that_speaks_greek_the_measure_is_taken_in_greek(team: Team) -> None:
    team.alice.post("language/", {"language": "el"})
    team.alice.post("roadmap/sections/p8/list", {"entry": "m03"})
    greek = next(one for one in read_bundle(COURSE).edition("el").data.measures.measures if one.id == "m03")
    assert greek.title in {value for value, _ in cells(team.alice, "p8").values()}
