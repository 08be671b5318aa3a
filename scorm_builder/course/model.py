"""What a course is: frozen, complete at birth, the same for every exporter."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scorm_builder.course.activities import Activity
from scorm_builder.course.paper import Handout, ModulePage, Plan
from scorm_builder.course_format.data import Data
from scorm_builder.course_format.parts import LowerCaseId, Name, Part, Texts, Words
from scorm_builder.course_format.units import Mastery, PageKind, UnitHead


@dataclass(frozen=True)
class Page:
    """One page of a unit; a part is either finished HTML or an activity. `terms` are those of the glossary it links."""

    id: str
    title: str
    minutes: int | None
    kind: PageKind | None
    terms: tuple[str, ...]
    parts: tuple["str | Activity", ...]

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities in reading order."""
        return tuple(part for part in self.parts if not isinstance(part, str))


@dataclass(frozen=True, eq=False)
class Unit:
    """One unit in one language; like the course it is told apart by what it is, not by what it holds."""

    head: UnitHead
    language: str
    mastery: Mastery
    pages: tuple[Page, ...]
    files: frozenset[str]
    pictures: int
    words: int

    @property
    def id(self) -> str:
        """The identifier, the same in every language."""
        return self.head.id

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities in reading order."""
        return tuple(activity for page in self.pages for activity in page.activities)

    @property
    def pool(self) -> tuple[Activity, ...]:
        """The activities that the closing check draws from."""
        check = self.head.check
        on_page = [page.activities for page in self.pages if check and page.id == check.page]
        return tuple(activity for activities in on_page for activity in activities if activity.counts)

    @property
    def counts(self) -> bool:
        """Whether anything in the unit is counted."""
        return any(activity.counts for activity in self.activities)


class Module(Part):
    """A module: a title, an aim, and the identifiers of its units."""

    id: LowerCaseId
    title: Texts
    aim: Texts
    units: tuple[LowerCaseId, ...] = ()


class CourseHead(Part):
    """What course.yaml says."""

    id: Name
    title: Texts
    languages: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    licence: Words
    version: Words
    mastery: Mastery = Mastery()
    report_texts: bool = False
    """Whether statements of cmi5 carry what people write for themselves in reflections."""
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Asset:
    """A file that pages show; `path` is relative to the course, as in `assets/spheres.svg`."""

    path: str
    file: Path

    @cached_property
    def content(self) -> bytes:
        """What is in it, read once for all formats."""
        return self.file.read_bytes()


@dataclass(frozen=True)
class Edition:
    """What a course has in one language beside its units; module pages and plans by module and unit."""

    data: Data
    modules: Mapping[str, ModulePage]
    plans: Mapping[str, Plan]
    handouts: Mapping[str, Handout]


@dataclass(frozen=True, eq=False)
class Course:
    """A whole course in all its languages; `units` by identifier and language, `editions` by language."""

    head: CourseHead
    units: Mapping[str, Mapping[str, Unit]]
    editions: Mapping[str, Edition]
    assets: tuple[Asset, ...]

    def module_of(self, unit_id: str) -> Module:
        """The module that a unit belongs to."""
        return next(module for module in self.head.modules if unit_id in module.units)


def short_key(identifier: str) -> str:
    """Three characters (base 64) that stand for a unit, a page or an activity in stored progress.

    They depend on the identifier alone, so that progress survives when pages are added, moved or removed.
    """
    return urlsafe_b64encode(hashlib.sha256(identifier.encode()).digest()[:3]).decode()[:3]
