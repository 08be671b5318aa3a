"""Pictures and files of a course whose names hold anything: found, written and encoded, or refused by name."""

import posixpath
import re
import unicodedata
import zipfile
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scorm_builder.assets import LONGEST_PATH, unusable
from scorm_builder.building import build_all
from scorm_builder.checking import check_package
from scorm_builder.errors import InvalidSource
from scorm_builder.exporters import FORMATS
from scorm_builder.exporters.base import Options
from scorm_builder.sources.course_source import read_course
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.rich_units import M1U2
from tests.scorm_builder.small_course import COURSE, PICTURE, write_small_course

UNIT = """\
---
id: m1u1
title: "Names"
minutes: 5
summary: A picture and a file.
---
# First {{#first minutes=5}}
![A circle]({picture})

```download
id: sheet
objective: Take it along
text: A file.
file: {file}
```
"""
SHEET = 'assets/sheets/"it".pdf'
WAYS = ("raw", "encoded", "other form")
LETTERS = " aZ0-_.,;=@!~$+()[]{}%#^αΆώéñ漢ا🙂✏️"
names = st.text(LETTERS, min_size=1, max_size=40).map(lambda name: unicodedata.normalize("NFC", f"x{name}x.svg"))


def written(path: str, way: str) -> str:
    """A path as an author writes it in Markdown."""
    if way == "encoded":
        return quote(path)
    return f"<{unicodedata.normalize('NFD', path) if way == 'other form' else path}>"


def write_course(folder: Path, picture: str, way: str, file: str = "assets/sheet.pdf", stored: str = "") -> Path:
    course = write_small_course(folder, UNIT.format(picture=written(picture, way), file=f'"{file}"'))
    for path, content in ((stored or picture, PICTURE), (unquote(file), "A sheet")):
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text(content, encoding="utf-8")
    return course


def mistakes(course: Path) -> list[str]:
    with pytest.raises(InvalidSource) as refusal:
        read_course(course)
    return [str(error) for error in refusal.value.errors]


def nothing() -> None:
    """What is to be done when a format is made."""


def built(course: Path, out: Path, *formats: str) -> list[Path]:
    return [
        one.path
        for _, one in build_all(read_course(course), [FORMATS[name] for name in formats], Options(), out, nothing)
    ]


def shown(package: Path) -> dict[str, set[str]]:
    """The files that the pages of a package show and hand out, by the decoded names of their addresses."""
    with zipfile.ZipFile(package) as archive:
        names, texts = set(archive.namelist()), {}
        for name in names:
            if name.endswith((".html", ".js")) and not name.startswith("player/"):
                texts[name] = archive.read(name).decode()
    found = {}
    for name, text in texts.items():
        addresses = re.findall(r'(?:src|href)=\\?"((?:\.\./)*(?:assets|web_resources)/[^"\\]+)', text)
        found[name] = {posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(one))) for one in addresses}
        assert found[name] <= names, (name, found[name] - names)
        assert all(one.isascii() and " " not in one for one in addresses)
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "name",
    [
        "my picture.svg",
        "Κύκλος ά.svg",
        "éèñ.svg",
        "🙂 ✏️.svg",
        "100%.svg",
        "50%25.svg",
        "a#b(1).svg",
        "x" * 180 + ".svg",
    ],
)
def test_a_picture_is_found_written_and_encoded(tmp_path: Path, name: str, way: str) -> None:
    path = unicodedata.normalize("NFC", f"assets/{name}")
    if way == "raw" and "%25" in name:
        path = path.replace("%25", "%")  # in an address %25 means %
    course = write_course(tmp_path, path, way)
    for package in built(course, tmp_path / "out", "scorm12", "cc11"):
        assert not [one.text for one in check_package(package, None) if one.verdict == "error"], package
        pictures = {picture for named in shown(package).values() for picture in named if picture.endswith(".svg")}
        assert pictures
        if "scorm12" in package.name:
            assert pictures == {path}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names, way=st.sampled_from(WAYS))
