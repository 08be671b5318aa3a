"""Reads one unit: front matter, then pages by level-1 heading, with activities as fenced blocks (course format)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from scorm_builder import markup
from scorm_builder.activities import KINDS, Activity, texts_of
from scorm_builder.citing import label_of
from scorm_builder.course import Mastery, Page, Unit, UnitHead, short_key
from scorm_builder.errors import SourceError
from scorm_builder.located import check, load
from scorm_builder.pictures import size_of

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z][a-z0-9-]*)(?:\s+minutes=(?P<minutes>\d+))?\s*\}$")
MOST = 60  # pages, and activities: as many as the fullest stored progress has room for (player/trackers/suspend.js)
_HEADING_SHOULD = "It should look like `# Welcome {#welcome minutes=5}`."


@dataclass
class Reading:
    """One unit file while it is read: where its text starts, and the mistakes found so far."""

    file: str
    body_line: int
    errors: list[SourceError]

    def refuse(self, line: int, what: str, should: str = "") -> None:
        """Note a mistake and read on."""
        self.errors.append(SourceError(self.file, line, what, should))

    def line_of(self, token: Token) -> int:
        """The line of the file on which a token starts."""
        return self.body_line + (token.map[0] if token.map else 0)


def read_unit(root: Path, file: str, mastery: Mastery, errors: list[SourceError]) -> Unit | None:
    """The unit in `<language>/<unit>.md`, or None with its mistakes added to `errors`; `mastery` is the course's."""
    text = _text_of(root / file)
    if text is None:
        errors.append(SourceError(file, 1, "The file is not UTF-8 text.", "Save it as UTF-8."))
        return None
    front, body, body_line = _split(text)
    if front is None:
        errors.append(SourceError(file, 1, "The unit has no front matter.", "Start with `---`, `id: m1u1`, … `---`."))
        return None
    source = load(front, file, 2, errors)
    head = source and check(UnitHead, source, errors, data=source.data or {})
    reading = Reading(file, body_line, errors)
    tokens = markup.tokens_of(body)
    if not head:
        _read_activities(tokens, reading)
        return None
    pages = _read_pages(tokens, head, root, reading)
    _check_identifiers(pages, reading)
    pictures = markup.look_through(tokens, body_line).pictures
    return Unit(
        head, file.partition("/")[0], head.mastery or mastery, pages, frozenset(path for path, _, _ in pictures)
    )


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _split(text: str) -> tuple[str | None, str, int]:
    """Front matter, body, and the line on which the body starts."""
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return None, text, 1
    return match[1], text[match.end() :], 1 + text[: match.end()].count("\n")


def _read_pages(tokens: Sequence[Token], head: UnitHead, root: Path, reading: Reading) -> tuple[Page, ...]:
    labels = {reference.id: reference.short or label_of(reference.text) for reference in head.references}
    sizes = _check_references(tokens, labels, root, reading)
    pages: list[Page] = []
    for heading, inside in _sections(tokens, reading):
        match = _HEADING.match(heading.content)
        if not match:
            reading.refuse(
                reading.line_of(heading), f"The heading `{heading.content}` has no identifier.", _HEADING_SHOULD
            )
        title, minutes = (match["title"], match["minutes"]) if match else (heading.content, None)
        parts = tuple(_parts(inside, labels, sizes, reading))
        identifier = match["id"] if match else f"page-{len(pages) + 1}"
        pages.append(Page(identifier, title, int(minutes) if minutes else None, parts))
    if not pages:
        reading.refuse(reading.body_line, "The unit has no page.", _HEADING_SHOULD)
    return tuple(pages)


def _sections(tokens: Sequence[Token], reading: Reading) -> Iterator[tuple[Token, list[Token]]]:
    """Each level-1 heading's content with the tokens beneath it."""
    starts = [
        place
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0
    ]
    before = tokens[: starts[0]] if starts else tokens
    if before:
        reading.refuse(reading.line_of(before[0]), "This text stands before the first page.", _HEADING_SHOULD)
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=False):
        yield tokens[start + 1], list(tokens[start + 3 : end])


