"""Everything the builder refuses.

BuilderError
├── SourceError        one mistake in the sources: file, line, what, and how it should look
├── InvalidSource      all mistakes of a course together
├── NotACourse         the folder holds no course
├── FolderInUse        a new course was to be written over something
├── UnknownFormat      asked for a format that does not exist
├── UnknownLanguage    asked for a language that the course does not have
├── NoToolUrl          a format of links to the tool, without the tool's address
├── TooFull            a package would need more room than its LMS has
├── TooLong            a title or the version is longer than the manifest takes
├── PlayerNotBuilt     the browser side has not been bundled
├── MissingStrings     no player strings for a language of the course
└── UnreadablePackage  the file to be checked is no package
"""

from collections.abc import Sequence


class BuilderError(Exception):
    """The root of all refusals; its text is one sentence for the course author."""


class SourceError(BuilderError):
    """One mistake in the sources."""

    def __init__(self, file: str, line: int, what: str, should: str = "") -> None:
        self.file, self.line, self.what, self.should = file, line, what, should
        super().__init__(f"{file}:{line}: {what}" + (f" {should}" if should else ""))


class InvalidSource(BuilderError):
    """All mistakes found in a course, in the order of file and line."""

    def __init__(self, errors: Sequence[SourceError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.file, error.line)))
        super().__init__("\n".join(str(error) for error in self.errors))


class NotACourse(BuilderError):
    """The folder holds no course.yaml."""


class FolderInUse(BuilderError):
    """A new course was to be written into a folder that holds something."""


class UnknownFormat(BuilderError):
    """A format was asked for that the builder does not write."""


class UnknownLanguage(BuilderError):
    """A language was asked for that the course does not have."""


class NoToolUrl(BuilderError):
    """A format holds links to the tool, and nobody said where it is."""


class TooFull(BuilderError):
    """A package would need more room for progress than its LMS has."""


class TooLong(BuilderError):
    """A title, or the course's version, is longer than the manifest of a format takes."""


class PlayerNotBuilt(BuilderError):
    """The bundles in player/built are missing."""


class MissingStrings(BuilderError):
    """The player does not speak a language of the course."""


class UnreadablePackage(BuilderError):
    """The file is neither a zip nor a folder with a manifest."""
