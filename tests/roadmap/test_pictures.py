"""Every page of the planner in every width: nothing for axe to find, nothing beside the edge, a picture to look at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lti_tool.web.application import Application
from tests.fixtures.browser import axe_problems, sweep_for_barriers, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow
from tests.roadmap.conftest import Team, found, press
from tests.roadmap.test_finding_a_school import fill

pytestmark = [
    pytest.mark.journey,
    on_sqlite,
]
SOON = 15_000


@pytest.fixture
def written(team: Team) -> Team:
    """The team with a map that looks like one."""
    say = team.add("priority", title="Families who cannot come to school have a say all the same")
    know = team.add("priority", title="Parents know what their child is learning this month")
    ring = "Ring each family in the first three weeks and ask when the child talks about school"
    team.add("action", what=ring, who="Alice Adams", when="2026-09-25", priority=str(say), status="under-way")
    team.add("action", by=team.bob, what="Write a one-page letter a month, in four languages", priority=str(know))
    team.add("action", what="Invite the parents' council to choose the books", who="Bob Brown", status="done")
    press(team.alice, f"remove:{team.add('action', what='Buy a banner')}")
    evidence = "On the class list there is one sentence beside each child, in the family's own words."
    team.add("milestone", title="Every family has been heard once", due="2026-10-31", evidence=evidence)
    team.save(team.bob, "p1.definition", "Families and staff tell each other what they see, and decide together.")
    return team


def look(page: Page, name: str) -> None:
    """Keep pictures, and hold the page to what every page owes."""
    take_pictures(page, f"planner-{name}")
    sweep_for_barriers(page)
    for width in (320, 360, 1400):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1000, "height": 700})


def open_row(page: Page) -> None:
    page.locator(".pm-row summary").first.click()


def open_example(page: Page) -> None:
    page.get_by_text("Look at an example").click()


def open_details(page: Page) -> None:
    page.locator("details summary").first.click()


def nothing(page: Page) -> None:
    pass


@pytest.mark.parametrize(
    ("path", "prepare"),
    [
        ("", nothing),
        pytest.param("sections/p1", open_example, marks=pytest.mark.thorough),
        pytest.param("sections/p4", nothing, marks=pytest.mark.thorough),
        ("sections/p8", open_row),
        pytest.param("sections/p10", open_row, marks=pytest.mark.thorough),
        pytest.param("whole", nothing, marks=pytest.mark.thorough),
        ("history", open_details),
        ("timeline", nothing),
        pytest.param("sections/p2", nothing, marks=pytest.mark.thorough),
        pytest.param("sections/p5", nothing, marks=pytest.mark.thorough),
    ],
)
def test_the_pages_of_a_team(written: Team, window: OpenWindow, path: str, prepare: Callable[[Page], None]) -> None:
    page = window(written.alice, path)
    prepare(page)
    assert axe_problems(page) == []
    look(page, path.replace("sections/", "") or "overview")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sections/p8?open=", "p8-dependencies"),
        ("sections/p8/list", "take-measure"),
        pytest.param("sections/p6/list", "take-response", marks=pytest.mark.thorough),
        pytest.param("sections/p5", "p5-holidays", marks=pytest.mark.thorough),
        pytest.param("sections/p6", "p6-barriers", marks=pytest.mark.thorough),
        ("timeline?scale=quarter", "timeline-quarters"),
    ],
)
def test_choosing_and_planning_in_the_worked_example(team: Team, window: OpenWindow, path: str, name: str) -> None:
    team.alice.post("roadmap/example")
    page = window(team.alice, path)
    for summary in page.locator(".pm-row summary, .pc-entry summary").all()[1:2]:
        summary.click()
    look(page, name)


@pytest.mark.thorough
def test_a_map_before_anybody_has_written(team: Team, window: OpenWindow) -> None:
    look(window(team.alice), "overview-new")
    look(window(team.alice, "sections/p8"), "p8-new")
    look(window(team.alice, "history"), "history-new")


def test_the_question_for_the_school(written: Team, window: OpenWindow, visitor: Arrive) -> None:
    page = window(visitor("carla"))
    page.get_by_label("Name of your school").fill("lakeside school")
    page.get_by_role("button", name="Start the team").click()
    expect(page.get_by_text("There is a team of that name already")).to_be_visible()
    look(page, "team")


def test_a_team_that_asks_for_a_code(written: Team, window: OpenWindow, visitor: Arrive) -> None:
    ours = window(written.alice)
    ours.get_by_role("button", name="Ask for a code").click()
    expect(ours.get_by_text("The team has a new code.")).to_be_visible()
    code = ours.locator("#who .pm-code").inner_text()
    look(ours, "overview-code")
    theirs = window(visitor("carla"))
    theirs.get_by_role("textbox", name="Code Lakeside School").fill("wrong")
    theirs.get_by_role("button", name="Join Lakeside School").click()
    expect(theirs.get_by_role("alert")).to_have_text(re.compile("That is not the team's code"))
    look(theirs, "team-code")
    theirs.get_by_role("textbox", name="Code Lakeside School").fill(code.lower())
    theirs.get_by_role("button", name="Join Lakeside School").click()
    expect(theirs.get_by_role("heading", name="Road map: Lakeside School")).to_be_visible()


def test_all_maps_for_the_trainer(written: Team, window: OpenWindow, visitor: Arrive) -> None:
    found(visitor("carla"), "Hill School")
    page = window(visitor("tina"))
    look(page, "all")
    page.get_by_role("button", name="Let every team ask for a code").click()
    expect(page.get_by_text("Each team has a code now.")).to_be_visible()
    look(page, "all-codes")


def test_many_schools_for_trainee_and_trainer(app: Application, window: OpenWindow, visitor: Arrive) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"Primary School {number} of the town with a long name" for number in range(45)])
    look(window(carla), "schools")
    look(window(visitor("tina")), "all-many")


@pytest.mark.thorough
def test_no_map_yet_for_the_trainer(window: OpenWindow, visitor: Arrive) -> None:
    look(window(visitor("tina")), "all-none")


def test_the_choice_between_two_versions(written: Team, window: OpenWindow) -> None:
    page = window(written.alice, "sections/p1")
    box = page.get_by_label("Our working definition")
    box.focus()
    theirs = "Families and staff tell each other what they see and hear, and decide together what each will do."
    written.save(written.bob, "p1.definition", theirs, version=1)
    expect(page.get_by_text("Bob Brown changed this too")).to_be_visible(timeout=SOON)
    look(page, "waiting")
    box.fill("Parents, pupils and staff decide together.")
    expect(page.get_by_role("region", name="Two versions of this text")).to_be_visible(timeout=SOON)
    look(page, "conflict")


def test_a_row_that_others_change_and_take_out(written: Team, window: OpenWindow) -> None:
    page = window(written.alice, "sections/p8")
    row = int(page.locator(".pm-row").nth(1).get_attribute("data-pm-row") or 0)
    written.save(written.bob, f"action.{row}.who", "Carla's mother")
    expect(page.locator(f"#row-{row} summary")).to_contain_text("Changed by Bob Brown", timeout=SOON)
    page.locator(f"#row-{row} summary").click()
    look(page, "changed")
    page.get_by_label("By when").nth(1).focus()
    press(written.bob, f"remove:{row}")
    expect(page.get_by_role("alert")).to_be_visible(timeout=SOON)
    look(page, "gone")


def test_without_a_script_the_form_still_saves(written: Team, window: OpenWindow) -> None:
    page = window(written.alice, "sections/p1", java_script_enabled=False)
    page.get_by_label("Who took part").fill("four teachers, three parents")
    written.save(written.bob, "p1.definition", "Bob's words", version=1)
    page.get_by_label("Our working definition").fill("Alice's words")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Bob Brown changed this meanwhile")).to_be_visible()
    take_pictures(page, "planner-no-script")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert "four teachers, three parents" in written.bob.get("roadmap/whole").text


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "el"])
def test_a_map_that_starts_from_the_example(team: Team, window: OpenWindow, language: str) -> None:
    team.alice.post("language/", {"language": language})
    page = window(team.alice)
    page.get_by_role("link", name="Look at a finished example and start from it").click()
    assert axe_problems(page) == []
    take_pictures(page, f"planner-example-{language}")
    page.get_by_role("button", name="Start from this example").first.press("Enter")
    expect(page.get_by_text("The example stands in your map.")).to_be_visible()
    look(page, f"overview-example-{language}")
    page.goto(page.url.replace("roadmap/", "roadmap/timeline"))
    look(page, f"timeline-{language}")
    page.goto(page.url.replace("timeline", "sections/p7"))
    open_row(page)
    look(page, f"p7-{language}")


def test_a_language_that_runs_from_right_to_left(written: Team, window: OpenWindow) -> None:
    written.save(written.alice, "p1.voices", "الآباء والمعلمون")
    page = window(written.alice, "sections/p8")
    page.evaluate("document.documentElement.dir = 'rtl'")
    open_row(page)
    look(page, "p8-rtl")
