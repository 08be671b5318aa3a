"""What a language of a course lacks beside the first, and what lies in the folder but is not in the course."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from scorm_builder.course.model import Course, CourseHead, Unit
from scorm_builder.course_format.units import Mastery
from scorm_builder.errors import SourceError
from scorm_builder.sources.identifiers import identifiers
from scorm_builder.sources.unit_source import read_unit

_SHOWN = 6


def gaps(course: Course) -> Iterator[str]:
    """A sentence for everything that a language lacks or has alone."""
    first, *others = course.head.languages
    for language in others:
        missing = [name for name, editions in course.units.items() if language not in editions]
        if missing:
            yield f"{language}: {_listed('unit', missing)} only in {first}."
        for name, editions in course.units.items():
            if language in editions and first in editions:
                yield from _differences(f"{language}/{name}.md", editions[first], editions[language])
        yield from _data_gaps(course, first, language)
        yield from _paper_gaps(course, first, language)


def unlisted(root: Path, head: CourseHead) -> Iterator[str]:
    """Units that lie in the folder and are not in course.yaml, each with its mistakes."""
    known = {unit for module in head.modules for unit in module.units}
    for language in head.languages:
        for path in sorted((root / language).glob("*.md")):
            if path.stem in known:
                continue
            errors: list[SourceError] = []
            read_unit(root, path.relative_to(root).as_posix(), Mastery(), errors)
            state = f"{len(errors)} mistake(s)" if errors else "readable"
            yield f"{language}/{path.name} is not in course.yaml, so it is not built ({state})."
            yield from (f"  {error}" for error in errors)


def _differences(file: str, first: Unit, other: Unit) -> Iterator[str]:
    for what, ours, theirs in (
        ("page", [page.id for page in first.pages], [page.id for page in other.pages]),
        ("activity", [one.id for one in first.activities], [one.id for one in other.activities]),
        ("outcome", [one.id for one in first.head.outcomes], [one.id for one in other.head.outcomes]),
    ):
        yield from _compared(file, what, ours, theirs)
    kinds = {one.id: one.kind for one in first.activities}
    for one in other.activities:
        if kinds.get(one.id, one.kind) != one.kind:
            yield f"{file}: the activity `{one.id}` is a {one.kind}; it should be a {kinds[one.id]}."


def _data_gaps(course: Course, first: str, language: str) -> Iterator[str]:
    ours, theirs = course.editions[first].data.files, course.editions[language].data.files
    yield from _compared(language, "file", [f"{name}.yaml" for name in ours], [f"{name}.yaml" for name in theirs])
    for name in ours.keys() & theirs.keys():
        both = [sorted(identifiers(files[name].model_dump())) for files in (ours, theirs)]
        yield from _compared(f"{language}/{name}.yaml", "entry", *both)


def _paper_gaps(course: Course, first: str, language: str) -> Iterator[str]:
    ours, theirs = course.editions[first], course.editions[language]
    yield from _compared(language, "module page", ours.modules, theirs.modules)
    yield from _compared(language, "session plan", ours.plans, theirs.plans)
    yield from _compared(language, "handout", ours.handouts, theirs.handouts)


def _compared(where: str, what: str, ours: Iterable[str], theirs: Iterable[str]) -> Iterator[str]:
    there, here = list(ours), list(theirs)
    if missing := [name for name in there if name not in set(here)]:
        yield f"{where}: {_listed(what, missing)} missing."
    if extra := [name for name in here if name not in set(there)]:
        yield f"{where}: {_listed(what, extra)} only here."


def _listed(what: str, names: list[str]) -> str:
    """“3 pages (a, b, c)”, the first few by name."""
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    plural = {"activity": "activities", "entry": "entries"}.get(what, f"{what}s")
    return f"{len(names)} {plural if len(names) > 1 else what} ({shown})"
