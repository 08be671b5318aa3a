"""The outline of a cartridge: modules, units, and in each its pages, quizzes, topic, links, plan and handouts."""

from collections.abc import Iterator
from functools import lru_cache

from scorm_builder.activities import Activity
from scorm_builder.cartridge.links import lti_resource, topic_resource, web_link_resource
from scorm_builder.cartridge.plain_pages import (
    handout_resource,
    module_resources,
    page_resource,
    plan_resource,
    references_resource,
    start_resource,
)
from scorm_builder.cartridge.quizzes import is_question, quiz_resource
from scorm_builder.cartridge.resources import Item, Resource
from scorm_builder.citing import label_of
from scorm_builder.course import Course, Unit
from scorm_builder.exercises import Poll
from scorm_builder.exporters.base import Scope
from scorm_builder.strings import strings_for

Spaces = dict[str, str]


def outline(course: Course, scope: Scope, spaces: Spaces, tool: str | None, *, thin: bool) -> tuple[Item, ...]:
    """A heading per module with its units; `spaces` are the namespaces of topic and link; `thin` holds links alone."""
    modules = [] if thin else [_start(course, scope)]
    for module in course.head.modules:
        units = [unit for unit in scope.units if unit.id in module.units]
        items = [_unit(course, unit, spaces, tool, thin=thin) for unit in units]
        page = course.editions[scope.language].modules.get(module.id)
        if items and page and not thin:
            items[:0] = [_item(one, title) for one, title in module_resources(module, page, scope.language)]
        if items:
            modules.append(Item(f"module-{module.id}", module.title[scope.language], items=tuple(items)))
    return tuple(modules) + tuple(_map_item(scope, tool, with_icon=not thin) if tool else ())


def _start(course: Course, scope: Scope) -> Item:
    """The first item: Moodle makes it the course's introduction."""
    title = course.head.title[scope.language]
    return Item("start", title, items=(_item(start_resource(course, scope.units, scope.language), title),))


def _unit(course: Course, unit: Unit, spaces: Spaces, tool: str | None, *, thin: bool) -> Item:
    parts = [*_tool_items(course, unit, tool, with_icon=not thin)] if tool else []
    if not thin:
        parts += _lessons(unit)
    parts += _further(unit, spaces["link"])
    if not thin:
        parts += [*_topics(unit, spaces["topic"]), *_paper(course, unit)]
    return Item(f"unit-{unit.id}", unit.head.title, items=tuple(parts))


def _tool_items(course: Course, unit: Unit, tool: str, *, with_icon: bool) -> Iterator[Item]:
    """The unit in the tool, with progress, and its journal prompts, graded where they have points."""
    yield _item(lti_resource(tool, f"unit/{unit.id}", unit.head.title, with_icon=with_icon), unit.head.title)
    for prompt in course.editions[unit.language].data.prompts:
        if prompt.unit == unit.id:
            title = f"{prompt.code} {prompt.title}"
            yield _item(lti_resource(tool, f"journal/{prompt.id}", title, prompt.points, with_icon=with_icon), title)


def _map_item(scope: Scope, tool: str, *, with_icon: bool) -> Iterator[Item]:
    title = strings_for(scope.language)["page"]["road_map"]
    yield _item(lti_resource(tool, "roadmap", title, with_icon=with_icon), title)


# Both versions of the cartridge hold the same pages, quizzes and papers: they are made once.
@lru_cache(maxsize=128)
def _lessons(unit: Unit) -> tuple[Item, ...]:
    return (*(_item(page_resource(unit, page), page.title) for page in unit.pages), *_quizzes(unit))


def _quizzes(unit: Unit) -> Iterator[Item]:
    """Practice with what does not count, and the check."""
    say = strings_for(unit.language)["page"]
    questions: dict[str, list[Activity]] = {"practice": [], "check": []}
    for activity in unit.activities:
        if is_question(activity) and (activity.counts or activity.kind not in {"matching", "ordering"}):
            questions["check" if activity.counts else "practice"].append(activity)
    for name, asked in questions.items():
        title = f"{say[f'quiz_{name}']}: {unit.head.title}"
        quiz = quiz_resource(f"quiz-{unit.id}-{name}", title, asked)
        if quiz:
            yield _item(quiz, title)


def _further(unit: Unit, space: str) -> Iterator[Item]:
    """A web link for each thing to read on that has an address, and the list of all references after them."""
    references = {reference.id: reference for reference in unit.head.references}
    for entry in unit.head.further:
        reference = references[entry.reference]
        if reference.url:
            title = reference.short or label_of(reference.text)
            yield _item(web_link_resource(f"link-{unit.id}-{reference.id}", title, reference.url, space), title)


def _topics(unit: Unit, space: str) -> Iterator[Item]:
    say = strings_for(unit.language)["activity"]
    for activity in unit.activities:
        if isinstance(activity, Poll):
            title = activity.question or say["poll_question"]
            yield _item(topic_resource(unit.id, activity, title, space), title)


@lru_cache(maxsize=128)
def _paper(course: Course, unit: Unit) -> tuple[Item, ...]:
    """References for all; plan and handouts for instructors."""
    return tuple(_papers(course, unit))


def _papers(course: Course, unit: Unit) -> Iterator[Item]:
    edition = course.editions[unit.language]
    say = strings_for(unit.language)["page"]
    if unit.head.references:
        yield _item(references_resource(unit), say["references"])
    plan = edition.plans.get(unit.id)
    if plan:
        yield _item(plan_resource(plan, unit.language), plan.head.title)
    for handout in edition.handouts.values():
        if handout.head.unit == unit.id:
            yield _item(handout_resource(handout, unit.language), f"{say['handout']}: {handout.head.title}")


def _item(resource: Resource, title: str) -> Item:
    return Item(f"item-{resource.id}", title, resource)
