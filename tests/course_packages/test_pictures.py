"""The pictures of the course are small, safe and scale to any screen."""

from pathlib import Path

import pytest
from lxml import etree

from tests.course_packages.sources import COURSE

PICTURES = sorted((COURSE / "assets").glob("*.svg"))
every_picture = pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)


@every_picture
def test_a_picture_scales_and_is_smaller_than_six_kilobytes(path: Path) -> None:
    assert etree.parse(path).getroot().get("viewBox")
    assert path.stat().st_size < 6000


@every_picture
def test_a_picture_holds_no_script_no_text_and_nothing_from_outside(path: Path) -> None:
    drawn = {"svg", "g", "path", "circle", "ellipse", "rect"}
    for element in etree.parse(path).iter("*"):
        assert etree.QName(element).localname in drawn
        marks = {str(name): str(value) for name, value in element.items()}
        assert not any("href" in name or name.startswith("on") or "url(" in marks[name] for name in marks)
