"""Two people in two windows of a real browser, writing one map at once."""

import re

import pytest
from playwright.sync_api import Route, expect

from lti_tool.web.application import Application
from tests.fixtures.browser import script_held
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow
from tests.roadmap.conftest import Team, press
from tests.roadmap.test_finding_a_school import fill

pytestmark = [
    pytest.mark.journey,
    on_sqlite,
]
SOON = 15_000
"""Milliseconds; windows ask several times in each of these seconds."""


def test_what_one_writes_the_other_sees_without_reloading(team: Team, window: OpenWindow) -> None:
    alice, bob = window(team.alice, "sections/p8"), window(team.bob, "sections/p8")
    alice.get_by_role("button", name="Add action").click()
    what = alice.get_by_label("What will be done")
    expect(what).to_be_focused()
    expect(bob.locator(".pm-row")).to_have_count(1, timeout=SOON)  # a row that comes with its words is new, not changed
    what.press_sequentially("Ring each family")
    alice.get_by_label("Who looks after it").fill("Carla's mother")
    row = bob.locator(".pm-row")
    expect(row.locator("summary")).to_contain_text("Ring each family", timeout=SOON)
    expect(row.locator("summary")).to_contain_text("Changed by Alice Adams, just now")
    row.locator("summary").click()
    expect(bob.get_by_label("What will be done")).to_have_value("Ring each family")
    bob.get_by_label("By when").fill("2026-01-15")
    bob.get_by_label("Status").select_option("under way")
    summary = alice.locator(".pm-row summary")
    expect(summary).to_contain_text("15 January 2026", timeout=SOON)
    expect(summary).to_contain_text("Overdue")
    expect(summary).to_contain_text("Under way", timeout=SOON)
    expect(alice.get_by_label("By when")).to_have_value("2026-01-15")


def test_rows_that_move_go_and_come_back_do_so_in_every_window(team: Team, window: OpenWindow) -> None:
    rows = [team.add("action", what=what) for what in ("One", "Two", "Three")]
    alice, bob = window(team.alice, "sections/p8"), window(team.bob, "sections/p8")
    alice.locator(f"#row-{rows[2]} summary").click()
    alice.locator(f"#row-{rows[2]}").get_by_role("button", name="Move up").click()
    expect(bob.locator(".pm-row .pw-row-title")).to_have_text(["One", "Three", "Two"], timeout=SOON)
    alice.locator(f"#row-{rows[2]}").get_by_role("button", name="Remove").click()
    expect(alice.get_by_role("button", name="Put back Three")).to_be_focused()
    expect(bob.locator(".pm-row .pw-row-title")).to_have_text(["One", "Two"], timeout=SOON)
    bob.get_by_text("Taken out (1)").click()
    bob.get_by_role("button", name="Put back Three").click()
    expect(alice.locator(".pm-row .pw-row-title")).to_have_text(["One", "Three", "Two"], timeout=SOON)


def test_a_field_that_is_written_in_is_left_alone_and_the_writer_is_told(team: Team, window: OpenWindow) -> None:
    alice = window(team.alice, "sections/p1")
    box = alice.get_by_label("Our working definition")
    box.focus()
    team.save(team.bob, "p1.definition", "Bob's words")
    note = alice.locator("[data-pm-field='p1.definition'] [data-pm-note]")
    expect(note).to_contain_text("Bob Brown changed this too, just now.", timeout=SOON)
    expect(box).to_have_value("")
    alice.get_by_role("button", name="Show that text").click()
    expect(note).to_contain_text("Bob's words")
    alice.get_by_label("Who took part").focus()
    expect(box).to_have_value("Bob's words")


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("Keep mine", "Alice's words"),
        ("Take theirs", "Bob's words"),
        ("Keep this text", "Bob's words\n\nAlice's words"),
    ],
)
def test_two_who_wrote_at_once_choose_and_nothing_is_lost(
    team: Team, window: OpenWindow, choice: str, outcome: str
) -> None:
    alice, bob = window(team.alice, "sections/p1"), window(team.bob, "sections/p1")
    alice.get_by_label("Our working definition").focus()
    team.save(team.bob, "p1.definition", "Bob's words")
    alice.get_by_label("Our working definition").fill("Alice's words")
    chooser = alice.get_by_role("region", name="Two versions of this text")
    expect(chooser).to_contain_text("Bob's words", timeout=SOON)
    expect(chooser).to_contain_text("Bob Brown")
    if choice == "Keep this text":
        chooser.get_by_text("Put the two together").click()
    chooser.get_by_role("button", name=choice).click()
    expect(chooser).to_have_count(0)
    expect(alice.get_by_label("Our working definition")).to_have_value(outcome)
    expect(bob.get_by_label("Our working definition")).to_have_value(outcome, timeout=SOON)


