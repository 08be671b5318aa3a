"""The course as it stands in the author's folder: read again when a file has changed, with its mistakes."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from scorm_builder.course.model import Course
from scorm_builder.errors import BuilderError, InvalidSource
from scorm_builder.exporters.base import Granularity, Options, scopes
from scorm_builder.exporters.playable import Launchable, launchables
from scorm_builder.markup.strings import strings_for
from scorm_builder.preview.watching import stamp_of
from scorm_builder.sources.course_source import read_course


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong; without a file where it is about the course as a whole."""

    file: str
    line: int
    what: str
    should: str = ""


@dataclass(frozen=True)
class Standing:
    """What lies in the folder; `version` names this state of its files. Either a course or mistakes."""

    version: str
    course: Course | None
    mistakes: tuple[Mistake, ...] = ()


class Desk:
    """Reads the folder once for each state of its files, whoever asks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        self._last: Standing | None = None

    def standing(self) -> Standing:
        """The course as it stands now."""
        with self._lock:
            version = stamp_of(self.root)
            if self._last is None or self._last.version != version:
                self._last = _read(self.root, version)
            return self._last


def _read(root: Path, version: str) -> Standing:
    try:
        course = read_course(root)
        for language in course.head.languages:
            strings_for(language)
    except InvalidSource as refusal:
        found = tuple(Mistake(error.file, error.line, error.what, error.should) for error in refusal.errors)
        return Standing(version, None, found)
    except BuilderError as refusal:
        return Standing(version, None, (Mistake("", 0, str(refusal)),))
    except OSError as refusal:  # A file that was there a moment ago, or that nobody may read.
        return Standing(version, None, (Mistake(str(refusal.filename or root), 0, str(refusal.strerror)),))
    return Standing(version, course)


@lru_cache(maxsize=16)
def played(course: Course, language: str, tracker: str, granularity: Granularity, identifier: str) -> Launchable | None:
    """What a package of this unit or module launches, as the exporters make it, or None where there is none."""
    for scope in scopes(course, Options(granularity, (language,)), own=granularity):
        if scope.id == identifier:
            return launchables(course, scope, tracker, per_unit=False)[0]
    return None
