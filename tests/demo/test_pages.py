"""The pages of the demo LMS: who sees what."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lti_tool.demo import DemoConfig, create_demo
from lti_tool.demo.claims import LTI
from lti_tool.demo.people import MEMBERSHIP
from tests.demo.playing import STATUS, commit
from tests.demo.sample_package import write_package, write_zip
from tests.demo.test_scores import post, score
from tests.fixtures.platform import Platform, StartPlatform

PEOPLE = {"alice": "Alice Adams", "bob": "Bob Brown", "carla": "Carla Costa", "tina": "Tina Trainer"}


def test_the_first_page_offers_five_people_and_explains_two_windows(client: FlaskClient) -> None:
    page = client.get("/").text
    for key, name in {**PEOPLE, "adam": "Adam Admin"}.items():
        assert f'href="/as/{key}/"' in page
        assert name in page
    assert "Demo LMS" in page
    assert "second window" in page


def test_no_page_sets_a_cookie(client: FlaskClient) -> None:
    for path in ("/", "/as/alice/", "/as/alice/activities/roadmap", "/as/alice/launch/roadmap"):
        assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("person", ["tina", "adam"])
def test_the_desk_is_shown_to_trainers_and_administrators(client: FlaskClient, person: str) -> None:
    assert f"/as/{person}/activities/desk" in client.get(f"/as/{person}/").text
    assert client.get(f"/as/{person}/activities/desk").status_code == 200


def test_a_trainee_finds_no_desk(client: FlaskClient) -> None:
    assert "desk" not in client.get("/as/alice/").text
    assert client.get("/as/alice/activities/desk").status_code == 404
    assert client.get("/as/alice/launch/desk").status_code == 404


def test_an_activity_opens_in_a_frame_and_offers_a_tab(client: FlaskClient) -> None:
    page = client.get("/as/alice/activities/journal-j3").text
    assert '<iframe src="/as/alice/launch/journal-j3"' in page
    assert 'href="/as/alice/launch/journal-j3?in=window" target="_blank" rel="noopener"' in page


def test_strangers_and_unknown_activities_get_a_page_that_says_so(client: FlaskClient) -> None:
    assert "Nobody of that name" in client.get("/as/mallory/").text
    answer = client.get("/as/alice/activities/nothing")
    assert answer.status_code == 404
    assert "not open to you" in answer.text
    assert "This page does not exist" in client.get("/nowhere").text
    assert client.put("/").status_code == 405


def test_a_mistake_of_ours_is_a_page_without_a_trace(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("lti_tool.demo.views.pages.course.sections_for", break_down)
    answer = client.get("/as/alice/")
    assert answer.status_code == 500
    assert "Something broke in the Demo LMS" in answer.text
    assert "secret detail" not in answer.text


def test_every_page_forbids_scripts_and_frames_from_elsewhere(platform: Platform, client: FlaskClient) -> None:
    for path in ("/", "/as/alice/", "/as/tina/grades", "/as/tina/messages", "/nowhere", "/lti/jwks"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert f"frame-src 'self' {platform.config.tool_url};" in policy
        assert "unsafe" not in policy
        assert "<script>" not in answer.text
        assert " style=" not in answer.text


def test_grades_show_points_progress_comment_and_time(platform: Platform, client: FlaskClient) -> None:
    post(platform, score(comment="Well <b>observed</b>"))
    page = client.get("/as/tina/grades").text
    assert "12 of 15" in page
    assert "finished" in page
    assert "graded" in page
    assert "Well &lt;b&gt;observed&lt;/b&gt;" in page
    assert f'datetime="{time.strftime("%Y-%m-%dT", time.gmtime())}' in page
    assert "Bob Brown" in page


def test_a_score_that_waits_is_shown_as_waiting(platform: Platform, client: FlaskClient) -> None:
    post(platform, score(gradingProgress="PendingManual", activityProgress="Submitted"))
    page = client.get("/as/tina/grades/table").text
    assert "waits for a trainer" in page
    assert "handed in" in page
    assert "12 of 15" not in page


def test_a_trainee_sees_only_their_own_grades(platform: Platform, client: FlaskClient) -> None:
    post(platform, score(comment="For Alice alone"))
    assert "For Alice alone" in client.get("/as/alice/grades").text
    for path in ("/as/bob/grades", "/as/bob/grades/table", "/as/bob/"):
        assert "For Alice alone" not in client.get(path).text
        assert "Alice" not in client.get(path).text
    assert "12 of 15 points" in client.get("/as/alice/").text


def test_grades_survive_a_restart(running_platform: StartPlatform, tmp_path: Path) -> None:
    first = running_platform(database_path=tmp_path / "demo.db")
    post(first, score())
    second = running_platform(database_path=tmp_path / "demo.db")
    assert second.results() == {"alice": 12}
    assert len(second.scores()) == 1


def test_the_member_list_names_the_enrolled_people(client: FlaskClient) -> None:
    page = client.get("/as/tina/members").text
    assert all(name in page for name in PEOPLE.values())
    assert "alice@example.com" in page
    assert "alice@example.com" not in client.get("/as/bob/members").text


def test_the_curious_see_messages_newest_first_with_tokens_masked(platform: Platform, client: FlaskClient) -> None:
    assert "Nothing yet" in client.get("/as/tina/messages").text
    platform.launch_form("alice", "roadmap")
    token = platform.grant_token()
    post(platform, score(userId="5"))
    page = client.get("/as/tina/messages").text
    assert token not in page
    assert f"{token[:4]}…" in page
    assert page.index("Score for Bob Brown") < page.index("Alice Adams opens")
    assert "gradingProgress" in page


def test_refused_messages_are_marked(platform: Platform, client: FlaskClient) -> None:
    post(platform, score(userId="3"))
    client.get("/lti/auth?scope=openid")
    page = client.get("/as/adam/messages").text
    assert "refused (400)" in page
    assert "Login refused with a page" in page


def test_only_the_last_messages_are_kept(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lti_tool.demo.messages.KEPT", 3)
    for second in range(5):
        platform.launch_form("alice", "roadmap")
        post(platform, score(scoreGiven=second, timestamp=f"2026-11-20T10:00:0{second}Z"))
    assert [one["scoreGiven"] for one in platform.scores()] == [4]


@pytest.mark.parametrize(("place", "heading"), [("iframe", "Log in"), ("frame", "Log in"), ("document", "Back in")])
def test_in_a_frame_the_way_back_meets_a_log_in_form(client: FlaskClient, place: str, heading: str) -> None:
    assert f"<h1>{heading}" in client.get("/as/alice/return", headers={"Sec-Fetch-Dest": place}).text


def test_staff_switch_their_role_and_come_back_to_it(client: FlaskClient, platform: Platform) -> None:
    learner = [f"{MEMBERSHIP}Learner"]
    roles = f"{LTI}roles"
    before = platform.claims("tina", "desk", "n")[roles]
    assert client.post("/as/tina/switch-role").status_code == 303
    assert platform.claims("tina", "desk", "n")[roles] == learner
    assert "Return to my normal role" in client.get("/as/tina/").text
    client.post("/as/tina/switch-role")
    assert platform.claims("tina", "desk", "n")[roles] == before
    assert client.post("/as/alice/switch-role").status_code == 404


def test_the_tool_can_send_people_back_with_a_message(client: FlaskClient) -> None:
    page = client.get("/as/alice/return", query_string={"lti_msg": "All <i>kept</i>"}).text
    assert "All &lt;i&gt;kept&lt;/i&gt;" in page
    assert "Too late" in client.get("/as/alice/return?lti_errormsg=Too late").text


def test_without_packages_the_course_says_how_to_get_one(client: FlaskClient) -> None:
    assert "No SCORM package here yet" in client.get("/as/alice/").text


def test_the_packages_of_the_folder_stand_in_the_course(tmp_path: Path) -> None:
    write_package(tmp_path, "first.zip")
    write_zip(tmp_path, "broken.zip", {"readme.txt": "no manifest"})
    (tmp_path / "torn.zip").write_bytes(b"not a zip")
    app = create_demo(DemoConfig(packages=tmp_path))
    page = app.test_client().get("/as/alice/").text
    app.extensions["demo"].close()
    assert "Sample unit" in page
    assert 'href="/as/alice/packages/first"' in page
    assert "broken.zip has no imsmanifest.xml at its root." in page
    assert "torn.zip is no zip file." in page
    assert "No SCORM package here yet" not in page


@pytest.fixture
def course_of_two_languages(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser in front of a demo LMS that holds units of two modules, one of them in Greek too, and a package."""
    names = ("m2u1-scorm12-en", "m1u2-scorm12-en", "m1u1-scorm12-en", "m1u1-scorm12-el", "m9u1-scorm12-en")
    for name in names:
        write_package(tmp_path, f"parental_engagement-{name}.zip")
    write_package(tmp_path, "golf.zip")
    app = create_demo(DemoConfig(packages=tmp_path))
    yield app.test_client()
    app.extensions["demo"].close()


