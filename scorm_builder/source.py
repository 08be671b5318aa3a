"""Reads a folder of course sources into a Course, or names every mistake with file and line (course format)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from scorm_builder.activities import Reflection
from scorm_builder.course import Asset, Course, CourseHead, Unit
from scorm_builder.errors import InvalidSource, NotACourse, SourceError
from scorm_builder.located import Located, check, load
from scorm_builder.tasks import Prompt, Rubric, Section
from scorm_builder.unit_source import read_unit

Entry = TypeVar("Entry", Prompt, Rubric, Section)


def read_course(root: Path) -> Course:
    """The course in a folder.

    Raises NotACourse where there is no course.yaml, InvalidSource with all mistakes otherwise.
    """
    if not (root / "course.yaml").is_file():
        raise NotACourse(f"{root} holds no course: there is no course.yaml in it.")
    errors: list[SourceError] = []
    source = _load(root, "course.yaml", errors)
    head = source and check(CourseHead, source, errors, data=source.data or {})
    if not head or not source:
        raise InvalidSource(errors)
    _check_translations(head, source, errors)
    course = Course(
        head,
        _read_units(root, head, source, errors),
        {language: _read_list(root, language, "prompts", "journal", Prompt, errors) for language in head.languages},
        {language: _read_list(root, language, "rubrics", "rubrics", Rubric, errors) for language in head.languages},
        {language: _read_list(root, language, "sections", "roadmap", Section, errors) for language in head.languages},
        _assets(root),
    )
    _check_links(course, errors)
    if errors:
        raise InvalidSource(errors)
    return course


def _load(root: Path, file: str, errors: list[SourceError]) -> Located | None:
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        errors.append(SourceError(file, 1, "The file is not UTF-8 text.", "Save it as UTF-8."))
        return None
    return load(text, file, 1, errors)


def _check_translations(head: CourseHead, source: Located, errors: list[SourceError]) -> None:
    titled = [(("title",), head.title)]
    for place, module in enumerate(head.modules):
        titled += [(("modules", place, "title"), module.title), (("modules", place, "aim"), module.aim)]
    for path, texts in titled:
        for language in head.languages:
            if language not in texts:
                what = f"`{path[-1]}` is not given in `{language}`; add `{language}: …`."
                errors.append(SourceError(source.file, source.line(path), what))
    units = [unit for module in head.modules for unit in module.units]
    for unit in sorted({unit for unit in units if units.count(unit) > 1}):
        errors.append(SourceError(source.file, source.line(("modules",)), f"The unit `{unit}` is listed twice."))


def _read_units(
    root: Path, head: CourseHead, source: Located, errors: list[SourceError]
) -> dict[str, dict[str, Unit]]:
    units: dict[str, dict[str, Unit]] = {}
    for place, module in enumerate(head.modules):
        for number, unit_id in enumerate(module.units):
            line = source.line(("modules", place, "units", number))
            for language in head.languages:
                unit = _read_unit(root, head, unit_id, language, line, errors)
                if unit:
                    units.setdefault(unit_id, {})[language] = unit
    return units


def _read_unit(
    root: Path, head: CourseHead, unit_id: str, language: str, line: int, errors: list[SourceError]
) -> Unit | None:
    path = root / language / f"{unit_id}.md"
    if not path.is_file():
        should = f"Write it, or take it out of course.yaml; it belongs to {language}/{unit_id}.md."
        errors.append(SourceError("course.yaml", line, f"The unit `{unit_id}` has no file.", should))
        return None
    unit = read_unit(path, root, language, head.mastery, errors)
    if unit and unit.id != unit_id:
        file = path.relative_to(root).as_posix()
        errors.append(SourceError(file, 2, f"`id` is `{unit.id}`; in this file it must be `{unit_id}`."))
    return unit


def _read_list(
    root: Path, language: str, key: str, name: str, model: type[Entry], errors: list[SourceError]
) -> tuple[Entry, ...]:
    file = f"{language}/{name}.yaml"
    if not (root / file).is_file():
        return ()
    source = _load(root, file, errors)
    if source is None:
        return ()
    entries = source.data.get(key) if isinstance(source.data, dict) else None
    if not isinstance(entries, list):
        errors.append(SourceError(file, 1, "The file holds no list.", f"It should start with `{key}:` and `- id: …`."))
        return ()
    checked = [check(model, source, errors, (key, place), entry) for place, entry in enumerate(entries)]
    return tuple(entry for entry in checked if entry is not None)


def _assets(root: Path) -> tuple[Asset, ...]:
    files = sorted(path for path in (root / "assets").rglob("*") if path.is_file())
    return tuple(Asset(path.relative_to(root).as_posix(), path) for path in files)


def _check_links(course: Course, errors: list[SourceError]) -> None:
    """Prompts name units and rubrics, units name prompts: all of them must exist."""
    for language in course.head.languages:
        prompts = {prompt.id for prompt in course.prompts[language]}
        rubrics = {rubric.id for rubric in course.rubrics[language]}
        for prompt in course.prompts[language]:
            if prompt.rubric and prompt.rubric not in rubrics:
                what = f"The prompt `{prompt.id}` names the rubric `{prompt.rubric}`, which is not in rubrics.yaml."
                errors.append(SourceError(f"{language}/journal.yaml", 1, what))
        for unit in _units_in(course, language):
            for prompt_id in sorted(_prompts_named(unit) - prompts):
                what = f"The prompt `{prompt_id}` is not in {language}/journal.yaml."
                errors.append(SourceError(f"{language}/{unit.id}.md", 1, what))


def _units_in(course: Course, language: str) -> Sequence[Unit]:
    return [editions[language] for editions in course.units.values() if language in editions]


def _prompts_named(unit: Unit) -> set[str]:
    named = {activity.prompt for activity in unit.activities if isinstance(activity, Reflection)}
    return {name for name in (named | {unit.head.artefact.prompt if unit.head.artefact else None}) if name}
