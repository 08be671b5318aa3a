"""The way back to the course leaves the frame: inside it, an LMS may not know any more who somebody is."""

import re
from html import unescape

import pytest
import requests

from tests.fixtures.school import School

PAGES = {
    "alice": {
        "course/": 200,
        "course/units/m1u1/": 200,
        "journal/j3": 200,
        "roadmap/": 200,
        "not-shown": 200,
        "journal/none": 404,
        "desk/": 403,
    },
    "tina": {"desk/": 200, "members/": 200, "course/placed/": 200, "roadmap/": 200, "desk/999": 404},
}


@pytest.mark.parametrize("person", PAGES)
def test_the_way_back_leaves_the_frame_from_every_page(school: School, person: str) -> None:
    who, address = school.walk_in(person, "unit-m1u1"), ""
    for path, status in PAGES[person].items():
        page = who.get(path)
        assert page.status_code == status, path
        ways = re.findall(r'<a [^>]*href="([^"]*/return[^"]*)"([^>]*)>', page.text)
        assert ways, path
        assert all('target="_top"' in attributes for _, attributes in ways), path
        address = unescape(ways[0][0])
    at_top, in_frame = (
        requests.get(address, headers={"Sec-Fetch-Dest": place}, timeout=20).text for place in ("document", "iframe")
    )
    assert "Back in the course" in at_top
    assert "Log in" in in_frame
