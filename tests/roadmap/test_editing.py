"""Fields of one map, written in by two people: saved one by one, guarded by their versions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from lti_tool.plain_text import storable
from lti_tool.roadmap.fields import text as text_kinds
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, press

DEFINITION = "roadmap/fields/p1.definition"


def shown(who: Visitor, section: str = "p1") -> str:
    """The page of a section."""
    return who.get(f"roadmap/sections/{section}").text


def test_both_people_of_a_team_see_one_map(team: Team) -> None:
    team.save(team.alice, "p1.definition", "We listen first.")
    assert "We listen first." in shown(team.bob)
    action = team.add("action", by=team.bob, what="Ring each family", who="Carla's mother", when="2026-12-01")
    page = shown(team.alice, "p8")
    assert "Ring each family" in page
    assert "Carla&#39;s mother" in page
    assert f'name="version:action.{action}.what" value="1"' in page


def test_a_save_gives_the_next_version_and_the_time(team: Team) -> None:
    answer = team.alice.put(DEFINITION, {"value": "One", "version": 0})
    assert answer.json["version"] == 1  # type: ignore[index]
    assert answer.json["saved_at"].endswith("+00:00")  # type: ignore[index]
    assert team.save(team.bob, "p1.definition", "Two", version=1) == 2


@pytest.mark.both_databases
def test_a_stale_save_gets_the_other_version_and_overwrites_nothing(team: Team) -> None:
    team.save(team.alice, "p1.definition", "Alice's words")
    answer = team.bob.put(DEFINITION, {"value": "Bob's words", "version": 0})
    assert answer.status_code == 409
    assert answer.json is not None
    current = answer.json["current"]
    assert (current["value"], current["version"], current["who"]) == ("Alice's words", 1, "Alice Adams")
    assert current["at"]
    assert "Bob&#39;s words" not in shown(team.alice)


def test_an_emptied_field_is_a_version_too(team: Team) -> None:
    team.save(team.alice, "p1.definition", "Words")
    assert team.save(team.alice, "p1.definition", "", version=1) == 2
    assert team.bob.put(DEFINITION, {"value": "x", "version": 1}).status_code == 409


def test_a_save_whose_answer_was_lost_can_be_repeated(team: Team) -> None:
    for _ in range(3):
        assert team.save(team.alice, "p1.definition", "Once") == 1
    history = team.alice.get("roadmap/history").text
    assert history.count(": Our working definition") == 1


@pytest.mark.both_databases
def test_saves_of_one_version_at_once_have_one_winner(team: Team, visitor: Arrive) -> None:
    windows = [visitor(name) for name in ("alice", "bob") * 3]
    ready = Barrier(len(windows))

    def save(number: int) -> tuple[int, Any]:
        windows[number].token()
        ready.wait()
        answer = windows[number].put(DEFINITION, {"value": f"text {number}", "version": 0})
        return answer.status_code, answer.json

    with ThreadPoolExecutor(len(windows)) as pool:
        answers = list(pool.map(save, range(len(windows))))
    winners = [number for number, (status, _) in enumerate(answers) if status == 200]
    losers = [body for status, body in answers if status == 409]
    assert (len(winners), len(losers)) == (1, 5)
    assert {body["current"]["value"] for body in losers} == {f"text {winners[0]}"}
    assert {body["current"]["version"] for body in losers} == {1}


@pytest.mark.both_databases
def test_saves_of_different_fields_at_once_all_win(team: Team, visitor: Arrive) -> None:
    names = ["p1.definition", "p1.voices", "p1.argued"]
    row = team.add("action")
    names += [f"action.{row}.what", f"action.{row}.who"]
    windows = [visitor(who) for who in ("alice", "bob", "alice", "bob", "alice")]
    ready = Barrier(len(windows))

    def save(number: int) -> list[int]:
        windows[number].token()
        ready.wait()
        path = f"roadmap/fields/{names[number]}"
        return [
            windows[number].put(path, {"value": f"text {version}", "version": version}).status_code
            for version in range(4)
        ]

    with ThreadPoolExecutor(len(windows)) as pool:
        answers = list(pool.map(save, range(len(windows))))
    assert answers == [[200] * 4] * 5


WRITINGS = [
    "Οι γονείς ως εταίροι",
    "الآباء كشركاء في التعليم",
    "Families 👨‍👩‍👧 together",
    "<script>alert('x')</script> & <b>",
    "{{ 7777 * 1111 }}",
    "two\nlines",
    " ",
]


@pytest.mark.both_databases
def test_any_writing_comes_back_as_it_was_typed(team: Team) -> None:
    for version, text in enumerate(WRITINGS):
        team.save(team.alice, "p1.definition", text, version)
        told = team.bob.get("roadmap/changes?since=0&section=p1").json
        assert told is not None
        assert [field["value"] for field in told["fields"]] == [text]
    for page in ("sections/p1", "whole", "history", ""):
        answer = team.bob.get(f"roadmap/{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert str(7777 * 1111) not in answer.text


@pytest.mark.both_databases
def test_what_has_no_look_is_left_out_and_a_line_stays_a_line(team: Team) -> None:
    team.save(team.alice, "p1.definition", "a\x00b\r\nc\x07")
    team.save(team.alice, "p1.voices", "one\ntwo")
    told = team.bob.get("roadmap/changes?since=0&section=p1").json
    assert told is not None
    assert [field["value"] for field in told["fields"]] == ["ab\nc", "one two"]


FITTING: list[tuple[str, object, int]] = [
    ("p1.definition", "x" * 280, 200),
    ("p1.argued", "🌻" * 1000, 200),
    ("p1.voices", "x" * 201, 413),
    ("p1.voices", "x" * 1_000_000, 413),
    ("p1.voices", "\ud800", 400),
    ("p1.voices", None, 400),
    ("p1.voices", 7, 400),
    ("p1.voices", ["x"], 400),
    ("p1.unknown", "x", 404),
    ("p99.definition", "x", 404),
    ("definition", "x", 404),
    ("p1.", "x", 404),
    (".", "x", 404),
    ("action.1.what", "x", 404),
    ("action.01.what", "x", 404),
    ("action.9999999999999999999.what", "x", 404),
    ("action.-1.what", "x", 404),
    ("action.²..what", "x", 404),
    ("action.²", "x", 404),
]


@pytest.mark.both_databases
def test_a_field_takes_what_fits_and_says_what_does_not(team: Team) -> None:
    for name, value, status in FITTING:
        answer = team.alice.put(f"roadmap/fields/{name}", {"value": value, "version": 0})
        assert answer.status_code == status, (name, str(value)[:20])


def test_the_limit_counts_letters_and_not_their_marks_and_no_field_cuts_what_is_pasted(team: Team) -> None:
    decomposed = "α\u0301" * 200
    version = team.save(team.alice, "p1.voices", decomposed)
    refused = team.alice.put("roadmap/fields/p1.voices", {"value": f"{decomposed}x", "version": version})
    assert refused.status_code == 413
    assert "longer than this field takes" in refused.text
    endless = team.alice.put("roadmap/fields/p1.voices", {"value": "α" + "\u0301" * 1000, "version": version})
    assert endless.status_code == 413
    page = team.alice.get("roadmap/sections/p1").text
    assert "maxlength" not in page
    assert page.count('dir="auto"') > 3


def test_a_text_far_beyond_its_field_costs_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[int] = []

    def note(value: str) -> str:
        cleaned.append(len(value))
        return storable(value)

    monkeypatch.setattr(text_kinds, "storable", note)
    for value in ("x" * 1_000_000, "\u0316\u0301" * 400_000, "\r\n" * 500_000):
        assert team.alice.put("roadmap/fields/p1.argued", {"value": value, "version": 0}).status_code == 413
    assert not cleaned, "all of the map waits for whoever writes in it"
    lines = "x\r\n" * 500
    assert team.alice.put("roadmap/fields/p1.argued", {"value": lines, "version": 0}).status_code == 200


KINDS = [
    ("when", "2026-02-29", 400),
    ("when", "20261201", 400),
    ("when", "2026-W49-2", 400),
    ("when", "tomorrow", 400),
    ("when", "2028-02-29", 200),
    ("status", "Done", 400),
    ("status", "done", 200),
    ("priority", "1", 400),
    ("priority", "nonsense", 400),
    ("who", "the caretaker, Mr Πέτρος", 200),
    ("what", "x" * 201, 413),
]


def test_each_kind_of_field_takes_its_own(team: Team) -> None:
    row = team.add("action")
    for name, value, status in KINDS:
        answer = team.alice.put(f"roadmap/fields/action.{row}.{name}", {"value": value, "version": 0})
        assert answer.status_code == status, (name, value)


def test_an_action_serves_a_priority_of_its_own_map_only(team: Team) -> None:
    priority, action = team.add("priority", title="Have a say"), team.add("action")
    team.save(team.alice, f"action.{action}.priority", str(priority))
    assert "Have a say" in team.alice.get("roadmap/whole").text
    other = team.add("action")
    path = f"roadmap/fields/action.{other}.priority"
    assert team.alice.put(path, {"value": str(action), "version": 0}).status_code == 400
    press(team.alice, f"remove:{priority}", "p4")
    assert team.alice.put(path, {"value": str(priority), "version": 0}).status_code == 400
    assert "something that is no longer in the map" in team.alice.get("roadmap/whole").text


NOT_SAVES: list[object] = [
    {"value": "x"},
    {"value": "x", "version": "0"},
    {"value": "x", "version": True},
    {"value": "x", "version": -1},
    None,
    [],
    "x",
    7,
]


@pytest.mark.both_databases
def test_a_save_is_an_object_and_names_the_version_it_was_read_at(team: Team) -> None:
    for sent in NOT_SAVES:
        assert team.alice.put(DEFINITION, sent).status_code == 400, sent


def test_what_is_written_in_a_row_that_was_taken_out_is_refused_with_a_way_back(team: Team) -> None:
    row = team.add("action", what="Ring")
    press(team.bob, f"remove:{row}")
    answer = team.alice.put(f"roadmap/fields/action.{row}.what", {"value": "Ring all", "version": 1})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["error"] == "RowRemoved"
    assert "current" not in answer.json
    press(team.alice, f"restore:{row}")
    assert team.save(team.alice, f"action.{row}.what", "Ring all", version=1) == 2
