"""PDFs: tagged, readable, in every language of the course, and never broken by what people wrote."""

import io
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfua
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from lti_tool.roadmap.errors import TooManyFilesAtOnce, TooMuchForPaper
from lti_tool.roadmap.exports import find_export, turns
from lti_tool.roadmap.exports.fonts import BREAK, REPLACEMENT, SIGNS, fonts, printable
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.reading import Map
from tests.roadmap.exports.plans import ODD, plan, texts_of, with_texts

PDFS = ["plan", "summary", "poster"]
LANGUAGES = ["en", "el"]
A4, A3_LYING = (595, 842), (1191, 842)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def root_of(reader: PdfReader) -> Any:
    """The document's catalogue."""
    return reader.trailer["/Root"]


def size_of(page: PageObject) -> tuple[int, int]:
    """Width and height in points."""
    return round(page.mediabox.width), round(page.mediabox.height)


def words_in(reader: PdfReader) -> str:
    """All text, without spaces: lines break where the page ends."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return "".join(text.replace(BREAK, "").split())


def tags(reader: PdfReader) -> list[str]:
    """The names of all elements of the structure, in reading order."""
    found: list[str] = []

    def walk(kids: object) -> None:
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        if isinstance(kids, list):
            for kid in kids:
                walk(kid)
        elif isinstance(kids, DictionaryObject):
            if "/S" in kids:
                found.append(str(kids["/S"]))
            if "/K" in kids:
                walk(kids["/K"])

    walk(root_of(reader)["/StructTreeRoot"]["/K"])
    return found


def is_accessible(reader: PdfReader) -> bool:
    """Whether the document promises PDF/UA-1 in its metadata."""
    return b"<pdfuaid:part>1</pdfuaid:part>" in root_of(reader)["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PDFS)
def test_the_example_is_pdf_ua_in_its_language(name: str, language: str, tmp_path: Path) -> None:
    of = plan(language)
    content = find_export(name).make(of)
    reader = read(content)
    root = root_of(reader)
    assert is_accessible(reader)
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == of.title
    (tmp_path / "made.pdf").write_bytes(content)
    report = pdfua.validate(str(tmp_path / "made.pdf"))
    assert not report.findings, report.findings
    assert {"/Document", "/H1", "/P"} <= set(tags(reader))
    assert REPLACEMENT not in words_in(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_plan_says_everything(language: str) -> None:
    of = plan(language)
    reader = read(find_export("plan").make(of))
    told = words_in(reader)
    assert not [text for text in texts_of(of) if squeezed(text) not in told]
    found = tags(reader)
    assert found.count("/H1") == len(of.map.parts) + 1, "one for each section, and the contents"
    assert found.count("/TH") > 10
    assert "/TOC" in found
    actions = of.map.parts[7].section.row
    assert actions
    for name in ("who", "when", "status"):
        label = next(field.label for field in actions.fields if field.name == name)
        assert told.count(squeezed(label)) > len(of.map.parts[7].rows), "at the head of the table, too"
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [A4] * len(
        reader.pages
    )
    outline = [one.title for one in reader.outline if not isinstance(one, list)]
    assert len(outline) >= len(of.map.parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_one_page_with_what_matters(language: str) -> None:
    of = plan(language)
    (page,) = read(find_export("summary").make(of)).pages
    assert size_of(page) == A4
    told = squeezed(page.extract_text())
    for priority in of.map.rows_of("priority"):
        assert squeezed(priority.title) in told
    assert squeezed(of.told(of.map.parts[0].cells[0])) in told, "the definition"
    assert squeezed(of.words.done_count % {"number": 16}) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_is_a3_and_names_nobody(language: str) -> None:
    of = plan(language)
    reader = read(find_export("poster").make(of))
    (page,) = reader.pages
    assert size_of(page) == A3_LYING
    told = squeezed(page.extract_text())
    assert squeezed(of.school) in told
    people = {cell.value for part in of.map.parts for cell in part.all_cells if cell.field.kind == "person"} - {""}
    assert people
    assert not [name for name in people if squeezed(name) in told]
    assert "/Figure" in tags(reader)


def test_an_empty_map_gives_its_questions() -> None:
    empty = plan()
    parts = tuple(
        replace(part, rows=(), cells=tuple(replace(cell, value="") for cell in part.cells)) for part in empty.map.parts
    )
    of = replace(empty, map=Map(parts))
    for name in PDFS:
        assert is_accessible(read(find_export(name).make(of)))
    told = words_in(read(find_export("plan").make(of)))
    assert squeezed("No actions yet.") in told
    assert squeezed(of.map.parts[0].section.question) in told


@pytest.mark.parametrize("name", PDFS)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_gives_a_document(name: str, text: str) -> None:
    of = with_texts(plan(), text)
    reader = read(find_export(name).make(of))
    assert is_accessible(reader)
    assert name == "plan" or len(reader.pages) == 1


def test_what_people_wrote_is_data_and_no_markup() -> None:
    told = words_in(read(find_export("plan").make(with_texts(plan(), ODD["markup"]))))
    assert squeezed(ODD["markup"]) in told


def test_what_cannot_be_shown_is_replaced_and_told() -> None:
    for name in PDFS:
        told = words_in(read(find_export(name).make(with_texts(plan(), ODD["japanese"]))))
        assert squeezed(f"shown as {REPLACEMENT}. The Word file holds them.") in told
    assert squeezed("cannot be printed") not in words_in(
        read(find_export("plan").make(with_texts(plan(), ODD["arabic"])))
    )


def test_signs_of_typsts_own_font_are_there() -> None:
    signs = " ".join(sorted(SIGNS))
    reader = read(find_export("plan").make(with_texts(plan(), signs)))
    assert is_accessible(reader)
    assert set(words_in(reader)) >= SIGNS


@pytest.mark.parametrize("name", ["greek", "hebrew", "arabic", "hindi", "thai", "emoji", "markup"])
def test_scripts_that_the_fonts_have_stay_whole(name: str) -> None:
    assert printable(ODD[name]).replace(BREAK, "").replace("\ufe0f", "") == ODD[name].replace("\ufe0f", "")


def test_none_of_the_machines_own_fonts_is_used() -> None:
    assert all(font.path is None or "manimgx_fonts" in font.path for font in fonts().fonts())
    used = {str(font["/BaseFont"]) for font in _fonts_of(read(find_export("plan").make(plan("el"))))}
    assert used
    assert all("NotoSans" in name for name in used)


def _fonts_of(reader: PdfReader) -> list[Any]:
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    return [font.get_object() for one in resources for font in one["/Font"].get_object().values()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_at_all_breaks_a_document(text: str) -> None:
    few = plan()
    of = with_texts(replace(few, map=Map(few.map.parts[:1])), text)
    assert is_accessible(read(find_export("plan").make(of)))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert find_export("plan").make(plan()) == find_export("plan").make(plan())


def test_a_plan_too_full_for_paper_is_refused_at_once() -> None:
    of = with_texts(plan(), "word " * 20_000)
    began = time.monotonic()
    with pytest.raises(TooMuchForPaper):
        find_export("plan").make(of)
    assert time.monotonic() - began < 2
    assert find_export("word").make(of)


def test_who_finds_all_turns_taken_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with ExitStack() as taken:
        for _ in range(turns.AT_ONCE):
            taken.enter_context(turns.turn())
        for name in (*PDFS, "word"):
            with pytest.raises(TooManyFilesAtOnce):
                find_export(name).make(plan())
    assert find_export("summary").make(plan())


def test_others_go_on_while_a_pdf_is_made() -> None:
    of, counted, done = plan(), 0, threading.Event()

    def make(made: Plan) -> None:
        find_export("plan").make(made)
        done.set()

    thread = threading.Thread(target=make, args=(of,))
    thread.start()
    while not done.wait(0.001):
        counted += 1
    thread.join()
    assert counted > 10
