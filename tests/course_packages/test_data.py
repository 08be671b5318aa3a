"""What the journal, the rubrics and the planner are filled with fits together."""

from pathlib import Path

import pytest
import yaml

from tests.course_packages.reading_ease import flesch
from tests.course_packages.sources import DATA, UNITS, by_id, load, read_unit, texts_in

PROMPTS = by_id("journal", "prompts")
RUBRICS = by_id("rubrics")
SECTIONS = by_id("roadmap", "sections")


def fields_of(section: str) -> dict[str, dict[str, object]]:
    """The fields of a section by name, whether it has rows or not."""
    found = SECTIONS[section]
    fields = found["fields"] if "fields" in found else found["row"]["fields"]
    return {field["name"]: field for field in fields}


def test_the_journal_has_eight_prompts_and_the_planner_fourteen_sections() -> None:
    assert [(name, prompt["code"]) for name, prompt in PROMPTS.items()] == [(f"j{n}", f"J{n}") for n in range(8)]
    assert [(name, section["code"]) for name, section in SECTIONS.items()] == [(f"p{n}", f"P{n}") for n in range(1, 15)]


def test_every_prompt_that_a_unit_names_is_in_the_journal_and_every_prompt_belongs_to_a_unit() -> None:
    named = set()
    for unit in map(read_unit, UNITS):
        named |= {data["prompt"] for _, data in unit.activities if "prompt" in data}
        named |= {unit.head["artefact"]["prompt"]} if "prompt" in unit.head["artefact"] else set()
    assert named <= set(PROMPTS)
    assert {prompt["unit"] for prompt in PROMPTS.values()} <= {path.stem for path in UNITS}
    assert set(PROMPTS) - named <= {"j0"}


def test_every_prompt_has_help_and_an_example() -> None:
    for prompt in PROMPTS.values():
        assert len(prompt["guiding"]) >= 3
        assert prompt["scaffold"]
        assert prompt["example"]


def test_every_piece_that_is_marked_shows_a_way_through_an_event() -> None:
    for prompt in PROMPTS.values():
        ways = " ".join(way["name"] for way in prompt["scaffold"])
        assert "rubric" not in prompt or "Gibbs" in ways or "Kolb" in ways
    scaffolds = {way["name"].split(":")[0] for prompt in PROMPTS.values() for way in prompt["scaffold"]}
    assert {"Gibbs", "Kolb"} <= scaffolds


def test_every_prompt_is_tagged_with_skills_and_tied_to_sections_that_exist() -> None:
    skills = by_id("skills")
    for prompt in PROMPTS.values():
        assert set(prompt["tags"]) <= set(skills)
        assert set(prompt["sections"]) <= set(SECTIONS)
        assert prompt["tags"]
        assert prompt["sections"]


def test_the_first_prompt_shows_all_fourteen_principles_as_their_cards_do() -> None:
    shown = " ".join(way["text"] for way in PROMPTS["j0"]["scaffold"])
    assert [entry["id"] for entry in load("principles")["principles"] if entry["text"] not in shown] == []


def test_the_definition_in_the_journal_keeps_to_140_characters() -> None:
    assert PROMPTS["j2"]["limit"] == 140
    assert len(PROMPTS["j2"]["example"]) <= 140


def test_the_points_of_a_prompt_are_the_most_that_its_rubric_gives() -> None:
    for prompt in PROMPTS.values():
        if "rubric" in prompt:
            criteria = RUBRICS[prompt["rubric"]]["criteria"]
            assert prompt["points"] == sum(criterion["levels"][-1]["points"] for criterion in criteria)


def test_every_criterion_has_four_levels_from_nought_to_three_that_differ() -> None:
    assert set(RUBRICS) == {"reflective-writing", "goal-project"}
    for rubric in RUBRICS.values():
        for criterion in rubric["criteria"]:
            levels = criterion["levels"]
            assert [level["points"] for level in levels] == [0, 1, 2, 3]
            assert len({level["description"] for level in levels}) == 4


def test_every_section_asks_guides_helps_and_shows_an_example() -> None:
    for section in SECTIONS.values():
        assert section["question"].endswith("?")
        assert len(section["guiding"]) >= 3
        assert all("?" in question for question in section["guiding"])
        assert section["help"]
        assert section["example"]


def test_the_fields_of_a_section_have_names_of_their_own() -> None:
    for section in SECTIONS.values():
        fields = section["fields"] if "fields" in section else section["row"]["fields"]
        names = [field["name"] for field in fields]
        assert len(names) == len(set(names)) <= 17
        assert all(name.isidentifier() and name.islower() for name in names)


def test_every_kind_of_row_is_used_once_and_its_first_field_names_the_row() -> None:
    rows = [section["row"] for section in SECTIONS.values() if "row" in section]
    assert len({row["kind"] for row in rows}) == len(rows)
    for row in rows:
        assert len(row["kind"]) <= 20
        assert row["fields"][0]["kind"] == "text"
        assert row["fields"][0]["required"]


@pytest.mark.parametrize(
    ("section", "required"),
    [
        ("p4", {"title", "why", "target"}),
        ("p8", {"what", "who", "when", "priority", "first", "needs", "parents", "asked", "shut_out"}),
        ("p10", {"title", "group", "due", "evidence"}),
        ("p11", {"what", "look", "ask", "how", "share", "audience"}),
    ],
)
def test_what_a_plan_cannot_do_without_is_required(section: str, required: set[str]) -> None:
    assert {name for name, field in fields_of(section).items() if field.get("required")} == required


def test_actions_hold_all_that_the_framework_asks_for_and_say_where_families_take_part() -> None:
    fields = fields_of("p8")
    assert {"begins", "when", "first", "needs", "helps", "learn", "place"} <= set(fields)
    assert (fields["measure"]["choices_from"], fields["reason"]["required_with"]) == ("measures", "measure")
    assert (fields["after"]["role"], fields["after"]["refers_to"]) == ("after", ["action", "milestone"])
    assert fields_of("p10")["after"]["refers_to"] == ["action", "milestone"]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_what_the_rooms_are_filled_with_is_easy_to_read(path: Path) -> None:
    assert flesch(" ".join(texts_in(yaml.safe_load(path.read_text(encoding="utf-8"))))) >= 50


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_identifiers_are_unique_in_their_list_and_plain_enough_for_every_language(path: Path) -> None:
    for entries in yaml.safe_load(path.read_text(encoding="utf-8")).values():
        listed = entries if isinstance(entries, list) else []
        names = [entry["id"] for entry in listed if isinstance(entry, dict) and "id" in entry]
        assert len(names) == len(set(names))
        assert all(name.isascii() and name == name.lower() and " " not in name for name in names)


def test_the_glossary_is_in_the_order_of_its_terms() -> None:
    terms = [term["term"].casefold() for term in load("glossary")["terms"]]
    assert terms == sorted(terms)
