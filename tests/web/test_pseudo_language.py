"""Every word of the tool is marked for translation: in a language where each marked word has brackets, none is bare."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask_babel
import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from lxml import etree, html

from lti_tool.web import languages
from lti_tool.web.application import Application
from tests.course.test_languages import ask_for
from tests.fixtures.once import once_a_run
from tests.fixtures.pieces import TEXT, as_form, hand_in, write
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import SCHOOL, press
from tests.roadmap.conftest import found as found_team
from tools.translations import extract

PSEUDO = "eo"
"""A language that has no catalogue of its own, with two numbers as in English."""
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-column")
NAMES = re.compile(
    rf"{SCHOOL}|Parents as partners|(Alice|Bob) \w+|Tina Trainer|Adam Admin|Partnerwise|Ctrl|Shift|Alt|https://|^course$"
)
_SILENT = {"script", "style", "title", "bdi", "time", "code", "kbd", "textarea"}
"""Elements without words of the tool; a page's title may be the course's, and can name no language of its own."""
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{3,}")
AS_ALICE = (
    "course/",
    "course/units/m1u1/",
    "journal/",
    "journal/j1",
    "journal/j2",
    "journal/j3",
    "journal/j3/versions",
    "journal/j4",
    "roadmap/",
    "roadmap/whole",
    "roadmap/history",
    "roadmap/take-along",
    *(f"roadmap/sections/p{number}" for number in range(1, 15)),
    "not-shown",
)
AS_TINA = (
    "course/",
    "course/units/m1u1/plan",
    "course/units/m1u1/trainees",
    "course/units/m1u1/trainees/2",
    "course/placed/",
    "course/prompts/new",
    "desk/",
    "desk/?state=released",
    "desk/?state=returned",
    "desk/1",
    "members/",
    "roadmap/",
    "roadmap/teams/1/whole",
    "roadmap/teams/1/take-along",
)


@pytest.fixture
def pseudo(app: Application, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that has a catalogue in which each marked word stands in brackets."""
    folder = once_a_run(tmp_path_factory, "pseudo-language", _make_catalogue)
    monkeypatch.setattr(languages, "TRANSLATIONS", folder)
    languages.languages.cache_clear()
    babel = app.extensions["babel"]
    monkeypatch.setattr(babel, "translation_directories", [str(folder)])
    monkeypatch.setitem(vars(babel.instance), "domain_instance", flask_babel.Domain())


def _make_catalogue(folder: Path) -> None:
    extract(folder / "messages.pot")
    with (folder / "messages.pot").open("rb") as source:
        catalogue = read_po(source, locale=PSEUDO)
    for message in catalogue:
        if message.id:
            _put_into_brackets(message)
    target = folder / PSEUDO / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)


def _put_into_brackets(message: Message) -> None:
    if isinstance(message.id, tuple):
        message.string = tuple(f"⟦{one}⟧" for one in message.id)
    else:
        message.string = f"⟦{message.id}⟧"


@pytest.fixture
def people(pseudo: None, visitor: Arrive) -> Iterator[dict[str, Visitor]]:
    """Alice with a map and a piece, and her trainer, both in a launch of the pseudo-language."""
    here = {"tina": visitor("tina", activity="journal/j3"), "alice": visitor("alice")}
    found_team(here["alice"])
    press(here["alice"], "add:action", "p8")
    hand_in(here["alice"])
    write(here["alice"], TEXT, prompt="j1")
    for one in here.values():
        one.get("course/")  # what was said in English is read by now
    yield {name: ask_for(one, PSEUDO) for name, one in here.items()}
    languages.languages.cache_clear()


def bare_words(page: str) -> list[str]:
    """What stands on the page, or is read out, in no brackets: neither the course's words nor a person's."""
    document = html.fromstring(page)
    language = document.get("lang")
    assert language == PSEUDO
    return [text for text in _texts(document, PSEUDO) if WORD.search(_outside(text))]


def _outside(text: str) -> str:
    """The text without names and without what is in brackets, which may stand in each other."""
    text = NAMES.sub("", text)
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    return text


def _texts(element: etree._Element, language: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.get("lang", language) != language:
        return
    if "pw-piece" in element.get("class", "") or element.get("data-now") is not None:
        return
    for name in SPOKEN:
        yield element.get(name, "")
    if element.tag in {"input", "button"} and element.get("type") == "submit":
        yield element.get("value", "") if element.tag == "input" else ""
    own = [element.text or "", *(child.tail or "" for child in element)]
    yield " ".join(" ".join(own).split()) if not _has_marked_text(element) else ""
    for child in element:
        yield from _texts(child, language)


def _has_marked_text(element: etree._Element) -> bool:
    """Whether the element's own words begin and end with brackets, with elements of the course's words in between."""
    own = [element.text or "", *(child.tail or "" for child in element)]
    text = "".join(own)
    return text.count("⟦") == text.count("⟧") > 0 and not WORD.search(_outside("".join(own)))


@pytest.mark.parametrize("who", ["alice", "tina"])
def test_no_page_has_a_word_that_is_not_marked(people: dict[str, Visitor], who: str) -> None:
    found = {}
    for path in {"alice": AS_ALICE, "tina": AS_TINA}[who]:
        if bare := bare_words(people[who].get(path).text):
            found[path] = bare
    assert found == {}


def test_refusals_and_mistakes_in_forms_are_marked(people: dict[str, Visitor]) -> None:
    alice, tina = people["alice"], people["tina"]
    refused = [
        tina.post("course/prompts/new", {"title": "", "question": "", "words_min": "many"}),
        tina.post("desk/1", as_form(do="release", version=7)),
        alice.post("journal/j3", {"do": "submit", "version": "1", "text": "x"}),
        alice.post("roadmap/sections/p4", {"do": "add:nothing"}),
        alice.get("desk/"),
        alice.get("course/units/nothing/"),
    ]
    assert {answer.status_code for answer in refused} <= {400, 403, 404, 409}
    assert {answer.request.path: bare for answer in refused if (bare := bare_words(answer.text))} == {}


def test_a_word_that_is_not_marked_is_found(people: dict[str, Visitor]) -> None:
    page = people["alice"].get("journal/").text
    assert bare_words(page.replace("</main>", "<p>Not marked</p></main>")) == ["Not marked"]
    assert bare_words(page.replace("</main>", '<a href="/" aria-label="Read aloud">1</a></main>')) == ["Read aloud"]
    assert bare_words(page.replace("</main>", '<p lang="en">A sentence of the course</p></main>')) == []
    assert "⟦Journal⟧" in page
