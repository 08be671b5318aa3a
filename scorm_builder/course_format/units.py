"""A unit: what its file says of it, and what a built course tells of it beside its pages of HTML."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.parts import LowerCaseId, Minutes, Name, OutcomeId, Part, ReferenceId, Texts, Words

PageKind = Literal["welcome", "lecture", "case", "check"]


class Mastery(Part):
    """The declared rule: all pages seen and `check` percent of the counting points."""

    pages: Literal["all"] = "all"
    check: Annotated[int, Field(ge=0, le=100)] = 70


class Outcome(Part):
    """What a trainee can do after the unit."""

    id: OutcomeId
    text: Words


class Artefact(Part):
    """What a trainee takes away: written to the journal `prompt`, to the planner's `section`, or to both."""

    prompt: Name | None = None
    section: Name | None = None
    text: Words


class Reference(Part):
    """A work that the unit cites; `short` is how it is named in the text."""

    id: ReferenceId
    text: Words
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    short: Words | None = None


class Check(Part):
    """The closing check: an attempt draws `draw` of the counting activities of `page`; `pass` percent pass it."""

    page: LowerCaseId
    draw: Annotated[int, Field(ge=1, le=20)]
    to_pass: Annotated[int, Field(ge=0, le=100, alias="pass")]


class Further(Part):
    """Something to read on, and what it is good for."""

    reference: ReferenceId
    good_for: Words


class UnitHead(Part):
    """The front matter of a unit."""

    id: LowerCaseId
    title: Words
    minutes: Minutes
    summary: Words
    outcomes: tuple[Outcome, ...] = ()
    artefact: Artefact | None = None
    references: tuple[Reference, ...] = ()
    further: tuple[Further, ...] = ()
    check: Check | None = None
    mastery: Mastery | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.check and self.mastery:
            raise PydanticCustomError("one_rule", "A unit with a `check` says there what passes; leave `mastery` out.")
        return self


class Page(Part):
    """A page of a built unit; identifiers are the same in every language."""

    id: Words
    title: Texts
    minutes: int | None = None
    kind: PageKind | None = None


class Activity(Part):
    """Something to do in a built unit."""

    id: LowerCaseId
    kind: Words
    counts: bool = False
    objective: Words


class Unit(Part):
    """A unit of a built course; what differs between languages is there for each language of the course.

    A language that the unit is not written in has what the course's first says.
    """

    id: LowerCaseId
    minutes: Minutes
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    """Those that it is written in."""
    title: Texts
    summary: Texts
    outcomes: dict[str, tuple[Outcome, ...]] = Field(default_factory=dict)
    artefact: dict[str, Artefact] = Field(default_factory=dict)
    references: dict[str, tuple[Reference, ...]] = Field(default_factory=dict)
    further: dict[str, tuple[Further, ...]] = Field(default_factory=dict)
    pages: tuple[Page, ...]
    activities: tuple[Activity, ...] = ()
    mastery: Mastery = Mastery()
    check: Check | None = None
