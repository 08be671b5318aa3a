"""A team starts from the course's worked example: it is read, loaded once, marked, written over and taken out again."""

from collections import Counter

import pytest
from sqlalchemy import select

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.people.models import Actor
from lti_tool.people.teams import team_of
from lti_tool.roadmap.example_loading import find_rest
from lti_tool.roadmap.map_creation import map_of
from lti_tool.roadmap.models import MapChange, MapField, MapReference, MapRow
from lti_tool.roadmap.reading import Map, read_map
from lti_tool.roadmap.worked_example import read_example
from lti_tool.web.application import Application
from scorm_builder.course_format.planner import ExampleMap
from tests.fixtures.tool import Arrive
from tests.roadmap.conftest import Team, press
from tests.roadmap.test_ready import states

COURSE_READ = read_bundle(COURSE)
SECTIONS = COURSE_READ.sections("en")


def example(language: str = "en") -> ExampleMap:
    found = COURSE_READ.edition(language).data.example_map
    assert found
    return found


def standing(app: Application, team: Team) -> Map:
    with app.parts.database.transaction(write=False) as session:
        there = team_of(session, team.alice.context_id, team.alice.user_id)
        assert there
        return read_map(session, map_of(session, there).id, SECTIONS)


def texts(found: Map) -> Counter[tuple[str, str]]:
    """What stands in a map, references by the title of their row."""
    titles = {str(row.id): row.title for part in found.parts for row in part.rows}
    return Counter(
        (cell.field.name, ", ".join(sorted(titles[str(one)] for one in cell.refers_to)) or cell.value)
        for part in found.parts
        for cell in part.all_cells
        if cell.filled
    )


def test_the_example_is_read_without_anything_being_changed(team: Team) -> None:
    before = team.alice.get("roadmap/changes?since=0").json
    overview = team.alice.get("roadmap/").text
    assert "Look at a finished example and start from it" in overview
    page = team.alice.get("roadmap/example").text
    assert "Lindenbach School" in page
    assert "Start from this example" in page
    assert "Ring each new family with one good thing" in page
    assert "Every new family is listened to before the first marks" in page
    assert "Overdue" not in page
    assert team.alice.get("roadmap/changes?since=0").json == before


@pytest.mark.both_databases
def test_one_click_puts_all_of_it_into_an_empty_map(team: Team, app: Application) -> None:
    answer = team.alice.post("roadmap/example")
    assert answer.status_code == 303
    found = standing(app, team)
    assert texts(found) == texts(read_example(SECTIONS, example()))
    assert sum(texts(found).values()) > 300
    assert [len(part.rows) for part in found.parts] == [len(told.rows or ()) for told in example().sections.values()]
    titles = [row.title for row in found.rows_of("stakeholder")]
    assert titles == [row["who"] for row in example().sections["p7"].rows or ()], "in the example's order"
    told = [row["after"].split("\n") for one in ("p8", "p10") for row in example().sections[one].rows or ()]
    named = sum(bool(title) for lines in told for title in lines)
    assert named >= 15
    with app.parts.database.transaction(write=False) as session:
        changes = session.scalars(select(MapChange).order_by(MapChange.revision)).all()
        assert [change.what for change in changes] == ["joined", "joined", "example_loaded"]
        alice = session.get_one(Actor, changes[-1].actor_id)
        assert alice.user_id == team.alice.user_id
        assert {field.changed_by_id for field in session.query(MapField)} == {alice.id}
        assert session.query(MapReference).count() == 10 + named, "priorities, and what waits for what"
    assert "Put the finished example into the map" in team.bob.get("roadmap/history").text


def test_every_row_and_box_says_that_it_is_the_examples_until_somebody_writes_in_it(
    team: Team, app: Application
) -> None:
    team.alice.post("roadmap/example")
    first = standing(app, team).rows_of("action")[0]
    page = team.bob.get("roadmap/sections/p8").text
    marked = f'id="field-action-{first.id}-what-from" data-pm-from>From the example'
    assert marked in page
    assert states(team.bob.get("roadmap/").text) == ["Started"] * 14, "nothing of it is the team's plan yet"
    assert "Our definition: 4 boxes are from the example" in team.bob.get("roadmap/").text
    team.save(team.bob, f"action.{first.id}.what", "Ring ours", version=1)
    page = team.bob.get("roadmap/sections/p8").text
    assert marked not in page
    assert f'id="field-action-{first.id}-who-from" data-pm-from>From the example' in page
    row = standing(app, team).rows_of("action")[0]
    assert (row.from_example, sum(cell.marked for cell in row.cells)) == (
        False,
        sum(cell.filled for cell in row.cells) - 1,
    )
    told = team.alice.get("roadmap/changes?since=3&section=p8").json
    assert told
    assert [(field["name"], field["example"]) for field in told["fields"]] == [(f"action.{first.id}.what", False)]
    assert "From the example" not in told["summaries"][str(first.id)]


@pytest.mark.both_databases
def test_what_nobody_changed_goes_and_what_somebody_wrote_stays(team: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    found = standing(app, team)
    action, priority = found.rows_of("action")[1], found.rows_of("priority")[1]
    team.save(team.bob, f"action.{action.id}.what", "Hold our talks", version=1)
    team.save(team.bob, "p1.voices", "all of us", version=1)
    own = team.add("action", None, what="Ours", priority=str(priority.id))
    assert "Take the example out again" in team.bob.get("roadmap/").text
    assert team.bob.post("roadmap/example/out").status_code == 303
    after = standing(app, team)
    assert texts(after) == Counter(
        {
            ("what", "Hold our talks"): 1,
            ("voices", "all of us"): 1,
            ("what", "Ours"): 1,
            ("priority", priority.title): 1,
            **{(cell.field.name, cell.value): 1 for cell in priority.cells if cell.filled},
        }
    )
    assert own in [row.id for row in after.rows_of("action")]
    assert after.rows_of("priority")[0].from_example, "it stays because something of the team's refers to it"
    assert len(next(part for part in after.parts if part.section.id == "p8").removed) == 9
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(MapChange.what).order_by(MapChange.revision)).all()[-1] == "example_taken"
    page = team.bob.get("roadmap/").text
    assert "Take the example out again" not in page
    assert "What your team wrote is still there." in page


