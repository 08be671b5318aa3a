"""cmi5 packages: every unit is an assignable unit, every module of a course a block (cmi5 Quartz, section 13)."""

from collections.abc import Iterator

from lxml import etree

from scorm_builder.course import Course, Unit
from scorm_builder.exporters.base import Format, Options, Scope, scopes
from scorm_builder.exporters.ims_manifest import element, serialised
from scorm_builder.exporters.playable import Launchable, launchables
from scorm_builder.package import Package

_SPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def _export(course: Course, options: Options) -> Iterator[Package]:
    for scope in scopes(course, options, own="course"):
        units = launchables(course, scope, "cmi5", per_unit=True)
        files = {path: content for unit in units for path, content in unit.files.items()}
        yield Package({"cmi5.xml": _structure(course, scope, units), **files}, scope.zip_name(course, "cmi5"))


def _structure(course: Course, scope: Scope, units: list[Launchable]) -> bytes:
    prefixes: dict[str | None, str] = {None: _SPACE}
    root = etree.Element(f"{{{_SPACE}}}courseStructure", nsmap=prefixes)  # type: ignore[arg-type]
    head = element(root, _SPACE, "course", id=activity_id(course, scope.id))
    _say(head, "title", scope.title, scope.language)
    modules = [module for module in course.head.modules if any(one.id in module.units for one in units)]
    aims = " ".join(module.aim[scope.language] for module in modules)
    _say(head, "description", scope.units[0].head.summary if len(units) == 1 else aims, scope.language)
    _add_objectives(root, course, scope)
    for module in modules:
        inside = [one for one in units if one.id in module.units]
        place = root
        if len(modules) > 1:
            place = element(root, _SPACE, "block", id=activity_id(course, module.id))
            _say(place, "title", module.title[scope.language], scope.language)
            _say(place, "description", module.aim[scope.language], scope.language)
        for one in inside:
            _add_unit(place, course, one)
    return serialised(root)


def _add_objectives(root: etree._Element, course: Course, scope: Scope) -> None:
    outcomes = {outcome.id: outcome.text for unit in scope.units for outcome in unit.head.outcomes}
    if not outcomes:
        return
    objectives = element(root, _SPACE, "objectives")
    for identifier, text in outcomes.items():
        objective = element(objectives, _SPACE, "objective", id=activity_id(course, identifier))
        _say(objective, "title", identifier, scope.language)
        _say(objective, "description", text, scope.language)


def _add_unit(place: etree._Element, course: Course, one: Launchable) -> None:
    """Passed where something counts, else completed: the rule that the player keeps."""
    unit = one.units[0]
    attributes = {"id": activity_id(course, unit.id), "moveOn": "Completed", "launchMethod": "AnyWindow"}
    if one.mastery is not None:
        attributes |= {"moveOn": "CompletedAndPassed", "masteryScore": str(one.mastery / 100)}
    au = element(place, _SPACE, "au", **attributes)
    _say(au, "title", unit.head.title, unit.language)
    _say(au, "description", unit.head.summary, unit.language)
    _refer(au, course, unit)
    element(au, _SPACE, "url", one.href)


def _refer(au: etree._Element, course: Course, unit: Unit) -> None:
    if unit.head.outcomes:
        objectives = element(au, _SPACE, "objectives")
        for outcome in unit.head.outcomes:
            element(objectives, _SPACE, "objective", idref=activity_id(course, outcome.id))


def activity_id(course: Course, identifier: str) -> str:
    """What statements are about: the same in every language, so that reports come together."""
    return f"urn:partnerwise:{course.head.id}:{identifier}"


def _say(above: etree._Element, name: str, text: str, language: str) -> None:
    string = element(element(above, _SPACE, name), _SPACE, "langstring", text)
    string.set("lang", language)


FORMATS = (Format("cmi5", "cmi5", _export),)
