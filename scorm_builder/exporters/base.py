"""What an exporter is: a name, a sentence, and a function from a course to packages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scorm_builder.course import Course, Unit
from scorm_builder.exercises import Download
from scorm_builder.package import Package
from scorm_builder.pages import handout_page, handout_path
from scorm_builder.player_files import HANDOUT_STYLE, handout_style


@dataclass(frozen=True)
class Format:
    """One format; `export` gives the packages of a whole course."""

    name: str
    title: str
    export: Callable[[Course], Iterator[Package]]


def editions(course: Course) -> Iterator[Unit]:
    """Every unit in every language that has it, in the order of the course."""
    for module in course.head.modules:
        for unit_id in module.units:
            yield from course.units[unit_id].values()


def unit_files(course: Course, unit: Unit) -> dict[str, bytes]:
    """What a unit's pages show and hand out, by path: pictures, files, handouts with theirs."""
    named = {one.handout for one in unit.activities if isinstance(one, Download) and one.handout}
    handouts = [course.editions[unit.language].handouts[name] for name in sorted(named)]
    pages = {
        handout_path(handout.head.id, unit.language): handout_page(handout, unit.language).encode()
        for handout in handouts
    }
    wanted = unit.files.union(*(handout.files for handout in handouts))
    files = {asset.path: asset.file.read_bytes() for asset in course.assets if asset.path in wanted}
    return {**files, **pages, **({HANDOUT_STYLE: handout_style()} if pages else {})}
