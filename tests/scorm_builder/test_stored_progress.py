"""Progress as SCORM 1.2 keeps it: whatever was done comes back, and the fullest unit fits 4,096 characters."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from scorm_builder.unit_source import MOST
from tests.fixtures.browser import open_page
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey
PAGES = [f"page-{number}" for number in range(MOST)]
ACTIVITIES = [f"activity-{number}" for number in range(MOST)]

places = st.integers(0, 35)
givens = st.one_of(
    st.none(), st.integers(0, 25), st.lists(st.one_of(st.none(), places), max_size=30), st.text(max_size=40)
)
answers = st.fixed_dictionaries(
    {"given": givens, "checked": st.booleans(), "points": st.one_of(st.none(), st.integers(0, 100))}
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
    }
)


@pytest.fixture(scope="module")
def bench(browser: Browser, built: Any) -> Iterator[Page]:
    """A page that holds the player's modules."""
    with serving(Site(built / "small-m1u1-scorm12-en.zip", built)) as site, open_page(browser) as page:
        page.goto(f"{site.address}/lms/bench.html")
        page.wait_for_function("'bench' in window")
        yield page


def round_trip(bench: Page, progress: dict[str, Any], limit: int = 4096) -> dict[str, Any]:
    call = "([progress, pages, activities, limit]) => bench.roundTrip(progress, pages, activities, limit)"
    result: dict[str, Any] = bench.evaluate(call, [progress, PAGES, ACTIVITIES, limit])
    return result


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(progress=progresses)
def test_what_was_done_comes_back(bench: Page, progress: dict[str, Any]) -> None:
    assert round_trip(bench, progress)["back"] == progress


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(progress=progresses, limit=st.integers(900, 1500))
def test_whatever_does_not_fit_comes_back_from_the_browser(bench: Page, progress: dict[str, Any], limit: int) -> None:
    result = round_trip(bench, progress, limit)
    texts = {name for name, answer in progress["answers"].items() if isinstance(answer["given"], str)}
    assert result["back"] == progress
    assert set(result["browserOnly"]) <= texts
    assert result["length"] <= limit or set(result["browserOnly"]) == texts


def test_the_fullest_unit_fits(bench: Page) -> None:
    fullest = {"given": [35] * 30, "checked": True, "points": 100}
    progress = {
        "v": 1,
        "page": PAGES[-1],
        "seen": PAGES,
        "answers": dict.fromkeys(ACTIVITIES, fullest),
        "status": "incomplete",
        "score": None,
        "seconds": 10**9,
    }
    assert round_trip(bench, progress)["length"] <= 4096


def test_long_texts_make_room_for_everything_else(bench: Page) -> None:
    essay = {"given": "Ω" * 5000, "checked": True, "points": None}
    progress = {
        "v": 1,
        "page": PAGES[0],
        "seen": PAGES,
        "answers": dict.fromkeys(ACTIVITIES, essay),
        "status": "incomplete",
        "score": None,
        "seconds": 1,
    }
    result = round_trip(bench, progress)
    assert result["length"] <= 4096
    assert result["back"] == progress


def test_half_a_surrogate_pair_cannot_break_the_form_that_carries_it(bench: Page) -> None:
    text = bench.evaluate(
        """() => bench.roundTrip({v: 1, page: 'page-0', seen: [], status: 'incomplete', seconds: 0,
           answers: {'activity-0': {given: 'a\\uD83D😀', checked: true, points: null}}},
           ['page-0'], ['activity-0'], 4096).text"""
    )
    assert text.endswith("sa�😀")


@pytest.mark.parametrize("text", ["", "not ours", "2;0000;i;0;", "1", "page=3"])
def test_what_another_course_left_behind_is_not_taken_for_progress(bench: Page, text: str) -> None:
    script = "async text => (await import('/player/trackers/suspend.js')).decode(text, bench.unitOf(['a'], []))"
    assert bench.evaluate(script, text) is None


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
