"""SCORM packages, read and served straight out of their zips."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.demo.playing import opened
from tests.demo.sample_package import MANIFEST, write_zip


def test_files_come_out_of_the_zip_with_their_types(folder: Path, learner: FlaskClient) -> None:
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
        answer = learner.get(f"/packages/other/content/{name}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../secret.txt", "unit/../../secret.txt", "%2e%2e/secret.txt", "/etc/passwd", "..%5csecret.txt", ""]
)
def test_no_path_leads_out_of_the_zip(folder: Path, learner: FlaskClient, name: str) -> None:
    (folder / "secret.txt").write_text("secret")
    (folder.parent / "secret.txt").write_text("secret")
    answer = learner.get(f"/packages/sample/content/{name}", follow_redirects=True)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("key", ["..", "%2e%2e", "../packages/sample", "none"])
def test_only_packages_of_the_folder_are_found(learner: FlaskClient, key: str) -> None:
    assert learner.get(f"/as/alice/packages/{key}").status_code == 404


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("<manifest", "is no XML"),
        ('<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>', "is no SCORM 1.2 package"),
        (MANIFEST.format(items=""), "has nothing to play"),
    ],
)
def test_a_package_that_cannot_be_played_is_named(
    folder: Path, learner: FlaskClient, manifest: str, problem: str
) -> None:
    write_zip(folder, "strange.zip", {"imsmanifest.xml": manifest})
    page = learner.get("/as/alice/").text
    assert "strange.zip" in page
    assert problem in page


def test_a_manifest_cannot_read_files_of_the_machine(folder: Path, learner: FlaskClient) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("very secret")
    items = '<item identifier="i1" identifierref="r1"><title>&leak;</title></item>'
    entity = f'<!DOCTYPE manifest [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    manifest = MANIFEST.format(items=items).replace("?>", f"?>{entity}", 1)
    write_zip(folder, "leak.zip", {"imsmanifest.xml": manifest})
    assert "very secret" not in learner.get("/as/alice/").text
    assert "very secret" not in learner.get("/as/alice/packages/leak").text


def test_a_package_that_was_built_again_is_read_again(folder: Path, learner: FlaskClient) -> None:
    assert "Sample unit" in learner.get("/as/alice/").text
    items = '<item identifier="i1" identifierref="r1"><title>One</title></item>'
    manifest = MANIFEST.format(items=items).replace("Sample unit", "A better unit")
    write_zip(folder, "sample.zip", {"imsmanifest.xml": manifest})
    assert "A better unit" in learner.get("/as/alice/").text


def test_launch_data_and_parameters_reach_the_content(folder: Path, learner: FlaskClient) -> None:
    items = (
        '<item identifier="i1" identifierref="r1" parameters="lang=en&amp;mode=x"><title>One</title>'
        "<adlcp:datafromlms>hello</adlcp:datafromlms></item>"
    )
    write_zip(folder, "sample.zip", {"imsmanifest.xml": MANIFEST.format(items=items)})
    assert opened(learner)["cmi.launch_data"] == "hello"
    page = learner.get("/as/alice/packages/sample").text
    assert 'data-content="/packages/sample/content/unit/index.html?lang=en&amp;mode=x"' in page
