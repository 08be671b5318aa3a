"""What an exporter is: a name, a sentence, and a function from a course to packages; and what packages hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scorm_builder.course.model import Course, Unit
from scorm_builder.package import Package

Granularity = Literal["course", "module", "unit"]


@dataclass(frozen=True)
class Options:
    """What was asked for beside the format; `granularity` None is the format's own."""

    granularity: Granularity | None = None
    languages: tuple[str, ...] | None = None
    sco_per_unit: bool = False
    tool_url: str | None = None


@dataclass(frozen=True)
class Format:
    """One format; `export` gives the packages of a course. One that `needs_tool` is left out of `all` without it."""

    name: str
    title: str
    export: Callable[[Course, Options], Iterator[Package]]
    needs_tool: bool = False


@dataclass(frozen=True)
class Scope:
    """What one package holds: units in one language, under the identifier and title of what they make up."""

    granularity: Granularity
    id: str
    title: str
    language: str
    units: tuple[Unit, ...]

    def identifier(self, course: Course) -> str:
        """A name for manifests, the same for every build."""
        return "-".join(dict.fromkeys((course.head.id, self.id, self.language)))

    def zip_name(self, course: Course, name: str) -> str:
        """The package's file name; `name` is the format's."""
        return "-".join(dict.fromkeys((course.head.id, self.id, name, self.language))) + ".zip"

    @property
    def mastery(self) -> int | None:
        """The least percentage that passes, or None where nothing counts."""
        return min((unit.mastery.check for unit in self.units if unit.counts), default=None)


def scopes(course: Course, options: Options, own: Granularity) -> Iterator[Scope]:
    """What each package holds; `own` is the format's granularity. A language has only the units that it has."""
    granularity = options.granularity or own
    for language in options.languages or course.head.languages:
        modules = [(module, _units(course, module.units, language)) for module in course.head.modules]
        if granularity == "course":
            title = course.head.title[language]
            yield from _filled(
                Scope(granularity, course.head.id, title, language, sum((units for _, units in modules), ()))
            )
        for module, units in modules if granularity == "module" else ():
            yield from _filled(Scope(granularity, module.id, module.title[language], language, units))
        for unit in sum((units for _, units in modules), ()) if granularity == "unit" else ():
            yield Scope(granularity, unit.id, unit.head.title, language, (unit,))


def _units(course: Course, identifiers: tuple[str, ...], language: str) -> tuple[Unit, ...]:
    return tuple(course.units[name][language] for name in identifiers if language in course.units[name])


def _filled(scope: Scope) -> Iterator[Scope]:
    if scope.units:
        yield scope