@example(name="x%20x.svg", way="raw")
@example(name="x%zz.svg", way="raw")
def test_any_name_is_usable_or_refused_by_name(name: str, way: str) -> None:
    path = f"assets/{name}"
    if way != "encoded" and re.search(r"%[0-9A-Fa-f]{2}|[<>\\]", name):
        way = "encoded"  # raw, these letters mean something else in Markdown
    with TemporaryDirectory() as folder:
        course = write_course(Path(folder), path, way)
        if unusable(path):
            assert any(path in mistake and "cannot be used" in mistake for mistake in mistakes(course))
            return
        for package in built(course, Path(folder) / "out", "scorm2004-4th", "cc13"):
            assert not [one.text for one in check_package(package, None) if one.verdict == "error"], package
            assert any(shown(package).values())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_on_the_disk_may_be_put_together_in_either_way(tmp_path: Path, form: str) -> None:
    path = "assets/μαθήματα/étude.svg"
    stored = unicodedata.normalize(form, path)  # type: ignore[arg-type]
    (package,) = built(write_course(tmp_path, path, "raw", stored=stored), tmp_path / "out", "scorm12")
    with zipfile.ZipFile(package) as archive:
        assert unicodedata.normalize("NFC", path) in archive.namelist()


@pytest.mark.parametrize("file", ["assets/Πρόσκληση 2.pdf", "assets/%CE%A0 2.pdf", "assets/90%.pdf"])
def test_a_file_to_download_is_found_and_encoded(tmp_path: Path, file: str) -> None:
    course = write_course(tmp_path, "assets/circles.svg", "raw", file)
    (package,) = built(course, tmp_path / "out", "scorm12")
    assert not [one.text for one in check_package(package, None) if one.verdict == "error"]
    assert unquote(file) in {named for page in shown(package).values() for named in page}


def test_a_name_that_means_two_files_is_the_encoded_one(tmp_path: Path) -> None:
    course = write_course(tmp_path, "assets/a b.svg", "encoded")
    (course / "assets/a%20b.svg").write_text(PICTURE, encoding="utf-8")
    assert read_course(course).units["m1u1"]["en"].files == {"assets/a b.svg", "assets/sheet.pdf"}
    (course / "assets/a b.svg").unlink()
    assert read_course(course).units["m1u1"]["en"].files == {"assets/a%20b.svg", "assets/sheet.pdf"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("what?.svg", "Its name holds ?, which some LMSs cannot store."),
        ("a:b.svg", "Its name holds :,"),
        ("Tom & Jerry.svg", "Its name holds &,"),
        ("it's.svg", "Its name holds ',"),
        ("a\tb.svg", "Its name holds the character 0x09,"),
        ("aux.svg", "Windows keeps the name aux for itself."),
        ("maps /a.svg", "begins or ends with a space or a full stop"),
        ("x" * 150 + "/" + "y" * 80 + ".svg", f"{LONGEST_PATH} can be used"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, name: str, said: str) -> None:
    found = mistakes(write_course(tmp_path, f"assets/{name}", "encoded"))
    assert any(f"The picture assets/{name} cannot be used." in one and said in one for one in found), found


@pytest.mark.parametrize("name", ["y" * 300 + ".svg", "none here.svg", "../course.yaml", "%00.svg", "folder"])
def test_what_is_not_there_is_said_by_name(tmp_path: Path, name: str) -> None:
    course = write_course(tmp_path, "assets/circles.svg", "raw")
    (course / "assets/folder").mkdir()
    unit = (
        (course / "en/m1u1.md")
        .read_text(encoding="utf-8")
        .replace("<assets/circles.svg>", quote(f"assets/{name}", "/%."))
    )
    (course / "en/m1u1.md").write_text(unit, encoding="utf-8")
    assert any("is not there" in one and unquote(name)[:40] in one for one in mistakes(course))


@pytest.mark.parametrize(("one", "other"), [("Map.svg", "map.svg"), ("é.svg", unicodedata.normalize("NFD", "é.svg"))])
def test_two_files_that_servers_mix_up_are_refused(tmp_path: Path, one: str, other: str) -> None:
    course = write_course(tmp_path, f"assets/{one}", "raw")
    (course / "assets" / other).write_text(PICTURE, encoding="utf-8")
    assert any("differ in capitals or in how letters are put together" in mistake for mistake in mistakes(course))


def test_a_picture_inside_an_activity_is_refused_and_not_lost(tmp_path: Path) -> None:
    course = write_course(tmp_path, "assets/circles.svg", "raw")
    unit = (
        (course / "en/m1u1.md")
        .read_text(encoding="utf-8")
        .replace("text: A file.", "text: '![It](assets/circles.svg)'")
    )
    (course / "en/m1u1.md").write_text(unit, encoding="utf-8")
    assert any("The download shows a picture; show it in the page's text." in one for one in mistakes(course))


# Titles that a manifest cannot hold


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{en: " + "A small course " * 14 + "}", "has 209 characters; a manifest of SCORM 1.2 takes 200."),
        ("{en: " + "Ένα μάθημα " * 19 + "}", "has 208 characters; a manifest of SCORM 1.2 takes 200."),
    ],
)
def test_a_title_that_is_too_long_for_the_manifest_is_refused_there_alone(
    tmp_path: Path, wrong: str, said: str
) -> None:
    course = write_small_course(tmp_path / "s", course=COURSE.replace("{en: A small course}", wrong))
    more = COURSE.replace("{en: A small course}", wrong).replace("units: [m1u1]", "units: [m1u1, m1u2]")
    (course / "course.yaml").write_text(more, encoding="utf-8")
    unit = (course / "en/m1u1.md").read_text(encoding="utf-8")
    (course / "en/m1u2.md").write_text(unit.replace("id: m1u1", "id: m1u2"), encoding="utf-8")
    read = read_course(course)
    with pytest.raises(Exception, match=re.escape(said)):
        build_all(read, [FORMATS["scorm12"]], Options("course"), tmp_path / "out", nothing)
    build_all(read, [FORMATS["scorm12"]], Options("unit"), tmp_path / "out", nothing)
    build_all(read, [FORMATS["cmi5"], FORMATS["scorm2004-4th"]], Options("course"), tmp_path / "out", nothing)


