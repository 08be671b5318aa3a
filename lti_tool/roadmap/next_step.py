"""What a team does best next, from what its map holds."""

from dataclasses import dataclass
from datetime import date

from lti_tool.roadmap.reading import Map, Part
from scorm_builder.course_format.planner import Section


@dataclass(frozen=True)
class Step:
    """Something to do in one section: `begin` it, `catch_up` with what is overdue, or `fill` what is empty."""

    what: str
    section: Section
    count: int = 0


MOST_STEPS = 3
"""More at once would be no advice."""


def next_steps(whole: Map, today: date) -> list[Step]:
    """The next few things to do: what is overdue, what was left half-way, then the first new section."""
    late = [Step("catch_up", part.section, len(part.overdue(today))) for part in whole.parts if part.overdue(today)]
    begun = [Step("fill", part.section, part.empty) for part in whole.parts if part.state == "begun"]
    new = [Step("begin", part.section) for part in whole.parts if _untouched(part)]
    return [*late, *begun, *new[:1]][:MOST_STEPS]


def _untouched(part: Part) -> bool:
    return part.state == "new"
