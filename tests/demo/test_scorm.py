"""The SCORM player's server side: packages out of their zips, and what is kept per person."""

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lti_tool.demo import DemoConfig, create_demo
from lti_tool.demo.tracking import add_times
from tests.demo.sample_package import MANIFEST, write_package, write_zip

STATUS, RAW, SUSPEND = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.suspend_data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    packages = tmp_path / "packages"
    packages.mkdir()
    write_package(packages)
    return packages


@pytest.fixture
def app(folder: Path) -> Iterator[Flask]:
    made = create_demo(DemoConfig(packages=folder))
    yield made
    made.extensions["demo"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def opened(client: FlaskClient, person: str = "alice", package: str = "sample", query: str = "") -> dict[str, str]:
    """The elements that content finds when the player opens it."""
    page = client.get(f"/as/{person}/packages/{package}{query}").text
    kept: dict[str, str] = json.loads(unescape(page.split('data-elements="')[1].split('"')[0]))
    return kept


def commit(
    client: FlaskClient, elements: dict[str, Any], *, finished: bool = False, person: str = "alice", query: str = ""
) -> int:
    """Send what scorm-again would send; the status of the answer."""
    sent = json.dumps({"elements": elements, "finished": finished})
    return client.post(f"/as/{person}/packages/sample/tracks{query}", data=sent, content_type="text/plain").status_code


def test_a_first_visit_begins_from_nothing(client: FlaskClient) -> None:
    elements = opened(client)
    assert elements[STATUS] == "not attempted"
    assert elements["cmi.core.entry"] == "ab-initio"
    assert elements["cmi.core.lesson_mode"] == "normal"
    assert elements["cmi.core.credit"] == "credit"
    assert elements["cmi.core.student_name"] == "Adams, Alice"
    assert elements["cmi.core.student_id"] == "4"
    assert SUSPEND not in elements


def test_what_was_committed_is_there_next_time_for_this_person_only(client: FlaskClient) -> None:
    sent = {STATUS: "incomplete", "cmi.core.lesson_location": "page-2", SUSPEND: "ü&=<\"'", "cmi.core.exit": "suspend"}
    assert commit(client, {**sent, "cmi.interactions.0.id": "q1", "cmi.interactions.0.objectives": {}}) == 200
    elements = opened(client)
    assert {name: elements[name] for name in (STATUS, "cmi.core.lesson_location", SUSPEND)} == {
        name: sent[name] for name in (STATUS, "cmi.core.lesson_location", SUSPEND)
    }
    assert elements["cmi.core.entry"] == "resume"
    assert elements["cmi.interactions.0.id"] == "q1"
    assert opened(client, "bob")[STATUS] == "not attempted"


def test_what_content_empties_is_empty_next_time(client: FlaskClient) -> None:
    commit(client, {SUSPEND: "much"})
    commit(client, {SUSPEND: ""})
    assert SUSPEND not in opened(client)


def test_time_counts_when_content_finishes_and_adds_up(client: FlaskClient) -> None:
    commit(client, {STATUS: "incomplete", "cmi.core.session_time": "00:10:00"})
    assert opened(client)["cmi.core.total_time"] == "00:00:00", "without a finish the time is lost"
    commit(client, {STATUS: "incomplete", "cmi.core.session_time": "00:01:30.25"}, finished=True)
    commit(client, {STATUS: "incomplete", "cmi.core.session_time": "00:00:45.75"}, finished=True)
    assert opened(client)["cmi.core.total_time"] == "00:02:16"


@pytest.mark.parametrize(
    ("total", "more", "expected"),
    [
        ("00:00:00", "00:00:59.99", "00:00:59.99"),
        ("00:59:59.99", "00:00:00.01", "01:00:00"),
        ("99:59:59", "00:00:01", "100:00:00"),
        ("00:00:00", "00:01:30.5", "00:01:30.05"),
        ("00:00:10", "nonsense", "00:00:10"),
        ("00:00:10", "", "00:00:10"),
    ],
)
def test_times_are_added_as_moodle_adds_them(total: str, more: str, expected: str) -> None:
    assert add_times(total, more) == expected


def test_content_cannot_say_what_is_the_lms_to_say(client: FlaskClient) -> None:
    commit(
        client,
        {"cmi.core.student_name": "Mallory", "cmi.core.total_time": "99:00:00", "other": "x", STATUS: "incomplete"},
    )
    elements = opened(client)
    assert elements["cmi.core.student_name"] == "Adams, Alice"
    assert elements["cmi.core.total_time"] == "00:00:00"
    assert "other" not in elements


def test_after_a_pass_it_is_a_review_without_credit(client: FlaskClient) -> None:
    commit(client, {STATUS: "passed", RAW: "80", "cmi.core.lesson_mode": "normal"}, finished=True)
    elements = opened(client)
    assert (elements["cmi.core.lesson_mode"], elements["cmi.core.credit"]) == ("review", "no-credit")
    again = {STATUS: "failed", RAW: "10", "cmi.core.lesson_mode": "review", "cmi.core.lesson_location": "page-9"}
    commit(client, again, finished=True)
    elements = opened(client)
    assert (elements[STATUS], elements[RAW]) == ("passed", "80")
    assert elements["cmi.core.lesson_location"] == "page-9"


def test_a_pass_in_mid_visit_can_still_change_until_the_end(client: FlaskClient) -> None:
    commit(client, {STATUS: "passed", RAW: "70", "cmi.core.lesson_mode": "normal"})
    commit(client, {STATUS: "passed", RAW: "90", "cmi.core.lesson_mode": "normal"}, finished=True)
    assert opened(client)[RAW] == "90"


def test_a_new_attempt_begins_anew_and_keeps_the_old(client: FlaskClient) -> None:
    commit(client, {STATUS: "passed", RAW: "80"}, finished=True)
    answer = client.post("/as/alice/packages/sample/attempts")
    assert answer.status_code == 303
    elements = opened(client)
    assert (elements[STATUS], elements["cmi.core.lesson_mode"]) == ("not attempted", "normal")
    commit(client, {STATUS: "failed", RAW: "20"}, finished=True)
    page = client.get("/as/alice/tracks").text
    assert "attempt 2" in page
    assert "attempt 1" in page


def test_finishing_in_not_attempted_is_completed(client: FlaskClient) -> None:
    commit(client, {STATUS: "not attempted"}, finished=True)
    assert opened(client)[STATUS] == "completed"


@pytest.mark.parametrize(("raw", "expected"), [("69.5", "failed"), ("70", "passed")])
def test_a_mastery_score_decides_in_the_end(folder: Path, client: FlaskClient, raw: str, expected: str) -> None:
    write_package(folder, mastery="70")
    assert opened(client)["cmi.student_data.mastery_score"] == "70"
    commit(client, {STATUS: "completed", RAW: raw}, finished=True)
    assert opened(client)[STATUS] == expected


def test_suspend_data_ends_at_4096_characters(client: FlaskClient) -> None:
    assert commit(client, {SUSPEND: "x" * 4096}) == 200
    assert commit(client, {SUSPEND: "y" * 4097}) == 400
    assert opened(client)[SUSPEND] == "x" * 4096


def test_nonsense_is_refused(client: FlaskClient) -> None:
    for body in (b"{", b"[]", b"{}", b'{"elements": 1}'):
        assert client.post("/as/alice/packages/sample/tracks", data=body).status_code == 400
    assert client.post("/as/alice/packages/none/tracks", data=b"{}").status_code == 404


def test_tracks_show_a_trainee_their_own_and_a_trainer_all(client: FlaskClient) -> None:
    answer = {
        "cmi.interactions.0.id": "q-home",
        "cmi.interactions.0.student_response": "b",
        "cmi.interactions.0.result": "wrong",
    }
    commit(client, {STATUS: "incomplete", RAW: "55", "cmi.core.lesson_location": "page-7", **answer})
    for person in ("alice", "tina", "adam"):
        page = client.get(f"/as/{person}/tracks").text
        assert all(word in page for word in ("incomplete", "55", "page-7", "q-home", "wrong"))
    assert "page-7" not in client.get("/as/bob/tracks").text
    assert "incomplete, 55 points" in client.get("/as/alice/").text


def test_several_parts_are_tracked_apart(folder: Path, client: FlaskClient) -> None:
    write_package(folder, parts=2)
    commit(client, {STATUS: "passed"}, finished=True, query="?sco=i1")
    assert opened(client, query="?sco=i2")[STATUS] == "not attempted"
    assert opened(client)[STATUS] == "passed"
    page = client.get("/as/alice/packages/sample").text
    assert "Part 2" in page
    assert client.get("/as/alice/packages/sample?sco=i3").status_code == 404


def test_tracks_survive_a_restart(folder: Path, tmp_path: Path) -> None:
    config = DemoConfig(packages=folder, database_path=tmp_path / "var" / "demo.db")
    for expected in ("not attempted", "incomplete"):
        made = create_demo(config)
        client = made.test_client()
        assert opened(client)[STATUS] == expected
        commit(client, {STATUS: "incomplete"})
        made.extensions["demo"].close()


def test_files_come_out_of_the_zip_with_their_types(folder: Path, client: FlaskClient) -> None:
    expected = {
        "unit/index.html": "text/html; charset=utf-8",
        "unit/unit.js": "text/javascript; charset=utf-8",
        "a b/é.svg": "image/svg+xml; charset=utf-8",
        "x.bin": "application/octet-stream",
    }
    items = '<item identifier="i1" identifierref="r1"><title>One</title></item>'
    write_zip(
        folder, "other.zip", {"imsmanifest.xml": MANIFEST.format(items=items), "a b/é.svg": "<svg/>", "x.bin": "x"}
    )
    for name, content_type in expected.items():
        answer = client.get(f"/packages/other/content/{name}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../secret.txt", "unit/../../secret.txt", "%2e%2e/secret.txt", "/etc/passwd", "..%5csecret.txt", ""]
)
def test_no_path_leads_out_of_the_zip(folder: Path, client: FlaskClient, name: str) -> None:
    (folder / "secret.txt").write_text("secret")
    (folder.parent / "secret.txt").write_text("secret")
    answer = client.get(f"/packages/sample/content/{name}", follow_redirects=True)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("key", ["..", "%2e%2e", "../packages/sample", "none"])
