"""What a team does best next, from how far its sections are."""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.roadmap.field_names import Sections
from lti_tool.roadmap.progress import Progress
from scorm_builder.course_format.planner import Section


@dataclass(frozen=True)
class Step:
    """Something to do in one section.

    `begin` it, `catch_up` with what is overdue, `fill` what is required, or `rewrite` what the example says.
    """

    what: str
    section: Section
    count: int = 0


MOST_STEPS = 3
"""More at once would be no advice."""


def next_steps(sections: Sections, progress: Mapping[str, Progress]) -> list[Step]:
    """The next few things to do: what is overdue, what was left half-way, then the first empty section."""
    far = [(section, progress[section.id]) for section in sections]
    late = [Step("catch_up", section, one.overdue) for section, one in far if one.overdue and not one.from_example]
    started = [_step_of(section, one) for section, one in far if one.state == "started"]
    empty = [Step("begin", section) for section, one in far if one.state == "empty"]
    return [*late, *started, *empty[:1]][:MOST_STEPS]


def _step_of(section: Section, progress: Progress) -> Step:
    """What a section that was started needs: that the example makes room first."""
    if progress.from_example:
        return Step("rewrite", section, progress.from_example)
    return Step("fill", section, progress.missing)
