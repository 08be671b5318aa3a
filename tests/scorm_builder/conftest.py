"""A small course, built once in both formats, and served to the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scorm_builder.built_once import build, once
from tests.scorm_builder.lrs import Lrs, running
from tests.scorm_builder.playing import SCORM12, SCORM2004, Edition
from tests.scorm_builder.previewing import Preview, previewing
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.site import ROOT, Site, serving
from tests.scorm_builder.small_course import write_small_course

FORMATS = "scorm12,scorm2004-3rd,scorm2004-4th,cmi5,web"
COURSE = ROOT / "course_packages" / "parental_engagement"


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """The folder of the small course."""
    return write_small_course(tmp_path / "small")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the small course was built into."""

    def make(folder: Path) -> None:
        build(write_small_course(folder / "source"), "--format", FORMATS, out=folder / "out")

    return once(tmp_path_factory, "small", make) / "out"


@pytest.fixture
def site(built: Path) -> Iterator[Site]:
    """The built course behind a strict LMS and behind a stand-in for the tool."""
    with serving(Site(built / "small-m1u1-scorm12-en.zip", built)) as running:
        yield running


@pytest.fixture
def preview(small_course: Path) -> Iterator[Preview]:
    """The small course in a preview."""
    with previewing(small_course) as running:
        yield running


@pytest.fixture(params=[SCORM12, SCORM2004], ids=lambda edition: edition.format)
def edition(request: pytest.FixtureRequest) -> Edition:
    """Each edition of SCORM."""
    asked: Edition = request.param
    return asked


@pytest.fixture
def scorm_site(built: Path, edition: Edition) -> Iterator[Site]:
    """The built course behind a strict LMS of that edition."""
    with serving(Site(built / f"small-m1u1-{edition.format}-en.zip", built)) as running:
        yield running


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the rich course was built into."""

    def make(folder: Path) -> None:
        source = write_rich_course(folder / "source")
        for formats, granularity in (("scorm12,scorm2004-4th,web", "unit"), ("scorm12,scorm2004-4th,cmi5", "module")):
            build(source, "--format", formats, "--granularity", granularity, out=folder / "out")

    return once(tmp_path_factory, "rich", make) / "out"


@pytest.fixture(scope="session")
def real_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds each unit of the real course in English as SCORM 1.2."""
    asked = ("--format", "scorm12", "--language", "en")
    return once(tmp_path_factory, "real-units", lambda folder: build(COURSE, *asked, out=folder / "out")) / "out"


@pytest.fixture(scope="session")
def real_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first module of the real course in English, as one SCO of SCORM 1.2."""
    asked = ("--format", "scorm12", "--granularity", "module", "--language", "en")
    made = once(tmp_path_factory, "real-modules", lambda folder: build(COURSE, *asked, out=folder / "out"))
    return made / "out" / "parental_engagement-m1-scorm12-en.zip"


@pytest.fixture
def rich_site(rich: Path) -> Iterator[Site]:
    """The first unit of the rich course behind a strict LMS."""
    with serving(Site(rich / "rich-m1u1-scorm12-en.zip", rich)) as running:
        yield running


@pytest.fixture
def lrs(rich: Path) -> Iterator[Lrs]:
    """The first module of the rich course behind an LRS; no session may break a rule of cmi5."""
    served = Lrs(rich / "rich-m1-cmi5-en.zip", rich)
    served.begin()
    with running(served) as here:
        yield here
    assert served.violations == []