def test_taking_it_out_twice_says_so_and_changes_nothing(team: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    team.alice.post("roadmap/example/out")
    before = standing(app, team)
    team.bob.post("roadmap/example/out")
    assert "Nothing in your map is the example" in team.bob.get("roadmap/").text.replace("&#39;", "'")
    assert team.alice.get("roadmap/history").text.count("Took the example out") == 1
    assert standing(app, team) == before


def test_it_goes_into_an_empty_map_only(team: Team, app: Application) -> None:
    team.save(team.bob, "p14.next_question", "Ours")
    assert "Look at a finished example and start from it" not in team.alice.get("roadmap/").text
    page = team.alice.get("roadmap/example").text
    assert "Start from this example" not in page
    assert "can only be read here" in page
    answer = team.alice.post("roadmap/example")
    assert answer.status_code == 409
    assert "Something stands in it already" in answer.text
    assert texts(standing(app, team)) == Counter({("next_question", "Ours"): 1})


def test_two_clicks_load_it_once(team: Team, app: Application) -> None:
    assert [who.post("roadmap/example").status_code for who in (team.alice, team.bob)] == [303, 409]
    assert texts(standing(app, team)) == texts(read_example(SECTIONS, example()))


@pytest.mark.both_databases
def test_empty_rows_and_emptied_boxes_do_not_stand_in_the_way(team: Team, app: Application) -> None:
    team.add("action")
    begun = team.add("priority", None, title="Ours")
    team.save(team.bob, f"priority.{begun}.title", "", version=1)
    team.save(team.alice, "p1.definition", "x")
    team.save(team.alice, "p1.definition", "", version=1)
    press(team.alice, f"remove:{team.add('milestone', None, title='Taken out')}")
    assert team.alice.post("roadmap/example").status_code == 303
    found = standing(app, team)
    assert texts(found) == texts(read_example(SECTIONS, example()))
    assert [len(part.rows) for part in found.parts] == [len(told.rows or ()) for told in example().sections.values()]
    stale = team.bob.put("roadmap/fields/p1.definition", {"value": "typed meanwhile", "version": 2})
    assert stale.status_code == 409, "a window that was open sees both texts"


@pytest.mark.both_databases
def test_loading_again_and_again_leaves_no_more_rows_behind(team: Team, app: Application) -> None:
    for _ in range(3):
        assert team.alice.post("roadmap/example").status_code == 303
        assert texts(standing(app, team)) == texts(read_example(SECTIONS, example()))
        assert team.alice.post("roadmap/example/out").status_code == 303
        assert standing(app, team).empty
    with app.parts.database.transaction(write=False) as session:
        assert session.query(MapRow).count() == sum(len(told.rows or ()) for told in example().sections.values())


def test_open_windows_are_told_of_all_of_it(team: Team) -> None:
    since = team.bob.get("roadmap/changes?since=0").json["revision"]  # type: ignore[index]
    team.alice.post("roadmap/example")
    told = team.bob.get(f"roadmap/changes?since={since}&section=p10").json
    assert told
    assert len(told["rows"]["order"]) == len(told["rows"]["cards"]) == 7
    assert {field["example"] for field in told["fields"]} == {True}
    since = told["revision"]
    team.alice.post("roadmap/example/out")
    told = team.bob.get(f"roadmap/changes?since={since}&section=p10").json
    assert told
    assert told["rows"]["order"] == []
    assert "Taken out (7)" in told["rows"]["removed"]


def test_a_text_of_the_example_that_was_written_over_can_be_put_back_as_ones_own(team: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    wanted = example().sections["p1"].fields
    assert wanted
    team.save(team.bob, "p1.voices", "all of us", version=1)
    with app.parts.database.transaction(write=False) as session:
        change = session.query(MapChange).order_by(MapChange.id.desc()).first()
        assert change
        number = change.id
    assert team.bob.post(f"roadmap/history/{number}", {"side": "before", "version": 2}).status_code == 303
    assert dict(texts(standing(app, team)).keys())["voices"] == wanted["voices"]
    rest = find_rest(standing(app, team))
    assert "p1.voices" not in {cell.name for cell in rest.cells}


def test_a_team_whose_course_speaks_greek_gets_it_in_greek(team: Team, app: Application) -> None:
    team.alice.post("language/", {"language": "el"})
    page = team.alice.get("roadmap/example").text
    greek = example("el").sections["p4"].rows or ()
    assert greek[0]["title"] in page
    team.alice.post("roadmap/example")
    assert [row.title for row in standing(app, team).rows_of("priority")] == [row["title"] for row in greek]


def test_trainers_read_it_and_load_nothing(team: Team, visitor: Arrive) -> None:
    tina = visitor("tina")
    assert "Look at a finished example" in tina.get("roadmap/").text
    page = tina.get("roadmap/example")
    assert page.status_code == 200
    assert "Start from this example" not in page.text
    assert tina.post("roadmap/example").status_code == 403
    assert visitor("observer").get("roadmap/example").status_code == 403
    carla = visitor("carla")
    assert "Start from this example" not in carla.get("roadmap/example").text, "she has no team yet"
    assert carla.post("roadmap/example").status_code == 403
