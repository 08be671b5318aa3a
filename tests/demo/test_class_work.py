"""The class of the demo LMS has done its work: pieces in every state, marks, maps; a second time nothing changes."""

import re
from dataclasses import replace

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.demo.class_work import SCHOOLS, Demo, do_class_work
from scorm_builder.course_format.course import Course
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.fixtures.walking import walk_in

pytestmark = [pytest.mark.slow, on_sqlite, pytest.mark.thorough]


def desk(house: House) -> dict[str, int]:
    page = walk_in(house, "tina", "desk").get("desk/").text
    found = re.findall(r"(To mark|Drafts|Released|Returned)\s*<span[^>]*>(\d+)", page)
    return {name: int(number) for name, number in found}


def with_short_example(course: Course) -> Course:
    """The course with two sections in its worked map: the others are typed in the same way."""
    edition = course.editions["en"]
    example = edition.data.example_map
    assert example
    short = example.model_copy(update={"sections": {name: example.sections[name] for name in ("p1", "p2")}})
    data = edition.data.model_copy(update={"example_map": short})
    return course.model_copy(update={"editions": {**course.editions, "en": edition.model_copy(update={"data": data})}})


def test_the_class_has_worked_before_anybody_comes(house: House) -> None:
    house.demo.config = replace(house.demo.config, with_class=True)
    course = with_short_example(read_bundle(COURSE).course)
    for _ in range(2):
        do_class_work(Demo(house.demo_url, house.tool_url), course, lambda _said: None)
        assert desk(house) == {"To mark": 3, "Drafts": 1, "Released": 2, "Returned": 1}
    assert "attempt" not in walk_in(house, "tina", "desk").get("desk/?state=returned").text
    # Somebody tries things out as one of them, and starts the demo once more.
    fatima = walk_in(house, "fatima", "journal-j3")
    saved = fatima.put("journal/j3/text", {"text": "<p>Another go.</p>", "version": 1})
    fatima.post("journal/j3", {"do": "submit", "version": saved.json()["version"]})
    do_class_work(Demo(house.demo_url, house.tool_url), course, lambda _said: None)
    assert desk(house) == {"To mark": 4, "Drafts": 1, "Released": 2, "Returned": 0}
    maps = walk_in(house, "tina", "roadmap").get("roadmap/").text
    for school in SCHOOLS:
        assert school in maps
    assert "2 ready" in maps
    assert "14 empty" in maps
    assert "Kofi Koffi" in walk_in(house, "tina", "desk").get("members/").text
