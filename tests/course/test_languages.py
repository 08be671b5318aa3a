"""The course speaks its own languages: the launch's, the browser's or the person's choice, whatever the tool speaks."""

import re
from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.course.bundle import Bundle
from lti_tool.people.models import User
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from lti_tool.web.course_language import spoken, words_in
from tests.fixtures.pieces import hand_in
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.roadmap.conftest import found as found_team

IN_GREEK = 'lang="el" dir="ltr"'
GREEK_BROWSER = {"Accept-Language": "el"}


@pytest.fixture
def course(app: Application) -> Bundle:
    return app.parts.course


def ask_for(visitor: Visitor, locale: str) -> Visitor:
    """As if the LMS had asked for this language."""
    app: Application = visitor.client.application  # type: ignore[assignment]
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).where(Launch.id == visitor.launch_id).values(locale=locale))
    return visitor


def choose(visitor: Visitor, language: str, back: str = "") -> Any:
    return visitor.post("language/", {"language": language, "back": back})


@pytest.mark.parametrize("locale", ["el", "el-GR", "el_GR"])
def test_a_greek_launch_shows_greek_units_prompts_rubric_and_sections(
    visitor: Arrive, course: Bundle, locale: str
) -> None:
    ask_for(visitor("tina", activity="journal/j3"), locale)
    alice = ask_for(visitor("alice"), locale)
    found_team(alice)
    unit, prompt, section = course.unit("m1u1"), course.prompt("j3", "el"), course.sections("el")[3]
    overview = alice.get("course/").text
    assert '<html lang="en" dir="ltr"' in overview  # the tool itself has no Greek words yet
    assert f"<span {IN_GREEK}>{unit.title['el']}</span>" in overview
    page = alice.get("course/units/m1u1/").text
    assert f"<div {IN_GREEK} data-learner" in page
    assert unit.pages[3].title["el"] in page
    piece = alice.get("journal/j3").text
    assert prompt.question in piece
    assert course.rubric("reflective-writing", "el").criteria[0].title in piece
    map_page = alice.get("roadmap/sections/p4").text
    assert f'<h2 class="pm-question" {IN_GREEK}>{section.question}</h2>' in map_page
    assert section.row
    assert section.row.fields[0].label in map_page


def test_the_desk_the_plan_and_the_picker_are_greek_too(visitor: Arrive, course: Bundle) -> None:
    tina = ask_for(visitor("tina", activity="journal/j3"), "el")
    alice = visitor("alice")
    hand_in(alice)
    prompt = course.prompt("j3", "el")
    assert prompt.name in tina.get("desk/").text
    marking = tina.get("desk/1").text
    assert prompt.question in marking
    assert course.rubric("reflective-writing", "el").criteria[0].levels[0].description in marking
    assert course.plan("m1u1", "el").title in tina.get("course/units/m1u1/plan").text
    assert f"<span {IN_GREEK}>{course.prompt('j4', 'el').title}</span>" in tina.get("course/placed/").text
    assert course.rubric("reflective-writing", "el").title in tina.get("course/prompts/new").text


def test_a_unit_without_greek_says_so_and_shows_english_as_english(visitor: Arrive, course: Bundle) -> None:
    alice = ask_for(visitor("alice"), "el")
    page = alice.get("course/units/m2u1/").text
    assert "This unit is not in Greek yet. You see it in English." in page
    assert '<div lang="en" dir="ltr" data-learner' in page
    assert "is not in Greek yet" not in alice.get("course/units/m1u1/").text
    overview = alice.get("course/").text
    assert overview.count("not in Greek yet") == 6
    assert f'<a href="{alice.at("course/units/m2u1/")}">{course.unit("m2u1").title["en"]}</a>' in overview


def test_a_plan_without_greek_says_so(visitor: Arrive) -> None:
    page = ask_for(visitor("tina"), "el").get("course/units/m2u1/plan").text
    assert "This plan is not in Greek yet. You see it in English." in page
    assert '<p class="pw-lead" lang="en" dir="ltr">' in page


def test_where_the_launch_names_no_language_of_the_course_the_browsers_counts(visitor: Arrive, course: Bundle) -> None:
    title = str(course.title["el"])
    assert title in visitor("alice").get("course/", headers=GREEK_BROWSER).text
    assert title in ask_for(visitor("bob"), "fr-FR").get("course/", headers=GREEK_BROWSER).text
    assert title not in ask_for(visitor("carla"), "en-GB").get("course/", headers=GREEK_BROWSER).text
    assert title not in visitor("alice").get("course/", headers={"Accept-Language": "fr, de"}).text


def test_a_choice_is_remembered_for_the_person_and_for_nobody_else(visitor: Arrive, course: Bundle) -> None:
    alice = visitor("alice")
    answer = choose(alice, "el", back=alice.at("journal/j3"))
    assert (answer.status_code, answer.location) == (303, alice.at("journal/j3"))
    assert course.prompt("j3", "el").title in alice.get("journal/j3").text
    later = ask_for(visitor("alice", course="c2"), "en")
    assert course.title["el"] in later.get("course/").text
    assert course.title["en"] in visitor("bob").get("course/").text
    choose(alice, "en")
    assert course.title["en"] in alice.get("course/", headers=GREEK_BROWSER).text


def test_every_page_offers_the_course_in_its_languages(visitor: Arrive) -> None:
    page = visitor("alice").get("journal/?x=1").text
    options = re.findall(r'<option value="(\w\w)" lang="\w\w" dir="ltr"( selected)?>([^<]+)<', page)
    assert options == [("en", " selected", "English"), ("el", "", "Ελληνικά")]
    assert f'name="back" value="{visitor("alice").at("")[:3]}' in page


@pytest.mark.parametrize("language", ["", "fr", "EL", "el-GR", "../en", "\x00"])
def test_a_language_that_the_course_does_not_have_is_refused(visitor: Arrive, app: Application, language: str) -> None:
    alice = visitor("alice")
    assert choose(alice, language).status_code == 400
    with app.parts.database.transaction(write=False) as session:
        assert session.get_one(User, alice.user_id).course_language == ""


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/l/x/",
        "/l/another/course/",
        "javascript:alert(1)",
        "{own}../../done",
        "{own}\\evil",
        "{own}a\nb",
        "",
    ],
)
def test_a_choice_leads_back_into_this_launch_alone(visitor: Arrive, back: str) -> None:
    alice = visitor("alice")
    answer = choose(alice, "el", back.replace("{own}", alice.at("")))
    assert answer.location.removeprefix(ADDRESS) == alice.at("course/")


def test_each_language_has_its_direction(app: Application) -> None:
    with app.test_request_context():
        assert spoken("ar") == 'lang="ar" dir="rtl"'
        assert words_in("مرحبا & <b>", "ar") == '<span lang="ar" dir="rtl">مرحبا &amp; &lt;b&gt;</span>'
        assert words_in("Hello <b>", "en") == "Hello <b>"  # no element, and not yet escaped
        assert words_in("Anything", "") == "Anything"
