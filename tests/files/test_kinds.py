"""What a file is, by its contents; and what it is called."""

import pytest

from lti_tool.files import kinds
from lti_tool.files.kinds import PDF, clean_name, kind_of
from tests.fixtures.uploads import A_PDF, packed, picture

TYPES = b"<Types/>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), kinds.JPEG),
        (picture("PNG"), kinds.PNG),
        (picture("GIF"), kinds.GIF),
        (picture("WEBP"), kinds.WEBP),
        (A_PDF, kinds.PDF),
        (b"ID3\x04" + b"\0" * 20, kinds.MP3),
        (b"\xff\xfb\x90\x44" + b"\0" * 20, kinds.MP3),
        (b"OggS" + b"\0" * 20, kinds.OGG),
        (b"RIFF\x24\0\0\0WAVEfmt ", kinds.WAV),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", kinds.M4A),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 20, kinds.WEBM),
        (packed(**{"[Content_Types]_xml": TYPES, "word__document_xml": b"<w/>"}), kinds.DOCX),
        (packed(**{"[Content_Types]_xml": TYPES, "xl__workbook_xml": b"<w/>"}), kinds.XLSX),
        (packed(**{"[Content_Types]_xml": TYPES, "ppt__presentation_xml": b"<w/>"}), kinds.PPTX),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>"), kinds.ODT),
    ],
)
def test_contents_say_what_they_are(content: bytes, kind: kinds.Kind) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\0\x03\0\0\0",
        b"plain text",
        b"\0" * 100,
        b" %PDF-1.7",
        b"xxxxxxxxWEBP",
        b"RIFF\0\0\0\0AVI ",
        b"\0\0\0\x20ftypavif",
        packed(readme=b"only a zip"),
        b"PK\x03\x04 broken",
        packed(**{"[Content_Types]_xml": TYPES, "word__document_xml": b"<w/>", "word__vbaProject_bin": b"macros"}),
        packed(mimetype=b"application/java-archive"),
        packed(mimetype=b"x" * 5_000),
        packed(**{f"part{number}": b"" for number in range(kinds.MOST_PARTS + 1)}),
    ],
)
def test_whatever_else_there_is_is_of_no_kind(content: bytes) -> None:
    assert kind_of(content) is None


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("note.pdf", "note.pdf"),
        ("picture.exe", "picture.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\alice\\Plan B.docx", "Plan B.pdf"),
        ("x\r\nSet-Cookie: a=b.pdf", "x Set-Cookie a=b.pdf"),
        ("invoice\u202egpj.pdf", "invoice gpj.pdf"),
        ("Σχέδιο.pdf", "Σχέδιο.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("....", "file.pdf"),
        ('"><script>', "script.pdf"),
        ("long" * 100 + ".pdf", ("long" * 25) + ".pdf"),
        ("\0\0", "file.pdf"),
    ],
)
def test_a_name_is_one_line_without_folders_and_ends_as_the_contents_say(given: str, name: str) -> None:
    assert clean_name(given, PDF) == name