@pytest.mark.parametrize(
    ("long", "granularity", "per_unit", "fits"),
    [
        ("module", "module", False, False),
        ("module", "unit", True, True),
        ("unit", "module", True, False),
        ("unit", "course", True, False),
        ("unit", "course", False, True),
    ],
)
def test_a_title_is_measured_where_the_manifest_holds_it(
    tmp_path: Path, long: str, granularity: Literal["course", "module", "unit"], per_unit: bool, fits: bool
) -> None:
    unit = M1U2.replace('"Looking again"', f'"{"ά" * 201}"') if long == "unit" else M1U2
    source = write_rich_course(tmp_path / "s", **{"m1u2.md": unit})
    if long == "module":
        head = (source / "course.yaml").read_text(encoding="utf-8").replace("First module", "M" * 201)
        (source / "course.yaml").write_text(head, encoding="utf-8")
    asked = Options(granularity, sco_per_unit=per_unit)
    with nullcontext() if fits else pytest.raises(Exception, match="has 201 characters"):
        build_all(read_course(source), [FORMATS["scorm12"]], asked, tmp_path / "out", nothing)


def test_a_units_title_and_the_version_are_measured_as_well(tmp_path: Path) -> None:
    course = write_small_course(
        tmp_path, UNIT.format(picture="assets/circles.svg", file="assets/circles.svg").replace("Names", "N" * 201)
    )
    with pytest.raises(Exception, match="has 201 characters"):
        build_all(read_course(course), [FORMATS["scorm12"]], Options(), tmp_path / "out", nothing)
    course = write_small_course(tmp_path / "v", course=COURSE.replace('"1.0"', '"1.0 of the second edition"'))
    with pytest.raises(Exception, match="takes 20"):
        build_all(read_course(course), [FORMATS["scorm12"]], Options(), tmp_path / "out", nothing)