def test_what_is_typed_without_a_connection_arrives_when_it_is_back(team: Team, window: OpenWindow) -> None:
    alice, bob = window(team.alice, "sections/p1"), window(team.bob, "sections/p1")
    alice.context.set_offline(True)
    box = alice.get_by_label("Our working definition")
    box.press_sequentially("Written in the tunnel")
    expect(alice.locator("#field-p1-definition-state")).to_contain_text("kept on this device", timeout=SOON)
    expect(alice.locator("#pm-connection")).to_contain_text("No connection")
    team.save(team.bob, "p1.voices", "written meanwhile")
    alice.context.set_offline(False)
    expect(bob.get_by_label("Our working definition")).to_have_value("Written in the tunnel", timeout=SOON)
    expect(alice.get_by_label("Who took part")).to_have_value("written meanwhile", timeout=SOON)
    expect(alice.locator("#pm-connection")).to_be_empty(timeout=SOON)


def test_what_is_written_and_chosen_before_the_script_has_arrived_is_saved(team: Team, window: OpenWindow) -> None:
    team.add("action")
    alice, bob = window(team.alice, "sections/p1"), window(team.bob, "sections/p8")
    with script_held(alice, "section"):
        alice.goto(alice.url.replace("p1", "p8"), wait_until="commit")
        alice.get_by_label("What will be done").fill("Ring each family")
        alice.get_by_label("Status").select_option("under way")
    summary = bob.locator(".pm-row summary")
    expect(summary).to_contain_text("Ring each family", timeout=SOON)
    expect(summary).to_contain_text("Under way", timeout=SOON)


def test_what_never_reached_the_server_is_there_after_a_reload(team: Team, window: OpenWindow) -> None:
    alice = window(team.alice, "sections/p1")
    alice.route("**/roadmap/fields/**", lambda route: route.abort())
    alice.get_by_label("Our working definition").press_sequentially("Almost lost")
    expect(alice.locator("#field-p1-definition-state")).to_contain_text("kept on this device", timeout=SOON)
    alice.unroute("**/roadmap/fields/**")
    alice.reload()
    expect(alice.get_by_label("Our working definition")).to_have_value("Almost lost")
    expect(alice.locator("#field-p1-definition-state")).to_contain_text("Saved", timeout=SOON)


def test_a_row_taken_out_under_the_pen_keeps_its_text_and_can_be_put_back(team: Team, window: OpenWindow) -> None:
    row = team.add("action", what="Ring")
    alice = window(team.alice, "sections/p8")
    alice.locator(f"#row-{row} summary").click()
    box = alice.get_by_label("What will be done")
    box.focus()
    press(team.bob, f"remove:{row}")
    expect(alice.get_by_role("alert")).to_contain_text("Somebody took this out", timeout=SOON)
    box.fill("Ring every family")
    alice.get_by_role("alert").get_by_role("button", name="Put back").click()
    expect(alice.get_by_role("alert")).to_have_count(0)
    expect(alice.locator(f"#row-{row}-state")).to_contain_text("Saved", timeout=SOON)
    assert "Ring every family" in team.bob.get("roadmap/whole").text


def test_a_new_priority_can_be_chosen_in_a_window_that_is_open(team: Team, window: OpenWindow) -> None:
    row = team.add("action", what="Ring")
    alice = window(team.alice, "sections/p8")
    alice.locator(f"#row-{row} summary").click()
    team.add("priority", by=team.bob, title="Have a say")
    choice = alice.get_by_label("Priority that it serves")
    expect(choice.locator("option")).to_have_text(["Choose…", "Have a say"], timeout=SOON)
    choice.select_option("Have a say")
    expect(alice.locator(f"#row-{row}-state")).to_contain_text("Saved", timeout=SOON)


def test_those_who_look_from_above_see_changes_too(team: Team, window: OpenWindow) -> None:
    alice = window(team.alice)
    expect(alice.get_by_text("No actions yet")).to_be_visible()
    team.add("action", by=team.bob, what="Ring")
    expect(alice.get_by_text("1 action", exact=True)).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("failure", ["a broken line", "a tool that restarts"])
def test_a_change_whose_page_did_not_come_is_shown_by_a_later_try(team: Team, window: OpenWindow, failure: str) -> None:
    alice = window(team.alice)

    def fail(route: Route) -> None:
        if failure == "a broken line":
            route.abort()
        else:
            route.fulfill(status=503)

    alice.route(alice.url, fail, times=1)
    team.add("action", by=team.bob, what="Ring")
    expect(alice.get_by_text("1 action", exact=True)).to_be_visible(timeout=SOON)


