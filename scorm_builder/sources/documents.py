"""A text file of a course: YAML front matter between `---`, then Markdown; mistakes are noted with their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from markdown_it.token import Token

from scorm_builder.assets import find_asset, unusable
from scorm_builder.course.model import Asset
from scorm_builder.course_format.parts import Part
from scorm_builder.errors import SourceError
from scorm_builder.markup import markdown
from scorm_builder.pictures import size_of
from scorm_builder.sources.located import Located, check, load

Head = TypeVar("Head", bound=Part)


@dataclass
class Document:
    """One file while it is read: its front matter, its Markdown, and the mistakes found so far."""

    root: Path
    file: str
    front: Located | None
    tokens: list[Token]
    body: str
    body_line: int
    errors: list[SourceError]
    activity_lines: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def render(self, tokens: Sequence[Token], *, pop_ups: bool = False) -> str:
        """HTML of some of its tokens."""
        return markdown.render(tokens, self.labels, self.sizes, pop_ups=pop_ups)

    def refuse(self, line: int, what: str, should: str = "") -> None:
        """Note a mistake and read on."""
        self.errors.append(SourceError(self.file, line, what, should))

    def line_of(self, token: Token) -> int:
        """The line of the file on which a token starts."""
        return self.body_line + (token.map[0] if token.map else 0)

    def head(self, model: type[Head]) -> Head | None:
        """The front matter as a model, or None with its mistakes noted."""
        return check(model, self.front, self.errors, data=self.front.data or {}) if self.front else None


def read_document(root: Path, file: str, errors: list[SourceError]) -> Document | None:
    """The file `file` below `root`, or None where it cannot be read at all."""
    try:
        text = (root / file).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        errors.append(SourceError(file, 1, "The file is not UTF-8 text.", "Save it as UTF-8."))
        return None
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        errors.append(SourceError(file, 1, "There is no front matter.", "Start with `---`, `id: …`, … `---`."))
        return None
    body, body_line = text[match.end() :], 1 + text[: match.end()].count("\n")
    tokens = markdown.tokens_of(body, file.partition("/")[0], partial(_path_of, root))
    return Document(root, file, load(match[1], file, 2, errors), tokens, body, body_line, errors)


def check_pictures(document: Document) -> frozenset[str]:
    """Pictures must be there and have an alternative; gives their paths, and notes their sizes in pixels."""
    shown = set()
    for path, alternative, line in markdown.look_through(document.tokens, document.body_line).pictures:
        if not alternative:
            document.refuse(line, f"The picture {path} has no text alternative.", f"Write `![What it shows]({path})`.")
        found = check_asset(document, "picture", path, line)
        if found:
            shown.add(found.path)
            if size := size_of(found.file):
                document.sizes[found.path] = size
    return frozenset(shown)


def check_asset(document: Document, what: str, written: str, line: int) -> Asset | None:
    """The file that a text names; one that is not there, or cannot be used, is noted."""
    found = find_asset(document.root, written)
    if found is None:
        should = "Put it into the course's folder `assets/`."
        document.refuse(line, f"The {what} {unquote(written)} is not there.", should)
    elif reason := unusable(found.path):
        document.refuse(line, f"The {what} {found.path} cannot be used.", f"{reason} Give it another name.")
    return found


def _path_of(root: Path, written: str) -> str | None:
    found = find_asset(root, written)
    return found.path if found else None


def check_citation(document: Document, identifier: str, line: int) -> None:
    """A citation must name a reference."""
    if identifier not in document.labels:
        advice = f"Add `- {{id: {identifier}, text: …}}` to `references` in the front matter."
        document.refuse(line, f"`[@{identifier}]` names no reference of this unit.", advice)
