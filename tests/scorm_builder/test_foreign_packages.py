"""`check` on packages that others made: what is right is not refused, and each fault gets a sentence, no traceback."""

import unicodedata
from pathlib import Path

import pytest

from scorm_builder.checking import check_package
from tests.scorm_builder.foreign import LOM, PAGE, PREFIXED, SCORM2004, cmi5, errors, packed, scorm12, write_zip
from tests.scorm_builder.site import ROOT

SCHEMAS = ROOT.parent / "shared" / "schemas"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="not validated: no schemas beside the repository")
NFC, NFD = unicodedata.normalize("NFC", "κύκλος é.png"), unicodedata.normalize("NFD", "κύκλος é.png")


# Manifests


@pytest.mark.parametrize(
    ("manifest", "page"),
    [
        (scorm12(), "index.html"),
        (scorm12("index.html?lang=en&amp;x=1"), "index.html"),
        (scorm12("index.html#/start"), "index.html"),
        (scorm12("./res/../index.html?x#y"), "index.html"),
        (scorm12("res/my%20page.html", ("res/my%20page.html",)), "res/my page.html"),
        (scorm12("res/%CE%B1.html", ("res/α.html",)), "res/α.html"),
        (scorm12("index.html", base="content/"), "content/index.html"),
        (scorm12("index.html?a", resources="a%20b/", resource="./c/"), "a b/c/index.html"),
        (scorm12("index.html", base="x/", resources="../y/"), "y/index.html"),
        (b"\xef\xbb\xbf" + scorm12("index.html#?lang=en"), "index.html"),
        (scorm12().decode().replace("utf-8", "utf-16").encode("utf-16"), "index.html"),
        (scorm12("https://school.example/unit?x", ()), None),
        (scorm12("//school.example/unit", ()), None),
    ],
)
def test_a_start_page_is_found_however_it_is_named(tmp_path: Path, manifest: bytes, page: str | None) -> None:
    assert not packed(tmp_path, {"imsmanifest.xml": manifest, **({page: PAGE} if page else {})})


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (scorm12("start.html"), "The resource r does not list its own file start.html."),
        (scorm12("index.html", base="content/"), "content/index.html is listed, but it is not in the package."),
        (scorm12().replace(b'identifierref="r"', b'identifierref="q"'), "`q` is named by an item"),
        (
            scorm12().replace(b' href="index.html">', b">", 1).replace(b"<file", b'<file href="a"/><file'),
            "no start page",
        ),
    ],
)
def test_what_a_manifest_gets_wrong_is_said(tmp_path: Path, manifest: bytes, said: str) -> None:
    assert any(said in error for error in packed(tmp_path, {"imsmanifest.xml": manifest, "index.html": PAGE}))


@pytest.mark.parametrize(
    ("listed", "there", "said"),
    [
        (NFC, NFD, "letters put together in another way"),
        (NFD, NFC, "letters put together in another way"),
        ("Index.HTML", "index.html", "It has index.html: most servers tell capitals"),
        ("my page.html", "my%20page.html", "It has my%20page.html: the name in the zip is percent-encoded"),
        ("res\\index.html", "res/index.html", "It has res/index.html: write `/` between folders."),
        ("res\\a\\index.html", "res/a/index.html", "It has res/a/index.html: write `/` between folders."),
    ],
)
def test_a_name_that_is_nearly_right_is_told_what_is_there(tmp_path: Path, listed: str, there: str, said: str) -> None:
    written = listed.replace(" ", "%20")
    found = packed(tmp_path, {"imsmanifest.xml": scorm12(written, (written,)), there: PAGE})
    assert any(said in error for error in found), found


@needs_schemas
@pytest.mark.parametrize(
    "manifest",
    [scorm12(lom=LOM), scorm12(lom=PREFIXED), SCORM2004.encode()],
    ids=["Storyline-like", "iSpring-like", "2004"],
)
def test_metadata_inside_the_manifest_is_legal(tmp_path: Path, manifest: bytes) -> None:
    package = write_zip(tmp_path / "p.zip", {"imsmanifest.xml": manifest, "index.html": PAGE})
    assert not errors(package, SCHEMAS)


@needs_schemas
def test_metadata_is_validated_where_there_is_a_schema_and_else_not_called_wrong(tmp_path: Path) -> None:
    wrong = LOM.replace("<general>", "<generally>").replace("</general>", "</generally>")
    package = write_zip(tmp_path / "a.zip", {"imsmanifest.xml": scorm12(lom=wrong), "index.html": PAGE})
    assert any("generally" in error for error in errors(package, SCHEMAS))
    modern = write_zip(tmp_path / "b.zip", {"imsmanifest.xml": SCORM2004, "index.html": PAGE})
    said = [finding.text for finding in check_package(modern, SCHEMAS) if finding.verdict == "not validated"]
    assert any("its parts of http://ltsc.ieee.org/xsd/LOM" in text for text in said)


# Course structures


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"course": "c1"}, "`c1` is no IRI"),
        ({"au": "https://school.example/a b"}, "is no IRI"),
        ({"objective": "o", "idref": "o"}, "`o` is no IRI"),
        ({"block": "https://school.example/a"}, "The id `https://school.example/a` is there 2 times"),
        ({"block": "https://school.example/o"}, "The id `https://school.example/o` is there 2 times"),
        ({"idref": "https://school.example/p"}, "The objective `https://school.example/p` is referred to"),
        ({"url": "index.html?endpoint=https://lrs.example/"}, "says `endpoint=` itself"),
        ({"url": "index.html?a=1&amp;fetch="}, "says `fetch=` itself"),
        ({"url": "https://school.example/?activityId=x"}, "says `activityId=` itself"),
        ({"url": "my page.html"}, "has a space in it"),
        ({"url": "other.html"}, "other.html is launched, but it is not in the package."),
    ],
)
def test_what_the_schema_of_course_structures_cannot_say(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    assert not packed(tmp_path, {"cmi5.xml": cmi5(), "index.html": PAGE})
    assert any(said in error for error in packed(tmp_path, {"cmi5.xml": cmi5(**changed), "index.html": PAGE}))


def test_a_course_structure_by_itself_is_legal_where_its_units_are_on_the_web(tmp_path: Path) -> None:
    (tmp_path / "cmi5.xml").write_bytes(b"\xef\xbb\xbf" + cmi5(url="https://school.example/unit/"))
    assert not errors(tmp_path / "cmi5.xml")
    (tmp_path / "course.xml").write_bytes(cmi5())
    assert errors(tmp_path / "course.xml") == [
        "index.html is no full address: a course structure outside of a zip needs them (`https://…`)."
    ]