def test_only_packages_of_the_folder_are_found(client: FlaskClient, key: str) -> None:
    assert client.get(f"/as/alice/packages/{key}").status_code == 404


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("<manifest", "is no XML"),
        ('<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>', "is no SCORM 1.2 package"),
        (MANIFEST.format(items=""), "has nothing to play"),
    ],
)
def test_a_package_that_cannot_be_played_is_named(
    folder: Path, client: FlaskClient, manifest: str, problem: str
) -> None:
    write_zip(folder, "strange.zip", {"imsmanifest.xml": manifest})
    page = client.get("/as/alice/").text
    assert "strange.zip" in page
    assert problem in page


def test_a_manifest_cannot_read_files_of_the_machine(folder: Path, client: FlaskClient) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("very secret")
    items = '<item identifier="i1" identifierref="r1"><title>&leak;</title></item>'
    entity = f'<!DOCTYPE manifest [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    manifest = MANIFEST.format(items=items).replace("?>", f"?>{entity}", 1)
    write_zip(folder, "leak.zip", {"imsmanifest.xml": manifest})
    assert "very secret" not in client.get("/as/alice/").text
    assert "very secret" not in client.get("/as/alice/packages/leak").text


def test_a_package_that_was_built_again_is_read_again(folder: Path, client: FlaskClient) -> None:
    assert "Sample unit" in client.get("/as/alice/").text
    items = '<item identifier="i1" identifierref="r1"><title>One</title></item>'
    manifest = MANIFEST.format(items=items).replace("Sample unit", "A better unit")
    write_zip(folder, "sample.zip", {"imsmanifest.xml": manifest})
    assert "A better unit" in client.get("/as/alice/").text


def test_launch_data_and_parameters_reach_the_content(folder: Path, client: FlaskClient) -> None:
    items = (
        '<item identifier="i1" identifierref="r1" parameters="lang=en&amp;mode=x"><title>One</title>'
        "<adlcp:datafromlms>hello</adlcp:datafromlms></item>"
    )
    write_zip(folder, "sample.zip", {"imsmanifest.xml": MANIFEST.format(items=items)})
    assert opened(client)["cmi.launch_data"] == "hello"
    page = client.get("/as/alice/packages/sample").text
    assert 'data-content="/packages/sample/content/unit/index.html?lang=en&amp;mode=x"' in page
