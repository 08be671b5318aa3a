"""Cartridges as Moodle and Open edX read them: right answers, feedback, names, links."""

import re
from pathlib import Path

import pytest
from lxml import etree

from scorm_builder.cartridge.quizzes import quiz_resources
from scorm_builder.cartridge.resources import place_of
from scorm_builder.course.questions import MultipleChoice, Option, SingleChoice
from tests.scorm_builder.cartridges import TOOL, build_cartridges, files_of


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Cartridges of both versions."""
    return build_cartridges(tmp_path_factory.mktemp("cartridges"), "cc11", "cc13")


def questions(package: Path) -> dict[str, etree._Element]:
    """Every question of every quiz, by unit and identifier."""
    found: dict[str, etree._Element] = {}
    for name, content in files_of(package).items():
        if name.startswith("quizzes/"):
            unit = name.split("-")[1]
            found |= {f"{unit} {item.get('ident')}": item for item in etree.fromstring(content).iter("{*}item")}
    return found


def moodle_reads(item: etree._Element) -> dict[str, tuple[bool, str]]:
    """Each option with whether it is right and what is said to it, by Moodle's own rules for reading a question."""
    several = "cc.multiple_response" in (item.findtext(".//{*}fieldentry") or "")
    said = {
        one.get("ident"): one.findtext("{*}flow_mat/{*}material/{*}mattext") for one in item.iter("{*}itemfeedback")
    }
    found = {}
    for label in item.iter("{*}response_label"):
        name, right, texts = label.get("ident"), False, []
        for condition in item.iter("{*}respcondition"):
            points = condition.find("{*}setvar") is not None
            exact = [one.text for one in condition.iter("{*}varequal") if one.get("case") == "Yes"]
            unwanted = [one.text for one in condition.iterfind(".//{*}not/{*}varequal")]
            if several and points:
                right = name in exact and name not in unwanted
            if condition.findtext("{*}conditionvar/{*}varequal") == name:
                right = right if several else points
                texts += [said[one.get("linkrefid")] or "" for one in condition.iter("{*}displayfeedback")]
        found[label.findtext("{*}material/{*}mattext") or ""] = (right, " ".join(texts))
    return found


def open_edx_reads(item: etree._Element) -> set[str]:
    """The options that its importer takes for right: all that are named up to the first condition that ends there."""
    named: set[str] = set()
    for condition in item.iter("{*}respcondition"):
        direct = condition.findall("{*}conditionvar/{*}varequal") or condition.findall(
            "{*}conditionvar/{*}and/{*}varequal"
        )
        named |= {one.text or "" for one in direct}
        if condition.get("continue", "No") == "No":
            break
    texts = {one.get("ident"): one.findtext("{*}material/{*}mattext") or "" for one in item.iter("{*}response_label")}
    return {texts.get(name, name) for name in named}


RIGHT = {
    "m1u1 q1": {"Right 1"},
    "m1u1 several": {"First", "Third"},
    "m1u1 pairs-1": {"Day"},
    "m1u1 pairs-3": {"Sky"},
    "m1u2 q1": {"This one"},
}


@pytest.mark.parametrize("version", ["cc11", "cc13"])
@pytest.mark.parametrize("name", RIGHT)
def test_moodle_and_open_edx_find_the_right_answers(built: dict[str, Path], version: str, name: str) -> None:
    item = questions(built[version])[name]
    assert {option for option, (right, _) in moodle_reads(item).items() if right} == RIGHT[name]
    assert open_edx_reads(item) == RIGHT[name]


def asked(question: str, *right: bool, several: bool = True) -> etree._Element:
    """A question about options of which these are right, as a cartridge for Moodle asks it."""
    options = tuple(
        Option(text=f"α < {place} & β", correct=one, feedback=f"«{place}»") for place, one in enumerate(right)
    )
    about = {"id": "one", "objective": "Know", "question": question, "options": options}
    choice = MultipleChoice(kind="multiple-choice", **about) if several else SingleChoice(kind="single-choice", **about)
    ((quiz, _),) = quiz_resources("quiz", "Quiz", [choice], for_moodle=True, graded=True)
    (item,) = etree.fromstring(quiz.files[quiz.path]).iter("{*}item")
    return item


@pytest.mark.parametrize(
    ("right", "several"),
    [((True, True, True), True), ((False, True, False, False), True), ((False, True), False), ((True,) * 26, True)],
    ids=["all are right", "one of several", "two options", "many"],
)
def test_right_options_are_found_however_many_there_are(right: tuple[bool, ...], several: bool) -> None:
    item = asked("Which?", *right, several=several)
    options = [f"α &lt; {place} &amp; β" for place in range(len(right))]
    assert moodle_reads(item) == {
        option: (one, f"«{place}»") for place, (option, one) in enumerate(zip(options, right, strict=True))
    }
    assert open_edx_reads(item) == {option for option, one in zip(options, right, strict=True) if one}


@pytest.mark.parametrize(
    "question",
    ["🙂" * 100, "𝒳 " * 100, "問" * 300, "**Ποιο** *ισχύει*;", "<b>", "x" * 81],
    ids=["emoji", "astral", "Chinese", "Greek", "signs", "long"],
)
def test_a_questions_name_fits_whatever_letters_it_has(question: str) -> None:
    title = asked(question, True, False, False).get("title") or ""
    assert 0 < len(title.encode()) <= 255
    assert title.strip("…").strip() in question.replace("*", "")


