"""Rows: added, moved by one place, taken out and put back."""

from typing import Any

import pytest

from tests.roadmap.conftest import Team, press


def order(team: Team, section: str = "p8") -> list[int]:
    """The ids of the rows as the feed tells them."""
    told: Any = team.bob.get(f"roadmap/changes?since=0&section={section}").json
    return list(told["rows"]["order"])


def test_rows_stand_in_the_order_in_which_they_were_added(team: Team) -> None:
    rows = [team.add("action"), team.add("action", by=team.bob), team.add("action")]
    assert order(team) == rows
    assert team.add("milestone") not in order(team)


@pytest.mark.both_databases
def test_rows_move_by_one_place_and_stop_at_the_ends(team: Team) -> None:
    one, two, three = (team.add("action") for _ in "abc")
    press(team.bob, f"up:{three}")
    assert order(team) == [one, three, two]
    press(team.alice, f"down:{one}")
    assert order(team) == [three, one, two]
    for _ in range(3):
        press(team.alice, f"up:{two}")
    assert order(team) == [two, three, one]
    press(team.alice, f"down:{one}")
    assert order(team) == [two, three, one]


@pytest.mark.both_databases
def test_a_row_taken_out_can_be_put_back_with_all_that_stood_in_it(team: Team) -> None:
    one, two = team.add("action", what="Ring each family"), team.add("action")
    press(team.bob, f"remove:{one}")
    assert order(team) == [two]
    page = team.alice.get("roadmap/sections/p8").text
    assert "Taken out (1)" in page
    assert "Ring each family" not in team.alice.get("roadmap/whole").text
    press(team.alice, f"restore:{one}")
    assert order(team) == [one, two]
    assert "Ring each family" in team.alice.get("roadmap/whole").text


@pytest.mark.both_databases
def test_a_second_press_of_the_same_button_changes_nothing(team: Team) -> None:
    one = team.add("action", what="Ring")
    for _ in "ab":
        press(team.alice, f"remove:{one}")
    for _ in "ab":
        press(team.alice, f"restore:{one}")
    history = team.alice.get("roadmap/history").text
    assert (history.count("Taken out: Ring"), history.count("Put back: Ring")) == (1, 1)


def test_a_removed_row_does_not_move(team: Team) -> None:
    one = team.add("action")
    press(team.alice, f"remove:{one}")
    answer = team.alice.post_json("roadmap/rows", {"do": f"up:{one}", "section": "p8", "since": 0})
    assert answer.status_code == 409


@pytest.mark.both_databases
def test_a_section_holds_so_many_rows_and_says_when_it_is_full(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lti_tool.roadmap.rows.MOST_ROWS", 3)
    rows = [team.add("priority") for _ in range(3)]
    full = team.alice.post_json("roadmap/rows", {"do": "add:priority", "section": "p4", "since": 0})
    assert full.status_code == 409
    assert full.json is not None
    assert full.json["error"] == "TooManyRows"
    press(team.alice, f"remove:{rows[0]}", "p4")
    team.add("priority")
    again = team.alice.post_json("roadmap/rows", {"do": f"restore:{rows[0]}", "section": "p4", "since": 0})
    assert again.status_code == 409


@pytest.mark.both_databases
def test_rows_that_are_added_and_taken_out_again_and_again_do_not_pile_up(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lti_tool.roadmap.rows.MOST_KEPT", 4)
    ids = set()
    for _ in range(10):
        ids.add(row := team.add("action"))
        press(team.alice, f"remove:{row}")
    assert len(ids) == 4, "an empty one that was taken out comes back"


@pytest.mark.both_databases
def test_rows_that_hold_something_are_kept_and_the_person_is_told_when_they_are_too_many(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lti_tool.roadmap.rows.MOST_KEPT", 3)
    rows = [team.add("action", what=f"Ring family {number}") for number in range(3)]
    for row in rows:
        press(team.alice, f"remove:{row}")
    full = team.alice.post_json("roadmap/rows", {"do": "add:action", "section": "p8", "since": 0})
    assert full.status_code == 409
    assert full.json is not None
    assert full.json["error"] == "TooManyRemoved"
    assert "Put one of them back" in full.json["advice"]
    press(team.alice, f"restore:{rows[0]}")
    assert "Ring family 0" in team.alice.get("roadmap/whole").text


def test_a_form_whose_button_cannot_be_carried_out_keeps_what_was_typed(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = team.add("action")
    monkeypatch.setattr("lti_tool.roadmap.rows.MOST_ROWS", 1)
    name = f"action.{row}.what"
    form = {f"value:{name}": "Ring each family", f"version:{name}": "0", "do": "add:action"}
    page = team.alice.post("roadmap/sections/p8", form, follow_redirects=True).text
    assert "as many rows as it can" in page
    assert "Ring each family" in page
    assert "Ring each family" in team.bob.get("roadmap/whole").text


NO_BUTTONS = [
    ("add:nonsense", 404),
    ("add:p1", 404),
    ("dance:ROW", 400),
    ("up:", 400),
    ("up:x", 400),
    ("up:²", 400),
    ("up:999999", 404),
    ("remove:9999999999999", 400),
]


def test_a_button_that_is_none_is_refused(team: Team) -> None:
    row = team.add("action")
    for do, status in NO_BUTTONS:
        sent = {"do": do.replace("ROW", str(row)), "section": "p8", "since": 0}
        assert team.alice.post_json("roadmap/rows", sent).status_code == status, do
    assert order(team) == [row]