def test_everything_is_done_by_keyboard(team: Team, window: OpenWindow) -> None:
    first = team.add("action", what="One")
    page = window(team.alice, "sections/p8")
    page.get_by_role("button", name="Add action").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What will be done").last).to_be_focused()
    page.keyboard.type("Two")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Bob Brown")
    page.keyboard.press("Enter")
    second = page.locator(".pm-row").last
    expect(second.locator("summary")).to_contain_text("Two", timeout=SOON)
    expect(second.locator("summary")).to_contain_text("Bob Brown", timeout=SOON)
    second.get_by_role("button", name="Move up").focus()
    page.keyboard.press("Space")
    top = page.locator(".pm-row").first
    expect(top.locator("summary")).to_contain_text("Two")
    expect(top.get_by_role("button", name="Move down")).to_be_focused()
    expect(page.locator("#pw-announcer")).to_have_text("Moved to place 1 of 2.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Put back Two")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".pm-row").first.locator("summary")).to_be_focused()
    assert first


def test_a_day_out_of_order_says_why_beside_it_and_is_saved_once_the_other_day_is_changed(
    team: Team, window: OpenWindow
) -> None:
    team.save(team.bob, "p5.ends", "2027-06-30")
    page = window(team.alice, "sections/p5")
    begins, ends = page.get_by_label("Our road map begins"), page.get_by_label("We look back on it by")
    begins.fill("2027-09-01")
    begins.blur()
    reason = page.locator("#field-p5-begins-trouble")
    expect(reason).to_contain_text("This is after “We look back on it by” (30 June 2027).", timeout=SOON)
    expect(begins).to_have_attribute("aria-invalid", "true")
    expect(begins).to_have_accessible_description(re.compile("This is after"))
    expect(begins).to_have_value("2027-09-01")
    ends.fill("2028-06-30")
    ends.blur()
    expect(reason).to_be_hidden(timeout=SOON)
    expect(page.locator("#field-p5-begins-state")).to_contain_text("Saved", timeout=SOON)
    assert "1 September 2027" in team.bob.get("roadmap/whole").text


def test_the_section_says_that_it_is_ready_as_soon_as_it_is(team: Team, window: OpenWindow) -> None:
    page = window(team.alice, "sections/p1")
    state = page.locator("#pm-state")
    expect(state).to_contain_text("Empty")
    page.get_by_label("Our working definition").fill("We listen first.")
    page.get_by_label("Who took part").fill("all of us")
    page.get_by_label("What we argued about").focus()
    expect(state).to_contain_text("Ready", timeout=SOON)


def test_a_former_text_comes_back_by_a_button_of_the_history_and_into_windows_that_are_open(
    team: Team, window: OpenWindow
) -> None:
    team.save(team.alice, "p1.definition", "We listen first.")
    team.save(team.bob, "p1.definition", "Bob's words", version=1)
    bob, alice = window(team.bob, "sections/p1"), window(team.alice, "history")
    alice.get_by_text("Before and after").first.click()
    alice.get_by_role("button", name=re.compile("Put this back.*Our working definition, before")).click()
    expect(alice.get_by_text("It stands in the map again.")).to_be_visible()
    expect(bob.get_by_label("Our working definition")).to_have_value("We listen first.", timeout=SOON)


def test_the_list_of_schools_follows_the_typing(app: Application, visitor: Arrive, window: OpenWindow) -> None:
    carla = visitor("carla")
    fill(app, carla, [f"School {number:03}" for number in range(40)] + ["Γυμνάσιο Καλαμάτας"])
    page = window(carla)
    expect(page.locator("#schools .pw-row")).to_have_count(20)
    page.get_by_role("searchbox", name="Find a school").press_sequentially("καλαματας")
    expect(page.locator("#schools .pw-row")).to_have_count(1, timeout=SOON)
    expect(page.locator("#school-found")).to_have_text("1 of 41 schools has that name")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("button", name="Join Γυμνάσιο Καλαμάτας").click()
    expect(page.get_by_role("heading", name="Road map: Γυμνάσιο Καλαμάτας")).to_be_visible()


