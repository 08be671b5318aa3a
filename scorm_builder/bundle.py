"""A course as the LTI tool reads it from bundle.json: structure, texts by language, and all data files.

What a language lacks is given in the course's first language, so that nothing is missing in any; the edition names it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from scorm_builder.course.model import Course, Module, Unit
from scorm_builder.course.paper import Plan
from scorm_builder.course_format import course as published
from scorm_builder.course_format.parts import Part
from scorm_builder.course_format.units import UnitHead
from scorm_builder.markup import markdown

_MARKDOWN = {"prompts": ("question", "example"), "samples": ("text",)}
_PLAN_WORDS = frozenset({"note", "groups", "prepare", "materials", "text"})
"""What of a session plan may have words in italics and the like."""
_BY_LANGUAGE = ("title", "summary", "outcomes", "artefact", "references", "further")
"""What of a unit's front matter differs between languages."""


def published_course(course: Course) -> published.Course:
    """The whole course in its published form."""
    head = course.head
    return published.Course.model_validate(
        {
            "format_version": published.FORMAT_VERSION,
            **head.model_dump(include={"id", "title", "languages", "licence", "version"}),
            "modules": [_module(course, module) for module in head.modules],
            "editions": _editions(course),
        }
    )


def _module(course: Course, module: Module) -> dict[str, Any]:
    units = [_unit(course, course.units[unit_id]) for unit_id in module.units if unit_id in course.units]
    return {**module.model_dump(exclude={"units"}), "units": units}


def _unit(course: Course, in_languages: Mapping[str, Unit]) -> dict[str, Any]:
    """What the tool lists of a unit; each text keyed by language, the pages' and activities' identifiers common."""
    first = in_languages[course.head.languages[0]]
    units = {language: in_languages.get(language, first) for language in course.head.languages}
    return {
        "id": first.id,
        "minutes": first.head.minutes,
        "languages": [language for language in course.head.languages if language in in_languages],
        **_texts({language: unit.head for language, unit in units.items()}),
        "pages": [_page(place, units) for place in range(len(first.pages))],
        "activities": [
            activity.model_dump(include={"id", "kind", "counts", "objective"}) for activity in first.activities
        ],
        "mastery": first.mastery.model_dump(),
        "check": first.head.check.model_dump(by_alias=True) if first.head.check else None,
    }


def _texts(heads: Mapping[str, UnitHead]) -> dict[str, dict[str, Any]]:
    """What differs between languages, each by language; what an author left out is not there."""
    dumped = {language: head.model_dump(mode="json") for language, head in heads.items()}
    return {key: {code: head[key] for code, head in dumped.items() if head[key]} for key in _BY_LANGUAGE}


def _page(place: int, units: Mapping[str, Unit]) -> dict[str, Any]:
    first = next(iter(units.values())).pages[place]
    titles = {
        language: next((page.title for page in unit.pages if page.id == first.id), first.title)
        for language, unit in units.items()
    }
    return {"id": first.id, "title": titles, "minutes": first.minutes, "kind": first.kind}


def _editions(course: Course) -> dict[str, dict[str, Any]]:
    """Every language's edition, whole."""
    own = {code: _edition(course, code) for code in course.head.languages}
    first = own[course.head.languages[0]]
    return {code: {**_filled(edition, first), "borrowed": _borrowed(edition, first)} for code, edition in own.items()}


def _edition(course: Course, language: str) -> dict[str, Any]:
    """What the sources have in one language."""
    edition = course.editions[language]
    return {
        "data": {name: _file(file, language) for name, file in edition.data.files.items()},
        "modules": {
            name: {**page.head.model_dump(mode="json"), "overview": page.overview, "facilitator": page.facilitator}
            for name, page in edition.modules.items()
        },
        "plans": {name: _plan(plan) for name, plan in edition.plans.items() if plan.head.unit in course.units},
        "handouts": {
            name: {**handout.head.model_dump(mode="json"), "html": handout.html}
            for name, handout in edition.handouts.items()
            if handout.head.unit in course.units
        },
    }


def _file(file: Part, language: str) -> dict[str, Any]:
    """A data file with its Markdown as HTML."""
    content = file.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    for name, keys in _MARKDOWN.items():
        for entry in content.get(name, ()):
            entry.update({key: markdown.block(entry[key], language) for key in keys if entry.get(key)})
    return content


def _plan(plan: Plan) -> dict[str, Any]:
    return {**_marked_up(plan.head.model_dump(mode="json", exclude_defaults=True)), "html": plan.note}


def _marked_up(held: Any, key: str = "") -> Any:
    """A session plan with its words as HTML."""
    if isinstance(held, dict):
        return {name: _marked_up(value, name) for name, value in held.items()}
    if isinstance(held, list):
        return [_marked_up(one, key) for one in held]
    return markdown.inline(held, {}) if key in _PLAN_WORDS else held


def _filled(own: Any, first: Any) -> Any:
    """A language's data with what it lacks taken from the first; lists of entries go by their identifiers.

    They keep their own order where they are whole, as a glossary does, and else take the first's.
    """
    if isinstance(first, dict) and isinstance(own, dict):
        return {key: _filled(own[key], first[key]) if key in own else first[key] for key in first} | {
            key: value for key, value in own.items() if key not in first
        }
    if first and _is_of_entries(first) and _is_of_entries(own):
        mine, theirs = _by_identifier(own), _by_identifier(first)
        order = mine if mine.keys() == theirs.keys() else theirs
        return [_filled(mine[name], theirs[name]) if name in mine else theirs[name] for name in order]
    return own


def _borrowed(own: Mapping[str, Any], first: Mapping[str, Any]) -> list[str]:
    """What `_filled` took from the first language, as `Edition.borrowed` names it."""
    kinds = ("modules", "plans", "handouts")
    papers = [f"{kind}/{name}" for kind in kinds for name in first[kind] if name not in own[kind]]
    files = [path for name, file in first["data"].items() for path in _lacking(name, own["data"].get(name), file)]
    return sorted({*papers, *files})


def _lacking(name: str, own: Mapping[str, Any] | None, first: Mapping[str, Any]) -> list[str]:
    """The file, or the entries of its lists that it lacks, as in `prompts/j7`."""
    listed = {key: found for key, found in first.items() if _is_of_entries(found)}
    there = {key: _by_identifier((own or {}).get(key, ())) for key in listed}
    entries = [
        f"{key}/{one}" for key, found in listed.items() for one in _by_identifier(found) if one not in there[key]
    ]
    return entries if own is not None else [name, *entries]


def _is_of_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) and _identifier(entry) for entry in value)


def _by_identifier(entries: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {_identifier(entry): entry for entry in entries}


def _identifier(entry: Mapping[str, Any]) -> str:
    """What names an entry in every language: its `id`; a planner's field has a `name` beside its `kind` instead."""
    name: str = entry.get("id") or (entry.get("name", "") if "kind" in entry else "")
    return name
