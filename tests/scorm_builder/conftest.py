"""A small course, built once in both formats, and served to the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from scorm_builder.__main__ import main
from tests.fixtures.browser import open_page
from tests.scorm_builder.lrs import Lrs, running
from tests.scorm_builder.playing import SCORM12, SCORM2004, Edition
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.site import Site, serving
from tests.scorm_builder.small_course import write_small_course

FORMATS = "scorm12,scorm2004-3rd,scorm2004-4th,cmi5,web"


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """The folder of the small course."""
    return write_small_course(tmp_path / "small")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the small course was built into."""
    folder = tmp_path_factory.mktemp("built")
    source = write_small_course(folder / "source")
    result = CliRunner().invoke(main, ["build", str(source), "--format", FORMATS, "--out", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def site(built: Path) -> Iterator[Site]:
    """The built course behind a strict LMS and behind a stand-in for the tool."""
    with serving(Site(built / "small-m1u1-scorm12-en.zip", built)) as running:
        yield running


@pytest.fixture(scope="module")
def bench(browser: Browser, built: Path) -> Iterator[Page]:
    """A page that holds the player's modules."""
    with serving(Site(built / "small-m1u1-scorm12-en.zip", built)) as site, open_page(browser) as page:
        page.goto(f"{site.address}/lms/bench.html")
        page.wait_for_function("'bench' in window")
        yield page


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
    folder = tmp_path_factory.mktemp("rich")
    source = write_rich_course(folder / "source")
    for formats, granularity in (("scorm12,scorm2004-4th,web", "unit"), ("scorm12,scorm2004-4th,cmi5", "module")):
        asked = ["--format", formats, "--granularity", granularity, "--out", str(folder / "out")]
        result = CliRunner().invoke(main, ["build", str(source), *asked])
        assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def rich_site(rich: Path) -> Iterator[Site]:
    """The first unit of the rich course behind a strict LMS."""
    with serving(Site(rich / "rich-m1u1-scorm12-en.zip", rich)) as running:
        yield running


@pytest.fixture
def lrs(rich: Path) -> Iterator[Lrs]:
    """The first module of the rich course behind an LRS."""
    served = Lrs(rich / "rich-m1-cmi5-en.zip", rich)
    served.begin()
    with running(served) as here:
        yield here
