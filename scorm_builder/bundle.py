"""What the LTI tool reads as bundle.json: structure, texts by language, and all data files of the course.

What a language lacks is given in the course's first language, so that nothing is missing in any.
"""

from collections.abc import Callable, Mapping
from typing import Any

from scorm_builder.course.model import Course, Edition, Module, Unit
from scorm_builder.course.paper import Plan
from scorm_builder.markup import markdown
from scorm_builder.sources.data import FILES

_NAMES = {"journal": "prompts", "roadmap": "sections"}
_MARKDOWN = {"prompts": ("question", "example"), "samples": ("text",)}
_PLAN_WORDS = frozenset({"note", "groups", "prepare", "materials", "text"})
"""What of a session plan may have words in italics and the like."""


def described(course: Course) -> dict[str, Any]:
    """The whole course, ready for JSON; each data file under its name, a file of one list as that list."""
    head = course.head
    data = {_NAMES.get(name, name): _data(course, name) for name in FILES}
    for needed in ("prompts", "rubrics", "sections"):
        data[needed] = data[needed] or {language: [] for language in head.languages}
    return {
        **head.model_dump(include={"id", "title", "languages", "version"}),
        "modules": [_module(course, module) for module in head.modules],
        "plans": _by_language(course, lambda edition: _plans(course, edition)),
        "handouts": _by_language(course, lambda edition: _handouts(course, edition)),
        **{name: held for name, held in data.items() if held},
    }


def _module(course: Course, module: Module) -> dict[str, Any]:
    units = [_unit(course, course.units[unit_id]) for unit_id in module.units if unit_id in course.units]
    return {**module.model_dump(exclude={"units"}), "units": units, "page": _module_page(course, module.id)}


def _unit(course: Course, in_languages: Mapping[str, Unit]) -> dict[str, Any]:
    """What the tool lists of a unit; each text keyed by language, the pages' and activities' identifiers common."""
    first = in_languages[course.head.languages[0]]
    units = {language: in_languages.get(language, first) for language in course.head.languages}
    heads = {language: unit.head.model_dump(mode="json") for language, unit in units.items()}
    return {
        "id": first.id,
        "minutes": first.head.minutes,
        **{
            key: {language: head[key] for language, head in heads.items()}
            for key in ("title", "summary", "outcomes", "artefact")
        },
        "languages": list(in_languages),
        "pages": [_page(place, units) for place in range(len(first.pages))],
        "activities": [
            activity.model_dump(include={"id", "kind", "counts", "objective"}) for activity in first.activities
        ],
        "mastery": first.mastery.model_dump(),
        "check": first.head.check.model_dump(by_alias=True) if first.head.check else None,
    }


def _page(place: int, units: Mapping[str, Unit]) -> dict[str, Any]:
    first = next(iter(units.values())).pages[place]
    titles = {
        language: next((page.title for page in unit.pages if page.id == first.id), first.title)
        for language, unit in units.items()
    }
    return {"id": first.id, "title": titles, "minutes": first.minutes, "kind": first.kind}


def _module_page(course: Course, module_id: str) -> dict[str, Any] | None:
    pages = {code: edition.modules[module_id] for code, edition in _editions(course) if module_id in edition.modules}
    return {
        code: {**page.head.model_dump(mode="json"), "overview": page.overview, "facilitator": page.facilitator}
        for code, page in pages.items()
    } or None


def _plans(course: Course, edition: Edition) -> list[dict[str, Any]]:
    return [_plan(plan) for plan in edition.plans.values() if plan.head.unit in course.units]


def _plan(plan: Plan) -> dict[str, Any]:
    return {**_marked_up(plan.head.model_dump(mode="json")), "id": plan.head.unit, "html": plan.note}


def _marked_up(held: Any, key: str = "") -> Any:
    """A session plan with its words as HTML."""
    if isinstance(held, dict):
        return {name: _marked_up(value, name) for name, value in held.items()}
    if isinstance(held, list):
        return [_marked_up(one, key) for one in held]
    return markdown.inline(held, {}) if key in _PLAN_WORDS and held is not None else held


def _handouts(course: Course, edition: Edition) -> list[dict[str, Any]]:
    given = [handout for handout in edition.handouts.values() if handout.head.unit in course.units]
    return [{**handout.head.model_dump(mode="json"), "html": handout.html} for handout in given]


def _by_language(course: Course, make: Callable[[Edition], list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    first = make(course.editions[course.head.languages[0]])
    return {code: _filled(make(edition), first) for code, edition in _editions(course)}


def _editions(course: Course) -> list[tuple[str, Edition]]:
    return [(code, course.editions[code]) for code in course.head.languages]


def _data(course: Course, name: str) -> dict[str, Any]:
    """What one data file holds, by language; {} where no language has it."""
    held = {
        code: edition.data.files[name].model_dump(mode="json")
        for code, edition in _editions(course)
        if name in edition.data.files
    }
    if not held:
        return {}
    first = held.get(course.head.languages[0]) or next(iter(held.values()))
    whole = {code: _filled(held.get(code, first), first) for code in course.head.languages}
    return {code: _shown(_NAMES.get(name, name), content) for code, content in whole.items()}


def _filled(own: Any, first: Any) -> Any:
    """A language's data with what it lacks taken from the first; lists of entries go by `id`, in the first's order."""
    if isinstance(first, dict) and isinstance(own, dict):
        return {key: _filled(own[key], first[key]) if own.get(key) is not None else first[key] for key in first} | {
            key: value for key, value in own.items() if key not in first
        }
    if isinstance(first, list) and isinstance(own, list) and first and all(_has_id(entry) for entry in [*first, *own]):
        mine = {entry["id"]: entry for entry in own}
        return [_filled(mine[entry["id"]], entry) if entry["id"] in mine else entry for entry in first]
    return own


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and "id" in entry


def _shown(name: str, content: dict[str, Any]) -> Any:
    """A file of one list as that list, with Markdown as HTML."""
    if len(content) > 1:
        return content
    (entries,) = content.values()
    for entry in entries:
        for key in _MARKDOWN.get(name, ()):
            entry[key] = markdown.block(entry[key]) if entry[key] else entry[key]
    return entries
