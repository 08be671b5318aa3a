"""Reads a folder of course sources into a Course, or names every mistake with file and line (course format)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from scorm_builder.activities import Reflection
from scorm_builder.course import Asset, Course, CourseHead, Unit
from scorm_builder.errors import InvalidSource, NotACourse, SourceError
from scorm_builder.located import Located, YamlPath, check, load
from scorm_builder.tasks import Prompt, Rubric, Section
from scorm_builder.unit_source import read_unit

_JOURNAL = ("journal.yaml", "prompts")
_RUBRICS = ("rubrics.yaml", "rubrics")
_ROADMAP = ("roadmap.yaml", "sections")

Entry = TypeVar("Entry", Prompt, Rubric, Section)


def read_course(root: Path) -> Course:
    """The course in a folder.

    Raises NotACourse where there is no course.yaml, InvalidSource with all mistakes otherwise.
    """
    if not (root / "course.yaml").is_file():
        raise NotACourse(f"{root} holds no course: there is no course.yaml in it.")
    folder = _Folder(root)
    source = folder.load("course.yaml")
    head = source and check(CourseHead, source, folder.errors, data=source.data or {})
    if not head or not source:
        raise InvalidSource(folder.errors)
    _check_translations(head, source, folder)
    course = Course(
        head,
        _read_units(head, source, folder),
        {language: _read_list(folder, language, _JOURNAL, Prompt) for language in head.languages},
        {language: _read_list(folder, language, _RUBRICS, Rubric) for language in head.languages},
        {language: _read_list(folder, language, _ROADMAP, Section) for language in head.languages},
        _assets(root),
    )
    _check_links(course, folder)
    if folder.errors:
        raise InvalidSource(folder.errors)
    return course


@dataclass
class _Folder:
    """A course's folder while it is read, with the mistakes found so far."""

    root: Path
    errors: list[SourceError] = field(default_factory=list)

    def refuse(self, file: str, line: int, what: str, should: str = "") -> None:
        """Note a mistake and read on."""
        self.errors.append(SourceError(file, line, what, should))

    def load(self, file: str) -> Located | None:
        """The YAML of a file, or None with its mistakes noted."""
        try:
            text = (self.root / file).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.refuse(file, 1, "The file is not UTF-8 text.", "Save it as UTF-8.")
            return None
        return load(text, file, 1, self.errors)


def _check_translations(head: CourseHead, source: Located, folder: _Folder) -> None:
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


def _read_units(head: CourseHead, source: Located, folder: _Folder) -> dict[str, dict[str, Unit]]:
    units: dict[str, dict[str, Unit]] = {}
    for place, module in enumerate(head.modules):
        for number, unit_id in enumerate(module.units):
            line = source.line(("modules", place, "units", number))
            for language in head.languages:
                unit = _read_unit(head, f"{language}/{unit_id}.md", line, folder)
                if unit:
                    units.setdefault(unit_id, {})[language] = unit
    return units


def _read_unit(head: CourseHead, file: str, line: int, folder: _Folder) -> Unit | None:
    """The unit in `<language>/<unit>.md`, which course.yaml names on `line`."""
    path = folder.root / file
    if not path.is_file():
        should = f"Write {file}, or take the unit out of course.yaml."
        folder.refuse("course.yaml", line, f"The unit `{path.stem}` has no file.", should)
        return None
    unit = read_unit(folder.root, file, head.mastery, folder.errors)
    if unit and unit.id != path.stem:
        folder.refuse(file, 2, f"`id` is `{unit.id}`; in this file it must be `{path.stem}`.")
    return unit


def _read_list(folder: _Folder, language: str, place: tuple[str, str], model: type[Entry]) -> tuple[Entry, ...]:
    """The entries of one file; `place` is the file's name and the key that they stand under."""
    file, key = f"{language}/{place[0]}", place[1]
    source = folder.load(file) if (folder.root / file).is_file() else None
    if source is None:
        return ()
    entries = source.data.get(key) if isinstance(source.data, dict) else None
    if not isinstance(entries, list):
        folder.refuse(file, 1, "The file holds no list.", f"It should start with `{key}:` and `- id: …`.")
        return ()
    checked = [check(model, source, folder.errors, (key, number), entry) for number, entry in enumerate(entries)]
    return tuple(entry for entry in checked if entry is not None)


def _assets(root: Path) -> tuple[Asset, ...]:
    files = sorted(path for path in (root / "assets").rglob("*") if path.is_file())
    return tuple(Asset(path.relative_to(root).as_posix(), path) for path in files)


def _check_links(course: Course, folder: _Folder) -> None:
    """Prompts name rubrics, units name prompts: all of them must exist."""
    for language in course.head.languages:
        prompts = {prompt.id for prompt in course.prompts[language]}
        rubrics = {rubric.id for rubric in course.rubrics[language]}
        for prompt in course.prompts[language]:
            if prompt.rubric and prompt.rubric not in rubrics:
                what = f"The prompt `{prompt.id}` names the rubric `{prompt.rubric}`, which is not in rubrics.yaml."
                folder.refuse(f"{language}/{_JOURNAL[0]}", 1, what)
        for unit in (editions[language] for editions in course.units.values() if language in editions):
            for prompt_id in sorted(_prompts_named(unit) - prompts):
                what = f"The prompt `{prompt_id}` is not in {language}/{_JOURNAL[0]}."
                folder.refuse(f"{language}/{unit.id}.md", 1, what)


def _prompts_named(unit: Unit) -> set[str]:
    named = {activity.prompt for activity in unit.activities if isinstance(activity, Reflection)}
    return {name for name in (named | {unit.head.artefact.prompt if unit.head.artefact else None}) if name}
