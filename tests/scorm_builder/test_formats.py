"""Every format, granularity and language builds; what is written keeps our rules, the official schemas and theirs."""

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from scorm_builder.__main__ import main
from scorm_builder.exporters import FORMATS
from tests.scorm_builder.built_once import build, once
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.site import ROOT

SCHEMAS = ROOT.parent / "shared" / "schemas"
TOOL = "https://tool.example.org"
PACKAGED = [name for name in FORMATS if name != "web"]
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="not validated: no schemas beside the repository")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the rich course."""
    return once(tmp_path_factory, "rich-source", lambda folder: write_rich_course(folder / "course")) / "course"


@dataclass(frozen=True)
class Packages:
    """All packages in all formats, of each granularity built when it is first asked for."""

    source: Path
    temporary: pytest.TempPathFactory

    def __getitem__(self, granularity: str) -> list[Path]:
        asked = ("--format", "all", "--granularity", granularity, "--tool-url", TOOL)
        made = once(
            self.temporary, f"rich-{granularity}", lambda folder: build(self.source, *asked, out=folder / "out")
        )
        return sorted((made / "out").glob("*.zip"))


@pytest.fixture(scope="session")
def packages(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """All packages in all formats, by granularity."""
    return Packages(source, tmp_path_factory)


def read(package: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(package) as archive:
        return etree.fromstring(archive.read(name))


def names_in(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        return archive.namelist()


def one(packages: Packages, granularity: str, name: str) -> Path:
    return next(path for path in packages[granularity] if path.name == name)


@pytest.mark.parametrize(("granularity", "each"), [("course", 2), ("module", 3), ("unit", 4)])
def test_every_format_gives_a_package_for_each_part_and_language(
    packages: Packages, granularity: str, each: int
) -> None:
    assert len(packages[granularity]) == each * len(PACKAGED)


@needs_schemas
@pytest.mark.parametrize(
    "granularity", ["course", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("module", "unit"))]
)
def test_everything_is_valid_by_schemas_and_rules(packages: Packages, granularity: str) -> None:
    for package in packages[granularity]:
        result = run("check", package, "--schemas", SCHEMAS)
        assert result.exit_code == 0, f"{package.name}\n{result.output}"
        assert "not validated" not in result.output, package.name
        assert result.output.count(" is valid by") == sum(name.endswith(".xml") for name in names_in(package))


@needs_schemas
def test_a_rule_inside_a_schema_is_looked_at(packages: Packages, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    package = one(packages, "course", "rich-cc11-en.zip")
    with zipfile.ZipFile(package) as archive, zipfile.ZipFile(broken, "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"cc.multiple_response.v0p1", b"cc.multiple_choice.v0p1"))
    result = run("check", broken, "--schemas", SCHEMAS)
    assert result.exit_code == 1
    assert "[RULE 4d]" in result.output


def test_several_scos_are_an_option(source: Path, tmp_path: Path) -> None:
    formats = "scorm12,scorm2004-4th"
    built = run("build", source, "--format", formats, "--granularity", "module", "--sco-per-unit", "--out", tmp_path)
    assert built.exit_code == 0, built.output
    for name, attribute in (("scorm12", "scormtype"), ("scorm2004-4th", "scormType")):
        manifest = read(tmp_path / f"rich-m1-{name}-en.zip", "imsmanifest.xml")
        scos = [part for part in manifest.iter("{*}resource") if attribute in str(part.attrib)]
        assert [sco.get("href") for sco in scos] == ["m1u1.html", "m1u2.html"]
        assert manifest.find(".//{*}masteryscore") is None
        assert run("check", tmp_path / f"rich-m1-{name}-en.zip").exit_code == 0


def test_a_module_has_one_sco_by_default(packages: Packages) -> None:
    manifest = read(one(packages, "module", "rich-m1-scorm12-en.zip"), "imsmanifest.xml")
    assert [part.get("href") for part in manifest.iter("{*}resource")] == ["index.html"]


@pytest.mark.parametrize("granularity", ["course", "module", "unit"])
def test_no_package_of_scorm_1_2_names_a_score_that_makes_a_failure_final(packages: Packages, granularity: str) -> None:
    manifests = [read(path, "imsmanifest.xml") for path in packages[granularity] if "-scorm12-" in path.name]
    assert len(manifests) == {"course": 2, "module": 3, "unit": 4}[granularity]
    assert not [manifest for manifest in manifests if manifest.find(".//{*}masteryscore") is not None]


def test_the_score_that_passes_is_in_every_description(packages: Packages) -> None:
    modern = read(one(packages, "unit", "rich-m1u1-scorm2004-3rd-en.zip"), "imsmanifest.xml")
    assert modern.findtext(".//{*}minNormalizedMeasure") == "0.5"
    assert modern.findtext(".//{*}schemaversion") == "2004 3rd Edition"
    structure = read(one(packages, "course", "rich-cmi5-en.zip"), "cmi5.xml")
    rules = {unit.get("id"): (unit.get("moveOn"), unit.get("masteryScore")) for unit in structure.iter("{*}au")}
    assert rules == {
        "urn:partnerwise:rich:en:course:rich:unit:m1u1": ("CompletedAndPassed", "0.5"),
        "urn:partnerwise:rich:en:course:rich:unit:m1u2": ("CompletedAndPassed", "0.7"),
        "urn:partnerwise:rich:en:course:rich:unit:m2u1": ("Completed", None),
    }
    assert len(list(structure.iter("{*}block"))) == 2


def test_a_language_has_only_the_units_that_it_has(packages: Packages) -> None:
    structure = read(one(packages, "course", "rich-cmi5-el.zip"), "cmi5.xml")
    assert [unit.findtext("{*}url") for unit in structure.iter("{*}au")] == ["index.html"]
    assert not [path for path in packages["unit"] if "m1u2" in path.name and path.name.endswith("-el.zip")]


def test_only_the_languages_asked_for_are_built(source: Path, tmp_path: Path) -> None:
    run("build", source, "--format", "scorm12", "--language", "el", "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rich-m1u1-scorm12-el.zip"]
    said = run("build", source, "--format", "scorm12", "--language", "de", "--out", tmp_path).output
    assert said == "Error: The course has no `de`; it has en, el.\n"


def test_pages_of_a_cartridge_survive_a_purifier(packages: Packages) -> None:
    package = one(packages, "course", "rich-cc11-en.zip")
    with zipfile.ZipFile(package) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    for name, page in pages.items():
        assert not any(word in page for word in ("<script", "<button", "class=", "style", "<svg", "popover")), name
        assert 'href="#' not in page, name
    assert '<img src="../../web_resources/circles.svg" alt="Two circles"' in pages["pages/m1u1/talk.html"]
    assert "Wave → 2" in pages["pages/m1u1/gate.html"]


def test_checks_are_quizzes_that_the_lms_grades(packages: Packages) -> None:
    quiz = read(one(packages, "course", "rich-cc11-en.zip"), "quizzes/quiz-m1u1-check.xml")
    items = list(quiz.iter("{*}item"))
    assert [item.get("ident") for item in items] == ["q1", "q2", "q3", "q4", "q5"]
    first = items[0]
    shown = [text.text for text in first.iter("{*}mattext")]
    options, said = ["Right 1", "Wrong 1", "Other 1", "Last 1"], ["Yes 1.", "No 1.", "Nor 1.", "Not 1."]
    assert shown == ["Question 1?", *options, *said], "nothing of ours is added to be graded"
    other = read(one(packages, "course", "rich-cc11-en.zip"), "quizzes/quiz-m1u2-check.xml")
    scoring = next(rule for rule in other.iter("{*}respcondition") if rule.find("{*}setvar") is not None)
    assert scoring.findtext("{*}conditionvar/{*}and/{*}varequal") == "o0"
    assert scoring.findtext("{*}conditionvar/{*}and/{*}not/{*}varequal") == "o1"
    practice = read(one(packages, "course", "rich-cc11-en.zip"), "quizzes/quiz-m1u1-practice.xml")
    assert [answer.text for answer in practice.iter("{*}varequal")] == ["audit", "an audit", "έλεγχος", "ελεγχος"]


def test_plans_and_handouts_are_for_instructors(packages: Packages) -> None:
    manifest = read(one(packages, "course", "rich-cc13-en.zip"), "imsmanifest.xml")
    private = {
        part.get("identifier")
        for part in manifest.iter("{*}resource")
        if part.find(".//{*}intendedEndUserRole") is not None
    }
    assert private == {"plan-m1u1", "handout-audit-sheet", "m1-facilitator"}


def test_links_to_the_tool_name_units_journal_and_map_by_path(packages: Packages) -> None:
    package = one(packages, "course", "rich-thin-cc13-en.zip")
    links = {name: read(package, name) for name in names_in(package) if name.startswith("lti/")}
    addresses = {link.findtext("{*}secure_launch_url") for link in links.values()}
    assert addresses == {
        f"{TOOL}/activities/{path}" for path in ("unit/m1u1", "unit/m1u2", "unit/m2u1", "journal/j1", "roadmap")
    }
    outcome = links["lti/lti-journal-j1.xml"].find(".//{*}property[@name='outcome']")
    assert outcome is not None
    assert outcome.text == "15"
    assert not [name for name in names_in(package) if name.endswith(".html")]


def test_without_the_tools_address_all_leaves_thin_cartridges_out(source: Path, tmp_path: Path) -> None:
    assert run("build", source, "--format", "all", "--out", tmp_path).exit_code == 0
    assert not list(tmp_path.glob("*thin*"))
    said = run("build", source, "--format", "thin-cc13", "--out", tmp_path).output
    assert said == "Error: `thin-cc13` holds links to the LTI tool: say where it is with --tool-url.\n"


def test_the_first_bytes_of_a_cartridge_tell_moodle_what_it_is(packages: Packages) -> None:
    with zipfile.ZipFile(one(packages, "course", "rich-cc11-en.zip")) as archive:
        assert b"imsccv1p1" in archive.read("imsmanifest.xml")[:1024]


def test_a_new_course_is_whole_and_builds(tmp_path: Path) -> None:
    course = tmp_path / "mine"
    assert run("new", course).exit_code == 0
    assert "the course is readable, 1 unit(s)" in run("check", course).output
    built = run("build", course, "--format", "all", "--out", tmp_path / "out")
    assert built.exit_code == 0, built.output
    said = run("new", course).output
    assert said == f"Error: {course} is not empty: a new course needs a folder of its own.\n"


def test_every_format_gives_the_same_bytes_elsewhere(source: Path, packages: Packages, tmp_path: Path) -> None:
    elsewhere = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    asked = ["--format", "all", "--granularity", "module", "--tool-url", TOOL, "--out", str(tmp_path)]
    command = [sys.executable, "-m", "scorm_builder", "build", str(source), *asked]
    subprocess.run(command, cwd=tmp_path, env=elsewhere, check=True, capture_output=True)
    again = {path.name: path.read_bytes() for path in tmp_path.glob("*.zip")}
    assert again == {path.name: path.read_bytes() for path in packages["module"]}
