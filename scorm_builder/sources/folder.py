"""A course's folder while it is read, with the mistakes found so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scorm_builder.errors import SourceError
from scorm_builder.sources.located import Located, load


@dataclass
class Folder:
    """The folder, its mistakes, and the YAML files read, for their lines."""

    root: Path
    errors: list[SourceError] = field(default_factory=list)
    read: dict[str, Located] = field(default_factory=dict)

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
        found = load(text, file, 1, self.errors)
        if found:
            self.read[file] = found
        return found

    def texts(self, below: str) -> Iterator[tuple[str, str]]:
        """Name and path of each Markdown file in a folder, sorted."""
        for path in sorted((self.root / below).glob("*.md")):
            yield path.stem, path.relative_to(self.root).as_posix()

    def must_be_named(self, file: str, key: str, value: str) -> None:
        """A file is named after what it holds."""
        if value != Path(file).stem:
            self.refuse(file, 2, f"`{key}` is `{value}`; in this file it must be `{Path(file).stem}`.")
