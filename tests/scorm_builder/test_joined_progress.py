"""Work of two windows or computers, joined: nothing that either has reached is lost, whoever comes last."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.scorm_builder.playing import activity, choose, kill, open_unit, turn_to
from tests.scorm_builder.site import TOOL, Site

pytestmark = pytest.mark.journey
PLAY = """([before, one, other, pools]) => {
  const { empty, turnTo, answer, tryAgain, attemptOf, merge } = bench.progressRules;
  const unit = bench.unitOf(['p', 'q', 'r'], ['a', 'b', 'c', 'd', 'e', 'f']);
  if (pools) Object.assign(unit, { draw: 2 });
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
  return { ours, theirs, joined: merge(ours, theirs, unit), check: unit.check };
}"""
steps = st.lists(
    st.tuples(st.sampled_from(["turn", "answer", "answer", "again"]), st.integers(0, 5), st.integers(0, 100)),
    max_size=9,
)
sides = st.fixed_dictionaries({"anew": st.booleans(), "steps": steps})


def raw(progress: dict[str, Any]) -> float:
    """The score in percent; less than nothing where there is none."""
    return progress["score"]["raw"] if progress["score"] else -1


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=steps, one=sides, other=sides, pools=st.booleans())
def test_nothing_that_either_side_has_reached_is_lost(
    bench: Page, before: Any, one: Any, other: Any, pools: bool
) -> None:
    played = bench.evaluate(PLAY, [before, one, other, pools])
    ours, theirs, joined = played["ours"], played["theirs"], played["joined"]
    assert set(joined["seen"]) == {*ours["seen"], *theirs["seen"]}
    assert raw(joined) >= max(raw(ours), raw(theirs))
    finished = {side["status"] for side in (ours, theirs)} & {"passed", "completed"}
    assert not finished or joined["status"] in finished
    if joined["status"] == "passed":
        assert raw(joined) >= played["check"]
    for name in {"a", "b"} & ours["answers"].keys():
        assert joined["answers"][name]["given"] == ours["answers"][name]["given"]
    begun = ours if ours["answers"] or len(ours["seen"]) > 1 else None
    if begun is None and (theirs["answers"] or len(theirs["seen"]) > 1):
        assert joined["page"] == theirs["page"], "an empty visit leads nobody back to the first page"
        assert joined.get("check", {}).get("drawn") == theirs.get("check", {}).get("drawn") or not pool_answers(theirs)


def pool_answers(progress: dict[str, Any]) -> set[str]:
    """The questions of the closing check that were answered."""
    found: set[str] = progress["answers"].keys() & {"c", "d", "e", "f"}
    return found


def test_two_windows_of_a_unit_in_the_tool_take_nothing_from_each_other(page: Page, site: Site) -> None:
    second = page.context.new_page()
    for window in (page, second):
        window.goto(f"{site.address}{TOOL}")
        window.locator("[data-ready]").wait_for()
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


def saved(page: Page) -> None:
    """Wait until the unit says that it is saved."""
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved')")


def write(page: Page, text: str) -> None:
    """Write and hand over the short text on the last page."""
    box = activity(page.main_frame, "words")
    box.get_by_role("textbox").fill(text)
    box.get_by_role("button", name="I have written my answer").click()


def until_kept(page: Page, site: Site, name: str) -> None:
    """Wait until the tool has an answer, and the unit says so."""
    for _ in range(100):
        if site.kept and site.kept["answers"].get(name, {}).get("checked"):
            saved(page)
            return
        page.wait_for_timeout(100)
    raise AssertionError(site.kept)
