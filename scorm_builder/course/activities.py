"""The kinds of activity that a unit can hold; declared in the sources, never coded (course format, activities)."""

from typing import Any

from scorm_builder.course.exercises import Cards, Checklist, Download, Poll, Reflection, Scale
from scorm_builder.course.questions import Matching, MultipleChoice, Ordering, ShortAnswer, SingleChoice
from scorm_builder.course.scenarios import Scenario

Question = SingleChoice | MultipleChoice | Matching | Ordering | ShortAnswer
Exercise = Scale | Poll | Reflection | Cards | Checklist | Download | Scenario
Activity = Question | Exercise

KINDS: dict[str, type[Activity]] = {
    "single-choice": SingleChoice,
    "multiple-choice": MultipleChoice,
    "matching": Matching,
    "ordering": Ordering,
    "short-answer": ShortAnswer,
    "scale": Scale,
    "poll": Poll,
    "reflection": Reflection,
    "cards": Cards,
    "checklist": Checklist,
    "scenario": Scenario,
    "download": Download,
}


def texts_of(activity: Activity) -> tuple[str, ...]:
    """Every text of an activity that may hold inline Markdown."""
    return tuple(_strings(activity.model_dump(exclude={"id", "kind", "moment", "prompt", "handout", "file"})))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for child in children for text in _strings(child)]
