"""What a facilitator works with: modules' pages, session plans and handouts.

The classes that end in `Head` are what the front matter of a source file says, the others what a built course holds.
There, texts of plans are HTML; titles are plain everywhere.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.parts import LowerCaseId, Minutes, Name, OptionalWords, OutcomeId, Part, Words

Mode = Literal["face-to-face", "live-online", "self-study"]


class Aim(Part):
    """An outcome, objective or skill of a module, and the units that lead to it."""

    id: OutcomeId
    text: Words
    units: tuple[LowerCaseId, ...] = ()


class ModuleHead(Part):
    """The front matter of a module's page."""

    id: LowerCaseId
    outcomes: Annotated[tuple[Aim, ...], Field(min_length=1)]
    objectives: tuple[Aim, ...] = ()
    skills: tuple[Aim, ...] = ()


class ModulePage(ModuleHead):
    """What there is to say of a module, as HTML."""

    overview: str
    """For everybody."""
    facilitator: str
    """For the trainer."""


class PlanStep(Part):
    """One step of a session."""

    minutes: Minutes
    title: Words
    groups: OptionalWords = ""
    """In which groups, as in "pairs"."""
    text: Words
    handout: Name | None = None


class PlanMode(Part):
    """How a session runs in one mode."""

    minutes: Minutes
    materials: tuple[Words, ...] = ()
    steps: Annotated[tuple[PlanStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _minutes_add_up(self) -> Self:
        together = sum(step.minutes for step in self.steps)
        if together != self.minutes:
            raise PydanticCustomError(
                "minutes",
                "The steps take {together} minutes; `minutes` says {minutes}.",
                {"together": together, "minutes": self.minutes},
            )
        return self

    def timed(self) -> Iterator[tuple[int, int, PlanStep]]:
        """Each step with the minutes from the beginning at which it begins and ends."""
        ends = accumulate(step.minutes for step in self.steps)
        return ((end - step.minutes, end, step) for end, step in zip(ends, self.steps, strict=True))


class PlanHead(Part):
    """The front matter of a session plan."""

    unit: LowerCaseId
    title: Words
    note: OptionalWords = ""
    """Where the plan comes from."""
    groups: Words
    prepare: tuple[Words, ...] = ()
    modes: Annotated[dict[Mode, PlanMode], Field(min_length=1)]
    handouts: tuple[Name, ...] = ()


class SessionPlan(PlanHead):
    """The plan for one unit."""

    html: str
    """The facilitator's note."""


class HandoutHead(Part):
    """The front matter of a handout."""

    id: Name
    unit: LowerCaseId
    title: Words
    paper: Literal["A4", "A3", "A5"] = "A4"
    use: Words


class Handout(HandoutHead):
    """A sheet to print and give out."""

    html: str
