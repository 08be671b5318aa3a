"""What fills the tool's rooms in Greek is the English edition entry for entry: the same frame, the texts in Greek."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml

from tests.course_packages.sources import COURSE, ENGLISH

GREEK = COURSE / "el"
NAMES = sorted(path.stem for path in ENGLISH.glob("*.yaml") if path.stem != "glossary")
FIXED = {
    "area",
    "barrier",
    "begins",
    "code",
    "catalogues",
    "choices_from",
    "due",
    "effort",
    "ends",
    "group",
    "how",
    "id",
    "influence",
    "kind",
    "measure",
    "measures",
    "meets",
    "next_begins",
    "not_before",
    "place",
    "planned",
    "prompt",
    "reached",
    "references",
    "refers_to",
    "required_with",
    "role",
    "rubric",
    "sections",
    "sort",
    "starts_with",
    "status",
    "support",
    "tags",
    "unit",
    "view",
}
NOT_FROM_THE_PIECE = {"s4": ["ενός συναδέλφου, των γονιών ή μιας σειράς"], "s6": ["το μαντεύω"]}
"""Quotations in the reasons that are the rubric's words, or the words that are missed."""
ALPHABETS = re.compile(r"(?P<greek>[Ͱ-Ͽἀ-῿])|[A-Za-z]")


class Leaf(NamedTuple):
    """One value of a file: where it stands, whether it is part of the frame, and both editions of it."""

    where: str
    fixed: bool
    english: Any
    greek: Any


@cache
def load(name: str) -> dict[str, Any]:
    """What one Greek data file holds."""
    data: dict[str, Any] = yaml.safe_load((GREEK / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


@cache
def leaves(name: str) -> tuple[Leaf, ...]:
    """Every value of a data file beside its English one; the frames must fit for that."""
    english = yaml.safe_load((ENGLISH / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(_beside(english, load(name), name, fixed=False))


def _beside(english: Any, greek: Any, where: str, *, fixed: bool) -> Iterator[Leaf]:
    if isinstance(english, dict):
        assert isinstance(greek, dict), where
        assert list(english) == list(greek), where
        for key, value in english.items():
            yield from _beside(value, greek[key], f"{where}.{key}", fixed=_is_fixed(english, key, value))
    elif isinstance(english, list):
        assert isinstance(greek, list), where
        assert len(english) == len(greek), where
        for number, (one, other) in enumerate(zip(english, greek, strict=True)):
            yield from _beside(one, other, f"{where}[{number}]", fixed=fixed)
    else:
        yield Leaf(where, fixed, english, greek)


def _is_fixed(entry: dict[str, Any], key: str, value: Any) -> bool:
    """Identifiers, choices and dates are the same in every language; a `group` or a `name` may also be words."""
    if key == "name":
        return "label" in entry
    names = value if isinstance(value, list) else [value]
    plain = all(isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+|[JP]\d+|p\d+\.[a-z_]+", name) for name in names)
    return (key in FIXED and plain) or key == "references"


def _greek_share(text: str) -> float:
    letters = [match["greek"] for match in ALPHABETS.finditer(text)]
    return sum(letter is not None for letter in letters) / max(1, len(letters))


every_file = pytest.mark.parametrize("name", NAMES)


@every_file
def test_a_greek_file_has_the_identifiers_the_order_and_the_choices_of_the_english_one(name: str) -> None:
    assert [leaf for leaf in leaves(name) if leaf.fixed and leaf.english != leaf.greek] == []


@every_file
def test_limits_levels_points_and_answers_by_yes_and_no_are_equal(name: str) -> None:
    others = [leaf for leaf in leaves(name) if not isinstance(leaf.english, str)]
    assert [leaf for leaf in others if leaf.english != leaf.greek] == []


@every_file
def test_every_text_is_in_greek(name: str) -> None:
    texts = [leaf.greek for leaf in leaves(name) if not leaf.fixed and isinstance(leaf.english, str)]
    assert [text for text in texts if re.search("[A-Za-z]", text) and _greek_share(text) < 0.4] == []
    assert _greek_share(" ".join(texts)) > 0.9


@every_file
def test_greek_is_set_in_greek_marks(name: str) -> None:
    own = [leaf.greek for leaf in leaves(name) if not leaf.fixed and isinstance(leaf.greek, str)]
    titles = re.compile(r"Working together or working apart\?")
    assert [text for text in own if re.search("[?“”]", titles.sub("", text))] == []


@every_file
def test_what_is_a_question_in_english_is_one_in_greek(name: str) -> None:
    asked = [leaf for leaf in leaves(name) if str(leaf.english).endswith("?") and not leaf.fixed]
    assert [leaf.greek for leaf in asked if not leaf.greek.endswith(";")] == []


def test_the_definition_of_the_example_keeps_to_its_limit() -> None:
    prompt = next(prompt for prompt in load("journal")["prompts"] if prompt["id"] == "j2")
    assert len(prompt["example"]) <= prompt["limit"] == 140


def test_the_first_help_of_the_journal_holds_all_fourteen_principles() -> None:
    first = load("journal")["prompts"][0]["scaffold"][0]["text"]
    assert [entry["id"] for entry in load("principles")["principles"] if entry["text"] not in first] == []


@pytest.mark.parametrize("section", load("roadmap")["sections"], ids=lambda section: section["id"])
def test_every_value_of_the_example_map_fits_its_field(section: dict[str, Any]) -> None:
    sections = load("example_map")["sections"]
    titles = {next(iter(row.values())) for name in ("p4", "p8", "p10") for row in sections[name]["rows"]}
    filled = sections[section["id"]]
    fields = section.get("fields") or section["row"]["fields"]
    for row in filled.get("rows") or [filled["fields"]]:
        assert list(row) == [field["name"] for field in fields]
        for field in fields:
            value = row[field["name"]]
            assert value or not field.get("required")
            assert len(value) <= field.get("limit", 2000), (field["name"], len(value))
            if field["kind"] == "choice" and value:
                listed = field.get("choices_from", "")
                assert value in {choice["id"] for choice in (load(listed)[listed] if listed else field["choices"])}
            if field["kind"] == "date" and value:
                assert date.fromisoformat(value)
            if "refers_to" in field:
                assert set(value if isinstance(value, list) else [value]) <= titles


@pytest.mark.parametrize("sample", load("samples")["samples"], ids=lambda sample: sample["id"])
def test_a_sample_is_as_long_as_asked_and_its_levels_are_argued_from_the_greek_text(sample: dict[str, Any]) -> None:
    assert 250 <= len(sample["text"].split()) <= 500
    assert "Φανταστικό" in sample["text"].splitlines()[0]
    for criterion, reason in sample["why"].items():
        assert reason.startswith(f"Επίπεδο {sample['levels'][criterion]}")
    quoted = {quote.rstrip(".") for reason in sample["why"].values() for quote in re.findall("«([^»]+)»", reason)}
    found = {quote for quote in quoted if quote.casefold() in sample["text"].casefold()}
    assert sorted(quoted - found) == NOT_FROM_THE_PIECE.get(sample["id"], [])