def _parts(
    tokens: Sequence[Token], labels: Mapping[str, str], sizes: Mapping[str, tuple[int, int]], reading: Reading
) -> Iterator[str | Activity]:
    waiting: list[Token] = []
    for token in tokens:
        if token.type != "fence" or not token.info.strip():
            waiting.append(token)
            continue
        if token.level:
            reading.refuse(reading.line_of(token), "An activity stands inside a box or list; move it out of there.")
        if waiting:
            yield markup.render(waiting, labels, sizes)
            waiting = []
        activity = _read_activity(token, reading)
        if activity:
            _check_citations(activity, labels, reading.line_of(token), reading)
            yield activity
    if waiting:
        yield markup.render(waiting, labels, sizes)


def _read_activities(tokens: Sequence[Token], reading: Reading) -> None:
    for token in tokens:
        if token.type == "fence" and token.info.strip():
            _read_activity(token, reading)


def _read_activity(token: Token, reading: Reading) -> Activity | None:
    kind = token.info.strip()
    line = reading.line_of(token)
    model = KINDS.get(kind)
    if model is None:
        reading.refuse(line, f"`{kind}` is no kind of activity.", f"Known kinds: {', '.join(KINDS)}.")
        return None
    source = load(token.content, reading.file, line + 1, reading.errors)
    if source is None:
        return None
    if not isinstance(source.data, dict):
        reading.refuse(line, f"The {kind} is empty.", "Write `id: …`, `objective: …` and what the kind needs.")
        return None
    return check(model, source, reading.errors, data={**source.data, "kind": kind})


def _check_references(
    tokens: Sequence[Token], labels: Mapping[str, str], root: Path, reading: Reading
) -> dict[str, tuple[int, int]]:
    """Pictures must be there and have an alternative, citations must be listed; returns the pictures' sizes."""
    found = markup.look_through(tokens, reading.body_line)
    sizes = {}
    for path, alternative, line in found.pictures:
        if not alternative:
            reading.refuse(line, f"The picture {path} has no text alternative.", f"Write `![What it shows]({path})`.")
        if not path.startswith("assets/") or ".." in path or not (root / path).is_file():
            reading.refuse(line, f"The picture {path} is not there.", "Put it into the course's folder `assets/`.")
        elif size := size_of(root / path):
            sizes[path] = size
    for identifier, line in found.citations:
        _check_citation(identifier, labels, line, reading)
    return sizes


def _check_citations(activity: Activity, labels: Mapping[str, str], line: int, reading: Reading) -> None:
    for text in texts_of(activity):
        for identifier, _place in markup.CITATION.findall(text):
            _check_citation(identifier, labels, line, reading)


def _check_citation(identifier: str, labels: Mapping[str, str], line: int, reading: Reading) -> None:
    if identifier not in labels:
        advice = f"Add `- {{id: {identifier}, text: …}}` to `references` in the front matter."
        reading.refuse(line, f"`[@{identifier}]` names no reference of this unit.", advice)


def _check_identifiers(pages: Sequence[Page], reading: Reading) -> None:
    """Identifiers of pages and activities must differ, and so must the short keys that stored progress uses."""
    if max(len(pages), sum(len(page.activities) for page in pages)) > MOST:
        reading.refuse(reading.body_line, f"A unit can have {MOST} pages and {MOST} activities.", "Split the unit.")
    seen: dict[str, str] = {}
    for kind, identifiers in (
        ("page", [page.id for page in pages]),
        ("activity", [activity.id for page in pages for activity in page.activities]),
    ):
        for identifier in identifiers:
            other = seen.setdefault(short_key(f"{kind}:{identifier}"), f"{kind} `{identifier}`")
            if other != f"{kind} `{identifier}`" or identifiers.count(identifier) > 1:
                reading.refuse(
                    reading.body_line,
                    f"The {kind} `{identifier}` clashes with the {other}.",
                    "Choose another identifier.",
                )
