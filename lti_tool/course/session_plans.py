"""Session plans, handouts, modules' pages: how a trainer runs units face to face, live online or by self-study.

Texts are HTML made by the builder, titles are plain.
"""

from collections.abc import Iterator
from itertools import accumulate

from lti_tool.course.parts import Part


class Step(Part):
    """One step of a session."""

    minutes: int
    title: str
    groups: str = ""
    """In which groups, as in "pairs"."""
    text: str
    handout: str = ""


class Mode(Part):
    """How a session runs in one of its modes."""

    minutes: int
    materials: tuple[str, ...] = ()
    steps: tuple[Step, ...]

    def timed(self) -> Iterator[tuple[int, int, Step]]:
        """Each step with the minutes from the beginning at which it begins and ends."""
        ends = accumulate(step.minutes for step in self.steps)
        return ((end - step.minutes, end, step) for end, step in zip(ends, self.steps, strict=True))


class SessionPlan(Part):
    """The plan for one unit."""

    id: str
    """The unit's."""
    title: str
    note: str = ""
    """Where the plan comes from."""
    groups: str = ""
    prepare: tuple[str, ...] = ()
    modes: dict[str, Mode]
    """By `face-to-face`, `live-online` and `self-study`."""
    html: str = ""
    """The facilitator's note."""


class Handout(Part):
    """A sheet to print and give out."""

    id: str
    unit: str
    title: str
    paper: str = "A4"
    use: str = ""


class ModulePage(Part):
    """What there is to say of a module."""

    overview: str = ""
    """For everybody."""
    facilitator: str = ""
    """For the trainer."""
