"""The timeline: from rows to shapes, in the scale that fits; the page that says the same as a table, with links."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.roadmap.dated_rows import Group, Item
from lti_tool.roadmap.reading import Cell, Row
from lti_tool.roadmap.timeline import HEAD, LINE, MOST_UNITS, NAMES, PAD, WIDTH, Drawing, draw
from tests.fixtures.tool import Arrive
from tests.roadmap.conftest import Team, team_id
from tests.roadmap.test_kinds import SECTIONS

ACTIONS = next(section for section in SECTIONS if section.id == "p8")
STONES = next(section for section in SECTIONS if section.id == "p10")
TODAY = date(2026, 1, 15)


def items(*days: str, section: object = ACTIONS, state: str = "open") -> tuple[Item, ...]:
    """Rows with these days; `2026-01-02/2026-02-03` takes a while."""
    made = []
    for number, day in enumerate(days):
        *begins, ends = map(date.fromisoformat, day.split("/"))
        made.append(Item(section, day, begins[0] if begins else None, ends, state, Row(number, ())))  # type: ignore[arg-type]
    return tuple(made)


def drawn(*groups: Sequence[Item], today: date = TODAY) -> Drawing:
    found = draw([Group(f"Group {number}", tuple(group)) for number, group in enumerate(groups)], today)
    assert found
    return found


def test_nothing_with_a_day_is_nothing_to_draw() -> None:
    assert draw([], TODAY) is None


def test_one_day_is_one_month() -> None:
    found = drawn(items("2026-01-15"))
    assert (found.scale, [unit.begins for unit in found.units]) == ("month", [date(2026, 1, 1)])
    assert (found.units[0].x, found.units[0].width) == (NAMES, WIDTH - NAMES)
    assert found.marks[0].x == found.today_x == pytest.approx(NAMES + (WIDTH - NAMES) * 14.5 / 31)


def test_days_stand_in_their_order_and_lines_below_each_other() -> None:
    found = drawn(items("2025-11-02", "2025-12-31"), items("2026-01-01", section=STONES))
    assert [mark.x for mark in found.marks] == sorted(mark.x for mark in found.marks)
    assert [heading.y for heading in found.headings] == [HEAD, HEAD + 3 * LINE]
    assert [mark.y for mark in found.marks] == [HEAD + LINE, HEAD + 2 * LINE, HEAD + 4 * LINE]
    assert found.height == HEAD + 5 * LINE + PAD
    assert [mark.shape for mark in found.marks] == ["circle", "circle", "diamond"]


def test_no_month_before_the_first_day_or_after_the_last_is_drawn() -> None:
    found = drawn(items("2025-11-02", "2026-03-31"), today=date(2026, 11, 28))
    assert (found.units[0].begins, found.units[-1].ends) == (date(2025, 11, 1), date(2026, 4, 1))
    assert found.today_x is None


@pytest.mark.parametrize("today", [date(2025, 10, 31), date(2026, 4, 1), date(1999, 1, 1), date(2199, 12, 31)])
def test_a_today_outside_makes_the_picture_no_longer(today: date) -> None:
    assert drawn(items("2025-11-02", "2026-03-31"), today=today).today_x is None


def test_months_in_which_nothing_happens_become_one_narrow_gap() -> None:
    found = drawn(items("2025-09-01", "2026-06-30"), today=date(2025, 9, 8))
    assert [unit.is_gap for unit in found.units] == [False, True, False]
    assert found.units[1].width < found.units[0].width / 2
    assert [unit.begins for unit in found.units] == [date(2025, 9, 1), date(2025, 10, 1), date(2026, 6, 1)]


def test_one_empty_month_and_the_month_of_today_stay() -> None:
    found = drawn(items("2025-11-01", "2026-01-02"), today=date(2026, 1, 2))
    assert [unit.is_gap for unit in found.units] == [False, False, False]
    found = drawn(items("2025-09-01", "2026-06-30"), today=date(2026, 2, 3))
    assert [unit.is_gap for unit in found.units] == [False, True, False, True, False]
    assert found.today_x is not None


def test_what_takes_a_while_is_a_bar_and_fills_its_months() -> None:
    found = drawn(items("2025-09-10/2026-03-10"), today=date(2026, 3, 1))
    assert [unit.is_gap for unit in found.units] == [False] * 7
    mark = found.marks[0]
    assert mark.from_x is not None
    assert NAMES < mark.from_x < mark.x < WIDTH


@pytest.mark.parametrize(
    ("months", "scale"), [(1, "month"), (14, "month"), (15, "quarter"), (36, "quarter"), (60, "year"), (600, "year")]
)
def test_the_scale_is_the_finest_that_fits(months: int, scale: str) -> None:
    days = [date(2026 + number // 12, number % 12 + 1, 15).isoformat() for number in range(months)]
    found = drawn(items(*days))
    assert found.scale == scale
    assert sum(unit.named for unit in found.units) <= MOST_UNITS


def test_two_years_with_holidays_are_still_told_by_months_where_few_have_something() -> None:
    found = drawn(items("2025-09-01", "2025-12-19", "2026-06-26", "2027-06-25"), today=date(2027, 6, 1))
    assert found.scale == "month"
    assert sum(unit.is_gap for unit in found.units) == 3


def test_the_first_unit_of_each_year_says_which() -> None:
    found = drawn(items("2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"), today=date(2026, 1, 1))
    assert [unit.new_year for unit in found.units] == [True, False, True, False]


DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=30), DAYS)
def test_whatever_the_days_are_the_picture_holds_together(days: list[tuple[date, date | None]], today: date) -> None:
    spans = [sorted(day for day in pair if day) for pair in days]
    found = drawn(items(*("/".join(day.isoformat() for day in dict.fromkeys(span)) for span in spans)), today=today)
    assert found.units[0].x == NAMES
    assert found.units[-1].x + found.units[-1].width == pytest.approx(WIDTH)
    for one, other in zip(found.units, found.units[1:], strict=False):
        assert one.ends == other.begins
        assert other.x == pytest.approx(one.x + one.width)
        assert not (one.is_gap and other.is_gap)
    for mark in found.marks:
        assert NAMES < mark.x < WIDTH
        assert mark.from_x is None or NAMES < mark.from_x <= mark.x
        holder = [unit for unit in found.units if unit.begins <= mark.item.ends < unit.ends]  # type: ignore[operator]
        assert [unit.is_gap for unit in holder] == [False]
    in_order = sorted(found.marks, key=lambda mark: mark.item.ends or date.min)
    assert [mark.x for mark in in_order] == sorted(mark.x for mark in found.marks)
    assert (found.today_x is not None) == (found.units[0].begins <= today < found.units[-1].ends)


def _filled(team: Team) -> dict[str, int]:
    say = team.add("priority", title="Have a say")
    soon = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011
    return {
        "late": team.add("action", None, what="Ring", who="Alice Adams", when="2026-01-02", priority=str(say)),
        "done": team.add("action", None, what="Ask", when="2026-02-03", priority=str(say), status="done"),
        "alone": team.add("action", None, what="By itself", when=soon, status="not-started"),
        "none": team.add("action", None, what="Some day"),
        "stone": team.add("milestone", None, title="Heard <once>", due="2026-03-04"),
    }


def lines_of(page: str) -> list[str]:
    """The table's lines as text."""
    table = page[page.index("<table") : page.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


@pytest.mark.both_databases
def test_the_table_holds_every_row_with_a_day_by_priority_and_those_without(team: Team) -> None:
    rows = _filled(team)
    team.save(team.alice, "p5.begins", "2025-09-08")
    page = team.alice.get("roadmap/timeline").text
    told = lines_of(page)[1:]
    assert told[0] == "Have a say"
    assert told[1] == "Ring action Alice Adams 2 January 2026 Overdue"
    assert told[2] == "Ask action 3 February 2026 Done"
    assert told[3:5] == ["How our school develops", "Our road map begins 8 September 2025"]
    assert told[5] == "Our actions"
    assert told[6].startswith("By itself action")
    assert told[7:9] == ["Success stories and milestones", "Heard &lt;once&gt; milestone 4 March 2026 Overdue"]
    assert told[9:] == ["Without a day yet", "Some day action no day yet"]
    for row in rows.values():
        assert page.count(f"open={row}#row-{row}") == 1
    assert "sections/p5#field-p5-begins" in page
    assert "<once>" not in page


def test_the_picture_says_nothing_that_the_table_does_not(team: Team) -> None:
    _filled(team)
    page = team.alice.get("roadmap/timeline").text
    drawn_part = page[page.index('<svg class="pm-picture"') : page.index("</div>", page.index('class="pm-picture"'))]
    assert 'aria-hidden="true"' in drawn_part
    assert "<a " not in drawn_part
    table = " ".join(lines_of(page))
    for kind in ("pm-heading", "pm-name"):
        for text in re.findall(rf'<text class="{kind}"[^>]*>([^<]+)</text>', drawn_part):
            assert text.removesuffix("…") in table
    assert len(re.findall('class="pm-mark ', drawn_part)) == 4
    assert drawn_part.count("pm-mark-late") == 2


def test_who_follows_the_course_is_led_to_the_row_on_the_whole_map(team: Team, visitor: Arrive) -> None:
    rows, number = _filled(team), team_id(team.alice)
    tina = visitor("tina")
    page = tina.get(f"roadmap/teams/{number}/timeline").text
    for row in rows.values():
        assert f"teams/{number}/whole#row-{row}" in page
    whole = tina.get(f"roadmap/teams/{number}/whole").text
    assert all(whole.count(f'id="row-{row}"') == 1 for row in rows.values())
    assert f"teams/{number}/timeline" in whole


def test_it_is_found_from_the_overview_and_from_every_section_with_days(team: Team) -> None:
    assert "roadmap/timeline" in team.alice.get("roadmap/").text
    for section, wanted in {"p8": True, "p10": True, "p13": True, "p2": True, "p4": False, "p6": False}.items():
        assert ("roadmap/timeline" in team.alice.get(f"roadmap/sections/{section}").text) == wanted, section


def test_a_map_without_days_says_so(team: Team) -> None:
    assert "Nothing has a day yet" in team.alice.get("roadmap/timeline").text


def test_a_row_that_was_taken_out_is_not_on_it(team: Team) -> None:
    rows = _filled(team)
    team.alice.post_json("roadmap/rows", {"do": f"remove:{rows['late']}", "section": "p8", "since": 0})
    assert "Ring" not in " ".join(lines_of(team.alice.get("roadmap/timeline").text))


def test_the_example_makes_a_whole_timeline(team: Team) -> None:
    team.alice.post("roadmap/example")
    told = lines_of(team.alice.get("roadmap/timeline").text)
    assert len(told) == 1 + 7 + 28 + 1 + 9, "headings, what has a day, and the holidays"


def _row(number: int, *awaited: int) -> Row:
    cell = Cell(f"action.{number}.after", AFTER, " ".join(map(str, awaited)), 1)
    return Row(number, (cell,))


AFTER = next(field for field in ACTIONS.row.fields if field.role == "after")  # type: ignore[union-attr]


def test_a_line_leads_from_the_end_of_what_comes_first_to_where_the_other_begins() -> None:
    ring = Item(ACTIONS, "Ring", None, date(2026, 1, 5), "done", _row(1))
    talk = Item(ACTIONS, "Talk", date(2026, 2, 2), date(2026, 3, 2), "open", _row(2, 1))
    stone = Item(STONES, "Heard", None, date(2026, 3, 9), "open", _row(3, 2, 1, 99))
    found = draw([Group("Group", (ring, talk)), Group("Stones", (stone,))], TODAY, critical=[1, 2, 3])
    assert found
    first, second, third = found.marks
    assert [(link.begins, link.ends, link.is_critical) for link in found.links] == [
        ((first.x, first.y + LINE / 2), (second.from_x, second.y + LINE / 2), True),
        ((second.x, second.y + LINE / 2), (third.x, third.y + LINE / 2), True),
        ((first.x, first.y + LINE / 2), (third.x, third.y + LINE / 2), False),
    ]


@pytest.mark.parametrize(("scale", "units"), [("month", 30), ("quarter", 10), ("year", 3)])
def test_a_scale_that_is_asked_for_is_drawn(scale: str, units: int) -> None:
    days = [date(2026 + number // 12, number % 12 + 1, 15).isoformat() for number in range(30)]
    found = draw([Group("Group", items(*days))], TODAY, scale=scale)
    assert found
    assert (found.scale, len(found.units)) == (scale, units)


def _chained(team: Team) -> tuple[int, int, int]:
    ring = team.add("action", None, what="Ring", when="2026-01-02", status="done")
    talk = team.add("action", None, what="Talk", begins="2026-01-12", when="2026-03-02")
    stone = team.add("milestone", None, title="Heard once", due="2026-02-01")
    team.save(team.alice, f"action.{talk}.after", str(ring))
    team.save(team.alice, f"milestone.{stone}.after", str(talk))
    return ring, talk, stone


def test_the_table_says_what_waits_for_what_and_what_ends_too_late_for_that(team: Team) -> None:
    _chained(team)
    told = lines_of(team.alice.get("roadmap/timeline").text)
    assert told[0] == "What Who When State Waits for"
    assert "Talk action 12 January 2026 – 2 March 2026 Overdue Ring critical path" in told
    assert "Heard once milestone 1 February 2026 Overdue Talk ends later than this critical path" in told
    assert "Ring action 2 January 2026 Done" in told


def test_the_critical_path_is_told_in_words_and_drawn(team: Team) -> None:
    rows = _chained(team)
    page = team.alice.get("roadmap/timeline").text
    path = page[page.index("What the last day depends on") : page.index('<div class="pm-timeline">')]
    assert [int(row) for row in re.findall(r"open=(\d+)#row-", path)] == list(rows)
    drawn_part = page[page.index('<svg class="pm-picture"') :]
    assert drawn_part.count('class="pm-link pm-link-critical"') == 2
    assert drawn_part.count('class="pm-link"') == 0


def test_without_anything_that_waits_there_is_no_column_for_it(team: Team) -> None:
    _filled(team)
    page = team.alice.get("roadmap/timeline").text
    assert "Waits for" not in page
    assert "critical path" not in page.lower()


def test_people_choose_months_quarters_or_years_by_links(team: Team) -> None:
    _chained(team)
    page = team.alice.get("roadmap/timeline?scale=quarter").text
    assert re.search(r'scale=quarter" aria-current="true">Quarters', page)
    assert ">Q1<" in page
    strange = team.alice.get("roadmap/timeline?scale=<script>")
    assert strange.status_code == 200
    assert re.search(r'roadmap/timeline" aria-current="true">What fits', strange.text)


def test_the_day_on_which_something_begins_makes_nothing_overdue(team: Team) -> None:
    soon = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011
    team.add("action", None, what="Ring", begins="2026-01-02", when=soon, status="under-way")
    assert "overdue" not in team.alice.get("roadmap/").text.lower()
    assert "Overdue" not in " ".join(lines_of(team.alice.get("roadmap/timeline").text))
    team.add("action", None, what="Begun", begins="2026-01-02", status="under-way")
    assert "overdue" not in team.alice.get("roadmap/").text.lower(), "nobody has said by when"
