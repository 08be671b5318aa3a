"""What a facilitator works with: module pages, session plans and handouts (course format)."""

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course.parts import LowerCaseId, Minutes, Name, OutcomeId, Part, Words

MODES = ("face-to-face", "live-online", "self-study")


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


class PlanStep(Part):
    """One step of a session."""

    minutes: Minutes
    title: Words
    groups: Words | None = None
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


class PlanHead(Part):
    """The front matter of a session plan."""

    unit: LowerCaseId
    title: Words
    note: Words | None = None
    groups: Words
    prepare: tuple[Words, ...] = ()
    modes: Annotated[dict[Literal["face-to-face", "live-online", "self-study"], PlanMode], Field(min_length=1)]
    handouts: tuple[Name, ...] = ()


class HandoutHead(Part):
    """The front matter of a handout."""

    id: Name
    unit: LowerCaseId
    title: Words
    paper: Literal["A4", "A3", "A5"] = "A4"
    use: Words


@dataclass(frozen=True)
class ModulePage:
    """A module's page: the overview for trainees and the part for the facilitator, as HTML."""

    head: ModuleHead
    overview: str
    facilitator: str


@dataclass(frozen=True)
class Plan:
    """A session plan; `note` is the facilitator's, as HTML."""

    head: PlanHead
    note: str


@dataclass(frozen=True)
class Handout:
    """A handout; `html` is its body, `files` are the pictures that it shows."""

    head: HandoutHead
    html: str
    files: frozenset[str]
