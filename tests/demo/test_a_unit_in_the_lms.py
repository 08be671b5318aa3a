"""A unit in an LMS that behaves as Moodle does: looked at, failed, left, gone on with, passed, reviewed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from playwright.sync_api import Frame, Page, expect

from scorm_builder.__main__ import main
from tests.demo.playing import MODE, RAW, STATUS, opened
from tests.fixtures.platform import Platform, StartPlatform
from tests.fixtures.waiting import until
from tests.scorm_builder.playing import activity, answer_everything, choose, turn_to
from tests.scorm_builder.small_course import write_small_course

pytestmark = pytest.mark.journey
UNIT = "small-m1u1-scorm12-en"


@pytest.fixture
def school(running_platform: StartPlatform, tmp_path: Path) -> Platform:
    """A platform that holds a unit of the small course."""
    source = write_small_course(tmp_path / "source")
    result = CliRunner().invoke(main, ["build", str(source), "--format", "scorm12", "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    return running_platform(packages=tmp_path / "out")


@pytest.fixture
def learner(school: Platform) -> Iterator[FlaskClient]:
    """Somebody who looks at what the LMS has kept."""
    with school.app.test_client() as client:
        yield client


def _open(page: Page, school: Platform, query: str = "") -> Frame:
    page.goto(f"{school.url}/as/alice/packages/{UNIT}{query}")
    page.frame_locator("iframe").locator("[data-ready]").first.wait_for(state="attached")
    return page.frames[1]


def _leave(page: Page, school: Platform, learner: FlaskClient, status: str) -> dict[str, str]:
    """Leave for the course; what the LMS opens the unit with from then on, once it has that status."""
    page.goto(f"{school.url}/as/alice/")
    until(lambda: opened(learner, package=UNIT)[STATUS] == status)
    return opened(learner, package=UNIT)


def test_a_preview_and_a_failed_check_keep_nobody_from_passing(
    page: Page, school: Platform, learner: FlaskClient
) -> None:
    frame = _open(page, school, "?mode=browse")
    assert frame.get_by_text("nothing of it is kept").is_visible()
    answer_everything(frame, right=True)
    expect(frame.locator("[data-status]")).to_contain_text("Passed. Well done. It counts only in this visit")
    assert _leave(page, school, learner, "browsed")[MODE] == "normal"

    frame = _open(page, school)
    answer_everything(frame, right=False)
    kept = _leave(page, school, learner, "incomplete")
    assert (kept[MODE], kept[RAW]) == ("normal", "0")

    frame = _open(page, school)
    turn_to(frame, "First page")
    activity(frame, "one").get_by_role("button", name="Try again").click()
    choose(frame, "one", "This one")
    turn_to(frame, "Second page")
    activity(frame, "some").get_by_role("button", name="Try again").click()
    for label in ("Alpha", "Beta"):
        activity(frame, "some").get_by_label(label, exact=True).check()
    activity(frame, "some").get_by_label("Gamma", exact=True).uncheck()
    activity(frame, "some").get_by_role("button", name="Check my answer").click()
    kept = _leave(page, school, learner, "passed")
    assert (kept[MODE], kept[RAW]) == ("review", "100")
    frame = _open(page, school)
    assert frame.get_by_text("nothing of it is kept").is_visible()
