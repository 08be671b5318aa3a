"""Every file of course data is shown to somebody in the tool, or it is named here which issue will show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from html import unescape
from pathlib import PurePath

import pytest
from babel.dates import format_date
from markupsafe import Markup

from scorm_builder.course_format.course import Course
from scorm_builder.course_format.planner import SectionField
from tests.course.test_catalogues import SAID
from tests.course_packages.sources import COURSE
from tests.fixtures.pieces import compare_sample
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import found as found_team


@dataclass(frozen=True)
class Shown:
    """Who sees the file on which page, and texts of it that must stand there."""

    who: str
    path: str
    texts: Callable[[Course], list[str]]


def _words(html: str) -> list[str]:
    """Some words from the end of a text, as they stand on a page."""
    return [" ".join(unescape(Markup(html).striptags()).split()[-6:])]


def _prompt_texts(course: Course) -> list[str]:
    prompt = next(one for one in course.editions["en"].data.journal.prompts if one.id == "j3")
    assert prompt.words
    return [
        prompt.title,
        *_words(prompt.question),
        *prompt.guiding,
        *(scaffold.name for scaffold in prompt.scaffold),
        *_words(prompt.example),
        str(prompt.words.max),
    ]


def _section_texts(course: Course) -> list[str]:
    section = next(one for one in course.editions["en"].data.roadmap.sections if one.id == "p4")
    assert section.row
    return [section.title, section.question, *section.guiding, section.help, section.example, section.row.singular]


def _example_texts(course: Course) -> list[str]:
    """All of it: the school, and every text of every section, choices in words and days as they are written."""
    data = course.editions["en"].data
    assert data.example_map
    school, fields = data.example_map.school, {}
    for section in data.sections:
        for field in section.row.fields if section.row else section.fields:
            fields[section.id, field.name] = field
    told = [school.name, school.kind, school.place, school.note, *school.team]
    for name, section_told in data.example_map.sections.items():
        for texts in section_told.rows or [section_told.fields or {}]:
            told += [text for key, value in texts.items() if value for text in in_words(fields[name, key], value)]
    return told


def in_words(field: SectionField, value: str) -> list[str]:
    """A value as pages write it; of several rows or periods what each is called."""
    if field.kind == "date":
        return [format_date(date.fromisoformat(value), "d MMMM y", locale="en")]
    if field.kind == "references":
        return value.split("\n")
    if field.kind == "periods":
        return [line.split(" ", 2)[2] for line in value.split("\n")]
    return [next((choice.label for choice in field.choices if choice.id == value), value)]


def _sample_texts(course: Course) -> list[str]:
    sample = course.editions["en"].data.samples.samples[0]
    return [sample.title, *_words(sample.text), *sample.why.values()]


def _list_texts(name: str) -> Callable[[Course], list[str]]:
    return lambda _: SAID[name]


SHOWN = {
    "course.yaml": Shown("alice", "course/", lambda course: [course.title["en"], course.modules[2].aim["en"]]),
    "m?u?.md": Shown("alice", "course/units/m1u1/", lambda course: [course.modules[0].units[0].pages[3].title["en"]]),
    "modules/*.md": Shown("tina", "course/", lambda course: _words(course.editions["en"].modules["m2"].facilitator)),
    "plans/*.md": Shown(
        "tina", "course/units/m1u1/plan", lambda course: _words(course.editions["en"].plans["m1u1"].html)
    ),
    "handouts/*.md": Shown(
        "tina",
        "course/units/m1u1/assets/handouts/m1u1-values.en.html",
        lambda course: [course.editions["en"].handouts["m1u1-values"].title],
    ),
    "journal.yaml": Shown("alice", "journal/j3", _prompt_texts),
    "rubrics.yaml": Shown(
        "alice",
        "journal/j3",
        lambda course: [
            text
            for criterion in course.editions["en"].data.rubrics.rubrics[0].criteria
            for text in (criterion.title, criterion.question, criterion.levels[-1].description)
        ],
    ),
    "roadmap.yaml": Shown("alice", "roadmap/sections/p4", _section_texts),
    "example_map.yaml": Shown("alice", "roadmap/example", _example_texts),
    "glossary.yaml": Shown(
        "alice",
        "course/units/m1u1/",
        lambda course: [course.editions["en"].data.terms["parental-engagement"].text],
    ),
    "samples.yaml": Shown("tina", "desk/calibration/s1", _sample_texts),
    **{f"{name}.yaml": Shown("alice", f"course/lists/{name}", _list_texts(name)) for name in SAID},
}
"""By the file's path below its language's folder."""
LATER = {
    "goal_project.yaml": 14,
    "case_form.yaml": 14,
    "skills.yaml": 16,
}
"""The issue that will show the file."""
FOR_AUTHORS = {"coverage.yaml"}
"""What tests/course_packages/test_coverage.py reads, and no page."""


def data_files() -> list[PurePath]:
    """Every file of the course but pictures, below the course or its language's folder."""
    texts = [path.relative_to(COURSE) for path in COURSE.rglob("*") if path.suffix in {".yaml", ".md"}]
    return sorted({path if len(path.parts) == 1 else path.relative_to(path.parts[0]) for path in texts})


@pytest.mark.parametrize("file", data_files(), ids=str)
def test_every_file_is_shown_or_waits_for_a_named_issue(file: PurePath) -> None:
    listed = [name for name in (*SHOWN, *LATER, *FOR_AUTHORS) if fnmatch(str(file), name)]
    assert len(listed) == 1, f"{file}: say in SHOWN where somebody sees it, or in LATER which issue will show it"


@pytest.fixture
def people(visitor: Arrive) -> dict[str, Visitor]:
    """Alice with a map of her school's, and her trainer."""
    here = {"tina": visitor("tina", activity="journal/j3"), "alice": visitor("alice")}
    found_team(here["alice"])
    compare_sample(here["tina"], "s1")
    return here


def test_what_is_called_shown_stands_on_its_page(people: dict[str, Visitor]) -> None:
    course = people["alice"].client.application.parts.course.course  # type: ignore[attr-defined]
    for name, shown in SHOWN.items():
        answer = people[shown.who].get(shown.path)
        assert answer.status_code == 200, name
        page = " ".join(unescape(Markup(answer.text).striptags() + answer.text).split())
        answer.close()
        for text in shown.texts(course):
            assert " ".join(text.split()) in page, (name, text)
