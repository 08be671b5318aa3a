"""A link that the LMS takes for no registered tool's: it comes by LTI 1.1, and the page says what to set."""

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lti_tool.lti.registration.canvas import canvas_configuration
from lti_tool.lti.registration.dynamic import TOOL, PlatformMetadata
from lti_tool.lti.registration.tool_description import ToolDescription, registration_request
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from scorm_builder.__main__ import main
from tests.fixtures.tool import ADDRESS
from tests.scorm_builder.rich_course import write_rich_course

ELSEWHERE = "http://lms.school.example"
SIGNED = {
    "oauth_consumer_key": "key",
    "oauth_signature": "made up",
    "lti_version": "LTI-1p0",
    "lti_message_type": "basic-lti-launch-request",
    "resource_link_id": "7",
    "lis_person_name_full": "Alice Adams",
}
UNSIGNED = {name: value for name, value in SIGNED.items() if not name.startswith("oauth")}
PICKING = {"oauth_consumer_key": "key", "lti_message_type": "ContentItemSelectionRequest"}
LINKS = ("unit/m1u1", "journal/j3", "roadmap", "desk", "module/m1", "course", "picker")
SENTENCE = f"the tool URL of Partnerwise there must be {ADDRESS}/activities, because every link begins with it."


@pytest.mark.parametrize("form", [SIGNED, UNSIGNED, PICKING], ids=["signed", "unsigned", "picking"])
@pytest.mark.parametrize(
    "path", [*(f"/activities/{link}" for link in LINKS), "/activities", "/lti/launch", "/lti/login", "/"]
)
def test_a_link_that_comes_by_lti_1_1_says_what_to_set(app: Application, path: str, form: dict[str, str]) -> None:
    answer = app.test_client().post(path, data=form, base_url=ADDRESS, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 400
    assert SENTENCE in answer.text
    assert "Alice" not in answer.text
    with app.parts.database.transaction(write=False) as session:
        assert not session.scalars(select(Launch)).all()


@pytest.mark.parametrize("path", ["/activities", "/activities/", "/activities/unit/m1u1"])
def test_a_link_that_is_opened_without_an_lms_says_where_it_belongs(app: Application, path: str) -> None:
    answer = app.test_client().get(path, base_url=ADDRESS)
    assert answer.status_code == 200
    assert "This page opens inside your LMS" in answer.text


@pytest.mark.parametrize("form", [{}, {"name": "anything"}])
def test_anything_else_cannot_be_posted_to_a_link(app: Application, form: dict[str, str]) -> None:
    assert app.test_client().post("/activities/course", data=form, base_url=ADDRESS).status_code == 405


@pytest.mark.parametrize("base", ["https://tool.example.org", "https://school.example.org/partnerwise"])
def test_every_link_of_a_cartridge_begins_with_the_registered_address(tmp_path: Path, base: str) -> None:
    tool = ToolDescription(base, "Partnerwise", "Training", "Choose", {}, {})
    platform = PlatformMetadata("https://lms.example", "", "", "", "", product="moodle")
    registered = str(registration_request(tool, platform)[TOOL]["target_link_uri"])
    assert canvas_configuration(tool)["target_link_uri"] == registered
    course = write_rich_course(tmp_path / "rich")
    asked = ["--format", "thin-cc13", "--language", "en", "--tool-url", base, "--out", str(tmp_path)]
    assert CliRunner().invoke(main, ["build", str(course), *asked]).exit_code == 0
    with zipfile.ZipFile(tmp_path / "rich-thin-cc13-en.zip") as cartridge:
        links = [cartridge.read(name).decode() for name in cartridge.namelist() if name.startswith("lti/")]
    written = [address for link in links for address in re.findall(r"launch_url>(http[^<]+)<", link)]
    assert len({address.removeprefix(f"{registered}/") for address in written}) == 5
    assert all(address.startswith(f"{registered}/") for address in written), written


def test_the_values_to_paste_name_what_every_link_begins_with(app: Application) -> None:
    page = app.test_client().get("/lti/by-hand", base_url=ADDRESS).text
    assert f"<code>{ADDRESS}/activities</code>" in page
