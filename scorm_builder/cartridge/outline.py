"""The outline of a cartridge: modules, units, and in each its pages, quizzes, topic, links, plan and handouts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scorm_builder.cartridge.links import lti_resource, topic_resource, web_link_resource
from scorm_builder.cartridge.plain_pages import (
    aim_resource,
    handout_resource,
    module_resources,
    page_resource,
    plan_resource,
    references_resource,
    start_resource,
)
from scorm_builder.cartridge.quizzes import is_asked_in_quizzes, quiz_resources
from scorm_builder.cartridge.resources import Item, Resource
from scorm_builder.course.activities import Question
from scorm_builder.course.exercises import Poll
from scorm_builder.course.model import Course, Module, Unit
from scorm_builder.exporters.base import Scope
from scorm_builder.markup.citations import label_of
from scorm_builder.markup.strings import strings_for


@dataclass(frozen=True)
class Wanted:
    """What a cartridge is made for: `spaces` of topic and link, the tool's address, links alone, Moodle's ways."""

    spaces: Mapping[str, str]
    tool: str | None
    thin: bool
    for_moodle: bool


def outline(course: Course, scope: Scope, wanted: Wanted) -> tuple[Item, ...]:
    """Sections of items, one level deep: of a folder inside a section Moodle makes a label with a broken picture.

    A section for each module's overview and for each of its units; of links alone, a section for each module.
    """
    sections = [] if wanted.thin else [_start(course, scope)]
    for module in course.head.modules:
        units = [unit for unit in scope.units if unit.id in module.units]
        if units and wanted.thin:
            sections.append(_links(course, module, units, wanted))
        elif units:
            sections += _lessons(course, module, units, wanted)
    return (*sections, *_map_section(scope, wanted))


def _start(course: Course, scope: Scope) -> Item:
    """The first item: Moodle makes it the course's introduction."""
    title = course.head.title[scope.language]
    return Item("start", title, items=(_item(start_resource(course, scope.units, scope.language), title),))


def _links(course: Course, module: Module, units: Sequence[Unit], wanted: Wanted) -> Item:
    items = [item for unit in units for item in (*_tool_items(course, unit, wanted), *_further(unit, wanted))]
    return Item(f"module-{module.id}", module.title[units[0].language], items=tuple(items))


def _lessons(course: Course, module: Module, units: Sequence[Unit], wanted: Wanted) -> Iterator[Item]:
    language = units[0].language
    page = course.editions[language].modules.get(module.id)
    pages = module_resources(module, page, language) if page else [aim_resource(module, units, language)]
    yield Item(f"module-{module.id}", module.title[language], items=tuple(_item(*one) for one in pages))
    for unit in units:
        parts = [
            *_tool_items(course, unit, wanted),
            *_pages(unit),
            *_quizzes(unit, for_moodle=wanted.for_moodle),
            *_further(unit, wanted),
            *_topics(unit, wanted),
            *_paper(course, unit),
        ]
        yield Item(f"unit-{unit.id}", unit.head.title, items=tuple(parts))


def _tool_items(course: Course, unit: Unit, wanted: Wanted) -> Iterator[Item]:
    """The unit in the tool, with progress, and its journal prompts, graded where they have points."""
    if not wanted.tool:
        return
    head, with_icon = unit.head, not wanted.thin
    yield _item(lti_resource(wanted.tool, f"unit/{unit.id}", head.title, head.summary, with_icon=with_icon), head.title)
    for prompt in course.editions[unit.language].data.journal.prompts:
        if prompt.unit == unit.id:
            link, title = f"journal/{prompt.id}", f"{prompt.code} {prompt.title}"
            resource = lti_resource(wanted.tool, link, title, prompt.question, prompt.points, with_icon=with_icon)
            yield _item(resource, title)


def _map_section(scope: Scope, wanted: Wanted) -> Iterator[Item]:
    if wanted.tool:
        say = strings_for(scope.language)["page"]
        title = say["road_map"]
        link = lti_resource(wanted.tool, "roadmap", title, say["about_road_map"], with_icon=not wanted.thin)
        yield Item("map", title, items=(_item(link, title),))


# All versions of the cartridge hold the same pages and papers: they are made once.
@lru_cache(maxsize=128)
def _pages(unit: Unit) -> tuple[Item, ...]:
    return tuple(_item(page_resource(unit, page), page.title) for page in unit.pages)


def _quizzes(unit: Unit, *, for_moodle: bool) -> Iterator[Item]:
    """Practice with what does not count, and the check."""
    say = strings_for(unit.language)["page"]
    questions: dict[str, list[Question]] = {"practice": [], "check": []}
    for activity in unit.activities:
        if is_asked_in_quizzes(activity):
            questions["check" if activity.counts else "practice"].append(activity)
    for name, asked in questions.items():
        title = f"{say[f'quiz_{name}']}: {unit.head.title}"
        identifier, graded = f"quiz-{unit.id}-{name}", name == "check"
        for quiz, titled in quiz_resources(identifier, title, asked, for_moodle=for_moodle, graded=graded):
            yield _item(quiz, titled)


def _further(unit: Unit, wanted: Wanted) -> Iterator[Item]:
    """A web link for each thing to read on that has an address, and the list of all references after them."""
    references = {reference.id: reference for reference in unit.head.references}
    for entry in unit.head.further:
        reference = references[entry.reference]
        if reference.url:
            title = reference.short or label_of(reference.text)
            identifier = f"link-{unit.id}-{reference.id}"
            yield _item(web_link_resource(identifier, title, reference.url, wanted.spaces["link"]), title)


def _topics(unit: Unit, wanted: Wanted) -> Iterator[Item]:
    say = strings_for(unit.language)["activity"]
    for activity in unit.activities:
        if isinstance(activity, Poll):
            title = activity.question or say["poll_question"]
            yield _item(topic_resource(unit.id, activity, title, wanted.spaces["topic"]), title)


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
