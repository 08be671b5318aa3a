"""Progress as SCORM 1.2 keeps it: whatever was done comes back, and the fullest module fits 4,096 characters."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from scorm_builder.course import short_key
from scorm_builder.stored_size import LIMIT, stored_size
from tests.scorm_builder.full_modules import fullest_progress, modules, outline

pytestmark = pytest.mark.journey
PAGES = [f"page-{number}" for number in range(60)]
ACTIVITIES = [f"activity-{number}" for number in range(60)]
POOL = ACTIVITIES[:20]

places = st.integers(0, 35)
givens = st.one_of(
    st.none(), st.integers(0, 25), st.lists(st.one_of(st.none(), places), max_size=30), st.text(max_size=40)
)
answers = st.fixed_dictionaries(
    {"given": givens, "checked": st.booleans(), "points": st.one_of(st.none(), st.integers(0, 100))}
)
checks = st.fixed_dictionaries(
    {
        "drawn": st.sets(st.sampled_from(POOL)),
        "met": st.sets(st.sampled_from(POOL)),
        "best": st.one_of(st.none(), st.integers(0, 100)),
        "attempt": st.integers(1, 36**2 - 1),
    }
)
progresses = st.fixed_dictionaries(
    {
        "v": st.just(1),
        "page": st.sampled_from(PAGES),
        "seen": st.lists(st.sampled_from(PAGES), unique=True),
        "answers": st.dictionaries(st.sampled_from(ACTIVITIES), answers, max_size=12),
        "status": st.sampled_from(["incomplete", "passed", "failed", "completed"]),
        "score": st.none(),
        "seconds": st.integers(0, 10**7),
        "check": checks,
    }
)


def unit(name: str) -> dict[str, Any]:
    """A unit as the player knows it."""
    return {
        "id": name,
        "key": short_key(f"unit:{name}"),
        "pages": [{"id": page, "key": short_key(f"page:{page}")} for page in PAGES],
        "activities": [
            {"id": one, "key": short_key(f"activity:{one}"), "pool": one in POOL, "counts": True} for one in ACTIVITIES
        ],
    }


def round_trip(bench: Page, units: dict[str, Any], outlines: list[Any] | None = None, limit: int = LIMIT) -> Any:
    """What is stored of some units' progress, and what comes back; of a check the questions in any order."""
    listed = {
        name: {**one, "check": {**one["check"], **{key: sorted(one["check"][key]) for key in ("drawn", "met")}}}
        if "check" in one
        else one
        for name, one in units.items()
    }
    outlines = outlines or [unit(name) for name in units]
    call = "([whole, units, limit]) => bench.roundTrip(whole, units, limit)"
    result = bench.evaluate(call, [{"current": next(iter(units)), "units": listed}, outlines, limit])
    for one in result["back"]["units"].values():
        if "check" in one:
            one["check"] |= {key: set(one["check"][key]) for key in ("drawn", "met")}
    return result


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=progresses, other=progresses)
def test_what_was_done_comes_back(bench: Page, one: dict[str, Any], other: dict[str, Any]) -> None:
    units = {"m1u1": one, "m1u2": other}
    assert round_trip(bench, units, limit=10**6)["back"] == {"current": "m1u1", "units": units}


def test_an_attempt_that_was_stored_before_attempts_had_numbers_is_the_first(bench: Page) -> None:
    check = {"drawn": POOL[:2], "met": POOL[:2], "best": None, "attempt": 7}
    begun = {"v": 1, "page": PAGES[0], "seen": [], "answers": {}, "status": "incomplete", "seconds": 0, "check": check}
    text = round_trip(bench, {"m1u1": begun})["text"]
    former = text.removesuffix(".7")
    assert former != text
    script = """async ([text, units]) =>
        (await import('/player/trackers/suspend.js')).decode(text, bench.scopeOf(units)).units.m1u1.check"""
    found = bench.evaluate(script, [former, [unit("m1u1")]])
    assert {**found, "drawn": sorted(found["drawn"]), "met": sorted(found["met"])} == {**check, "attempt": 1}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(progress=progresses, limit=st.integers(900, 1500))
def test_whatever_does_not_fit_comes_back_from_the_browser(bench: Page, progress: dict[str, Any], limit: int) -> None:
    result = round_trip(bench, {"m1u1": progress}, limit=limit)
    texts = {name for name, answer in progress["answers"].items() if isinstance(answer["given"], str)}
    left_out = {activity for _, activity in result["browserOnly"]}
    assert result["back"]["units"]["m1u1"] == progress
    assert left_out <= texts
    assert result["length"] <= limit or left_out == texts


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(module=modules())
def test_the_fullest_progress_is_as_long_as_the_builder_says(bench: Page, module: Any) -> None:
    result = round_trip(bench, fullest_progress(module), [outline(one) for one in module], limit=0)
    assert result["length"] == stored_size(module)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(module=modules())
def test_every_module_that_the_builder_accepts_fits(bench: Page, module: Any) -> None:
    assume(stored_size(module) <= LIMIT)
    result = round_trip(bench, fullest_progress(module), [outline(one) for one in module])
    assert result["length"] <= LIMIT


def test_half_a_surrogate_pair_cannot_break_the_form_that_carries_it(bench: Page) -> None:
    text = bench.evaluate(
        """units => bench.roundTrip({current: 'm1u1', units: {m1u1: {
           v: 1, page: 'page-0', seen: [], status: 'incomplete', seconds: 0,
           answers: {'activity-0': {given: 'a\\uD83D😀', checked: true, points: null}}}}}, units, 4096).text""",
        [unit("m1u1")],
    )
    assert text.endswith("a�😀")


@pytest.mark.parametrize("text", ["", "not ours", "1;0000;i;0;", "2", "page=3"])
def test_what_another_course_left_behind_is_not_taken_for_progress(bench: Page, text: str) -> None:
    script = """async ([text, units]) =>
        (await import('/player/trackers/suspend.js')).decode(text, bench.scopeOf(units))"""
    assert bench.evaluate(script, [text, [unit("m1u1")]]) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0000:00:00.00"), (59, "0000:00:59.00"), (3661, "0001:01:01.00"), (360000, "0100:00:00.00")],
)
def test_session_time_has_four_digits_of_hours_and_two_decimals(bench: Page, seconds: int, text: str) -> None:
    assert bench.evaluate("seconds => bench.sessionTime(seconds)", seconds) == text


def test_progress_is_passed_only_by_the_declared_rule(bench: Page) -> None:
    statuses = bench.evaluate("""() => {
      const { empty, turnTo, answer } = bench.progressRules;
      const unit = bench.unitOf(['p', 'q'], ['a', 'b']);
      const said = [];
      let progress = empty(unit);
      const note = (next) => { progress = next; said.push(progress.status); };
      note(answer(progress, unit, 'a', { given: 0, checked: true, points: 100 }));
      note(answer(progress, unit, 'b', { given: 0, checked: true, points: 39 }));
      note(turnTo(progress, unit, 'p'));
      note(turnTo(progress, unit, 'q'));
      note(answer(progress, unit, 'b', { given: 1, checked: true, points: 0 }));
      note(answer(progress, unit, 'b', { given: 2, checked: true, points: 40 }));
      note(answer(progress, unit, 'b', { given: 1, checked: true, points: 0 }));
      return { said, score: progress.score };
    }""")
    assert statuses["said"] == ["incomplete", "incomplete", "incomplete", "passed", "passed", "passed", "passed"]
    assert statuses["score"] == {"raw": 70, "min": 0, "max": 100, "scaled": 0.7}
