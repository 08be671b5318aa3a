"""`check` on zips with the faults that people's zips have, and on what pages load: a sentence each, no traceback."""

import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorm_builder.__main__ import main
from scorm_builder.checking import archive
from tests.scorm_builder.foreign import (
    PAGE,
    cmi5,
    errors,
    packed,
    scorm12,
    with_damage,
    with_method,
    with_password,
    write_zip,
)

NFC, NFD = unicodedata.normalize("NFC", "κύκλος é.png"), unicodedata.normalize("NFD", "κύκλος é.png")


def test_faults_of_zips_are_told_in_sentences(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "imsmanifest.xml": scorm12(files=("index.html", "a.css")),
        "index.html": PAGE,
        "a.css": PAGE,
    }
    path = tmp_path / "p.zip"
    spoils: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: with_password(path, "index.html"), "index.html has a password: an LMS cannot open the package."),
        (lambda: with_password(path, "imsmanifest.xml"), "imsmanifest.xml has a password"),
        (lambda: with_method(path, "a.css", 9), "a.css is packed with Deflate64, which LMSs do not unpack"),
        (lambda: with_method(path, "imsmanifest.xml", 93), "imsmanifest.xml is packed with Zstandard"),
        (lambda: with_damage(path, "index.html"), "index.html is damaged in the zip"),
        (lambda: with_damage(path, "imsmanifest.xml"), "imsmanifest.xml is damaged in the zip"),
    )
    for spoil, said in spoils:
        write_zip(path, files)
        assert not errors(path)
        spoil()
        found = errors(path)
        assert any(said in error for error in found), (said, found)


def test_names_in_zips_that_servers_read_in_another_way_are_told(tmp_path: Path) -> None:
    both = scorm12(files=("index.html", "res/a.js", NFC.replace(" ", "%20")))
    cases: tuple[tuple[Mapping[str, bytes | str], str], ...] = (
        ({"imsmanifest.xml": both, "index.html": PAGE, "res\\a.js": b"", NFC: b""}, "res\\a.js has back slashes"),
        ({"imsmanifest.xml": both, "index.html": PAGE, "res/a.js": b"", NFC: b"", NFD: b""}, "servers mix them up"),
        (
            {"imsmanifest.xml": both, "index.html": PAGE, "res/a.js": b"", NFC: b"", "res/A.js": b""},
            "servers mix them up",
        ),
        ({"imsmanifest.xml": both, "index.html": PAGE, "../a.js": b""}, "../a.js lies outside of the package"),
        ({"imsmanifest.xml": both, "index.html": PAGE, "/etc/a.js": b""}, "/etc/a.js lies outside of the package"),
    )
    for files, said in cases:
        found = packed(tmp_path, files)
        assert any(said in error for error in found), (said, found)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"course/imsmanifest.xml": scorm12()}, "imsmanifest.xml lies in the folder `course`, not at the root"),
        ({"a/b/cmi5.xml": cmi5(), "a/b/index.html": PAGE}, "cmi5.xml lies in the folder `a/b`, not at the root"),
        ({"a\\imsmanifest.xml": scorm12()}, "imsmanifest.xml lies in the folder `a`, not at the root"),
        ({"IMSManifest.xml": scorm12()}, "IMSManifest.xml must be named imsmanifest.xml"),
        ({"real.zip": b""}, "There is a zip inside, real.zip"),
        ({"index.html": PAGE}, "There is neither imsmanifest.xml nor cmi5.xml at the root"),
        ({"imsmanifest.xml": b"<manifest>"}, "imsmanifest.xml is not readable XML"),
    ],
)
def test_a_description_that_is_not_where_it_should_be_is_found(
    tmp_path: Path, files: dict[str, bytes | str], said: str
) -> None:
    found = packed(tmp_path, files)
    assert any(said in error for error in found), found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no zip file"),
        (b"Rar!\x1a\x07", "a RAR archive and no zip file"),
        (b"\x1f\x8b\x08", "a gzip archive and no zip file"),
        (b"PK\x03\x04 and no more", "a zip file that is cut off or damaged"),
        (b"<manifest/>", "a manifest alone"),
        (b"<html/>", "no course structure of cmi5"),
        (b"<broken", "no readable XML"),
    ],
)
def test_what_is_no_package_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert said in result.output


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("imsmanifest.xml", scorm12())
        made.writestr("index.html", b"0" * (archive.BOMB_SIZE + 1))
    said = CliRunner().invoke(main, ["check", str(path)]).output
    assert "unpacks to 64 MB: no LMS should open it" in said
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    assert "holds 2 files" in CliRunner().invoke(main, ["check", str(path)]).output


# What is loaded from outside


@pytest.mark.parametrize(
    "page",
    [
        b'<link rel="canonical" href="https://school.example/">',
        b'<link rel="author" href="https://school.example/"><a href="https://school.example/">there</a>',
        b'<!-- <script src="https://cdn.example/a.js"></script> --><p>//not an address',
        b'<img src="a.png" srcset="a.png 1x, b.png 2x"><svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b"<style>@namespace url(http://www.w3.org/1999/xhtml); a { color: red } /* url(https://x.example) */</style>",
    ],
)
def test_addresses_that_load_nothing_raise_no_alarm(tmp_path: Path, page: bytes) -> None:
    assert not packed(tmp_path, {"imsmanifest.xml": scorm12(), "index.html": page})


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (b'<script src="//cdn.example/a.js"></script>', "//cdn.example/a.js"),
        (b"<script src=https://cdn.example/b.js></script>", "https://cdn.example/b.js"),
        (b"<style>@import '//fonts.example/a.css';</style>", "//fonts.example/a.css"),
        (b"<style>@import url(https://fonts.example/b.css) print;</style>", "https://fonts.example/b.css"),
        (b"<p style=\"background: url('//img.example/c.png')\">", "//img.example/c.png"),
        (b'<link rel="preload stylesheet" href="https://cdn.example/c.css">', "https://cdn.example/c.css"),
        (b'<img srcset="a.png 1x, https://img.example/d.png 2x">', "https://img.example/d.png"),
        (b'<video poster="//img.example/e.png"></video>', "//img.example/e.png"),
        (b'<object data="https://img.example/f.swf"></object>', "https://img.example/f.swf"),
        (b'<base href="https://school.example/">', "https://school.example/"),
    ],
)
def test_whatever_a_page_loads_from_outside_is_told(tmp_path: Path, page: bytes, address: str) -> None:
    found = packed(tmp_path, {"imsmanifest.xml": scorm12(), "index.html": page})
    assert found == [f"index.html loads {address} from outside the package."]


def test_styles_and_pictures_are_looked_through_as_well(tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">%s</svg>'
    files: dict[str, bytes | str] = {
        "imsmanifest.xml": scorm12(files=("index.html", "a.css", "b.svg")),
        "index.html": PAGE,
        "a.css": b'@import "https://fonts.example/a.css"; b { background: url(c.png) }',
        "b.svg": drawing % b'<image x:href="//img.example/c.png"/>',
    }
    assert packed(tmp_path, files) == [
        "a.css loads https://fonts.example/a.css from outside the package.",
        "b.svg loads //img.example/c.png from outside the package.",
    ]
