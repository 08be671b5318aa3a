"""The keys of the course in each language: right, reachable from the unit, not to be guessed from how they look."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.course_packages.sources import COURSE, UNITS, Source, plain, read_unit, texts_in

GREEK = sorted((COURSE / "el").glob("m?u?.md"))
every_unit = pytest.mark.parametrize("path", [*UNITS, *GREEK], ids=lambda path: f"{path.parent.name}-{path.stem}")
every_language = pytest.mark.parametrize("units", [UNITS, GREEK], ids=["en", "el"])
_PLACES = r"\b(?:above|below|the (?:first|last|other) (?:answer|option)s?|(?:all|none|both) of (?:these|them))\b"


def _is_guessed_by_length(question: dict[str, Any]) -> bool:
    """Whether somebody who ticks the longest answers, as many as are right, has them all."""
    right = {option["text"] for option in question["options"] if option.get("correct")}
    longest = sorted((option["text"] for option in question["options"]), key=len, reverse=True)
    return set(longest[: len(right)]) == right


def _share(paths: list[Path], kind: str, guessed: Callable[[dict[str, Any]], bool]) -> float:
    questions = [question for path in paths for question in read_unit(path).of_kind(kind)]
    return sum(map(guessed, questions)) / len(questions)


@every_language
def test_ticking_the_longest_answers_is_no_better_than_guessing(units: list[Path]) -> None:
    assert _share(units, "single-choice", _is_guessed_by_length) <= 1 / 3
    assert _share(units, "multiple-choice", _is_guessed_by_length) <= 1 / 5
    assert all(_share([path], "single-choice", _is_guessed_by_length) <= 0.4 for path in units)


@every_unit
def test_no_answer_speaks_of_its_place_since_places_change(path: Path) -> None:
    for data in read_unit(path).of_kind("single-choice", "multiple-choice"):
        for option in data["options"]:
            assert not re.search(_PLACES, option["text"], re.IGNORECASE), data["id"]


@every_unit
def test_a_term_that_is_asked_for_was_read_before_and_a_sum_was_not(path: Path) -> None:
    unit = read_unit(path)
    read = _folded(unit.prose + " ".join(_terms(path)))
    for data in unit.of_kind("short-answer"):
        answer = _folded(data["sample"])
        assert bool(re.search(rf"\b{answer}\b", read)) is not bool(re.search(r"\d", answer)), data["id"]
        assert answer not in _folded(data["question"]), data["id"]


@every_unit
def test_what_is_said_to_a_wrong_short_answer_names_the_right_one(path: Path) -> None:
    for data in read_unit(path).of_kind("short-answer"):
        wrong = _folded(plain(data["feedback"]["wrong"]))
        assert any(_folded(answer) in wrong for answer in data["answers"]), data["id"]


def _terms(path: Path) -> list[str]:
    terms = yaml.safe_load((path.parent / "glossary.yaml").read_text(encoding="utf-8"))["terms"]
    return [term["term"] for term in terms]


def _folded(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", bare)


def _one(path: Path, name: str) -> dict[str, Any]:
    (found,) = [data for _, data in read_unit(path).activities if data["id"] == name]
    return found


def _unit(name: str) -> Path:
    return COURSE / f"{name}.md"


@pytest.mark.parametrize("language", ["en", "el"])
def test_a_question_about_dialogue_asks_for_more_than_a_preference(language: str) -> None:
    asked = _one(_unit(f"{language}/m1u1"), "check-dialogue")["question"]
    assert re.search(r"how a child learns|πώς μαθαίνει ένα παιδί", asked)


@pytest.mark.parametrize(
    ("language", "head", "records"), [("en", "head", "Read those records"), ("el", "διεύθυνση", "Διαβάζετε")]
)
def test_the_head_is_asked_before_a_record_is_opened(language: str, head: str, records: str) -> None:
    items = _one(_unit(f"{language}/m1u2"), "check-audit-order")["items"]
    assert _place(items, head) < _place(items, records)


def _place(items: list[str], word: str) -> int:
    return next(place for place, item in enumerate(items) if word in item)


def test_a_log_that_is_asked_about_calls_of_parents_holds_them() -> None:
    unit = read_unit(_unit("en/m1u2"))
    assert "both directions" in _one(_unit("en/m1u2"), "check-drawer")["question"]
    assert not re.search(r"\blog of calls (?:and messages )?home\b", _everything(unit), re.IGNORECASE)


@pytest.mark.parametrize("name", ["check-purpose", "check-digital"])
def test_a_purpose_has_the_form_that_its_page_asks_for_and_is_not_alone_in_it(name: str) -> None:
    options = _one(_unit("en/m2u1"), name)["options"]
    formed = [bool(option.get("correct")) for option in options if option["text"].startswith("So that")]
    assert len(formed) >= 2
    assert True in formed


def test_what_families_told_is_reported_as_told() -> None:
    unit = _unit("en/m3u1")
    right = [option["text"] for option in _one(unit, "island-claims")["options"] if option.get("correct")]
    claims = [text for text in right if "talked with" not in text]
    assert claims
    assert all(re.search(r"\bsay\b", text) for text in claims)
    (claim,) = [option["text"] for option in _one(unit, "which-claim-holds")["options"] if option.get("correct")]
    assert "say that" in claim


def test_those_who_told_it_hear_a_finding_before_anyone_outside_the_team() -> None:
    steps = _one(_unit("en/m3u2"), "first-things-first")["items"]
    assert _place(steps, "Read it in the team") < _place(steps, "before anyone outside the team")
    told = _one(_unit("en/m3u3"), "check-share-order")
    assert "outside the team" in told["question"]
    assert _place(told["items"], "six families") == 0


MENDED = [
    ("en/m1u1", "what-can-we-claim", r"\*\*and\*\* is free to tell them"),
    ("el/m1u1", "what-can-we-claim", r"\*\*και\*\* είναι ελεύθερη να τις πει"),
    ("en/m1u2", "smallest-data", r"no more data than your purpose needs.*\*Purpose limitation\* is its neighbour"),
    ("el/m1u2", "smallest-data", r"περισσότερα δεδομένα απ' όσα χρειάζεται.*περιορισμό"),
    ("en/m2u1", "make-a-frame", r"cannot move.* In what is free.*then left.*these dates.*do not believe in"),
    ("en/m3u1", "check-output", r"open day.* shows how far it reached"),
    ("en/m3u1", "check-terms", r"and how far it reached"),
    ("en/m3u1", "check-signs", r"from the café ring the school of their own accord"),
]
"""Activities that were once wrong or arguable, and the words that settle them."""


@pytest.mark.parametrize(("unit", "name", "words"), MENDED, ids=lambda value: value[:17])
def test_what_was_arguable_is_settled_by_its_own_words(unit: str, name: str, words: str) -> None:
    assert re.search(words, " ".join(texts_in(_one(_unit(unit), name))))


def test_how_many_came_is_an_output_in_the_units_definition_too() -> None:
    assert re.search(r"outputs\]\S* How many people came belongs here", read_unit(_unit("en/m3u1")).body)


@every_unit
def test_no_page_promises_a_room_that_the_course_does_not_bring(path: Path) -> None:
    promised = r"community\W+ that belongs to this|space that your trainer has set up|στον χώρο που έχει ετοιμάσει"
    journal = (path.parent / "journal.yaml").read_text(encoding="utf-8")
    assert not re.search(promised, _everything(read_unit(path)))
    assert not re.search(r"will be shared with your group|Θα το δει η ομάδα σας", journal)


def _everything(unit: Source) -> str:
    told = " ".join(text for _, data in unit.activities for text in texts_in(data))
    return re.sub(r"\s+", " ", f"{unit.body} {told}")
