"""The command: what it writes, that it writes the same bytes every time, and what it says when it cannot."""

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from scorm_builder.__main__ import main
from scorm_builder.package import zip_bytes
from tests.scorm_builder.conftest import FORMATS
from tests.scorm_builder.rich_course import HANDOUT, PLAN, write_rich_course
from tests.scorm_builder.site import ROOT
from tests.scorm_builder.small_course import PICTURE, UNIT, write_small_course

SCHEMAS = ROOT.parent / "shared" / "schemas"
ZIP = "small-m1u1-scorm12-en.zip"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="not validated: no schemas beside the repository")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def manifest_of(package: Path) -> etree._Element:
    with zipfile.ZipFile(package) as archive:
        return etree.fromstring(archive.read("imsmanifest.xml"))


def test_building_prints_what_was_written(small_course: Path, tmp_path: Path) -> None:
    result = run("build", small_course, "--format", "scorm12,web", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert str(tmp_path / "out" / ZIP) in result.output
    assert result.output.splitlines()[0].split() == ["format", "written", "files", "size"]


def test_check_says_that_the_player_has_no_words_in_a_language(small_course: Path) -> None:
    head = small_course / "course.yaml"
    head.write_text(head.read_text().replace("languages: [en]", "languages: [en, xx]").replace("{en:", "{xx: So, en:"))
    result = run("check", small_course)
    assert result.exit_code == 1
    assert "scorm_builder/translations/xx.yaml" in result.output


@pytest.mark.thorough
def test_the_same_sources_give_the_same_bytes_anywhere(small_course: Path, tmp_path: Path, built: Path) -> None:
    out = tmp_path / "again"
    elsewhere = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    command = [
        sys.executable,
        "-m",
        "scorm_builder",
        "build",
        str(small_course),
        "--format",
        FORMATS,
        "--out",
        str(out),
    ]
    subprocess.run(command, cwd=tmp_path, env=elsewhere, check=True, capture_output=True)
    names = {path.relative_to(out) for path in out.rglob("*") if path.is_file()}
    assert names == {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    assert all((out / name).read_bytes() == (built / name).read_bytes() for name in names)


def test_a_zip_knows_no_clock_and_no_owner() -> None:
    files = {"b.html": b"1", "imsmanifest.xml": b"2"}
    assert zip_bytes(files) == zip_bytes(dict(reversed(files.items())))
    with zipfile.ZipFile(BytesIO(zip_bytes(files))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_manifest_lists_every_file_and_has_no_mastery_score_to_fail_a_visit_by(built: Path) -> None:
    manifest = manifest_of(built / ZIP)
    with zipfile.ZipFile(built / ZIP) as archive:
        names = archive.namelist()
    assert names[0] == "imsmanifest.xml"
    assert sorted(file.get("href", "") for file in manifest.iter("{*}file")) == sorted(names[1:])
    assert manifest.findtext(".//{*}masteryscore") is None
    assert manifest.nsmap["adlcp"] == "http://www.adlnet.org/xsd/adlcp_rootv1p2"


@needs_schemas
def test_the_manifest_is_valid_by_the_official_schema(built: Path) -> None:
    result = run("check", built / ZIP, "--schemas", SCHEMAS)
    assert result.exit_code == 0, result.output
    assert "valid by the official schema" in result.output


@needs_schemas
def test_a_manifest_that_breaks_the_schema_is_refused(built: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(built / ZIP) as archive, zipfile.ZipFile(broken, "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"<organizations default", b"<organisations default"))
    result = run("check", broken, "--schemas", SCHEMAS)
    assert result.exit_code == 1
    assert "error:" in result.output


def test_without_schemas_nothing_is_called_valid(built: Path) -> None:
    result = run("check", built / ZIP)
    assert "not validated: imsmanifest.xml: no schemas" in result.output
    assert "valid by" not in result.output


def test_a_package_with_an_unlisted_and_a_missing_file_is_refused(built: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(built / ZIP) as archive, zipfile.ZipFile(broken, "w") as other:
        for name in archive.namelist():
            other.writestr("extra.php" if name == "player/player.css" else name, archive.read(name))
    result = run("check", broken)
    assert result.exit_code == 1
    assert "player/player.css is listed, but it is not in the package." in result.output
    assert "extra.php is in the package, but not listed." in result.output
    assert "extra.php: some LMSs refuse" in result.output


def test_a_file_that_is_no_package_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    assert run("check", file).output == f"Error: {file} is no zip file.\n"


def test_the_bundle_is_what_the_tool_expects(built: Path) -> None:
    bundle = json.loads((built / "bundle.json").read_text(encoding="utf-8"))
    unit = bundle["modules"][0]["units"][0]
    assert unit["title"] == {"en": "The unit"}
    assert unit["pages"][0] == {"id": "first", "title": {"en": "First page"}, "minutes": 5}
    assert unit["activities"][0] == {"id": "one", "kind": "single-choice", "counts": True, "objective": "Choose one"}
    data = bundle["editions"]["en"]["data"]
    assert data["journal"]["prompts"][0]["question"] == "<p>What <em>changed</em>?</p>\n"
    assert data["roadmap"]["sections"][1]["row"]["kind"] == "priority"
    assert data["rubrics"]["rubrics"][0]["criteria"][0]["levels"][1]["points"] == 1
    for path in ("units/m1u1.en.html", "player/lti.js", "player/player.css", "assets/circles.svg"):
        assert (built / path).is_file()


def test_a_rebuild_takes_away_what_is_no_longer_used_and_nothing_else(small_course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "assets").mkdir(parents=True)
    (out / "assets" / "mine.txt").write_text("not the builder's")
    run("build", small_course, "--format", "web", "--out", out)
    assert (out / "assets" / "mine.txt").is_file()
    (out / "units" / "old.en.html").write_text("from an earlier build")
    run("build", small_course, "--format", "web", "--out", out)
    assert not (out / "units" / "old.en.html").exists()


def test_mistakes_in_the_course_end_the_build_without_writing(tmp_path: Path) -> None:
    course = write_small_course(tmp_path / "source", UNIT.replace("limit: 60", "limit: many"))
    result = run("build", course, "--format", "scorm12", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.output.startswith("Error: 1 mistake in the course:\nen/m1u1.md:")
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_refused_with_the_known_ones(small_course: Path, tmp_path: Path) -> None:
    result = run("build", small_course, "--format", "scorm13", "--out", tmp_path)
    assert result.output.startswith(
        "Error: `scorm13` is no format that the builder writes; it writes scorm12, scorm2004"
    )


def test_the_formats_are_listed() -> None:
    names = [line.split()[0] for line in run("list").output.splitlines()]
    assert names == [
        *("format", "scorm12", "scorm2004-3rd", "scorm2004-4th", "cmi5", "cc11", "cc13", "thin-cc13", "web")
    ]


def test_a_course_can_be_checked_without_building(small_course: Path) -> None:
    assert "the course is readable, 1 unit(s), 1 picture(s)" in run("check", small_course).output


def test_a_player_that_is_not_bundled_is_named_in_one_sentence(
    small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scorm_builder.player_files.files", lambda _: tmp_path)
    result = run("build", small_course, "--format", "scorm12", "--out", tmp_path)
    assert result.output.endswith(
        "Error: The player is not bundled yet (scorm12.js is missing): run `make install` first.\n"
    )


def test_a_handout_that_only_a_session_plan_names_reaches_the_trainer(tmp_path: Path) -> None:
    only = HANDOUT.replace("id: audit-sheet", "id: plan-only").replace("circles.svg", "rings.svg")
    plan = PLAN.replace("handouts: [audit-sheet]", "handouts: [audit-sheet, plan-only]")
    course = write_rich_course(tmp_path / "rich", **{"handouts__plan-only.md": only, "plans__m1u1.md": plan})
    (course / "assets/rings.svg").write_text(PICTURE, encoding="utf-8")
    assert run("build", course, "--format", "web,cc13", "--language", "en", "--out", tmp_path).exit_code == 0
    assert "Audit sheet" in (tmp_path / "assets/handouts/plan-only.en.html").read_text(encoding="utf-8")
    assert (tmp_path / "assets/rings.svg").is_file()
    with zipfile.ZipFile(tmp_path / "rich-cc13-en.zip") as cartridge:
        assert [name for name in cartridge.namelist() if "plan-only" in name]
        assert "web_resources/rings.svg" in cartridge.namelist()
