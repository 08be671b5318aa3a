"""What an exporter is: a name, a sentence, and a function from a course to packages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scorm_builder.course import Course, Unit
from scorm_builder.package import Package


@dataclass(frozen=True)
class Format:
    """One format; `export` gives the packages of a whole course."""

    name: str
    title: str
    export: Callable[[Course], Iterator[Package]]


def editions(course: Course) -> Iterator[Unit]:
    """Every unit in every language, in the order of the course."""
    for module in course.head.modules:
        for unit_id in module.units:
            yield from course.units[unit_id].values()


def asset_files(course: Course, unit: Unit) -> dict[str, bytes]:
    """The pictures of a unit by path."""
    return {asset.path: asset.file.read_bytes() for asset in course.assets_of(unit)}