def test_every_answer_keeps_its_feedback_and_is_given_no_other(built: dict[str, Path]) -> None:
    found = {name: moodle_reads(item) for name, item in questions(built["cc11"]).items()}
    assert {option: said for option, (_, said) in found["m1u1 q2"].items()} == {
        "Right 2": "Yes 2.",
        "Wrong 2": "No 2.",
        "Other 2": "Nor 2.",
        "Last 2": "Not 2.",
    }
    assert [said for _, said in found["m1u1 several"].values()] == ["Yes indeed.", "Not that.", "That too."]
    assert {said for _, said in found["m1u1 pairs-2"].values()} == {"It is pale."}
    # What Moodle takes for general feedback it would say to everybody.
    general = [one for item in questions(built["cc11"]).values() for one in item.iterfind(".//*[@continue='Yes']")]
    assert not general


def test_what_is_said_to_a_written_answer_is_there_for_right_and_wrong(built: dict[str, Path]) -> None:
    item = questions(built["cc13"])["m1u1 word"]
    assert open_edx_reads(item) == {"audit", "an audit", "έλεγχος", "ελεγχος"}
    said = [one.findtext("{*}flow_mat/{*}material/{*}mattext") for one in item.iter("{*}itemfeedback")]
    assert said == ["That is it.", "Think of sums."]
    assert item.find("{*}resprocessing/{*}respcondition/{*}conditionvar/{*}other") is not None


def test_every_question_has_a_name_that_fits(built: dict[str, Path]) -> None:
    titles = {name: item.get("title", "") for name, item in questions(built["cc11"]).items()}
    assert titles["m1u1 several"] == "Which hold?"
    assert titles["m1u1 pairs-2"] == "Moon: What belongs?"
    assert titles["m1u1 q6"].startswith("Question 6, which is long and Greek")
    assert all(0 < len(title.encode()) <= 255 for title in titles.values()), titles


def test_checks_for_moodle_are_asked_in_fours(built: dict[str, Path]) -> None:
    counted = {
        version: [
            content.count(b"<item ")
            for name, content in files_of(path).items()
            if name.startswith("quizzes/quiz-m1u1-c")
        ]
        for version, path in built.items()
    }
    assert counted == {"cc11": [5, 5], "cc13": [10]}
    manifest = etree.fromstring(files_of(built["cc11"])["imsmanifest.xml"])
    titles = [title.text for title in manifest.iter("{*}title") if title.text and "Check:" in title.text]
    assert titles == ["Check: Looking (1/2)", "Check: Looking (2/2)", "Check: Looking again"]


def test_sections_hold_no_folders(built: dict[str, Path]) -> None:
    for path in built.values():
        manifest = etree.fromstring(files_of(path)["imsmanifest.xml"])
        sections = manifest.findall(".//{*}item[@identifier='root']/{*}item")
        assert [section.findtext("{*}title") for section in sections] == [
            *("A rich course", "First module", "Looking", "Looking again"),
            *("Second module", "Ending", "Your school's road map"),
        ]
        assert all(item.get("identifierref") for section in sections for item in section.findall("{*}item"))


def test_links_say_what_they_are_and_where_they_lead_in_both_ways(built: dict[str, Path]) -> None:
    links = {name: etree.fromstring(one) for name, one in files_of(built["cc11"]).items() if name.startswith("lti/")}
    for link in links.values():
        assert link.findtext("{*}launch_url") == link.findtext("{*}secure_launch_url")
        assert str(link.findtext("{*}launch_url")).startswith(f"{TOOL}/activities/")
    about = {name: link.findtext("{*}description") for name, link in links.items()}
    assert about["lti/lti-unit-m1u1.xml"] == "A unit with the rest of the kinds."
    assert about["lti/lti-journal-j1.xml"] == "What changed?"
    assert all(about.values())


def test_pictures_lie_in_the_web_folder_and_pages_find_them(built: dict[str, Path]) -> None:
    for path in built.values():
        files = files_of(path)
        pictures = {name for name in files if name.endswith(".svg")}
        assert pictures == {"web_resources/circles.svg", "web_resources/partnerwise-icon.svg"}
        assert b'src="../../web_resources/circles.svg"' in files["pages/m1u1/talk.html"]


@pytest.mark.parametrize("path", ["assets/my picture.png", "assets/κύκλος.svg", "assets/a%20b.jpg", "assets/✏️.png"])
def test_a_picture_has_a_place_whose_letters_nobody_must_encode(path: str) -> None:
    place = place_of(path)
    assert re.fullmatch(r"web_resources/[A-Za-z0-9-]+\.(png|svg|jpg)", place)
    assert place == place_of(path) != place_of(path.replace(".", "x."))
    assert place_of("assets/maps/a-b_1.svg") == "web_resources/maps/a-b_1.svg"


def test_a_unit_without_a_module_page_gets_the_modules_aim(built: dict[str, Path]) -> None:
    page = files_of(built["cc11"])["pages/m2/overview.html"].decode()
    assert "<p>To end</p><ul><li>Ending</li></ul>" in page
    assert "Looking" not in page
