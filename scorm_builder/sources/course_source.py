"""Reads a folder of course sources into a Course, or names every mistake with file and line (course format)."""

from collections.abc import Mapping
from pathlib import Path

from scorm_builder.assets import named_alike, read_assets
from scorm_builder.course.model import Course, CourseHead, Edition, Unit
from scorm_builder.course_format.data import FILES, Data
from scorm_builder.course_format.parts import Part
from scorm_builder.errors import InvalidSource, NotACourse
from scorm_builder.sources.folder import Folder
from scorm_builder.sources.links import check_links
from scorm_builder.sources.located import Located, YamlPath, check
from scorm_builder.sources.paper_source import read_handouts, read_modules, read_plans
from scorm_builder.sources.unit_source import read_unit
from scorm_builder.stored_size import LIMIT, stored_size


def read_course(root: Path) -> Course:
    """The course in a folder.

    Raises NotACourse where there is no course.yaml, InvalidSource with all mistakes otherwise.
    """
    if not (root / "course.yaml").is_file():
        raise NotACourse(f"{root} holds no course: there is no course.yaml in it.")
    folder = Folder(root)
    source = folder.load("course.yaml")
    head = source and check(CourseHead, source, folder.errors, data=source.data or {})
    if not head or not source:
        raise InvalidSource(folder.errors)
    _check_translations(head, source, folder)
    units = _read_units(head, source, folder)
    _check_sizes(head, source, folder, units)
    _check_names(folder)
    course = Course(head, units, {code: _read_edition(folder, code) for code in head.languages}, read_assets(root))
    check_links(course, folder)
    if folder.errors:
        raise InvalidSource(folder.errors)
    return course


def _check_translations(head: CourseHead, source: Located, folder: Folder) -> None:
    titled: list[tuple[YamlPath, Mapping[str, str]]] = [(("title",), head.title)]
    for place, module in enumerate(head.modules):
        titled += [(("modules", place, "title"), module.title), (("modules", place, "aim"), module.aim)]
    for path, texts in titled:
        for language in head.languages:
            if language not in texts:
                what = f"`{path[-1]}` is not given in `{language}`; add `{language}: …`."
                folder.refuse(source.file, source.line(path), what)
    units = [unit for module in head.modules for unit in module.units]
    for unit in sorted({unit for unit in units if units.count(unit) > 1}):
        folder.refuse(source.file, source.line(("modules",)), f"The unit `{unit}` is listed twice.")


def _read_units(head: CourseHead, source: Located, folder: Folder) -> dict[str, dict[str, Unit]]:
    units: dict[str, dict[str, Unit]] = {}
    for place, module in enumerate(head.modules):
        for number, unit_id in enumerate(module.units):
            line = source.line(("modules", place, "units", number))
            for language in head.languages:
                unit = _read_unit(head, f"{language}/{unit_id}.md", line, folder)
                if unit:
                    units.setdefault(unit_id, {})[language] = unit
    return units


def _read_unit(head: CourseHead, file: str, line: int, folder: Folder) -> Unit | None:
    """The unit in `<language>/<unit>.md`, which course.yaml names on `line`; only the first language must have it."""
    path = folder.root / file
    if not path.is_file():
        if file.startswith(f"{head.languages[0]}/"):
            should = f"Write {file}, or take the unit out of course.yaml."
            folder.refuse("course.yaml", line, f"The unit `{path.stem}` has no file.", should)
        return None
    unit = read_unit(folder.root, file, head.mastery, folder.errors)
    if unit:
        folder.must_be_named(file, "id", unit.id)
    return unit


def _check_sizes(head: CourseHead, source: Located, folder: Folder, units: Mapping[str, Mapping[str, Unit]]) -> None:
    """The fullest progress through a module must fit what the strictest LMS keeps."""
    for place, module in enumerate(head.modules):
        first = [units[unit][head.languages[0]] for unit in module.units if head.languages[0] in units.get(unit, {})]
        size = stored_size(first)
        if size > LIMIT:
            what = f"The module `{module.id}` can need {size} characters in an LMS, which keeps {LIMIT}."
            folder.refuse(source.file, source.line(("modules", place)), what, "It needs fewer pages or activities.")


def _check_names(folder: Folder) -> None:
    for one, other in named_alike(folder.root):
        what = f"The names of {one} and {other} differ in capitals or in how letters are put together alone."
        folder.refuse(other, 1, what, "Some LMSs mix them up: give one of them another name.")


def _read_edition(folder: Folder, language: str) -> Edition:
    files: dict[str, Part] = {}
    for name, model in FILES.items():
        file = f"{language}/{name}.yaml"
        source = folder.load(file) if (folder.root / file).is_file() else None
        found = source and check(model, source, folder.errors, data=source.data or {})
        if found:
            files[name] = found
    modules, plans = read_modules(folder, language), read_plans(folder, language)
    return Edition(Data.model_validate(files), modules, plans, read_handouts(folder, language))
