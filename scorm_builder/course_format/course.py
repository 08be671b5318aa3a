"""A whole built course, as bundle.json holds it."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.data import Data
from scorm_builder.course_format.paper import Handout, ModulePage, SessionPlan
from scorm_builder.course_format.parts import LowerCaseId, Name, Part, Texts, Words
from scorm_builder.course_format.units import Unit

FORMAT_VERSION = 4
"""Of this format; it goes up whenever an older tool could not read what is written, or the other way round."""


class Module(Part):
    """A module; its units may be none yet."""

    id: LowerCaseId
    title: Texts
    aim: Texts
    units: tuple[Unit, ...] = ()


class Edition(Part):
    """What the course has in one language beside its units.

    What the language lacks is there in the course's first language, and `borrowed` names it.
    """

    data: Data = Data()
    modules: dict[str, ModulePage] = Field(default_factory=dict)
    """By module."""
    plans: dict[str, SessionPlan] = Field(default_factory=dict)
    """By unit."""
    handouts: dict[str, Handout] = Field(default_factory=dict)
    """By identifier, in the order of the sources."""
    borrowed: tuple[str, ...] = ()
    """What is in the course's first language: whole files and entries, as in `prompts/j7`, `plans/m2u1`, `skills`."""


class Course(Part):
    """The whole course."""

    format_version: int
    id: Name
    title: Texts
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    licence: Words
    version: Words
    """The course's own, as its author counts."""
    modules: tuple[Module, ...]
    editions: dict[str, Edition]
    """By language."""

    @model_validator(mode="after")
    def _whole_in_every_language(self) -> Self:
        units = [unit for module in self.modules for unit in module.units]
        texts = [self.title, *(module.title for module in self.modules), *(unit.title for unit in units)]
        for language in self.languages:
            if language not in self.editions or not all(language in text for text in texts):
                raise PydanticCustomError("languages", "The course lacks something in `{it}`", {"it": language})
        return self
