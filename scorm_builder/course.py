"""What a course is: frozen, complete at birth, the same for every exporter."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from scorm_builder.activities import Activity, LowerCaseId, Part, Words
from scorm_builder.tasks import Name, Prompt, Rubric, Section

Translated = dict[str, Words]


class Mastery(Part):
    """The declared rule: all pages seen and `check` percent of the counting points."""

    pages: Literal["all"] = "all"
    check: Annotated[int, Field(ge=0, le=100)] = 70


class Outcome(Part):
    """What a trainee can do after the unit."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]
    text: Words


class Artefact(Part):
    """What a trainee takes away; `prompt` is the journal prompt that it is written to."""

    prompt: Name | None = None
    text: Words


class Reference(Part):
    """A work that the unit cites; `short` is how it is named in the text."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
    text: Words
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    short: Words | None = None


@dataclass(frozen=True)
class Page:
    """One page of a unit; a part is either finished HTML or an activity."""

    id: str
    title: str
    minutes: int | None
    parts: tuple["str | Activity", ...]

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities in reading order."""
        return tuple(part for part in self.parts if not isinstance(part, str))


class UnitHead(Part):
    """The front matter of a unit."""

    id: LowerCaseId
    title: Words
    minutes: Annotated[int, Field(ge=1)]
    summary: Words
    outcomes: tuple[Outcome, ...] = ()
    artefact: Artefact | None = None
    references: tuple[Reference, ...] = ()
    mastery: Mastery | None = None


@dataclass(frozen=True)
class Unit:
    """One unit in one language."""

    head: UnitHead
    language: str
    mastery: Mastery
    pages: tuple[Page, ...]
    pictures: frozenset[str]

    @property
    def id(self) -> str:
        """The identifier, the same in every language."""
        return self.head.id

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities in reading order."""
        return tuple(activity for page in self.pages for activity in page.activities)

    @property
    def counts(self) -> bool:
        """Whether anything in the unit is counted."""
        return any(activity.counts for activity in self.activities)


class Module(Part):
    """A module: a title, an aim, and the identifiers of its units."""

    id: LowerCaseId
    title: Translated
    aim: Translated
    units: tuple[LowerCaseId, ...] = ()


class CourseHead(Part):
    """What course.yaml says."""

    id: Name
    title: Translated
    languages: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    licence: Words
    version: Words
    mastery: Mastery = Mastery()
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Asset:
    """A file that pages show; `path` is relative to the course, as in `assets/spheres.svg`."""

    path: str
    file: Path


@dataclass(frozen=True)
class Course:
    """A whole course in all its languages; `units` by identifier and language."""

    head: CourseHead
    units: Mapping[str, Mapping[str, Unit]]
    prompts: Mapping[str, tuple[Prompt, ...]]
    rubrics: Mapping[str, tuple[Rubric, ...]]
    sections: Mapping[str, tuple[Section, ...]]
    assets: tuple[Asset, ...]

    def module_of(self, unit_id: str) -> Module:
        """The module that a unit belongs to."""
        return next(module for module in self.head.modules if unit_id in module.units)

    def assets_of(self, unit: Unit) -> tuple[Asset, ...]:
        """The files that one unit shows."""
        return tuple(asset for asset in self.assets if asset.path in unit.pictures)


def short_key(identifier: str) -> str:
    """Four characters that stand for a page or an activity in stored progress.

    They depend on the identifier alone, so that progress survives when pages are added, moved or removed.
    """
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    return _in_base_36(int(digest[:12], 16))[:4]


def _in_base_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while len(text) < 4:
        number, rest = divmod(number, 36)
        text += digits[rest]
    return text
