"""Which packages stand under which module of the course: by their files' names, one language at a time."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from lti_tool.demo.packages import Package

# The course's own packages are named by what they hold: parental_engagement-m1u2-scorm12-en.
NAMED = re.compile(r"(?:.*-)?(?P<unit>(?P<module>m\d+)(?:u\d+)?)-scorm12-(?P<language>[a-z]{2,3})")
FIRST_LANGUAGE = "en"


@dataclass(frozen=True)
class Entry:
    """A package on the course page; `unit`, `module` and `language` are "" where its name does not say them."""

    package: Package
    unit: str = ""
    module: str = ""
    language: str = ""

    @property
    def title(self) -> str:
        """The package's title, after its unit's code."""
        return f"{self.unit.upper()}: {self.package.title}" if self.unit else self.package.title


@dataclass(frozen=True)
class SortedPackages:
    """What is shown in one language; `others` are those that belong to no module of the course."""

    entries: tuple[Entry, ...]
    others: tuple[Entry, ...]
    language: str
    languages: tuple[str, ...]
    """All that there are packages in."""

    def of_module(self, module: str) -> list[Entry]:
        """The units of a module, in their order."""
        return sorted((one for one in self.entries if one.module == module), key=lambda one: one.unit)


def sort_packages(found: Sequence[Package], modules: Collection[str], wanted: str) -> SortedPackages:
    """Packages in the language that is wanted, or else in the first; those that name none are always shown."""
    entries = [_entry(package) for package in found]
    languages = tuple(sorted({one.language for one in entries if one.language}, key=_first))
    language = wanted if wanted in languages else next(iter(languages), "")
    shown = [one for one in entries if one.language in {"", language}]
    return SortedPackages(
        tuple(one for one in shown if one.module in modules),
        tuple(one for one in shown if one.module not in modules),
        language,
        languages,
    )


def language_of(key: str) -> str:
    """The language of a package's units by its key, or ""."""
    named = NAMED.fullmatch(key)
    return named["language"] if named else ""


def language_name(code: str) -> str:
    """A language's name in that language."""
    try:
        return str(Locale.parse(code).get_display_name(code)).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def _entry(package: Package) -> Entry:
    named = NAMED.fullmatch(package.key)
    return Entry(package, **named.groupdict()) if named else Entry(package)


def _first(language: str) -> tuple[bool, str]:
    return language != FIRST_LANGUAGE, language