def test_a_mark_of_the_example_goes_as_soon_as_somebody_writes_there(team: Team, window: OpenWindow) -> None:
    alice, bob = window(team.alice, "sections/p1"), window(team.bob, "sections/p1")
    team.alice.post("roadmap/example")
    mark = "[data-pm-field='p1.voices'] [data-pm-from]"
    expect(bob.locator(mark)).to_have_text("From the example", timeout=SOON)
    box = alice.get_by_label("Who took part")
    expect(box).to_have_accessible_description(re.compile("From the example"), timeout=SOON)
    box.fill("all of us")
    box.blur()
    expect(alice.locator(mark)).to_be_hidden(timeout=SOON)
    expect(bob.locator(mark)).to_be_hidden(timeout=SOON)
    expect(box).to_have_accessible_description(re.compile(r"^(?!.*From the example)"))
    bob.goto(bob.url.replace("sections/p1", ""))
    bob.get_by_role("button", name="Take the example out again").press("Enter")
    bob.get_by_role("dialog").get_by_role("button", name="Take it out").press("Enter")
    expect(bob.get_by_text("What your team wrote is still there.")).to_be_visible()
    expect(alice.get_by_label("Our working definition")).to_have_value("", timeout=SOON)
    expect(box).to_have_value("all of us")


def test_people_are_moved_in_the_matrix_by_keyboard_and_it_follows_in_every_window(
    team: Team, window: OpenWindow
) -> None:
    row = press(team.alice, "add:stakeholder", "p7")
    team.save(team.alice, f"stakeholder.{row}.who", "The head")
    alice, bob = window(team.alice, "sections/p7"), window(team.bob, "sections/p7")
    for page in (alice, bob):
        expect(page.get_by_role("heading", name="Not placed yet")).to_be_visible()
    link = alice.locator(".pm-matrix").get_by_role("link", name="The head")
    link.press("Enter")
    expect(alice.locator(f"#row-{row} summary")).to_be_focused()
    alice.get_by_label("How much influence they have on it").select_option("much influence")
    alice.get_by_label("Where they stand today").select_option("support it")
    for page in (alice, bob):
        square = page.get_by_role("row", name="Much influence").get_by_role("cell").nth(2)
        expect(square).to_have_text("The head", timeout=SOON)
        expect(page.get_by_role("heading", name="Not placed yet")).to_have_count(0)


def test_a_line_of_the_timeline_leads_to_its_row(team: Team, window: OpenWindow) -> None:
    row = team.add("action", what="Ring", when="2026-01-15", who="Alice Adams")
    page = window(team.alice, "sections/p8")
    page.get_by_role("link", name="See all days on the timeline").click()
    expect(page.get_by_role("row", name=re.compile("Ring action Alice Adams 15 January 2026 Overdue"))).to_be_visible()
    page.get_by_role("link", name="Ring").press("Enter")
    expect(page.locator(f"#row-{row}").get_by_label("By when")).to_be_visible()


def test_how_far_a_section_is_is_said_anew_only_where_it_has_changed(team: Team, window: OpenWindow) -> None:
    page = window(team.alice, "sections/p1")
    team.save(team.bob, "p1.definition", "We listen first.")
    expect(page.locator("#pm-state")).to_contain_text("1 required box is empty", timeout=SOON)
    page.evaluate(
        """() => {
          window.said = 0;
          const options = { childList: true, characterData: true, subtree: true };
          new MutationObserver(() => { window.said += 1; }).observe(document.getElementById("pm-state"), options);
        }"""
    )
    team.save(team.bob, "p1.argued", "Whether the summer fair counts")
    expect(page.get_by_label("What we argued about")).to_have_value(re.compile("summer fair"), timeout=SOON)
    assert page.evaluate("window.said") == 0, "a screen reader would say it after each save"
    team.save(team.bob, "p1.voices", "All of us")
    expect(page.locator("#pm-state")).to_have_text(re.compile("Ready"), timeout=SOON)


def test_who_looks_at_a_map_keeps_their_place_when_it_changes(team: Team, window: OpenWindow) -> None:
    row = team.add("action", what="Ring each family", when="2026-12-01")
    page = window(team.alice, "timeline", 500)
    picture = page.get_by_role("region", name="Timeline as a picture")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.pm-scroll').scrollLeft > 0")
    team.save(team.bob, f"action.{row}.what", "Visit each family", 1)
    expect(page.locator(".pm-days")).to_contain_text("Visit each family", timeout=SOON)
    expect(picture).to_be_focused()
    assert page.evaluate("document.querySelector('.pm-scroll').scrollLeft") > 0
    whole = window(team.alice, "whole")
    whole.get_by_role("button", name="Print").focus()
    team.save(team.bob, f"action.{row}.what", "Ring and visit each family", 2)
    expect(whole.get_by_text("Ring and visit")).to_be_visible(timeout=SOON)
    expect(whole.get_by_role("button", name="Print")).to_be_focused()
