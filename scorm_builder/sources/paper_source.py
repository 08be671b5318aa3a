"""Reads module pages, session plans and handouts (course format)."""

import re

from markdown_it.token import Token

from scorm_builder.course.paper import Handout, ModulePage, Plan
from scorm_builder.course_format.paper import HandoutHead, ModuleHead, PlanHead
from scorm_builder.sources.documents import Document, check_pictures, read_document
from scorm_builder.sources.folder import Folder

_PARTS = {"overview": "# Overview {#overview}", "facilitator": "# For the facilitator {#facilitator}"}


def read_modules(folder: Folder, language: str) -> dict[str, ModulePage]:
    """The pages in `<language>/modules/`, by module."""
    found = {name: _read_module(folder, file) for name, file in folder.texts(f"{language}/modules")}
    return {name: page for name, page in found.items() if page}


def read_plans(folder: Folder, language: str) -> dict[str, Plan]:
    """The session plans in `<language>/plans/`, by unit."""
    found = {name: _read_plan(folder, file) for name, file in folder.texts(f"{language}/plans")}
    return {name: plan for name, plan in found.items() if plan}


def read_handouts(folder: Folder, language: str) -> dict[str, Handout]:
    """The handouts in `<language>/handouts/`, by identifier."""
    found = {name: _read_handout(folder, file) for name, file in folder.texts(f"{language}/handouts")}
    return {name: handout for name, handout in found.items() if handout}


def _read_module(folder: Folder, file: str) -> ModulePage | None:
    document = read_document(folder.root, file, folder.errors)
    head = document and document.head(ModuleHead)
    if not document or not head:
        return None
    folder.must_be_named(file, "id", head.id)
    check_pictures(document)
    parts = {name: document.render(tokens) for name, tokens in _sections(document).items()}
    if parts.keys() != _PARTS.keys():
        should = f"It has two, in this order: {', '.join(f'`{one}`' for one in _PARTS.values())}."
        document.refuse(document.body_line, "The parts of this page are not as they should be.", should)
        return None
    return ModulePage(head, parts["overview"], parts["facilitator"])


def _sections(document: Document) -> dict[str, list[Token]]:
    """Tokens beneath each level-1 heading, by the heading's identifier."""
    sections: dict[str, list[Token]] = {}
    current: list[Token] = []
    for place, token in enumerate(document.tokens):
        if token.type == "heading_open" and token.tag == "h1" and not token.level:
            name = re.search(r"\{#([\w-]+)\}$", document.tokens[place + 1].content)
            current = sections.setdefault(name[1] if name else "", [])
        elif not _is_title(document.tokens, place):
            current.append(token)
    return sections


def _is_title(tokens: list[Token], place: int) -> bool:
    """Whether a token is the text or the end of a level-1 heading."""
    around = tokens[place - 1] if tokens[place].type == "inline" else tokens[place]
    return around.type in {"heading_open", "heading_close"} and around.tag == "h1"


def _read_plan(folder: Folder, file: str) -> Plan | None:
    document = read_document(folder.root, file, folder.errors)
    head = document and document.head(PlanHead)
    if not document or not head:
        return None
    folder.must_be_named(file, "unit", head.unit)
    check_pictures(document)
    return Plan(head, document.render(document.tokens))


def _read_handout(folder: Folder, file: str) -> Handout | None:
    document = read_document(folder.root, file, folder.errors)
    head = document and document.head(HandoutHead)
    if not document or not head:
        return None
    folder.must_be_named(file, "id", head.id)
    pictures = check_pictures(document)
    return Handout(head, with_blanks(document.render(document.tokens)), pictures)


def with_blanks(html: str) -> str:
    """Runs of four or more `_` become lines to write on; longer ones longer lines."""
    kinds = {True: "pw-blank pw-blank-long", False: "pw-blank"}
    return re.sub(r"_{4,}", lambda run: f'<span class="{kinds[len(run[0]) > 12]}"></span>', html)
