"""A line that begins with a date is a sentence; one that begins with a number is still an item of a list."""

from pathlib import Path

import pytest

from scorm_builder.bundle import published_course
from scorm_builder.cartridge.plain_pages import page_resource
from scorm_builder.markup.markdown import render, tokens_of
from scorm_builder.markup.pages import Surroundings, unit_fragment
from scorm_builder.sources.course_source import read_course
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.rich_units import M1U1
from tests.scorm_builder.small_course import JOURNAL


def html(text: str, language: str = "en") -> str:
    return render(tokens_of(text, language), {}, {})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1821. The war began.", "en"),
        ("1821) The war began.", "en"),
        ("2024. Η χρονιά άλλαξε.", "el"),
        ("25. 3. 1821 it began.", "en"),
        ("1. 5. 2024 it ended.", "en"),
        ("25. Μαρτίου 1821 άρχισε.", "el"),
        ("1. May 2024 was a Wednesday.", "en"),
        ("1. Mai: Wir feiern.", "de"),
        ("17. května začíná.", "cs"),
        ("3. Okt. feiern wir.", "de"),
    ],
)
def test_a_line_that_begins_with_a_date_is_no_list(text: str, language: str) -> None:
    assert html(text, language) == f"<p>{text}</p>\n"


def test_a_date_in_an_item_or_a_quotation_or_after_a_list_is_none_either() -> None:
    assert html("- 1821. War\n- 1832. Peace").count("<ul>") == 1
    assert "<ol" not in html("- 1821. War\n- 1832. Peace")
    assert "<ol" not in html("> 1821. War")
    assert html("1. One\n2. Two\n\n1821. War").count("<li>") == 2
    assert "<p>It was\n1. Mai 2024.</p>" in html("It was\n1. Mai 2024.", "de")


@pytest.mark.parametrize(
    "text", ["1. First", "3. Third", "1. May I come in?", "1. Jan reads", "12. Twelve men", "1. 2 apples", "10) Ten"]
)
def test_a_line_that_begins_with_a_number_is_a_list(text: str) -> None:
    assert "<li>" in html(text)


def test_fenced_text_stays_as_it_is() -> None:
    assert "1821. War" in html("```\n1821. War\n```\n\n1821. War").split("</code>")[0]
    assert "\\" not in html("~~~\n1821. War\n```\n1. Mai 2024\n~~~", "de")


def test_a_language_whose_months_nobody_knows_has_its_years_all_the_same() -> None:
    assert html("1821. It began.", "xx") == "<p>1821. It began.</p>\n"


DATES = {"en": "1. May 2024 was a Wednesday.", "el": "25. Μαρτίου 1821 άρχισε."}


@pytest.mark.parametrize("language", DATES)
def test_stories_and_prompts_know_the_months_of_their_language_too(tmp_path: Path, language: str) -> None:
    source, date = write_rich_course(tmp_path), DATES[language]
    story = M1U1
    for text in ("intro: A rainy *Monday*.", "text: A father waits.", "feedback: You had time."):
        story = story.replace(text, f'{text.partition(":")[0]}: "{date}"')
    (source / language / "m1u1.md").write_text(story, encoding="utf-8")
    journal = JOURNAL.replace('"What *changed*?"', f'"{date}"')
    (source / language / "journal.yaml").write_text(journal, encoding="utf-8")
    course = read_course(source)
    unit = course.units["m1u1"][language]
    paper = page_resource(unit, next(page for page in unit.pages if page.id == "gate"))
    for page in (unit_fragment(course, unit, Surroundings()), paper.files[paper.path].decode()):
        assert page.count(f"<p>{date}</p>") == 3
    assert published_course(course).editions[language].data.journal.prompts[0].question == f"<p>{date}</p>\n"
