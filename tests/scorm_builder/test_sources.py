"""Reading a course: what is right becomes a Course, what is wrong is named with file, line and remedy, all at once."""

from pathlib import Path

import pytest

from scorm_builder.errors import InvalidSource, NotACourse
from scorm_builder.sources.course_source import read_course
from tests.scorm_builder.small_course import COURSE, UNIT, write_small_course


def mistakes(root: Path) -> list[str]:
    with pytest.raises(InvalidSource) as refusal:
        read_course(root)
    return [str(error) for error in refusal.value.errors]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_course_is_read_with_its_pages_and_activities(small_course: Path) -> None:
    course = read_course(small_course)
    unit = course.units["m1u1"]["en"]
    assert [page.id for page in unit.pages] == ["first", "second", "third", "last"]
    assert [page.minutes for page in unit.pages] == [5, 5, None, 5]
    assert [activity.kind for activity in unit.activities] == [
        *("single-choice", "multiple-choice", "matching", "ordering", "scale", "poll", "cards"),
        *("reflection", "reflection"),
    ]
    assert course.editions["en"].data.journal.prompts[0].id == "j1"
    assert unit.files == {"assets/circles.svg"}


def test_the_real_course_is_readable() -> None:
    root = Path(__file__).parent.parent.parent / "course_packages" / "parental_engagement"
    assert "m1u1" in read_course(root).units


