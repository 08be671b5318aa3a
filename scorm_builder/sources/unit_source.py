"""Reads one unit: front matter, then pages (course format)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scorm_builder.course.exercises import Download
from scorm_builder.course.model import Page, Unit, short_key
from scorm_builder.course_format.units import Mastery, UnitHead
from scorm_builder.errors import SourceError
from scorm_builder.markup import markdown
from scorm_builder.markup.citations import label_of
from scorm_builder.sources.documents import Document, check_citation, check_pictures, read_document
from scorm_builder.sources.page_source import read_activities, read_pages
from scorm_builder.stored_size import MOST_IN_A_POOL

MOST = 60  # pages, and activities


def read_unit(root: Path, file: str, mastery: Mastery, errors: list[SourceError]) -> Unit | None:
    """The unit in `<language>/<unit>.md`, or None with its mistakes added to `errors`; `mastery` is the course's."""
    document = read_document(root, file, errors)
    if document is None:
        return None
    head = document.head(UnitHead)
    if not head:
        read_activities(document)
        return None
    document.labels |= {reference.id: reference.short or label_of(reference.text) for reference in head.references}
    pictures = check_pictures(document)
    pages = read_pages(document)
    found = markdown.look_through(document.tokens, document.body_line)
    for identifier, line in found.citations:
        check_citation(document, identifier, line)
    _check_links(found.links, pages, head, document)
    _check_further(head, document)
    _check_identifiers(pages, document)
    _check_pool(head, pages, document)
    return Unit(
        head,
        file.partition("/")[0],
        _mastery(head, mastery),
        pages,
        pictures | _downloads(pages),
        len(found.pictures),
        markdown.words_in(document.tokens),
    )


def _mastery(head: UnitHead, mastery: Mastery) -> Mastery:
    return Mastery(check=head.check.to_pass) if head.check else head.mastery or mastery


def _downloads(pages: Sequence[Page]) -> frozenset[str]:
    """The files that downloads name."""
    activities = [activity for page in pages for activity in page.activities]
    return frozenset(activity.file for activity in activities if isinstance(activity, Download) and activity.file)


def _check_links(links: Sequence[tuple[str, int]], pages: Sequence[Page], head: UnitHead, document: Document) -> None:
    """A link leads to a page of the unit or out into the world."""
    inside = {f"#{page.id}" for page in pages} | {f"#ref-{reference.id}" for reference in head.references}
    for target, line in links:
        if not target.startswith(("https://", "http://", "mailto:")) and target not in inside:
            what = f"The link `{target}` leads nowhere."
            document.refuse(line, what, "Link a page of the unit (`#page-id`), an address, or `glossary:term`.")


def _check_further(head: UnitHead, document: Document) -> None:
    known = {reference.id for reference in head.references}
    line = document.front.line(("further",)) if document.front else 1
    for entry in head.further:
        if entry.reference not in known:
            document.refuse(line, f"`further` names `{entry.reference}`, which is no reference of this unit.")


def _check_pool(head: UnitHead, pages: Sequence[Page], document: Document) -> None:
    """The closing check has its page and enough questions, and nothing else counts."""
    if not head.check:
        return
    line = document.front.line(("check",)) if document.front else 1
    on_page = {page.id: [one for one in page.activities if one.counts] for page in pages}
    pool = on_page.pop(head.check.page, None)
    if pool is None:
        document.refuse(line, f"`check` names the page `{head.check.page}`, which is not there.")
    elif len(pool) > MOST_IN_A_POOL:
        document.refuse(line, f"The check's pool has {len(pool)} questions; it can have {MOST_IN_A_POOL}.")
    elif len(pool) < head.check.draw:
        what = f"The page `{head.check.page}` has {len(pool)} counting activities; `draw` asks for {head.check.draw}."
        document.refuse(line, what)
    for page, others in on_page.items():
        for activity in others:
            what = f"The activity `{activity.id}` counts, but stands on `{page}` and not on the page of the `check`."
            document.refuse(document.activity_lines[activity.id], what, "Take `counts: true` away, or move it there.")


def _check_identifiers(pages: Sequence[Page], document: Document) -> None:
    """Identifiers of pages and activities must differ, and so must the short keys that stored progress uses."""
    listed: Mapping[str, list[str]] = {
        "page": [page.id for page in pages],
        "activity": [activity.id for page in pages for activity in page.activities],
    }
    if max(map(len, listed.values())) > MOST:
        document.refuse(document.body_line, f"A unit can have {MOST} pages and {MOST} activities.", "Split the unit.")
    seen: dict[str, str] = {}
    for kind, identifiers in listed.items():
        for identifier in identifiers:
            name = f"{kind} `{identifier}`"
            other = seen.setdefault(short_key(f"{kind}:{identifier}"), name)
            if other != name or identifiers.count(identifier) > 1:
                what = f"The {name} clashes with the {other}."
                line = document.activity_lines.get(identifier, document.body_line)
                document.refuse(line, what, "Choose another identifier.")
