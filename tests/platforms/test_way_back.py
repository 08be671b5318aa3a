"""The way back to the course leaves the frame: inside it, an LMS may not know any more who somebody is."""

import re
from html import unescape

import pytest
import requests

from tests.fixtures.school import School


@pytest.mark.parametrize(("path", "status"), [("course/", 200), ("course/units/m1u1/", 200), ("journal/none", 404)])
def test_the_way_back_leaves_the_frame_from_every_page(school: School, path: str, status: int) -> None:
    page = school.walk_in("alice", "unit-m1u1").get(path)
    assert page.status_code == status
    ways = re.findall(r'<a [^>]*href="([^"]*/return[^"]*)"([^>]*)>', page.text)
    assert ways
    assert all('target="_top"' in attributes for _, attributes in ways)
    address = unescape(ways[0][0])
    at_top, in_frame = (
        requests.get(address, headers={"Sec-Fetch-Dest": place}, timeout=20).text for place in ("document", "iframe")
    )
    assert "Back in the course" in at_top
    assert "Log in" in in_frame
