"""cmi5 packages: every unit is an assignable unit, every module of a course a block (cmi5 Quartz, section 13)."""

from collections.abc import Iterator, Mapping

from lxml import etree

from scorm_builder.course.model import Course, Module, Unit
from scorm_builder.course_format.units import Outcome
from scorm_builder.exporters.base import Format, Options, Scope, scopes
from scorm_builder.exporters.ims_manifest import element, serialised
from scorm_builder.exporters.playable import Launchable, launchables
from scorm_builder.markup.strings import strings_for
from scorm_builder.markup.templating import plain_text
from scorm_builder.package import Package

_SPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_LONGEST_TITLE = 200
Outcomes = Mapping[str, tuple[Unit, Outcome]]


def _export(course: Course, options: Options) -> Iterator[Package]:
    for scope in scopes(course, options, own="course"):
        units = launchables(course, scope, "cmi5", per_unit=True)
        files = {path: content for unit in units for path, content in unit.files.items()}
        yield Package({"cmi5.xml": _structure(course, scope, units), **files}, scope.zip_name(course, "cmi5"))


def _structure(course: Course, scope: Scope, units: list[Launchable]) -> bytes:
    prefixes: dict[str | None, str] = {None: _SPACE}
    root = etree.Element(f"{{{_SPACE}}}courseStructure", nsmap=prefixes)  # type: ignore[arg-type]
    head = element(root, _SPACE, "course", id=identifier(course, scope))
    modules = [module for module in course.head.modules if any(one.id in module.units for one in units)]
    aims = " ".join(module.aim[scope.language] for module in modules)
    _say(head, "title", _title(course, scope), scope.language)
    _say(head, "description", scope.units[0].head.summary if scope.granularity == "unit" else aims, scope.language)
    outcomes = _outcomes(course, scope)
    _add_objectives(root, outcomes, scope.language)
    for module in modules:
        place = _add_block(root, course, scope, module) if len(modules) > 1 else root
        for one in units:
            if one.id in module.units:
                _add_unit(place, course, scope, one, outcomes)
    return serialised(root)


def _title(course: Course, scope: Scope) -> str:
    """What an LMS lists a package under: which module or unit of the course it is."""
    if scope.granularity == "unit":
        return unit_title(course, scope.units[0])
    if scope.granularity == "module":
        return _module_title(course, course.module_of(scope.units[0].id), scope.language)
    return scope.title


def _module_title(course: Course, module: Module, language: str) -> str:
    title = module.title[language]
    number = course.head.modules.index(module) + 1
    say = strings_for(language)["page"]
    return say["module_named"].format(module=number, title=title) if len(course.head.modules) > 1 else title


def unit_title(course: Course, unit: Unit) -> str:
    """A unit's title with its place in the course: a report of many units names it alone."""
    module = course.module_of(unit.id)
    say = strings_for(unit.language)["page"]
    number = module.units.index(unit.id) + 1
    if len(course.head.modules) > 1:
        place = course.head.modules.index(module) + 1
        return say["unit_named"].format(module=place, unit=number, title=unit.head.title)
    return say["unit_alone"].format(unit=number, title=unit.head.title)


def _outcomes(course: Course, scope: Scope) -> Outcomes:
    """Each outcome under an identifier that means it alone: units may give the same code to different outcomes."""
    found: dict[str, tuple[Unit, Outcome]] = {}
    for unit in scope.units:
        for outcome in unit.head.outcomes:
            name = identifier(course, scope, "outcome", unit.id, outcome.id)
            while name in found:
                name += "-"
            found[name] = unit, outcome
    return found


def _add_objectives(root: etree._Element, outcomes: Outcomes, language: str) -> None:
    if not outcomes:
        return
    objectives = element(root, _SPACE, "objectives")
    for name, (_, outcome) in outcomes.items():
        objective = element(objectives, _SPACE, "objective", id=name)
        _say(objective, "title", outcome.text, language)
        _say(objective, "description", outcome.text, language)


def _add_block(root: etree._Element, course: Course, scope: Scope, module: Module) -> etree._Element:
    block = element(root, _SPACE, "block", id=identifier(course, scope, "module", module.id))
    _say(block, "title", _module_title(course, module, scope.language), scope.language)
    _say(block, "description", module.aim[scope.language], scope.language)
    return block


def _add_unit(place: etree._Element, course: Course, scope: Scope, one: Launchable, outcomes: Outcomes) -> None:
    """Passed where something counts, else completed: the rule that the player keeps."""
    unit = one.units[0]
    attributes = {"id": unit_identifier(course, scope, unit), "moveOn": "Completed", "launchMethod": "AnyWindow"}
    if one.mastery is not None:
        attributes |= {"moveOn": "CompletedAndPassed", "masteryScore": str(one.mastery / 100)}
    au = element(place, _SPACE, "au", **attributes)
    _say(au, "title", unit_title(course, unit), unit.language)
    _say(au, "description", unit.head.summary, unit.language)
    ours = [name for name, (whose, _) in outcomes.items() if whose is unit]
    if ours:
        objectives = element(au, _SPACE, "objectives")
        for name in ours:
            element(objectives, _SPACE, "objective", idref=name)
    element(au, _SPACE, "url", one.href)


def identifier(course: Course, scope: Scope, *within: str) -> str:
    """A name that nothing else has, in no other package of the course: without `within` the package itself.

    An LMS may know all languages and granularities of a course at once (cmi5 Quartz, sections 13.1.1 to 13.1.4).
    """
    return ":".join(("urn:partnerwise", course.head.id, scope.language, scope.granularity, scope.id, *within))


def unit_identifier(course: Course, scope: Scope, unit: Unit) -> str:
    """A unit's name in a package."""
    return identifier(course, scope, "unit", unit.id)


def _say(above: etree._Element, name: str, text: str, language: str) -> None:
    """A text without the marks of Markdown; a title is kept to a length that LMSs have room for."""
    plain = plain_text(text, _LONGEST_TITLE if name == "title" else len(text) + 1)
    string = element(element(above, _SPACE, name), _SPACE, "langstring", plain)
    string.set("lang", language)


FORMATS = (Format("cmi5", "cmi5", _export),)
