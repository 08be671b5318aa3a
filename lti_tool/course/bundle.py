"""The course as `scorm-builder build --format web` wrote it: what is taught, the prompts, the rubrics, the sections."""

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from lti_tool.course.parts import Part, Texts
from lti_tool.course.session_plans import Handout, ModulePage, SessionPlan
from lti_tool.errors import NotFound


class BundleUnreadable(Exception):
    """The built course is missing or not in the form that this version reads."""


class Page(Part):
    """A page of a unit."""

    id: str
    title: Texts
    minutes: int = 0


class Activity(Part):
    """Something to do in a unit."""

    id: str
    kind: str
    counts: bool = False


class Mastery(Part):
    """When a unit is passed: all pages seen, and this share of the counting points, in percent."""

    check: int = 70


class Unit(Part):
    """A unit."""

    id: str
    title: Texts
    summary: Texts = Field(default_factory=dict)
    minutes: int = 0
    pages: tuple[Page, ...]
    activities: tuple[Activity, ...] = ()
    mastery: Mastery = Mastery()


class Module(Part):
    """A module; its units may be none yet."""

    id: str
    title: Texts
    aim: Texts = Field(default_factory=dict)
    page: dict[str, ModulePage] = Field(default_factory=dict)
    units: tuple[Unit, ...]


class Words(Part):
    """How long a piece should be; a guide, never a bar."""

    min: int = 0
    max: int = 0


class Scaffold(Part):
    """A way to begin."""

    name: str
    text: str


class Prompt(Part):
    """What trainees are asked to write. Texts are HTML made by the builder."""

    id: str
    code: str
    unit: str
    title: str
    question: str
    guiding: tuple[str, ...] = ()
    scaffold: tuple[Scaffold, ...] = ()
    words: Words | None = None
    limit: int | None = None
    """Characters, for definitions."""
    rubric: str | None = None
    points: int = 0
    example: str = ""

    @property
    def name(self) -> str:
        """The title with the course's code before it; what a trainer wrote has none."""
        return f"{self.code} · {self.title}" if self.code else self.title


class Level(Part):
    """One level of a criterion."""

    points: int
    title: str
    description: str


class Criterion(Part):
    """One criterion of a rubric, levels from the lowest."""

    id: str
    title: str
    question: str = ""
    levels: tuple[Level, ...]


class Rubric(Part):
    """How pieces are judged."""

    id: str
    title: str
    source: str = ""
    criteria: tuple[Criterion, ...]

    @property
    def maximum(self) -> int:
        """The highest sum of points."""
        return sum(max(level.points for level in criterion.levels) for criterion in self.criteria)


class Choice(Part):
    """One value of a choice field."""

    id: str
    label: str


class FieldKind(Part):
    """A field of the planner."""

    name: str
    label: str
    kind: Literal["text", "long", "date", "choice", "person", "priority"]
    limit: int = 2000
    choices: tuple[Choice, ...] = ()


class RowKind(Part):
    """What the rows of a section are."""

    kind: str
    singular: str
    plural: str
    fields: tuple[FieldKind, ...]


class Section(Part):
    """A section of the planner: fields of its own, or rows."""

    id: str
    code: str
    title: str
    question: str
    help: str = ""
    example: str = ""
    fields: tuple[FieldKind, ...] = ()
    row: RowKind | None = None


class Bundle(Part):
    """The whole course. Look-ups raise NotFound for identifiers that it does not have."""

    id: str
    title: Texts
    languages: tuple[str, ...]
    modules: tuple[Module, ...]
    prompts: dict[str, tuple[Prompt, ...]]
    rubrics: dict[str, tuple[Rubric, ...]]
    sections: dict[str, tuple[Section, ...]]
    plans: dict[str, tuple[SessionPlan, ...]] = Field(default_factory=dict)
    handouts: dict[str, tuple[Handout, ...]] = Field(default_factory=dict)
    folder: Path = Path()
    """Where the unit pages, pictures and the player lie."""

    @cached_property
    def player_digest(self) -> str:
        """Changes with the player, so that browsers may keep one for ever and never mix two."""
        files = sorted(file for file in (self.folder / "player").iterdir() if file.is_file())
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Every unit by identifier, in the course's order."""
        return {unit.id: unit for module in self.modules for unit in module.units}

    def language(self, wanted: str) -> str:
        """The wanted language where the course has it, else its first."""
        return wanted if wanted in self.languages else self.languages[0]

    def unit(self, unit_id: str) -> Unit:
        """The unit."""
        if unit_id not in self.units:
            raise NotFound("unit")
        return self.units[unit_id]

    def prompt(self, prompt_id: str, language: str) -> Prompt:
        """The prompt in this language."""
        return _find(self.prompts[self.language(language)], prompt_id)

    def rubric(self, rubric_id: str, language: str) -> Rubric:
        """The rubric in this language."""
        return _find(self.rubrics[self.language(language)], rubric_id)

    def plan(self, unit_id: str, language: str) -> SessionPlan:
        """The session plan of the unit in this language."""
        return _find(self.plans.get(self.language(language), ()), unit_id)

    def handouts_of(self, unit_id: str, language: str) -> tuple[Handout, ...]:
        """What a trainer gives out in the unit, in this language."""
        return tuple(one for one in self.handouts.get(self.language(language), ()) if one.unit == unit_id)

    def unit_html(self, unit_id: str, language: str) -> str:
        """The unit's pages as one fragment of HTML, built by us and therefore trusted."""
        name = f"{self.unit(unit_id).id}.{self.language(language)}.html"
        return (self.folder / "units" / name).read_text(encoding="utf-8")


Named = TypeVar("Named", Prompt, Rubric, SessionPlan)


def read_bundle(folder: Path) -> Bundle:
    """Read `bundle.json` in this folder; raises BundleUnreadable with a sentence for the operator."""
    try:
        found = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
        return Bundle.model_validate({**found, "folder": folder})
    except OSError:
        raise BundleUnreadable(f"No built course in {folder}. Run `make install`.") from None
    except (ValueError, ValidationError) as error:
        raise BundleUnreadable(f"The built course in {folder} cannot be read: {error}") from None


def _find(found: tuple[Named, ...], wanted: str) -> Named:
    for one in found:
        if one.id == wanted:
            return one
    raise NotFound("course data")
