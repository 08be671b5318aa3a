"""The log of a map: one person's typing is one change, and what stood there before can be put back."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.database import now
from lti_tool.roadmap import change_log
from lti_tool.roadmap.models import ChangeKind, MapChange, MapField
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, press, team_id

FIELD = "p1.definition"
TEXT = "We listen first. " * 15


def changes_of(app: Application, field: str = "definition") -> list[MapChange]:
    """What the log says of fields of this name, the oldest first."""
    with app.parts.database.transaction(write=False) as session:
        wanted = select(MapChange).where(MapChange.field == field).order_by(MapChange.revision)
        return list(session.scalars(wanted))


def type_in(team: Team, who: Visitor, text: str, steps: int = 20, version: int = 0) -> int:
    """Type a text as the page's script saves it, piece by piece; gives the last version."""
    for number in range(1, steps + 1):
        version = team.save(who, FIELD, text[: len(text) * number // steps], version)
    return version


def buttons(page: str) -> list[tuple[str, str, str]]:
    """The buttons that put something back: change, side, version."""
    found = r'history/(\d+)[^"]*">.*?name="version" value="(\d+)".*?name="side" value="(\w+)"'
    return [(change, side, version) for change, version, side in re.findall(found, page, re.DOTALL)]


def put_back(who: Visitor, change: MapChange, side: str = "before", version: int | None = None) -> tuple[int, str]:
    """Press the button that the page shows; gives the answer's status and page."""
    if version is None:
        offered = {(one, what): number for one, what, number in buttons(who.get("roadmap/history").text)}
        version = int(offered[str(change.id), side])
    answer = who.post(f"roadmap/history/{change.id}", {"side": side, "version": version})
    return answer.status_code, answer.text


@pytest.mark.both_databases
def test_what_one_person_types_in_one_go_is_one_change(team: Team, app: Application) -> None:
    version = type_in(team, team.alice, TEXT)
    (change,) = changes_of(app)
    assert (change.before, change.after, version) == ("", TEXT, 20)
    assert change.began_at < change.made_at
    assert team.bob.get("roadmap/history").text.count("</bdi>: Our working definition") == 1


@pytest.mark.both_databases
def test_whoever_else_writes_between_ends_the_change(team: Team, app: Application) -> None:
    version = team.save(team.alice, FIELD, "We")
    version = team.save(team.bob, FIELD, "We listen", version)
    team.save(team.alice, FIELD, "We listen first", version)
    told = [(one.before, one.after) for one in changes_of(app)]
    assert told == [("", "We"), ("We", "We listen"), ("We listen", "We listen first")]


def test_what_is_written_in_other_fields_between_ends_nothing(team: Team, app: Application) -> None:
    row = team.add("action", what="R")
    team.save(team.alice, FIELD, "We")
    team.save(team.bob, "p1.voices", "us")
    team.save(team.alice, FIELD, "We listen", 1)
    team.save(team.alice, f"action.{row}.what", "Ring", 1)
    assert [(one.before, one.after) for one in changes_of(app)] == [("", "We listen")]
    assert [(one.before, one.after) for one in changes_of(app, "what")] == [("", "Ring")]


def test_fields_of_two_rows_are_kept_apart(team: Team, app: Application) -> None:
    for name in ("One", "Two"):
        team.add("action", what=name)
    assert [one.after for one in changes_of(app, "what")] == ["One", "Two"]


def test_after_a_pause_a_new_change_begins(team: Team, app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    team.save(team.alice, FIELD, "We")
    later = now() + change_log.ONE_GO + timedelta(seconds=1)
    monkeypatch.setattr(change_log, "now", lambda: later)
    team.save(team.alice, FIELD, "We listen", 1)
    assert [one.after for one in changes_of(app)] == ["We", "We listen"]


@pytest.mark.parametrize("instead", ["", "Something else", TEXT[:100]])
def test_who_deletes_or_replaces_a_text_begins_a_change_so_that_it_can_come_back(
    team: Team, app: Application, instead: str
) -> None:
    version = type_in(team, team.alice, TEXT[:-1])
    team.save(team.alice, FIELD, instead, version)
    first, second = changes_of(app)
    assert (first.after, second.before, second.after) == (TEXT[:-1], TEXT[:-1], instead)


@pytest.mark.parametrize("step", [6, 12, 30])
@pytest.mark.parametrize("instead", ["", "~"], ids=["deleted", "written over"])
def test_who_takes_a_text_out_bit_by_bit_can_have_it_back(
    team: Team, app: Application, step: int, instead: str
) -> None:
    version = type_in(team, team.alice, TEXT[:-1], 5)
    for end in range(len(TEXT) - 1, 0, -step):
        left = TEXT[: max(0, end - step)]
        version = team.save(team.alice, FIELD, left + instead * (len(TEXT) - 1 - len(left)), version)
    changes = changes_of(app)
    assert TEXT[:-1] in {text for one in changes for text in (one.before, one.after)}
    assert len(changes) <= len(TEXT) / step + 2


def test_slips_that_are_corrected_on_the_way_begin_no_change(team: Team, app: Application) -> None:
    typed = "Families tell us what they see, and we "
    version = 0
    for more in ("lisne", "listen, ", "listen, and dec", "listen, and then decide", "listen, and decide"):
        version = team.save(team.alice, FIELD, typed + more, version)
    assert [one.after for one in changes_of(app)] == [f"{typed}listen, and decide"]


def test_a_letter_that_is_corrected_is_typing(team: Team, app: Application) -> None:
    team.save(team.alice, FIELD, "We lisen first.")
    team.save(team.alice, FIELD, "We listen first.", 1)
    assert [one.after for one in changes_of(app)] == ["We listen first."]


@pytest.mark.both_databases
def test_a_window_is_told_of_a_change_that_went_on_after_it_looked(team: Team) -> None:
    version = team.save(team.alice, FIELD, "We")
    seen = team.bob.get("roadmap/changes?since=0&section=p1").get_json()["revision"]
    team.save(team.alice, FIELD, "We listen", version)
    told = team.bob.get(f"roadmap/changes?since={seen}&section=p1").get_json()
    assert [field["value"] for field in told["fields"]] == ["We listen"]


@pytest.mark.both_databases
def test_a_former_text_is_put_back_by_a_button_and_that_is_a_change_like_any_other(
    team: Team, app: Application
) -> None:
    team.save(team.alice, FIELD, TEXT[:-1])
    team.save(team.bob, FIELD, "Bob's words", 1)
    seen = team.bob.get("roadmap/changes").get_json()["revision"]
    _, last = changes_of(app)
    assert put_back(team.alice, last)[0] == 303
    told = team.bob.get(f"roadmap/changes?since={seen}&section=p1").get_json()["fields"]
    assert [(field["value"], field["version"], field["who"]) for field in told] == [(TEXT[:-1], 3, "Alice Adams")]
    assert changes_of(app)[-1].what is ChangeKind.PUT_BACK
    assert put_back(team.bob, changes_of(app)[-1])[0] == 303
    assert "Bob&#39;s words</textarea>" in team.alice.get("roadmap/sections/p1").text


def test_typing_after_something_was_put_back_is_a_change_of_its_own(team: Team, app: Application) -> None:
    team.save(team.alice, FIELD, "We")
    team.save(team.bob, FIELD, "Bob", 1)
    put_back(team.alice, changes_of(app)[-1])
    team.save(team.alice, FIELD, "We listen", 3)
    assert [one.after for one in changes_of(app)] == ["We", "Bob", "We", "We listen"]


@pytest.mark.both_databases
def test_nothing_is_put_back_over_what_somebody_wrote_meanwhile(team: Team, app: Application) -> None:
    team.save(team.alice, FIELD, "We")
    team.save(team.bob, FIELD, "Bob", 1)
    last = changes_of(app)[-1]
    offered = buttons(team.alice.get("roadmap/history").text)
    version = next(int(number) for change, side, number in offered if (change, side) == (str(last.id), "before"))
    team.save(team.bob, FIELD, "Bob's newer words", 2)
    status, page = put_back(team.alice, last, version=version)
    assert status == 409
    assert "Bob Brown changed this meanwhile" in page
    assert "Bob&#39;s newer words" in page
    assert put_back(team.alice, last)[0] == 303
    assert "We</textarea>" in team.alice.get("roadmap/sections/p1").text


def test_what_no_longer_fits_is_not_put_back_and_the_page_says_why(team: Team, app: Application) -> None:
    priority = team.add("priority", title="Have a say")
    row = team.add("action", what="Ring", priority=str(priority))
    team.save(team.alice, f"action.{row}.priority", "", 1)
    (change,) = changes_of(app, "priority")
    team.save(team.bob, f"action.{row}.priority", str(priority), 2)
    team.save(team.alice, f"action.{row}.priority", "", 3)
    change = changes_of(app, "priority")[-1]
    press(team.alice, f"remove:{priority}", "p4")
    status, page = put_back(team.alice, change)
    assert (status, "What stood there is no longer in the map" in page) == (409, True)
    press(team.alice, f"remove:{row}")
    assert str(change.id) not in {number for number, _, _ in buttons(team.alice.get("roadmap/history").text)}
    status, page = put_back(team.alice, change, version=4)
    assert status == 409


NO_PUTTING_BACK = [
    ({"side": "before"}, 409),
    ({"side": "before", "version": "x"}, 409),
    ({"side": "both", "version": "1"}, 409),
    ({"version": "1"}, 409),
]


def test_a_button_that_is_none_puts_nothing_back(team: Team, app: Application, visitor: Arrive) -> None:
    team.save(team.alice, FIELD, "We")
    team.save(team.bob, FIELD, "Bob", 1)
    change = changes_of(app)[-1]
    for form, status in NO_PUTTING_BACK:
        assert team.alice.post(f"roadmap/history/{change.id}", form).status_code == status, form
    press(team.alice, "add:action")
    others = [999_999, change.id + 1]
    form = {"side": "before", "version": "2"}
    assert [team.alice.post(f"roadmap/history/{number}", form).status_code for number in others] == [404, 404]
    carla = visitor("carla")
    assert carla.post(f"roadmap/history/{change.id}", form).status_code == 403
    assert carla.post("roadmap/teams", {"name": "Hill School"}).status_code == 303
    assert carla.post(f"roadmap/history/{change.id}", form).status_code == 404
    assert visitor("tina").post(f"roadmap/history/{change.id}", form).status_code == 403
    page = visitor("tina").get(f"roadmap/teams/{team_id(team.alice)}/history").text
    assert "Put this back" not in page
    with app.parts.database.transaction(write=False) as session:
        assert session.scalar(select(MapField.value).where(MapField.field == "definition")) == "Bob"


@pytest.mark.both_databases
def test_the_history_goes_back_page_by_page(team: Team, app: Application) -> None:
    row = team.add("action", what="Ring")
    (first,) = changes_of(app, "what")
    values = {"road_map_id": first.road_map_id, "actor_id": first.actor_id, "row_id": row}
    with app.parts.database.transaction() as session:
        for revision in range(1000, 1150):
            session.add(MapChange(**values, what=ChangeKind.MOVED, revision=revision, before="1", after="2"))
    latest = team.alice.get("roadmap/history").text
    assert latest.count("Moved from place 1 to 2") == 100
    assert "before=1050" in latest
    earlier = team.alice.get("roadmap/history?before=1050").text
    assert earlier.count("Moved from place 1 to 2") == 50
    assert "Added: Ring" in earlier
