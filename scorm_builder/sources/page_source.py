"""Reads the pages of a unit: level-1 headings, text, and activities as fenced blocks (course format)."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from scorm_builder.course.activities import KINDS, Activity, texts_of
from scorm_builder.course.exercises import Download
from scorm_builder.course.model import Page
from scorm_builder.course_format.units import PageKind
from scorm_builder.markup import markdown
from scorm_builder.sources.documents import Document, check_asset, check_citation
from scorm_builder.sources.lectures import check_slides, slides
from scorm_builder.sources.located import check, load

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z][a-z0-9-]*)(?P<marks>(?:\s+[a-z]+=[\w-]+)*)\s*\}$")
_KINDS: dict[str, PageKind] = {"welcome": "welcome", "lecture": "lecture", "case": "case", "check": "check"}
HEADING_SHOULD = "It should look like `# Welcome {#welcome minutes=5}`."


def read_pages(document: Document) -> tuple[Page, ...]:
    """All pages of a unit."""
    pages: list[Page] = []
    for heading, inside in _sections(document):
        pages.append(_read_page(heading, inside, len(pages) + 1, document))
    if not pages:
        document.refuse(document.body_line, "The unit has no page.", HEADING_SHOULD)
    return tuple(pages)


def read_activities(document: Document) -> None:
    """Only the mistakes in the activities, for a unit whose front matter cannot be used."""
    for token in document.tokens:
        if _is_activity(token):
            _read_activity(token, document)


def _read_page(heading: Token, inside: list[Token], number: int, document: Document) -> Page:
    line = document.line_of(heading)
    match = _HEADING.match(heading.content)
    if not match:
        document.refuse(line, f"The heading `{heading.content}` has no identifier.", HEADING_SHOULD)
        return Page(f"page-{number}", heading.content, None, None, (), tuple(_parts(inside, document)))
    minutes, kind = _marks(match["marks"], line, document)
    if kind == "lecture":
        check_slides(inside, line, document)
    parts = tuple(_lecture(inside, document) if kind == "lecture" else _parts(inside, document))
    return Page(match["id"], match["title"], minutes, kind, _terms(inside, document), parts)


def _marks(text: str, line: int, document: Document) -> tuple[int | None, PageKind | None]:
    """Minutes and kind of a page, from `minutes=5 kind=lecture`."""
    marks = dict(mark.split("=") for mark in text.split())
    minutes, kind = marks.pop("minutes", None), marks.pop("kind", None)
    for name in marks:
        document.refuse(line, f"`{name}` is not known here; known: minutes, kind.", HEADING_SHOULD)
    if minutes and not minutes.isdecimal():
        document.refuse(line, f"`minutes` is `{minutes}`; it must be a whole number.", HEADING_SHOULD)
        minutes = None
    if kind and kind not in _KINDS:
        document.refuse(line, f"`kind` is `{kind}`; it must be one of {', '.join(_KINDS)}.")
    return int(minutes) if minutes else None, _KINDS.get(kind or "")


def _sections(document: Document) -> Iterator[tuple[Token, list[Token]]]:
    """Each level-1 heading's content with the tokens beneath it."""
    tokens = document.tokens
    starts = [
        place
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0
    ]
    before = tokens[: starts[0]] if starts else tokens
    if before:
        document.refuse(document.line_of(before[0]), "This text stands before the first page.", HEADING_SHOULD)
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=False):
        yield tokens[start + 1], list(tokens[start + 3 : end])


def _lecture(tokens: Sequence[Token], document: Document) -> Iterator[str | Activity]:
    """The parts of a lecture; each slide's text is wrapped, its activities stand after it."""
    for is_slide, stretch in slides(tokens):
        for part in _parts(stretch, document):
            wrapped = is_slide and isinstance(part, str)
            yield f'<section class="pw-slide">\n{part}</section>\n' if wrapped else part


def _parts(tokens: Sequence[Token], document: Document) -> Iterator[str | Activity]:
    waiting: list[Token] = []
    for token in tokens:
        if not _is_activity(token):
            waiting.append(token)
            continue
        if token.level:
            document.refuse(document.line_of(token), "An activity stands inside a box or list; move it out of there.")
        if waiting:
            yield document.render(waiting, pop_ups=True)
            waiting = []
        activity = _read_activity(token, document)
        if activity:
            document.activity_lines.setdefault(activity.id, document.line_of(token))
            _check_texts(activity, document.line_of(token), document)
            yield activity
    if waiting:
        yield document.render(waiting, pop_ups=True)


def _is_activity(token: Token) -> bool:
    return token.type == "fence" and bool(token.info.strip())


def _read_activity(token: Token, document: Document) -> Activity | None:
    kind = token.info.strip()
    line = document.line_of(token)
    model = KINDS.get(kind)
    if model is None:
        document.refuse(line, f"`{kind}` is no kind of activity.", f"Known kinds: {', '.join(KINDS)}.")
        return None
    source = load(token.content, document.file, line + 1, document.errors)
    if source is None:
        return None
    if not isinstance(source.data, dict):
        document.refuse(line, f"The {kind} is empty.", "Write `id: …`, `objective: …` and what the kind needs.")
        return None
    activity = check(model, source, document.errors, data={**source.data, "kind": kind})
    return _with_file(activity, line, document) if isinstance(activity, Download) and activity.file else activity


def _with_file(download: Download, line: int, document: Document) -> Download:
    """A download with the path of its file as packages have it."""
    found = check_asset(document, "file", download.file or "", line)
    return download.model_copy(update={"file": found.path}) if found else download


def _terms(tokens: Sequence[Token], document: Document) -> tuple[str, ...]:
    """The glossary's terms that a page links, each at its first use."""
    found: list[str] = []
    for term, line in markdown.look_through(tokens, document.body_line).terms:
        if term in found:
            document.refuse(line, f"The term `{term}` is linked again on this page; link its first use only.")
        found.append(term)
    return tuple(dict.fromkeys(found))


def _check_texts(activity: Activity, line: int, document: Document) -> None:
    for text in texts_of(activity):
        for identifier, _place in markdown.CITATION.findall(text):
            check_citation(document, identifier, line)
        if "![" in text:
            document.refuse(line, f"The {activity.kind} shows a picture; show it in the page's text.")
        if "](glossary:" in text:
            document.refuse(line, f"The {activity.kind} links the glossary; link the term in the page's text.")
