"""The files of a package that plays by itself: pages, what they show, the player with the tracker of its format."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scorm_builder.course.exercises import Download
from scorm_builder.course.model import Course, Unit
from scorm_builder.exporters.base import Scope
from scorm_builder.markup.pages import handout_page, later_pages, package_page
from scorm_builder.markup.shell import shell_page
from scorm_builder.markup.templating import handout_path
from scorm_builder.player_files import HANDOUT_STYLE, address_of, handout_style, player_files

Files = dict[str, bytes]


@dataclass(frozen=True)
class Launchable:
    """One thing that an LMS launches: a SCO or an assignable unit. `mastery` is None where nothing counts."""

    id: str
    title: str
    href: str
    files: Files
    mastery: int | None
    units: tuple[Unit, ...]


def launchables(course: Course, scope: Scope, tracker: str, *, per_unit: bool) -> list[Launchable]:
    """One for the whole scope, or one for each of its units."""
    if len(scope.units) > 1 and not per_unit:
        return [
            Launchable(
                scope.id, scope.title, "index.html", _several(course, scope, tracker), scope.mastery, scope.units
            )
        ]
    alone = len(scope.units) == 1
    return [_one(course, unit, tracker, "index.html" if alone else f"{unit.id}.html") for unit in scope.units]


def unit_files(course: Course, unit: Unit) -> Files:
    """What a unit's pages show and hand out, by path: pictures, files, handouts with theirs."""
    named = {one.handout for one in unit.activities if isinstance(one, Download) and one.handout}
    return {**_assets(course, unit.files), **handout_files(course, unit.language, named)}


def handout_files(course: Course, language: str, names: Iterable[str]) -> Files:
    """Handouts as pages, by path, with the pictures that they show and their style sheet."""
    handouts = [course.editions[language].handouts[name] for name in sorted(names)]
    if not handouts:
        return {}
    pages = {handout_path(one.head.id, language): handout_page(one, language).encode() for one in handouts}
    pictures = _assets(course, {path for handout in handouts for path in handout.files})
    return {**pictures, **pages, HANDOUT_STYLE: handout_style()}


def _assets(course: Course, paths: Collection[str]) -> Files:
    return {asset.path: asset.content for asset in course.assets if asset.path in paths}


def _one(course: Course, unit: Unit, tracker: str, href: str) -> Launchable:
    later = {f"{unit.id}.pages.js": later_pages(course, unit).encode()} if len(unit.pages) > 1 else {}
    address = next((address_of(*one) for one in later.items()), None)
    files = {href: package_page(course, unit, tracker, address).encode(), **player_files(tracker), **later}
    files |= unit_files(course, unit)
    return Launchable(unit.id, unit.head.title, href, files, unit.mastery.check if unit.counts else None, (unit,))


def _several(course: Course, scope: Scope, tracker: str) -> Files:
    """A shell that lists the units, and a page for each, which the shell loads when it is opened."""
    pages = {unit: package_page(course, unit, tracker, played=False).encode() for unit in scope.units}
    addresses = {unit: address_of(f"{unit.id}.html", page) for unit, page in pages.items()}
    files = {
        "index.html": shell_page(course, scope.id, scope.title, addresses, tracker).encode(),
        **player_files(tracker),
    }
    for unit, page in pages.items():
        files[f"{unit.id}.html"] = page
        files |= unit_files(course, unit)
    return files
