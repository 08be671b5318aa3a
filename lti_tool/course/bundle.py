"""The built course, `scorm-builder build --format web`: read once, and looked up by identifier and language."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from lti_tool.errors import NotFound
from scorm_builder.course_format.course import FORMAT_VERSION, Course, Edition, Module
from scorm_builder.course_format.journal import Prompt, Rubric
from scorm_builder.course_format.paper import Handout, SessionPlan
from scorm_builder.course_format.parts import Texts
from scorm_builder.course_format.planner import Section
from scorm_builder.course_format.units import Unit


class BundleUnreadable(Exception):
    """The built course is missing or not in the form that this version reads."""


@dataclass(frozen=True)
class Bundle:
    """The whole course. Look-ups raise NotFound for identifiers that it does not have."""

    course: Course
    folder: Path
    """Where the unit pages, pictures and the player lie."""

    @property
    def title(self) -> Texts:
        """The course's title by language."""
        return self.course.title

    @property
    def languages(self) -> tuple[str, ...]:
        """The course's languages; the first is whole."""
        return self.course.languages

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules in the course's order."""
        return self.course.modules

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

    def language_of(self, name: str, wanted: str) -> str:
        """The language that something is in where this one is wanted; `name` as in `Edition.borrowed`, `plans/m2u1`."""
        return self.languages[0] if name in self.edition(wanted).borrowed else self.language(wanted)

    def unit_language(self, unit: Unit, wanted: str) -> str:
        """The wanted language where the unit is written in it, else the course's first."""
        return wanted if wanted in unit.languages else self.languages[0]

    def edition(self, language: str) -> Edition:
        """What the course has in this language beside its units."""
        return self.course.editions[self.language(language)]

    def unit(self, unit_id: str) -> Unit:
        """The unit."""
        if unit_id not in self.units:
            raise NotFound("unit")
        return self.units[unit_id]

    def prompts(self, language: str) -> tuple[Prompt, ...]:
        """The journal's prompts, in the course's order."""
        return self.edition(language).data.journal.prompts

    def prompt(self, prompt_id: str, language: str) -> Prompt:
        """The prompt in this language."""
        return _find(self.prompts(language), prompt_id)

    def checklist(self, prompt: Prompt, language: str) -> tuple[str, ...]:
        """What to look at before handing in a piece on this prompt, which may be one that a trainer wrote."""
        return prompt.checklist or self.edition(language).data.journal.checklist

    def rubrics(self, language: str) -> tuple[Rubric, ...]:
        """The rubrics, in the course's order."""
        return self.edition(language).data.rubrics.rubrics

    def rubric(self, rubric_id: str, language: str) -> Rubric:
        """The rubric in this language."""
        return _find(self.rubrics(language), rubric_id)

    def sections(self, language: str) -> tuple[Section, ...]:
        """The planner's sections, in their order."""
        return self.edition(language).data.sections

    def plan(self, unit_id: str, language: str) -> SessionPlan:
        """The session plan of the unit in this language."""
        found = self.edition(language).plans.get(unit_id)
        if found is None:
            raise NotFound("course data")
        return found

    def handouts_of(self, unit_id: str, language: str) -> tuple[Handout, ...]:
        """What a trainer gives out in the unit, in this language."""
        return tuple(one for one in self.edition(language).handouts.values() if one.unit == unit_id)

    def unit_html(self, unit_id: str, language: str) -> str:
        """The unit's pages as one fragment of HTML, built by us and therefore trusted."""
        name = f"{self.unit(unit_id).id}.{self.language(language)}.html"
        return (self.folder / "units" / name).read_text(encoding="utf-8")


def read_bundle(folder: Path) -> Bundle:
    """Read `bundle.json` in this folder; raises BundleUnreadable with a sentence for the operator."""
    try:
        found = json.loads((folder / "bundle.json").read_bytes())
        _check_version(folder, found)
        return Bundle(Course.model_validate(found), folder)
    except OSError:
        raise BundleUnreadable(f"No built course in {folder}. Run `make install`.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BundleUnreadable(f"The built course in {folder} cannot be read: {where}: {first['msg']}.") from None
    except ValueError as error:
        raise BundleUnreadable(f"The built course in {folder} cannot be read: {error}.") from None


def _check_version(folder: Path, found: Any) -> None:
    version = found.get("format_version", 1) if isinstance(found, dict) else None
    if version != FORMAT_VERSION:
        raise BundleUnreadable(
            f"The built course in {folder} is of format {version}; this version of Partnerwise reads format"
            f" {FORMAT_VERSION}. Build the course anew: `make install`, or `scorm-builder build --format web`."
        )


Named = TypeVar("Named", Prompt, Rubric)


def _find(found: Iterable[Named], wanted: str) -> Named:
    for one in found:
        if one.id == wanted:
            return one
    raise NotFound("course data")
