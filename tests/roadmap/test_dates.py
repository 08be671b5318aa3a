"""Days of a map that follow each other: what is out of order is not saved, says why, and takes nothing else with it."""

from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.roadmap.models import MapChange, MapField
from lti_tool.web.application import Application
from tests.fixtures.tool import Visitor
from tests.roadmap.conftest import Team


def save(who: Visitor, name: str, value: str, version: int = 0) -> tuple[int, Any]:
    """Save a day as the page's script does."""
    answer = who.put(f"roadmap/fields/{name}", {"value": value, "version": version})
    return answer.status_code, answer.json


@pytest.mark.both_databases
def test_a_plan_that_ends_before_it_begins_is_not_saved_and_the_reason_names_the_other_day(team: Team) -> None:
    team.save(team.alice, "p5.begins", "2026-09-01")
    status, told = save(team.bob, "p5.ends", "2026-08-31")
    assert status == 400
    assert told["error"] == "DateOutOfOrder"
    assert told["meaning"].startswith("This is before “Our road map begins” (1 September 2026).")
    assert "31 August" not in team.alice.get("roadmap/whole").text
    assert save(team.bob, "p5.ends", "2026-09-01")[0] == 200, "a plan of a day is a plan"


def test_the_other_day_is_held_to_the_same_order(team: Team) -> None:
    team.save(team.alice, "p5.ends", "2027-06-30")
    status, told = save(team.bob, "p5.begins", "2027-07-01")
    assert status == 400
    assert told["meaning"].startswith("This is after “We look back on it by” (30 June 2027).")
    assert save(team.bob, "p5.begins", "2026-09-01")[0] == 200


def test_days_of_two_sections_are_held_against_each_other(team: Team) -> None:
    team.save(team.alice, "p5.begins", "2026-09-01")
    assert save(team.alice, "p14.next_begins", "2026-08-01")[0] == 400
    assert save(team.alice, "p14.next_begins", "2027-09-01")[0] == 200
    assert save(team.alice, "p5.begins", "2028-09-01", 1)[0] == 400


def test_an_emptied_day_stands_in_no_ones_way(team: Team) -> None:
    team.save(team.alice, "p5.begins", "2026-09-01")
    team.save(team.alice, "p5.begins", "", 1)
    assert save(team.alice, "p5.ends", "2020-01-01")[0] == 200
    assert save(team.alice, "p5.ends", "", 1)[0] == 200


def test_a_form_says_at_the_day_why_it_was_not_saved_and_keeps_all_else(team: Team) -> None:
    team.save(team.bob, "p5.begins", "2026-09-01")
    form = {"value:p5.how": "Slowly", "version:p5.how": "0", "value:p5.ends": "2026-01-01", "version:p5.ends": "0"}
    answer = team.alice.post("roadmap/sections/p5", {**form, "do": "save"})
    assert answer.status_code == 409
    assert "This is before “Our road map begins” (1 September 2026)" in answer.text
    assert 'value="2026-01-01"' in answer.text
    assert "Slowly" in team.bob.get("roadmap/whole").text


def test_a_form_may_move_both_days_at_once_in_any_order(team: Team) -> None:
    team.save(team.alice, "p5.begins", "2026-09-01")
    team.save(team.alice, "p5.ends", "2027-06-30")
    form = {
        "value:p5.begins": "2028-09-01",
        "version:p5.begins": "1",
        "value:p5.ends": "2029-06-30",
        "version:p5.ends": "1",
    }
    assert team.alice.post("roadmap/sections/p5", {**form, "do": "save"}).status_code == 303
    page = team.bob.get("roadmap/whole").text
    assert "1 September 2028" in page
    assert "30 June 2029" in page


def test_a_day_that_is_out_of_order_today_is_not_put_back(team: Team) -> None:
    team.save(team.alice, "p5.ends", "2026-06-30")
    team.save(team.bob, "p5.ends", "2029-06-30", 1)
    team.save(team.bob, "p5.begins", "2028-09-01")
    page = team.alice.get("roadmap/history").text
    change = page.split('name="side" value="before"')[0].rpartition("history/")[2].split('"')[0]
    answer = team.alice.post(f"roadmap/history/{change}", {"side": "before", "version": "2"})
    assert answer.status_code == 409
    assert "This does not fit the rest of the map now" in answer.text
    assert "This is before “Our road map begins” (1 September 2028)." in answer.text


def pages(who: Visitor) -> dict[str, str]:
    """All pages that show days, by their paths."""
    found = {}
    for path in ("", "sections/p5", "sections/p8", "whole", "timeline", "history"):
        answer = who.get(f"roadmap/{path}")
        assert answer.status_code == 200, (path, answer.text[:300])
        found[path] = answer.text
    return found


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1999-12-31", "0202-05-01"])
def test_a_year_that_no_plan_has_is_not_taken_and_says_why(team: Team, day: str) -> None:
    action = team.add("action", what="Ring each family", when="2199-12-31")
    status, told = save(team.alice, f"action.{action}.when", day, 1)
    assert status == 400
    assert told["meaning"] == "A day from 2000 to 2199 fits here, so this one was not saved."
    assert pages(team.bob)["sections/p8"].count('min="2000-01-01" max="2199-12-31"') == 2


def write_over(app: Application, **values: str) -> None:
    """Let fields hold what their kind does not take: it was taken under a former version of the tool or the course."""
    with app.parts.database.transaction() as session:
        for name, value in values.items():
            session.execute(update(MapField).where(MapField.field == name).values(value=value))
            session.execute(update(MapChange).where(MapChange.field == name).values(before=value, after=value))


@pytest.mark.parametrize("former", ["9999-12-31", "0001-01-01", "after Easter", "2026-W08", "٢٠٢٦-٠١-٠١"])
def test_a_map_that_holds_what_is_no_day_now_is_shown_all_the_same(app: Application, team: Team, former: str) -> None:
    priority = team.add("priority", title="Evenings that parents shape")
    team.add("action", what="Ring each family", when="2026-12-01", priority=str(priority))
    team.save(team.alice, "p5.begins", "2026-09-01")
    write_over(app, when=former, begins=former, priority="the evenings")
    shown = pages(team.bob)
    if not former[0].isdigit() or "W" in former:
        assert former in shown["whole"]
        assert former in shown["history"]
        assert 'type="date"' in shown["sections/p5"]
        assert f'value="{former}"' not in shown["sections/p5"], "browsers would save it as empty"
    assert "Ring each family" in shown["timeline"]
    assert save(team.alice, "p5.ends", "2026-06-30")[0] == 200, "what is no day stands in no one's way"
