"""Builds a course in several formats: all of it is made before the first file is written."""

from collections.abc import Callable, Sequence
from pathlib import Path

from scorm_builder.course.model import Course
from scorm_builder.errors import UnknownLanguage
from scorm_builder.exporters.base import Format, Options
from scorm_builder.package import Written, write


def build_all(
    course: Course, formats: Sequence[Format], options: Options, out: Path, done: Callable[[], None]
) -> list[tuple[str, Written]]:
    """What was written, with the names of the formats; `done` hears of each format that is made.

    Raises UnknownLanguage where the course does not have a language that is asked for.
    """
    for language in options.languages or ():
        if language not in course.head.languages:
            raise UnknownLanguage(f"The course has no `{language}`; it has {', '.join(course.head.languages)}.")
    packages = []
    for chosen in formats:
        packages += [(chosen.name, package) for package in chosen.export(course, options)]
        done()
    return [(name, write(package, out)) for name, package in packages]
