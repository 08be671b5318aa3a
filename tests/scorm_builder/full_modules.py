"""Modules of every shape that the sources allow, and the fullest progress through them."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from scorm_builder.course.activities import Activity
from scorm_builder.course.exercises import Cards, Checklist, Download, Poll, Reflection, Scale
from scorm_builder.course.model import Page, Unit, short_key
from scorm_builder.course.questions import Matching, MultipleChoice, Ordering, ShortAnswer, SingleChoice
from scorm_builder.course.scenarios import Scenario
from scorm_builder.course_format.units import Check, Mastery, UnitHead

SAID = {"objective": "o", "question": "q"}
VERDICTS = {"right": "r", "wrong": "w"}
COUNTING = ["single-choice", "multiple-choice", "matching", "ordering", "short-answer"]
KINDS = [*COUNTING, "scale", "poll", "reflection", "cards", "checklist", "scenario", "download"]


def activity_of(kind: str, name: str, size: int, counts: bool) -> Activity:
    """An activity of a kind with so many options, pairs, items …"""
    base = {"id": name, "kind": kind, "counts": counts}
    option = {"text": "t", "feedback": "f"}
    statements = [{"id": f"s{place}", "text": "t"} for place in range(size)]
    told = {"objective": "o", "levels": ["a", "b"], "statements": statements, "feedback": "f"}
    end = {"text": "t", "ending": "good", "feedback": "f"}
    scenes = [
        {"id": "a", "text": "t", "choices": [{"text": "t", "to": "b"}, {"text": "t", "to": "c"}]},
        *({"id": name, **end} for name in "bc"),
    ]
    made: dict[str, Any] = {
        "single-choice": lambda: SingleChoice(**base, **SAID, options=[{**option, "correct": True}] + [option] * size),
        "multiple-choice": lambda: MultipleChoice(**base, **SAID, options=[{**option, "correct": True}] * size),
        "matching": lambda: Matching(**base, **SAID, pairs=[{"left": "l", "right": "r"}] * size),
        "ordering": lambda: Ordering(**base, **SAID, items=["i"] * size, feedback=VERDICTS),
        "short-answer": lambda: ShortAnswer(**base, **SAID, answers=["a"], sample="a", feedback=VERDICTS),
        "scale": lambda: Scale(**base, **told, moment="before"),
        "poll": lambda: Poll(**base, **told),
        "reflection": lambda: Reflection(**base, **SAID),
        "cards": lambda: Cards(**base, objective="o", cards=[{"front": "f", "back": "b"}] * size),
        "checklist": lambda: Checklist(**base, **SAID, items=statements, feedback="f"),
        "scenario": lambda: Scenario(**base, objective="o", scenes=scenes),
        "download": lambda: Download(**base, objective="o", text="t", handout="h"),
    }
    activity: Activity = made[kind]()
    return activity


@st.composite
def _units(draw: DrawFn, name: str) -> Unit:
    sizes = st.integers(2, 25)
    pool = [
        activity_of(kind, f"q{place}", draw(sizes), True)
        for place, kind in enumerate(draw(st.lists(st.sampled_from(COUNTING), max_size=30)))
    ]
    others = [
        activity_of(kind, f"a{place}", draw(sizes), False)
        for place, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=30)))
    ]
    check = (
        Check.model_validate({"page": "p0", "draw": draw(st.integers(1, min(20, len(pool)))), "pass": 70})
        if pool
        else None
    )
    pages = [Page(f"p{place}", "t", None, None, (), ()) for place in range(1, draw(st.integers(1, 59)))]
    first = Page("p0", "t", None, None, (), (*pool, *others))
    head = UnitHead(id=name, title="t", minutes=1, summary="s", check=check)
    return Unit(head, "en", Mastery(), (first, *pages), frozenset(), 0, 0)


@st.composite
def modules(draw: DrawFn) -> tuple[Unit, ...]:
    """One to four units with pages, activities and a closing check."""
    return tuple(draw(_units(f"m1u{number}")) for number in range(1, 1 + draw(st.integers(1, 4))))


def outline(unit: Unit) -> dict[str, Any]:
    """The unit as the player knows it."""
    pool = {activity.id for activity in unit.pool}
    return {
        "id": unit.id,
        "key": short_key(f"unit:{unit.id}"),
        "draw": unit.head.check.draw if unit.head.check else 0,
        "pages": [{"id": page.id, "key": short_key(f"page:{page.id}")} for page in unit.pages],
        "activities": [
            {"id": one.id, "key": short_key(f"activity:{one.id}"), "counts": one.counts, "pool": one.id in pool}
            for one in unit.activities
        ],
    }


def fullest_progress(units: tuple[Unit, ...]) -> dict[str, Any]:
    """Everything seen, all of the largest questions drawn, everything answered with as much as there is."""
    return {unit.id: _fullest(unit) for unit in units}


def _fullest(unit: Unit) -> dict[str, Any]:
    pool = [activity.id for activity in unit.pool]
    draw = unit.head.check.draw if unit.head.check else 0
    drawn = sorted(unit.pool, key=lambda activity: -_length(activity))[:draw]
    answered = [one for one in unit.activities if one.id not in pool or one in drawn]
    given = {one.id: _given(one) for one in answered if one.kind != "download"}
    progress = {
        "v": 1,
        "page": unit.pages[-1].id,
        "seen": [page.id for page in unit.pages],
        "answers": given,
        "status": "passed",
        "seconds": 36**6 - 1,
    }
    # All questions met: the number that holds them is then as long as it can be.
    check = {"drawn": pool, "met": pool, "best": 100, "attempt": 36**2}
    return {**progress, "check": check} if pool else progress


def _given(activity: Activity) -> dict[str, Any]:
    length = _length(activity)
    given: Any = [25] * length
    if activity.kind == "single-choice":
        given = 25
    elif activity.kind in {"short-answer", "reflection"}:
        given = "Ω" * 140
    return {"given": given, "checked": True, "points": 100 if activity.counts else None}


def _length(activity: Activity) -> int:
    """How many entries an answer has at most; a story is kept for thirty steps."""
    if activity.kind == "single-choice":
        return 1
    if activity.kind in {"short-answer", "reflection"}:
        return 0
    lists = ("options", "pairs", "items", "statements", "cards")
    return next((len(getattr(activity, name)) for name in lists if hasattr(activity, name)), 30)
