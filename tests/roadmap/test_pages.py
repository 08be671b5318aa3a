"""The planner's pages: what to do next, the whole map, the history, and saving without a script."""

from datetime import timedelta

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.database import now
from lti_tool.people.models import User
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive
from tests.roadmap.conftest import Team, press

SECTIONS = {section.id: section.title for section in read_bundle(COURSE).sections("en")}


def test_the_map_from_above_lists_every_section_and_says_where_to_begin(team: Team) -> None:
    page = team.alice.get("roadmap/").text
    assert list(SECTIONS) == [f"p{number}" for number in range(1, 15)]
    assert all(title in page for title in SECTIONS.values())
    assert "Our definition: make a beginning" in page


@pytest.mark.both_databases
def test_what_is_overdue_comes_first_then_what_was_left_half_way(team: Team) -> None:
    team.add("action", what="Ring", when="2026-01-02", status="under-way")
    team.save(team.alice, "p1.voices", "us")
    page = team.alice.get("roadmap/").text
    assert page.index("one is overdue") < page.index("Our definition: one required box is empty")


def test_what_is_done_or_has_no_date_is_not_overdue(team: Team) -> None:
    team.add("action", what="Ring", when="2026-01-02", status="done")
    team.add("milestone", title="All heard", reached="not-yet")
    team.add("action", what="Write", when=str((now() + timedelta(days=2)).date()))
    assert "verdue" not in team.alice.get("roadmap/").text


def test_a_choice_that_says_of_what_sort_a_row_is_does_not_finish_it(team: Team) -> None:
    row = team.add("action", what="Ring", when="2026-01-02", place="both")
    page = team.alice.get("roadmap/").text
    assert "one is overdue" in page
    card = team.alice.get("roadmap/sections/p8").text
    assert "at school and at home</bdi>" in card
    team.save(team.alice, f"action.{row}.status", "done")
    assert "verdue" not in team.alice.get("roadmap/").text


def test_each_section_has_its_title_an_example_and_a_way_on(team: Team) -> None:
    for section, title in SECTIONS.items():
        page = team.alice.get(f"roadmap/sections/{section}").text
        assert f'<h1 dir="auto">{title}</h1>' in page
        assert "Look at an example" in page
        assert 'class="btn pw-btn-other pm-next"' in page


def test_the_whole_map_shows_dates_choices_and_priorities_in_words(team: Team) -> None:
    priority = team.add("priority", title="Have a say")
    team.add("action", what="Ring", priority=str(priority), when="2026-09-25", status="under-way")
    page = team.alice.get("roadmap/whole").text
    assert "25 September 2026" in page
    assert "under way" in page
    assert page.count("Have a say") == 2
    assert "Overdue" in page


def test_a_form_without_a_script_saves_every_field_and_does_what_its_button_says(team: Team) -> None:
    row = team.add("action")
    form = {
        f"value:action.{row}.what": "Ring",
        f"version:action.{row}.what": "0",
        f"value:action.{row}.when": "2026-12-01",
        f"version:action.{row}.when": "0",
        "do": "add:action",
    }
    answer = team.alice.post("roadmap/sections/p8", form)
    assert answer.status_code == 303
    page = team.bob.get("roadmap/whole").text
    assert "Ring" in page
    assert "1 December 2026" in page
    assert page.count('class="pm-told-title"') == 2


def test_a_stale_form_saves_what_it_can_and_asks_about_the_rest(team: Team) -> None:
    team.save(team.bob, "p1.definition", "Bob's words")
    form = {
        "value:p1.definition": "Alice's words",
        "version:p1.definition": "0",
        "value:p1.voices": "all of us",
        "version:p1.voices": "0",
        "do": "save",
    }
    answer = team.alice.post("roadmap/sections/p1", form)
    assert answer.status_code == 409
    assert "Bob Brown changed this meanwhile" in answer.text
    assert "Alice&#39;s words</textarea>" in answer.text
    assert "Bob&#39;s words" in answer.text
    assert 'name="version:p1.definition" value="1"' in answer.text
    assert "all of us" in team.bob.get("roadmap/whole").text
    again = {**form, "version:p1.definition": "1", "version:p1.voices": "1"}
    assert team.alice.post("roadmap/sections/p1", again).status_code == 303
    assert "Alice&#39;s words" in team.bob.get("roadmap/whole").text


def test_a_form_with_a_row_that_was_taken_out_gives_its_text_back(team: Team) -> None:
    row = team.add("action", what="Ring")
    press(team.bob, f"remove:{row}")
    form = {f"value:action.{row}.what": "Ring every family", f"version:action.{row}.what": "1", "do": "save"}
    answer = team.alice.post("roadmap/sections/p8", form)
    assert answer.status_code == 409
    assert "Ring every family" in answer.text
    unchanged = {**form, f"value:action.{row}.what": "Ring"}
    assert team.alice.post("roadmap/sections/p8", unchanged).status_code == 303


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("p1.definition", "x" * 300, "too long"), ("action.ROW.when", "2026-02-31", "does not fit")],
)
def test_a_form_says_at_the_field_why_it_was_not_saved(team: Team, name: str, typed: str, said: str) -> None:
    name = name.replace("ROW", str(team.add("action")))
    form = {f"value:{name}": typed, f"version:{name}": "0", "do": "save"}
    answer = team.alice.post(f"roadmap/sections/{'p1' if name.startswith('p1') else 'p8'}", form)
    assert answer.status_code == 409
    assert said in answer.text
    assert typed in answer.text


def test_who_has_no_name_is_told_apart_without_one(team: Team, visitor: Arrive, app: Application) -> None:
    team.save(team.bob, "p1.voices", "us")
    with app.parts.database.transaction() as session:
        session.get_one(User, team.bob.user_id).name = ""
    page = team.alice.get("roadmap/").text
    assert f"#{team.bob.user_id}" in page
    assert "Bob Brown" not in page