def _under(page: str, heading: str) -> list[str]:
    """The packages that a section of the course page lists, in their order."""
    section = page.split(f">{heading}")[1].split("</section>", maxsplit=1)[0]
    return re.findall(r'href="/as/alice/packages/(?:parental_engagement-)?([^"?]+)"', section)


def test_units_stand_under_their_modules_and_what_belongs_to_none_comes_after(
    course_of_two_languages: FlaskClient,
) -> None:
    page = course_of_two_languages.get("/as/alice/").text
    assert _under(page, "Module 1") == ["m1u1-scorm12-en", "m1u2-scorm12-en"]
    assert _under(page, "Module 2") == ["m2u1-scorm12-en"]
    assert _under(page, "Other packages") == ["golf", "m9u1-scorm12-en"]
    assert "M1U2: Sample unit" in page
    assert "Module 3" not in page, "a module without anything in it is no part of the course"


def test_the_course_is_read_in_one_language_at_a_time_and_goes_on_in_that(
    course_of_two_languages: FlaskClient,
) -> None:
    page = course_of_two_languages.get("/as/alice/?units_in=el").text
    assert _under(page, "Module 1") == ["m1u1-scorm12-el"]
    assert "Module 2" not in page
    assert "Ελληνικά" in page
    commit(course_of_two_languages, {STATUS: "incomplete"}, package="parental_engagement-m1u1-scorm12-el")
    assert _under(course_of_two_languages.get("/as/alice/").text, "Module 1") == ["m1u1-scorm12-el"]
    page = course_of_two_languages.get("/as/alice/?units_in=xx").text
    assert _under(page, "Module 1") == ["m1u1-scorm12-en", "m1u2-scorm12-en"]


def test_a_unit_can_be_looked_at_before_it_is_begun(course_of_two_languages: FlaskClient) -> None:
    page = course_of_two_languages.get("/as/alice/").text
    assert 'href="/as/alice/packages/parental_engagement-m1u1-scorm12-en?mode=browse"' in page