def test_a_folder_without_course_yaml_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(NotACourse, match="there is no course"):
        read_course(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (
            "quesion: Which is right?",
            "question: Which is right?",
            "`quesion` is not known here; did you mean `question`?",
        ),
        ("That one, correct: true", "That one", "exactly one has `correct: true`"),
        ("correct: perhaps, feedback: It is.", "correct: true, feedback: It is.", "must be true or false"),
        ("id: One", "id: one", "`id` is `One`; it must match"),
        ("limit: many", "limit: 60", "`limit` must be a whole number"),
        ("moment: later", "moment: before", "`moment` is `later`; it must be 'before' or 'after'"),
        ("```single", "```single-choice", "`single` is no kind of activity"),
        ("[@nobody]", "[@epstein2011, p. 5]", "`[@nobody]` names no reference"),
        ("![](assets/circles.svg", "![Two circles](assets/circles.svg", "has no text alternative"),
        ("![Two](assets/none.svg", "![Two circles](assets/circles.svg", "assets/none.svg is not there"),
        ("# Second page", "# Second page {#second minutes=5}", "The heading `Second page` has no identifier"),
        ("minutes: soon", "minutes: 20", "`minutes` must be a whole number"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, wrong: str, right: str, said: str) -> None:
    unit = UNIT.replace(right, wrong, 1)
    found = mistakes(write_small_course(tmp_path, unit))
    line = line_of(unit, wrong)
    exact = [mistake for mistake in found if said in mistake]
    assert exact, found
    near = range(line - 6, line + 1)  # a wrong set of options is named where the options start
    assert any(exact[0].startswith(f"en/m1u1.md:{number}: ") for number in near), exact


def test_the_line_of_a_misspelt_key_is_exact(tmp_path: Path) -> None:
    unit = UNIT.replace("limit: 60", "limmit: 60")
    found = mistakes(write_small_course(tmp_path, unit))
    assert f"en/m1u1.md:{line_of(unit, 'limmit')}: `limmit` is not known here; did you mean `limit`?" in found[0]


def test_all_mistakes_are_named_at_once_in_order(tmp_path: Path) -> None:
    unit = (
        UNIT.replace("limit: 60", "limit: many")
        .replace("moment: before", "moment: later")
        .replace("id: one", "id: One")
    )
    found = mistakes(write_small_course(tmp_path, unit))
    lines = [int(mistake.split(":")[1]) for mistake in found if mistake.startswith("en/m1u1.md")]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_yaml_that_cannot_be_read_is_named_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    unit = UNIT.replace("question: Which hold?", "question: Which: hold?")
    found = mistakes(write_small_course(tmp_path, unit))
    assert found[0].startswith(f"en/m1u1.md:{line_of(unit, 'Which: hold')}: This is not readable YAML")
    assert "needs quotes" in found[0]


def test_a_date_that_there_is_not_is_a_mistake_of_the_source(tmp_path: Path) -> None:
    found = mistakes(write_small_course(tmp_path, UNIT.replace("minutes: 20", "minutes: 2024-13-45")))
    assert "en/m1u1.md" in found[0]
    assert "a date that there is not" in found[0]


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    unit = UNIT.replace("minutes: 20", "minutes: 20\nminutes: 30")
    assert "`minutes` is given twice here" in mistakes(write_small_course(tmp_path, unit))[0]


def test_two_activities_with_one_identifier_are_refused(tmp_path: Path) -> None:
    unit = UNIT.replace("id: some", "id: one")
    assert "The activity `one` clashes" in mistakes(write_small_course(tmp_path, unit))[0]


def test_a_unit_too_full_to_be_remembered_is_refused(tmp_path: Path) -> None:
    unit = UNIT + "".join(f"\n# Page {number} {{#more-{number}}}\nText\n" for number in range(57))
    assert "A unit can have 60 pages" in mistakes(write_small_course(tmp_path, unit))[0]


def test_a_unit_that_has_no_file_is_named_at_its_line_in_the_course(tmp_path: Path) -> None:
    course = COURSE.replace("[m1u1]", "[m1u1, m1u2]")
    found = mistakes(write_small_course(tmp_path, course=course))
    where = f"course.yaml:{line_of(COURSE, 'm1u1')}"
    assert found == [f"{where}: The unit `m1u2` has no file. Write en/m1u2.md, or take the unit out of course.yaml."]


def test_a_prompt_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    unit = UNIT.replace("prompt: j1", "prompt: j9")
    assert "`j9` is no prompt of en/journal.yaml" in mistakes(write_small_course(tmp_path, unit))[0]


def test_a_missing_title_in_a_language_is_named(tmp_path: Path) -> None:
    course = COURSE.replace("languages: [en]", "languages: [en, el]")
    found = mistakes(write_small_course(tmp_path, course=course))
    assert any("`title` is not given in `el`" in mistake for mistake in found)


def test_a_file_that_is_not_utf8_is_named(small_course: Path) -> None:
    (small_course / "en/m1u1.md").write_bytes(b"---\nid: m1u1\n---\n\xff\xfe")
    assert mistakes(small_course) == ["en/m1u1.md:1: The file is not UTF-8 text. Save it as UTF-8."]


PLANNER_MISTAKES = [
    ("kind: text}", "kind: reference, refers_to: nobody}", "`nobody` is no kind of row"),
    ("kind: text}", "kind: reference}", "`kind: reference` needs `refers_to`"),
    ("kind: text}", "kind: text, refers_to: priority}", "`refers_to` is given for `kind: reference`"),
    ("kind: text}", "kind: text, role: status}", "`role` is given for `kind: choice`"),
    ("kind: text}", "kind: date, not_before: begins}", "`begins` is no field of this section or of another"),
    ("kind: text}", "kind: date, not_before: p1.begins}", "`p1.begins` is no field of this section or of another"),
    ("kind: text}", "kind: references}", "`kind: references` needs `refers_to`"),
    ("kind: text}", "kind: references, refers_to: [priority, nobody]}", "`nobody` is no kind of row"),
    ("kind: text}", "kind: references, refers_to: priority, role: status}", "`role: status` goes with `kind: choice`"),
    ("kind: text}", "kind: choice, role: after, choices: [{id: a, label: A}]}", "`role: after` goes with"),
    ("kind: text}", "kind: date, role: closed}", "`role` is given for `kind: choice` or"),
    ("kind: text}", "kind: choice}", "`choices` is given for `kind: choice`"),
    ("kind: text}", "kind: choice, choices_from: measurs}", "`measurs` is no list in en/ whose entries have titles"),
    ("kind: text}", "kind: choice, choices_from: journal}", "`journal` is no list in en/ whose entries have titles"),
    ("kind: text}", "kind: text, choices_from: measures}", "`choices_from` is given for `kind: choice`"),
    ("kind: text}", "kind: text, required_with: nothing}", "`required_with: nothing` names no field of the row"),
    ("kind: text}", "kind: text, required: true, required_with: x}", "either `required` or `required_with`"),
    ("title: Words", "title: Words\n    catalogues: [measurs]", "`measurs` is no data file in en/"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), PLANNER_MISTAKES)
def test_a_planner_whose_fields_name_what_there_is_not_is_refused(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    folder = write_small_course(tmp_path)
    planner = folder / "en" / "roadmap.yaml"
    planner.write_text(planner.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    found = mistakes(folder)
    assert any(said in mistake and mistake.startswith("en/roadmap.yaml:") for mistake in found), found


EXAMPLE_ROADMAP = """
sections:
  - id: p1
    code: P1
    title: Aims
    question: What?
    row:
      kind: aim
      singular: aim
      plural: aims
      fields:
        - {name: title, label: Title, kind: text, limit: 20}
        - {name: when, label: When, kind: date}
        - {name: after, label: After, kind: reference, refers_to: aim}
        - {name: first, label: First, kind: references, refers_to: [aim], role: after}
        - {name: closed, label: Closed, kind: periods, role: closed}
        - {name: how, label: How, kind: choice, choices: [{id: slow, label: slow}]}
"""
EXAMPLE = """
school: {name: Somewhere}
sections:
  p1:
    rows:
      - {title: Listen, when: "2026-01-02", how: slow, first: [], closed: ["2026-04-01 2026-04-12 Easter"]}
      - {title: Speak, after: Listen, first: [Listen]}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("title: Speak", "title: Speak to every family", "`title`: 21 characters are more than its 20."),
        ("2026-01-02", "2026-02-30", "`when`: `2026-02-30` is no day"),
        ("2026-01-02", "20260102", "`when`: `20260102` is no day"),
        ("how: slow", "how: quick", "`how`: `quick` is none of its choices."),
        ("after: Listen", "after: Liste", "`after`: there is no row of this name."),
        ("first: [Listen]", "first: [Listen, Liste]", "`first`: there is no row of this name."),
        ("2026-04-12 Easter", "2026-03-12 Easter", "`closed`: no period, as in"),
        ("2026-04-01 2026-04-12 Easter", "Easter", "`closed`: no period, as in"),
        ("first: []", "first: [Speak]", "These rows wait for each other in a circle: “"),
    ],
)
def test_an_example_whose_values_do_not_fit_their_fields_is_refused(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    folder = write_small_course(tmp_path)
    (folder / "en" / "roadmap.yaml").write_text(EXAMPLE_ROADMAP, encoding="utf-8")
    (folder / "en" / "example_map.yaml").write_text(EXAMPLE.replace(right, wrong), encoding="utf-8")
    found = [mistake for mistake in mistakes(folder) if "example_map.yaml" in mistake]
    assert [said in mistake and mistake.startswith("en/example_map.yaml:") for mistake in found] == [True]


def test_fields_of_a_planner_may_name_each_other(tmp_path: Path) -> None:
    folder = write_small_course(tmp_path)
    planner = folder / "en" / "roadmap.yaml"
    fields = "kind: text}, {name: a, label: A, kind: date}, {name: b, label: B, kind: date, not_before: a}"
    more = "{name: c, label: C, kind: reference, refers_to: priority}"
    text = planner.read_text(encoding="utf-8").replace("kind: text}", f"{fields}, {more}")
    planner.write_text(text, encoding="utf-8")
    read_course(folder)
