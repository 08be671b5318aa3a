"""A team notes its holidays, and the timeline shades them."""

import re
from datetime import date

import pytest

from lti_tool.roadmap.dated_rows import Group
from lti_tool.roadmap.fields import Period
from lti_tool.roadmap.timeline import NAMES, WIDTH, draw
from tests.roadmap.conftest import Team
from tests.roadmap.test_timeline import TODAY, items, lines_of

AUTUMN = "2026-10-26 2026-10-31 Autumn holidays"
FIELD = "roadmap/fields/p5.holidays"


@pytest.mark.both_databases
def test_holidays_are_noted_and_stand_on_the_timeline(team: Team) -> None:
    team.add("action", None, what="Ring", when="2026-10-05")
    team.add("action", None, what="Talk", when="2027-01-20")
    team.save(team.alice, "p5.holidays", f"2026-12-24 2027-01-06 Christmas\n{AUTUMN}\n- - Some day")
    whole = " ".join(re.sub("<[^>]+>", " ", team.bob.get("roadmap/whole").text).split())
    assert "Christmas ( 24 December 2026 – 6 January 2027 ); Autumn holidays (" in whole
    assert "Some day (? – ?)" in whole
    page = team.bob.get("roadmap/timeline").text
    told = lines_of(page)
    place = told.index("Holidays")
    assert told[place + 1 : place + 3] == [
        "Autumn holidays 26 October 2026 – 31 October 2026",
        "Christmas 24 December 2026 – 6 January 2027",
    ]
    assert "Some day" not in " ".join(told)
    assert len(re.findall('<rect class="pm-closed" x="[0-9.]+" y="40"', page)) == 2


def test_holidays_that_end_before_they_begin_are_refused_with_a_sentence(team: Team) -> None:
    answer = team.alice.put(FIELD, {"value": "2026-10-31 2026-10-26 Autumn holidays", "version": 0})
    assert answer.status_code == 400
    assert answer.json["meaning"].startswith("“Autumn holidays” ends before it begins.")  # type: ignore[index]
    assert team.save(team.alice, "p5.holidays", "2026-10-26 2026-10-26 A day") == 1


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Autumn", 400),
        ("2026-10-26 Autumn", 400),
        ("2026-02-30 2026-03-01 x", 400),
        ("20261026 2026-10-31 x", 400),
        ("<b> </b> x", 400),
        (f"2026-10-26 2026-10-31 {'x' * 81}", 413),
        ("\n".join([AUTUMN] * 41), 413),
        ("2026-10-26 2026-10-31 \ud800", 400),
        ("2026-10-26 2026-10-31", 200),
        (f"2026-10-26 - {'🌻' * 80}", 200),
        ("- - عطلة الخريف", 200),
        (f"\n\n{AUTUMN}\n \n", 200),
    ],
)
def test_a_line_is_two_days_and_a_name(team: Team, value: str, status: int) -> None:
    assert team.alice.put(FIELD, {"value": value, "version": 0}).status_code == status
    assert team.alice.get("roadmap/sections/p5").status_code == 200
    assert team.alice.get("roadmap/timeline").status_code == 200


def test_without_a_script_the_form_sends_names_and_days(team: Team) -> None:
    page = team.alice.get("roadmap/sections/p5").text
    assert page.count('name="value:p5.holidays"') == 3, "an empty one to begin with"
    sent = {
        "value:p5.holidays": ["Autumn  holidays", "2026-10-26", "2026-10-31", "", "", "", "Some day", "", ""],
        "version:p5.holidays": "0",
        "do": "save",
    }
    assert team.alice.post("roadmap/sections/p5", sent).status_code == 303
    page = team.bob.get("roadmap/sections/p5").text
    assert page.count('name="value:p5.holidays"') == 9
    assert 'value="Autumn holidays"' in page
    assert page.count('value="2026-10-31"') == 1
    wrong = {**sent, "value:p5.holidays": ["Backwards", "2026-10-31", "2026-10-26"], "version:p5.holidays": "1"}
    answer = team.alice.post("roadmap/sections/p5", wrong)
    assert answer.status_code == 409
    assert "“Backwards” ends before it begins." in answer.text
    assert 'value="Backwards"' in answer.text
    for strange in (["x", "y", "z"], ["x\ny", "", ""], ["", "2026-10-26 2026-10-31", ""], ["one"]):
        answer = team.alice.post("roadmap/sections/p5", {**wrong, "value:p5.holidays": strange})
        assert answer.status_code in {303, 409}, strange


def test_what_lies_outside_is_not_shaded_and_what_reaches_out_is_cut() -> None:
    groups = [Group("Group", items("2026-01-10", "2026-03-10"))]
    periods = [
        Period("before", date(2025, 1, 1), date(2025, 12, 31)),
        Period("in", date(2025, 12, 24), date(2026, 1, 31)),
        Period("a day", date(2026, 2, 2), date(2026, 2, 2)),
        Period("out", date(2026, 3, 17), date(2027, 1, 1)),
        Period("after", date(2026, 4, 1), date(2026, 4, 2)),
        Period("open", date(2026, 2, 2), None),
    ]
    found = draw(groups, TODAY, closed=periods)
    assert found
    assert [shade.period.name for shade in found.closed] == ["in", "a day", "out"]
    first, day, last = found.closed
    assert (first.x, first.width) == pytest.approx((NAMES, found.units[0].width))
    assert day.width == pytest.approx(found.units[1].width / 28)
    assert last.x + last.width == pytest.approx(WIDTH)
