"""The Greek edition says the same as the English one, piece by piece, and says it in Greek."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.course_packages.sources import COURSE, ENGLISH, Source, read_unit, texts_in

GREEK = COURSE / "el"
UNITS = sorted(GREEK.glob("m?u?.md"))
PAPERS = [path for folder in ("modules", "plans", "handouts") for path in sorted((GREEK / folder).glob("*.md"))]
every_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
every_piece = pytest.mark.parametrize("path", [*UNITS, *PAPERS], ids=lambda path: f"{path.parent.name}-{path.stem}")

_KEPT = {"id", "kind", "to", "ending", "moment", "prompt", "section", "handout", "reference", "unit", "page", "url"}
_MARKS = (
    r"\{#[^}]*\}",  # pages with their minutes and kinds
    r"\]\((glossary:[^)]+|assets/[^ )]+|#[^)]+)",  # terms, pictures, pages
    r"\[@[\w-]+",  # citations
    r"^:::(?: \w+)?",
    r"^#+ ",
    r"^\|",
    r"^(?:-|\d+\.) ",
    r"☐",
)


def _english(path: Path) -> Source:
    return read_unit(ENGLISH / path.relative_to(GREEK))


def _frame(data: object, key: str = "") -> object:
    """What a translation must not change: everything but words, and the words that are names of other things."""
    if isinstance(data, dict):
        return {name: _frame(part, name) for name, part in data.items()}
    if key == "answers":
        return "as many as the language needs"
    if isinstance(data, list):
        return [_frame(part, key) for part in data]
    return data if not isinstance(data, str) or key in {*_KEPT, "units", "handouts"} else "words"


def _references(source: Source) -> list[tuple[str, str]]:
    return [(reference["id"], reference["text"]) for reference in source.head.get("references", [])]


def _read(source: Source) -> str:
    activities = [data for _, data in source.activities]
    return "\n".join([str(source.head.get("title", "")), *texts_in(source.head), source.prose, *texts_in(activities)])


def test_module_1_is_there_in_greek() -> None:
    wanted = ENGLISH.rglob("m1*.md")
    assert {path.relative_to(ENGLISH) for path in wanted} <= {path.relative_to(GREEK) for path in [*UNITS, *PAPERS]}


@every_piece
def test_front_matter_and_activities_differ_in_words_alone(path: Path) -> None:
    greek, english = read_unit(path), _english(path)
    assert _frame(greek.head) == _frame(english.head)
    assert [kind for kind, _ in greek.activities] == [kind for kind, _ in english.activities]
    for (_, ours), (_, theirs) in zip(greek.activities, english.activities, strict=True):
        assert _frame(ours) == _frame(theirs)


@every_piece
def test_pages_pictures_citations_and_lists_stand_where_they_stand_in_english(path: Path) -> None:
    greek, english = read_unit(path).body, _english(path).body
    for mark in _MARKS:
        assert re.findall(mark, greek, re.MULTILINE) == re.findall(mark, english, re.MULTILINE), mark


@every_piece
def test_works_keep_the_language_that_they_are_written_in(path: Path) -> None:
    assert _references(read_unit(path)) == _references(_english(path))


@every_piece
def test_it_is_written_in_greek(path: Path) -> None:
    text = _read(read_unit(path))
    greek, latin = len(re.findall(r"[Α-Ωα-ωά-ώΆ-Ώ]", text)), len(re.findall(r"[A-Za-z]", text))
    assert greek > 9 * latin
    assert not re.search(r"(?:\b[A-Za-z][A-Za-z'’-]*[^\w{}]+){7}[A-Za-z]+", text)


@every_unit
def test_an_example_keeps_to_its_limit_and_a_shown_answer_is_accepted(path: Path) -> None:
    unit = read_unit(path)
    assert all(len(data.get("example", "")) <= data["limit"] for data in unit.of_kind("reflection"))
    assert all(data["sample"] in data["answers"] for data in unit.of_kind("short-answer"))


@every_unit
def test_length_does_not_give_the_right_answer_away(path: Path) -> None:
    questions = read_unit(path).of_kind("single-choice")
    longest = [max(question["options"], key=lambda option: len(option["text"])) for question in questions]
    assert sum(bool(option.get("correct")) for option in longest) <= len(questions) / 2


def test_the_glossary_explains_the_same_terms_in_the_order_of_the_greek_alphabet() -> None:
    greek, english = ({term["id"]: term for term in _terms(folder)} for folder in (GREEK, ENGLISH))
    assert set(greek) == set(english)
    assert all(term.get("see") == english[name].get("see") for name, term in greek.items())
    order = [_sorted_as(term["term"]) for term in greek.values()]
    assert order == sorted(order)


def _terms(folder: Path) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = yaml.safe_load((folder / "glossary.yaml").read_text(encoding="utf-8"))["terms"]
    return terms


def _sorted_as(term: str) -> str:
    """A term without its article and accents, as a Greek dictionary sorts it."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", term.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"^(?:η|οι|ο|το|τα) ", "", bare)
