"""What windows are told: every change once its author has the answer, in every window, never one missed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, press


def changes(who: Visitor, since: int, section: str = "p8") -> Any:
    """What changed since a revision, as the section's page asks."""
    answer = who.get(f"roadmap/changes?since={since}&section={section}")
    assert answer.status_code == 200
    return answer.json


@pytest.mark.both_databases
def test_a_window_is_told_what_changed_since_it_looked_and_no_more(team: Team) -> None:
    row = team.add("action", what="Ring", who="Alice Adams")
    first = changes(team.bob, 0)
    assert {field["name"] for field in first["fields"]} == {f"action.{row}.what", f"action.{row}.who"}
    assert changes(team.bob, first["revision"]) == {"revision": first["revision"]}
    team.save(team.alice, f"action.{row}.what", "Ring all", version=1)
    (field,) = changes(team.bob, first["revision"])["fields"]
    assert (field["value"], field["version"], field["who"], field["mine"]) == ("Ring all", 2, "Alice Adams", False)


def test_the_author_is_told_too_for_other_windows_of_the_same_person(team: Team) -> None:
    team.save(team.alice, "p1.voices", "all of us")
    (field,) = changes(team.alice, 0, "p1")["fields"]
    assert field["mine"] is True


@pytest.mark.both_databases
def test_rows_that_come_go_and_move_are_told_with_what_is_needed_to_show_them(team: Team) -> None:
    one = team.add("action", what="<b>Ring</b>")
    before = changes(team.bob, 0)["revision"]
    two = team.add("action")
    told = changes(team.bob, before)["rows"]
    assert told["order"] == [one, two]
    assert list(told["cards"]) == [str(two)]
    press(team.alice, f"remove:{one}")
    told = changes(team.bob, before)["rows"]
    assert told["order"] == [two]
    assert "&lt;b&gt;Ring&lt;/b&gt;" in told["removed"]


def test_another_section_is_told_only_what_it_shows(team: Team) -> None:
    row = team.add("action", what="Ring")
    press(team.alice, f"up:{row}")
    told = changes(team.bob, 0, "p1")
    assert told["fields"] == []
    assert "rows" not in told


def test_the_rows_that_fields_refer_to_are_told_as_choices(team: Team) -> None:
    priority = team.add("priority", title="Have a say")
    team.add("priority")
    told = {"action": [], "milestone": [], "priority": [[str(priority), "Have a say"]]}
    assert changes(team.bob, 0)["references"] == told


def test_a_refused_save_is_no_news(team: Team) -> None:
    team.save(team.alice, "p1.voices", "us")
    before = changes(team.bob, 0, "p1")["revision"]
    for value, version in (("x" * 999, 1), ("other", 0), ("us", 1)):
        team.bob.put("roadmap/fields/p1.voices", {"value": value, "version": version})
    assert "fields" not in changes(team.bob, before, "p1")


@pytest.mark.both_databases
def test_a_revision_that_is_no_number_is_read_as_the_beginning(team: Team) -> None:
    team.save(team.alice, "p1.voices", "us")
    answer = team.bob.get("roadmap/changes?since=x&section=p1").json
    assert answer is not None
    assert len(answer["fields"]) == 1


@pytest.mark.both_databases
def test_no_change_is_missed_however_many_write_at_once(team: Team, visitor: Arrive) -> None:
    """A window that always goes on from the last revision it was told ends up with all that was saved."""
    rows = [team.add("action") for _ in range(4)]
    writers = [visitor(name) for name in ("alice", "bob") * 2]
    reader = visitor("alice")
    rounds = 8

    def write(number: int) -> None:
        for version in range(rounds):
            path = f"roadmap/fields/action.{rows[number]}.what"
            answer = writers[number].put(path, {"value": f"text {version}", "version": version})
            assert answer.status_code == 200, answer.text

    seen: dict[str, int] = {}
    since = changes(reader, 0)["revision"]
    with ThreadPoolExecutor(len(writers)) as pool:
        writing = [pool.submit(write, number) for number in range(len(writers))]
        while True:
            finished = all(work.done() for work in writing)
            told = changes(reader, since)
            assert told["revision"] >= since
            since = told["revision"]
            seen.update({field["name"]: field["version"] for field in told.get("fields", [])})
            if finished:
                break
        for work in writing:
            work.result()
    assert seen == {f"action.{row}.what": rounds for row in rows}


def test_a_window_that_learns_of_many_rows_asks_no_more_often_than_for_one(app: Application, team: Team) -> None:
    def asked() -> int:
        statements: list[str] = []

        def note(*call: Any) -> None:
            statements.append(call[2])

        event.listen(app.parts.database.engine, "before_cursor_execute", note)
        told = changes(team.bob, 0)
        event.remove(app.parts.database.engine, "before_cursor_execute", note)
        assert len(told["rows"]["cards"]) == len(told["rows"]["order"]) > 0
        return sum(statement.startswith("SELECT") for statement in statements)

    team.add("action", what="Ring each family")
    for_one = asked()
    for number in range(5):
        team.add("action", what=f"Visit {number}")
    assert asked() == for_one
