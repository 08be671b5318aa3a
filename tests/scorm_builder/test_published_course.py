"""What the builder publishes for the tool: what a language lacks comes from the first, and is named."""

from pathlib import Path
from typing import Any

import pytest

from scorm_builder.bundle import published_course
from scorm_builder.course_format.course import Course
from scorm_builder.sources.course_source import read_course
from tests.scorm_builder.rich_course import ROADMAP, write_rich_course

SKILLS = """\
skills: [{id: listening, title: Listening, text: To listen, can: I can listen}]
goals: []
levels: [not yet, sometimes, often]
"""
GREEK_ROADMAP = """\
sections:
  - id: p2
    code: P2
    title: Πηγές
    question: Τι υπάρχει;
    row:
      kind: data-source
      singular: πηγή
      plural: πηγές
      fields: [{name: what, label: Τι, kind: text}]
"""
SECOND = """\
  - {id: p3, code: P3, title: Now, question: "How?", fields: [{name: how, label: How, kind: long, required: true}]}
"""


def published(folder: Path, greek: dict[str, str], **english: str) -> Course:
    course = write_rich_course(folder / "course", **english)
    for name, text in greek.items():
        (course / "el" / name).write_text(text, encoding="utf-8")
    return published_course(read_course(course))


def test_what_a_language_lacks_is_there_in_the_first_and_named(tmp_path: Path) -> None:
    english = {"roadmap.yaml": ROADMAP + SECOND, "skills.yaml": SKILLS}
    course = published(tmp_path, {"roadmap.yaml": GREEK_ROADMAP}, **english)
    greek = course.editions["el"]
    assert [section.title for section in greek.data.roadmap.sections] == ["Πηγές", "Now"]
    assert greek.data.skills == course.editions["en"].data.skills
    assert set(greek.borrowed) >= {"sections/p3", "skills", "skills/listening", "measures", "plans/m1u1", "modules/m1"}
    assert not {"sections/p2", "handouts/audit-sheet", "journal", "prompts/j1"} & set(greek.borrowed)
    assert course.editions["en"].borrowed == ()


def test_a_flag_or_a_help_that_the_translation_leaves_out_is_the_first_languages(tmp_path: Path) -> None:
    section = published(tmp_path, {"roadmap.yaml": GREEK_ROADMAP}).editions["el"].data.roadmap.sections[0]
    assert section.guiding == ("What do we know?",)
    assert section.row
    assert [(field.label, field.required) for field in section.row.fields] == [("Τι", True)]


def test_a_unit_says_in_which_languages_it_is_written(tmp_path: Path) -> None:
    units = {unit.id: unit for module in published(tmp_path, {}).modules for unit in module.units}
    assert units["m1u1"].languages == ("en", "el")
    assert units["m2u1"].languages == ("en",)
    assert set(units["m2u1"].title) == {"en", "el"}


@pytest.mark.parametrize("given", ["example:", "help: ''", "guiding: []"])
def test_what_an_author_leaves_empty_takes_the_default(given: str, tmp_path: Path) -> None:
    changed = ROADMAP.replace("    question: What is there?", f"    question: What is there?\n    {given}").replace(
        '    guiding: ["What do we know?"]\n', ""
    )
    section = published(tmp_path, {}, **{"roadmap.yaml": changed}).editions["en"].data.roadmap.sections[0]
    assert (section.example, section.help, section.guiding) == ("", "", ())


def test_the_order_of_the_author_is_kept(tmp_path: Path) -> None:
    course = published(tmp_path, {})
    dumped: dict[str, Any] = course.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    assert Course.model_validate(dumped) == course
