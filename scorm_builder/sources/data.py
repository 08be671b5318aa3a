"""The data files of a course in one language: which there are, and what each holds (course format)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from scorm_builder.course import catalogues
from scorm_builder.course.parts import Part
from scorm_builder.course.tasks import ExampleMap, Journal, Planner, Prompt, Rubric, Rubrics, Section

FILES: dict[str, type[Part]] = {
    "journal": Journal,
    "rubrics": Rubrics,
    "roadmap": Planner,
    "glossary": catalogues.Glossary,
    "skills": catalogues.Skills,
    "principles": catalogues.Principles,
    "measures": catalogues.Measures,
    "strategies": catalogues.Strategies,
    "barriers": catalogues.Barriers,
    "methods": catalogues.Methods,
    "ethics": catalogues.Ethics,
    "platforms": catalogues.Platforms,
    "samples": catalogues.Samples,
    "example_map": ExampleMap,
    "case_form": catalogues.FreeForm,
    "goal_project": catalogues.FreeForm,
    "channels": catalogues.FreeForm,
}
File = TypeVar("File", bound=Part)


@dataclass(frozen=True)
class Data:
    """The data files of one language by name, without `.yaml`; a course need not have all of them."""

    files: Mapping[str, Part]

    def file(self, name: str, model: type[File]) -> File | None:
        """What one file holds, or None where there is none."""
        found = self.files.get(name)
        return found if isinstance(found, model) else None

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The journal's prompts."""
        found = self.file("journal", Journal)
        return found.prompts if found else ()

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics."""
        found = self.file("rubrics", Rubrics)
        return found.rubrics if found else ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The planner's sections."""
        found = self.file("roadmap", Planner)
        return found.sections if found else ()

    @property
    def terms(self) -> Mapping[str, catalogues.Term]:
        """The glossary by identifier."""
        found = self.file("glossary", catalogues.Glossary)
        return {term.id: term for term in found.terms} if found else {}


def identifiers(value: Any) -> set[str]:
    """Every `id` in dumped data, at any depth, as a path: `measures/m01`."""
    return set(_paths(value, ""))


def _paths(value: Any, above: str) -> list[str]:
    if isinstance(value, dict):
        return [path for key, child in value.items() for path in _paths(child, f"{above}{key}/")]
    if not isinstance(value, list | tuple):
        return []
    found = []
    for child in value:
        name = child.get("id") if isinstance(child, dict) else None
        if name is not None:
            found.append(f"{above}{name}")
        found += _paths(child, f"{above}{name}/" if name is not None else above)
    return found
