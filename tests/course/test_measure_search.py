"""Measures are found by words, who leads, for whom, at school or at home, and effort; by everybody in the course."""

import re
from html import unescape

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.course.measure_search import MeasureSearch, read_search
from tests.fixtures.tool import Arrive, Visitor

MEASURES = read_bundle(COURSE).edition("en").data.measures.measures
GREEK = read_bundle(COURSE).edition("el").data.measures.measures


def found(**wanted: str) -> list[str]:
    """The identifiers of the measures that are like that."""
    return [one.id for one in MEASURES if MeasureSearch(**wanted).finds(one)]


def shown(who: Visitor, query: str = "") -> list[str]:
    """The identifiers of the measures on the page."""
    page = who.get(f"course/lists/measures{query}")
    assert page.status_code == 200
    return re.findall(r'<details class="pw-card pc-entry" id="(\w+)"', page.text)


def test_without_a_wish_all_fifteen_are_there() -> None:
    assert len(found()) == 15


def test_each_wish_leaves_out_what_is_not_like_it() -> None:
    assert found(leads="counsellor") == ["m01", "m02", "m03", "m05"]
    assert found(whom="each family") == ["m07"]
    assert found(effort="high") == ["m03", "m07"]
    assert found(place="home") == ["m07", "m10", "m11", "m13", "m14", "m15"], "those in both places count"
    assert "m07" in found(place="school")
    assert found(leads="counsellor", effort="high") == ["m03"]
    assert found(leads="counsellor", whom="each family") == []


def test_words_are_found_wherever_they_stand_without_capitals_and_accents() -> None:
    assert found(words="WELCOME day") == ["m02"]
    assert found(words="bus ramadan") == []
    assert found(words="ramadan") == ["m15"]
    title = next(one for one in GREEK if one.id == "m02").title
    plain = title.upper().translate(str.maketrans("ΆΈΉΊΌΎΏ", "ΑΕΗΙΟΥΩ"))
    assert [one.id for one in GREEK if MeasureSearch(words=plain).finds(one)] == ["m02"]


def test_an_address_asks_for_what_there_is() -> None:
    assert read_search({"place": "both", "effort": "endless"}) == MeasureSearch()
    assert len(read_search({"words": "x" * 5000}).words) == 200


@pytest.mark.parametrize("who", ["alice", "tina", "observer"])
def test_everybody_in_the_course_searches_them(visitor: Arrive, who: str) -> None:
    there = visitor(who)
    assert shown(there) == [one.id for one in MEASURES]
    assert shown(there, "?leads=counsellor&effort=high&section=p8") == ["m03"]
    page = there.get("course/lists/measures?place=home&words=blog&section=p8").text
    assert "1 of 15 measures" in page
    assert '<option value="home" selected>at home</option>' in page
    assert '<input type="hidden" name="section" value="p8">' in page


def test_where_nothing_is_found_the_page_says_so(visitor: Arrive) -> None:
    there = visitor("alice")
    page = there.get("course/lists/measures?words=<script>nothing</script>").text
    assert "No measure is like that" in page
    assert "0 of 15 measures" in page
    assert "<script>nothing" not in page
    assert "nothing" in unescape(page)


def test_other_lists_have_no_search(visitor: Arrive) -> None:
    assert "pc-search" not in visitor("alice").get("course/lists/barriers").text


def test_in_greek_people_choose_among_greek_words(visitor: Arrive) -> None:
    there = visitor("alice")
    there.post("language/", {"language": "el"})
    leader = GREEK[0].who_leads[0]
    assert shown(there, f"?leads={leader}") == [one.id for one in GREEK if leader in one.who_leads]
