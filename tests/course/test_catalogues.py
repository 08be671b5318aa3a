"""The course's lists can be read by everybody in it, and the sections that name them lead there."""

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.course.catalogues import CATALOGUES
from tests.fixtures.tool import Arrive

BUNDLE = read_bundle(COURSE)
DATA = BUNDLE.edition("en").data
SAID = {
    "measures": [one.title for one in DATA.measures.measures],
    "barriers": [one.title for one in DATA.barriers.barriers],
    "methods": [one.title for one in DATA.methods.methods],
    "ethics": [one.question for one in DATA.ethics.gate],
    "platforms": [one.title for one in DATA.platforms.kinds],
    "strategies": [one.title for one in DATA.strategies.strategies],
    "channels": [one.title for one in DATA.channels.channels],
    "principles": [one.explanation for one in DATA.principles.principles],
}


@pytest.mark.parametrize("name", [one.name for one in CATALOGUES])
def test_a_list_shows_every_entry(visitor: Arrive, name: str) -> None:
    page = visitor("alice").get(f"course/lists/{name}")
    assert page.status_code == 200
    shown = page.text.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')
    assert SAID[name]
    assert [text for text in SAID[name] if text not in shown] == []
    assert page.text.count("pc-entry") >= len(SAID[name])


@pytest.mark.parametrize("who", ["tina", "adam", "observer"])
def test_everybody_in_the_course_reads_them(visitor: Arrive, who: str) -> None:
    assert visitor(who).get("course/lists/measures").status_code == 200


@pytest.mark.parametrize("name", ["journal", "rubrics", "roadmap", "nonsense", "..", "samples"])
def test_what_is_no_list_is_not_shown(visitor: Arrive, name: str) -> None:
    assert visitor("alice").get(f"course/lists/{name}").status_code == 404


def test_every_section_that_tells_people_to_choose_from_a_list_leads_to_it(visitor: Arrive) -> None:
    alice = visitor("alice")
    alice.post("roadmap/teams", {"name": "Lakeside School"})
    named = {section.id: section.catalogues for section in BUNDLE.sections("en") if section.catalogues}
    assert {"p2", "p6", "p8"} <= named.keys()
    for section, names in named.items():
        page = alice.get(f"roadmap/sections/{section}").text
        for name in names:
            path = f"course/lists/{name}?section={section}"
            assert path in page
            assert f"roadmap/sections/{section}" in alice.get(path).text


def test_a_section_that_is_none_leads_back_to_the_course(visitor: Arrive) -> None:
    page = visitor("alice").get("course/lists/measures?section=nonsense").text
    assert "roadmap/sections/" not in page


def test_a_barrier_leads_to_the_measures_that_help(visitor: Arrive) -> None:
    page = visitor("alice").get("course/lists/barriers").text
    first = next(
        response.measures[0] for one in DATA.barriers.barriers for response in one.responses if response.measures
    )
    assert f"course/lists/measures#{first}" in page
    assert f'id="{first}"' in visitor("alice").get("course/lists/measures").text
