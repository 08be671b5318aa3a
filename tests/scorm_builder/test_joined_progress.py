"""Work of two windows or computers, joined: nothing that either has reached is lost, whoever comes last."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route

from tests.scorm_builder.playing import NOT_SAVED, activity, choose, kill, open_unit, saved, turn_to
from tests.scorm_builder.site import Site
from tests.scorm_builder.tool_playing import open_in_tool, until, until_kept, write

pytestmark = pytest.mark.journey
PLAY = """([before, one, other, pools]) => {
  const { empty, turnTo, answer, tryAgain, attemptOf, merge } = bench.progressRules;
  let seed = 7; // the same draws for the same steps
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const unit = bench.unitOf(['p', 'q', 'r'], ['a', 'b', 'c', 'd', 'e', 'f']);
  Object.assign(unit, { draw: pools });
  if (pools) for (const { id } of unit.activities.slice(2)) unit.activities.find((one) => one.id === id).pool = true;
  const drawn = (progress) => unit.activities.filter(({ id, pool }) => !pool || progress.check.drawn.includes(id));
  const step = (progress, [kind, place, points]) => {
    if (kind === 'turn') return turnTo(progress, unit, unit.pages[place % 3].id);
    if (kind === 'again') return pools && attemptOf(progress, unit) !== null ? tryAgain(progress, unit) : progress;
    const all = drawn(progress);
    return answer(progress, unit, all[place % all.length].id, { given: place, checked: true, points });
  };
  const play = (begun, steps) => steps.reduce(step, begun);
  const shared = play(empty(unit), before);
  const [ours, theirs] = [one, other].map(({ anew, steps }) => play(anew ? empty(unit) : shared, steps));
  const reached = (progress) => Math.max(progress.check?.best ?? -1, attemptOf(progress, unit) ?? -1);
  const told = (progress) => ({ ...progress, reached: reached(progress) });
  return { ours: told(ours), theirs: told(theirs), joined: told(merge(ours, theirs, unit)), check: unit.check };
}"""
steps = st.lists(
    st.tuples(st.sampled_from(["turn", "answer", "answer", "again"]), st.integers(0, 5), st.integers(0, 100)),
    max_size=9,
)
WRONG = [("answer", place, 0) for place in range(6)]
sides = st.fixed_dictionaries({"anew": st.booleans(), "steps": steps})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=steps, one=sides, other=sides, pools=st.sampled_from([0, 2, 4]))
def test_nothing_that_either_side_has_reached_is_lost(
    bench: Page, before: Any, one: Any, other: Any, pools: int
) -> None:
    played = bench.evaluate(PLAY, [before, one, other, pools])
    ours, theirs, joined = played["ours"], played["theirs"], played["joined"]
    assert set(joined["seen"]) == {*ours["seen"], *theirs["seen"]}
    assert joined["reached"] >= max(ours["reached"], theirs["reached"])
    finished = {side["status"] for side in (ours, theirs)} & {"passed", "completed"}
    assert not finished or joined["status"] in finished
    if joined["status"] == "passed":
        assert joined["score"]["raw"] >= played["check"]
    for name in {"a", "b"} & ours["answers"].keys():
        assert joined["answers"][name]["given"] == ours["answers"][name]["given"]
    if not has_begun(ours) and has_begun(theirs):
        assert joined["page"] == theirs["page"], "an empty visit leads nobody back to the first page"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=steps, one=sides, other=sides, pools=st.sampled_from([2, 4]))
@example(
    before=[*WRONG, ("again", 0, 0)],
    one={"anew": False, "steps": [*WRONG, ("again", 0, 0), ("answer", 2, 100)]},
    other={"anew": False, "steps": [("answer", 3, 100)]},
    pools=4,
)
def test_answers_of_two_attempts_are_never_mixed(bench: Page, before: Any, one: Any, other: Any, pools: int) -> None:
    played = bench.evaluate(PLAY, [before, one, other, pools])
    ours, theirs, joined = (in_the_check(played[side]) for side in ("ours", "theirs", "joined"))
    both = ours.keys() & theirs.keys()
    if all(ours[name] == theirs[name] for name in both) and attempt(played["ours"]) == attempt(played["theirs"]):
        assert joined.items() <= {**theirs, **ours}.items()
    else:
        assert joined in (ours, theirs)
    if played["ours"]["check"]["best"] is not None:
        assert drawn(played["joined"]) == drawn(played["ours"]), "a new attempt goes on, though nothing is answered yet"


def has_begun(progress: dict[str, Any]) -> bool:
    """Whether more was done than to open the unit."""
    return bool(progress["answers"]) or len(progress["seen"]) > 1


def in_the_check(progress: dict[str, Any]) -> dict[str, int]:
    """What was given to the questions of the closing check."""
    return {name: one["given"] for name, one in progress["answers"].items() if name in {"c", "d", "e", "f"}}


def attempt(progress: dict[str, Any]) -> tuple[int, list[str]]:
    """Which attempt it is, and at what."""
    return progress["check"]["attempt"], drawn(progress)


def drawn(progress: dict[str, Any]) -> list[str]:
    """The questions of the attempt."""
    found: list[str] = progress["check"]["drawn"]
    return found


def test_two_windows_of_a_unit_in_the_tool_take_nothing_from_each_other(page: Page, site: Site) -> None:
    second = page.context.new_page()
    for window in (page, second):
        open_in_tool(window, site)
        saved(window)
    turn_to(second.main_frame, "Last page")
    write(second, "From the second window")
    until_kept(second, site, "words")
    choose(page.main_frame, "one", "This one")
    until_kept(page, site, "one")
    assert site.kept is not None
    assert site.kept["answers"]["words"]["given"] == "From the second window"
    assert site.kept["answers"]["one"]["points"] == 100
    page.wait_for_function("localStorage.length === 0")


def test_a_window_forgets_nothing_that_another_could_not_send(page: Page, site: Site) -> None:
    frame = open_unit(page, site)
    second = page.context.new_page()
    open_unit(second, site)
    page.evaluate("window.failing = 1000")
    turn_to(frame, "Last page")
    box = activity(frame, "words")
    box.get_by_role("textbox").fill("Not sent by the first window")
    box.get_by_role("button", name="I have written my answer").click()
    choose(second.frames[1], "one", "This one")
    kill(page)
    frame = open_unit(second, site)
    turn_to(frame, "Last page")
    assert activity(frame, "words").get_by_role("textbox").input_value() == "Not sent by the first window"
    turn_to(frame, "First page")
    assert activity(frame, "one").get_by_label("This one").is_checked()
    open_unit(second, site)
    assert second.evaluate("Object.keys(localStorage).filter(key => key.includes('unsent'))") == []


def test_a_page_in_place_of_the_tools_answer_is_no_answer(page: Page, site: Site) -> None:
    open_in_tool(page, site)
    saved(page)
    page.route("**/progress", lambda route: route.fulfill(content_type="text/html", body="<title>Log in</title>"))
    turn_to(page.main_frame, "Last page")
    write(page, "Nearly lost")
    page.get_by_text(NOT_SAVED).wait_for()
    second = page.context.new_page()
    kill(page)
    open_in_tool(second, site)
    until_kept(second, site, "words")
    assert site.kept is not None
    assert site.kept["answers"]["words"]["given"] == "Nearly lost"


def test_work_that_was_joined_but_not_sent_is_kept_with_what_it_was_joined_to(page: Page, site: Site) -> None:
    open_in_tool(page, site)
    choose(page.main_frame, "one", "This one")
    until_kept(page, site, "one")
    page.goto(f"{site.address}/blank")
    page.evaluate("localStorage.clear()")
    failing = {"GET", "PUT"}

    def fail(route: Route) -> None:
        route.fulfill(status=503, body="busy") if route.request.method in failing else route.continue_()

    page.route("**/progress", fail)
    open_in_tool(page, site)
    failing.remove("GET")
    turn_to(page.main_frame, "Last page")
    write(page, "While the tool was away")
    page.wait_for_function("Object.values(localStorage).some(kept => JSON.parse(kept).whole.units.m1u1.answers.one)")
    page.goto(f"{site.address}/blank")
    failing.symmetric_difference_update({"GET", "PUT"})
    open_in_tool(page, site)
    until_kept(page, site, "words")
    assert site.kept is not None
    assert site.kept["answers"]["one"]["points"] == 100


GOOD = {"words": {"given": "Years of work", "checked": True, "points": None}}
DAMAGED: list[dict[str, Any]] = [
    {"whole": {}},
    {"whole": 1},
    {"whole": {"units": {"m1u1": {"v": 1, "seen": 5}}}},
    {"whole": {"units": {"m1u1": {"v": 1, "answers": {"words": None}}}}, "versions": ["x"]},
    {"whole": {"units": {"m1u1": {"v": 1, "answers": {"words": 5}}}}, "versions": None},
    {"whole": {"units": {"m1u1": {"v": 1, "answers": {"words": {"given": "Ha"}}}}}, "versions": "2026-11-21"},
]
STRANGE = [json.dumps({"at": "2030-01-01T00:00:00.000Z", **one}) for one in DAMAGED]


@pytest.mark.parametrize("strange", ['{"whole": null}', '{"versions": ["x"]}', "[]", "null", "17", "no JSON", *STRANGE])
def test_what_something_else_has_put_into_the_browser_does_no_harm(page: Page, site: Site, strange: str) -> None:
    kept = {"v": 1, "at": "2026-11-21T00:00:00.000Z", "page": "last", "seen": ["first", "last"], "answers": GOOD}
    site.kept = {**kept, "status": "passed", "seconds": 9}
    page.goto(f"{site.address}/blank")
    page.evaluate("text => localStorage.setItem('pw:small:m1u1:unsent:carla:x', text)", strange)
    open_in_tool(page, site)
    turn_to(page.main_frame, "Third page")
    until(page, site, lambda kept: kept["page"] == "third")
    saved(page)
    assert (site.kept["answers"], site.kept["status"]) == (GOOD, "passed")
