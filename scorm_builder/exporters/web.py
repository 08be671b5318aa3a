"""The bundle that the LTI tool serves: bundle.json, one HTML fragment per unit and language, player, assets."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scorm_builder import markup
from scorm_builder.course import Course, Module, Unit
from scorm_builder.exporters.base import Format, asset_files, editions
from scorm_builder.package import Package
from scorm_builder.pages import Surroundings, unit_fragment
from scorm_builder.player_files import player_files
from scorm_builder.tasks import Prompt

# From /l/<launch>/course/units/<unit>/ to the journal beside the course.
_IN_THE_TOOL = Surroundings(journal_link="../../../journal/{prompt}")


def _export(course: Course) -> Iterator[Package]:
    files = player_files("lti")
    for unit in editions(course):
        fragment = unit_fragment(course, unit, _IN_THE_TOOL)
        files[f"units/{unit.id}.{unit.language}.html"] = fragment.encode()
        files |= asset_files(course, unit)
    described = json.dumps(_bundle(course), ensure_ascii=False, indent=1, sort_keys=True)
    yield Package({"bundle.json": described.encode() + b"\n", **files})


def _bundle(course: Course) -> dict[str, Any]:
    head = course.head
    return {
        **head.model_dump(include={"id", "title", "languages", "version"}),
        "modules": [_module(course, module) for module in head.modules],
        "prompts": {language: [_prompt(prompt) for prompt in prompts] for language, prompts in course.prompts.items()},
        "rubrics": _plain(course.rubrics),
        "sections": _plain(course.sections),
    }


def _module(course: Course, module: Module) -> dict[str, Any]:
    units = [_unit(course.units[unit_id]) for unit_id in module.units]
    return {**module.model_dump(exclude={"units"}), "units": units}


def _unit(in_languages: Mapping[str, Unit]) -> dict[str, Any]:
    """What the tool lists of a unit; each text keyed by language, the pages' and activities' identifiers common."""
    first = next(iter(in_languages.values()))
    heads = {language: unit.head.model_dump(mode="json") for language, unit in in_languages.items()}
    return {
        "id": first.id,
        "minutes": first.head.minutes,
        **{
            key: {language: head[key] for language, head in heads.items()}
            for key in ("title", "summary", "outcomes", "artefact")
        },
        "pages": [
            {
                "id": page.id,
                "title": {language: unit.pages[place].title for language, unit in in_languages.items()},
                "minutes": page.minutes,
            }
            for place, page in enumerate(first.pages)
        ],
        "activities": [
            activity.model_dump(include={"id", "kind", "counts", "objective"}) for activity in first.activities
        ],
        "mastery": first.mastery.model_dump(),
    }


def _prompt(prompt: Prompt) -> dict[str, Any]:
    example = markup.block(prompt.example) if prompt.example else None
    return {**prompt.model_dump(), "question": markup.block(prompt.question), "example": example}


def _plain(by_language: Mapping[str, tuple[Any, ...]]) -> dict[str, list[dict[str, Any]]]:
    return {language: [entry.model_dump() for entry in entries] for language, entries in by_language.items()}


FORMAT = Format("web", "What the LTI tool serves: bundle.json, units, player, pictures", _export)
