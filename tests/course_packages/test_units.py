"""Each unit of the course holds together and is fit to be read."""

import re
from pathlib import Path

import pytest

from tests.course_packages.reading_ease import flesch
from tests.course_packages.sources import COURSE, UNITS, by_id, plain, read_unit, texts_in, whole_course

every_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
PAGE = re.compile(
    r"^# (?P<title>.+?) \{#(?P<id>[a-z-]+) minutes=(?P<minutes>\d+)(?: kind=(?P<kind>\w+))?\}$", re.MULTILINE
)


def _pages(path: Path) -> list[tuple[re.Match[str], str]]:
    body = read_unit(path).body
    heads = list(PAGE.finditer(body))
    ends = [head.start() for head in heads[1:]] + [len(body)]
    return [(head, body[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def test_there_are_nine_units_in_three_modules() -> None:
    modules = {module.id: module.units for module in whole_course().head.modules}
    assert modules == {f"m{module}": tuple(f"m{module}u{unit}" for unit in (1, 2, 3)) for module in (1, 2, 3)}
    assert [path.stem for path in UNITS] == [unit for units in modules.values() for unit in units]


@every_unit
def test_a_unit_has_two_to_three_and_a_half_thousand_words(path: Path) -> None:
    words = len(read_unit(path).prose.split())
    assert 2000 <= words <= 3500, words


@every_unit
def test_a_unit_is_easy_enough_to_read(path: Path) -> None:
    unit = read_unit(path)
    activities = " ".join(text for _, data in unit.activities for text in texts_in(data))
    assert flesch(unit.prose) >= 50
    assert flesch(activities) >= 50


@every_unit
def test_a_unit_has_six_to_nine_pages_that_one_can_read_in_one_sitting(path: Path) -> None:
    pages = _pages(path)
    assert 6 <= len(pages) <= 9
    for head, text in pages:
        words = len(plain(re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)).split())
        assert words <= 900, (head["id"], words)


@every_unit
def test_a_unit_opens_with_a_welcome_and_has_a_lecture_a_case_and_a_check_at_the_end(path: Path) -> None:
    kinds = [head["kind"] for head, _ in _pages(path)]
    assert kinds[0] == "welcome"
    assert kinds[-1] == "check"
    assert {"lecture", "case"} <= set(kinds)


@every_unit
def test_a_lecture_has_three_to_six_slides_each_with_one_picture_and_a_script(path: Path) -> None:
    (lecture,) = [text for head, text in _pages(path) if head["kind"] == "lecture"]
    slides = re.split(r"^## .+$", lecture, flags=re.MULTILINE)[1:]
    assert 3 <= len(slides) <= 6
    for slide in slides:
        assert len(re.findall(r"^!\[", slide, re.MULTILINE)) == 1
        assert len(plain(slide).split()) >= 60


@every_unit
def test_a_case_says_that_no_single_school_is_meant(path: Path) -> None:
    cases = re.findall(r"^::: case .+?^:::$", read_unit(path).body, re.DOTALL | re.MULTILINE)
    assert cases
    told = " ".join(cases)
    assert re.search(r"composite|put together|made up", told, re.IGNORECASE)


@every_unit
def test_every_picture_exists_and_says_in_words_what_it_shows(path: Path) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^ )]+)", read_unit(path).body)
    assert len(pictures) >= 2
    for alternative, file in pictures:
        assert len(alternative.split()) >= 8, file
        assert (COURSE / file).is_file(), file


@every_unit
def test_every_citation_has_its_reference_and_every_reference_is_used(path: Path) -> None:
    unit = read_unit(path)
    cited = set(re.findall(r"(?<=[\[ ])@([A-Za-z][\w-]*)", unit.body))
    further = {work["reference"] for work in unit.head["further"]}
    assert cited | further == {reference["id"] for reference in unit.head["references"]}


@every_unit
def test_further_reading_says_what_it_is_good_for(path: Path) -> None:
    further = read_unit(path).head["further"]
    assert len(further) >= 3
    assert all(len(work["good_for"].split()) >= 8 for work in further)


@every_unit
def test_the_artefact_goes_to_the_journal_or_to_the_planner(path: Path) -> None:
    artefact = read_unit(path).head["artefact"]
    assert {"prompt", "section"} & set(artefact)
    assert artefact.get("prompt", "j0") in by_id("journal", "prompts")
    assert artefact.get("section", "p1") in by_id("roadmap", "sections")


@every_unit
def test_identifiers_are_unique_in_a_unit(path: Path) -> None:
    unit = read_unit(path)
    found = [head["id"] for head, _ in _pages(path)] + [data["id"] for _, data in unit.activities]
    assert len(found) == len(set(found))
    for _, data in unit.activities:
        for parts in ("statements", "items", "scenes"):
            names = [part["id"] for part in data.get(parts, []) if isinstance(part, dict)]
            assert len(names) == len(set(names))


@every_unit
def test_the_pages_take_as_long_as_the_unit_says(path: Path) -> None:
    minutes = sum(int(head["minutes"]) for head, _ in _pages(path))
    assert minutes == read_unit(path).head["minutes"]
    assert 60 <= minutes <= 90


@every_unit
def test_words_are_explained_where_they_are_first_used(path: Path) -> None:
    linked = set(re.findall(r"\]\(glossary:([\w-]+)\)", read_unit(path).body))
    assert linked
    assert linked <= set(by_id("glossary", "terms"))
