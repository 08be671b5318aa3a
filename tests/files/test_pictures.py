"""Pictures are written anew: upright, without what the camera noted, and within bounds."""

import struct
import warnings
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lti_tool.files import pictures
from lti_tool.files.errors import PictureNotReadable
from lti_tool.files.kinds import JPEG, PNG
from lti_tool.files.pictures import write_anew
from tests.fixtures.uploads import PLACE, photograph, picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_photograph_loses_its_place_and_its_camera_and_stands_upright() -> None:
    taken = photograph()
    assert PLACE in taken
    assert b"Telephone" in taken
    written, kind = write_anew(taken)
    assert kind is JPEG
    assert PLACE not in written
    assert b"Exif" not in written
    assert b"Telephone" not in written
    kept = opened(written)
    assert kept.size == (80, 120), "turned as the camera was"
    red, _, blue = kept.convert("RGB").getpixel((40, 10))  # type: ignore[misc]
    assert red > 200, "what was left is on top"
    assert blue < 50
    assert not kept.getexif()


@pytest.mark.parametrize(("kind", "mode", "kept"), [
    ("PNG", "RGB", JPEG), ("PNG", "RGBA", PNG), ("PNG", "P", JPEG), ("PNG", "1", JPEG), ("PNG", "I;16", JPEG),
    ("GIF", "P", JPEG), ("WEBP", "RGB", JPEG), ("WEBP", "RGBA", PNG), ("JPEG", "CMYK", JPEG), ("JPEG", "L", JPEG),
])  # fmt: skip
def test_every_kind_of_picture_is_kept_as_jpeg_or_where_it_is_see_through_as_png(
    kind: str, mode: str, kept: object
) -> None:
    written = BytesIO()
    Image.new(mode, (30, 20)).save(written, kind)
    content, became = write_anew(written.getvalue())
    assert became is kept
    assert opened(content).size == (30, 20)


def test_a_picture_is_no_larger_than_a_screen_needs() -> None:
    written, _ = write_anew(picture("PNG", (6_000, 100)))
    assert opened(written).size == (pictures.LONGEST_EDGE, 50)


def test_what_was_hidden_behind_a_picture_is_gone() -> None:
    written, _ = write_anew(picture("GIF") + b"<script>alert(1)</script>")
    assert b"script" not in written


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6))
def test_a_photograph_is_kept_whatever_is_wrong_with_what_the_camera_noted(changes: list[tuple[int, int]]) -> None:
    taken = bytearray(photograph())
    begins = taken.index(b"Exif\0\0") + 6
    length = int.from_bytes(taken[begins - 8 : begins - 6]) - 8
    for place, value in changes:
        taken[begins + place % length] = value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PIL's, of notes that are wrong
        written, kind = write_anew(bytes(taken))
    assert kind is JPEG
    assert opened(written).size in {(80, 120), (120, 80)}
    assert PLACE not in written


CORNERS = ("top left", "top right", "bottom right", "bottom left")


@pytest.mark.parametrize("noted", range(1, 9))
def test_a_picture_stands_as_the_camera_was_held(noted: int) -> None:
    drawn = Image.new("RGB", (60, 40), "blue")
    drawn.paste("red", (0, 0, 30, 20))
    exif, taken = Image.Exif(), BytesIO()
    exif[0x0112] = noted
    drawn.save(taken, "PNG", exif=exif)
    kept = opened(write_anew(taken.getvalue())[0]).convert("RGB")
    assert kept.size == ((60, 40) if noted <= 4 else (40, 60))
    corner = CORNERS[(noted - 1) % 4]
    x, y = 0 if "left" in corner else kept.width - 1, 0 if "top" in corner else kept.height - 1
    red, _, blue = kept.getpixel((x, y))  # type: ignore[misc]
    assert red > blue, corner


def png_of_size(width: int, height: int) -> bytes:
    """A picture that says that it is this large, and has no line of it."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "content",
    [
        png_of_size(60_000, 60_000),
        png_of_size(2**31 - 1, 2**31 - 1),
        png_of_size(100, 100),
        picture("JPEG")[:200],
        picture("PNG")[:50],
        picture("GIF")[:20],
        picture("WEBP")[:40],
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_a_broken_or_enormous_picture_is_refused_before_it_takes_room(content: bytes) -> None:
    with pytest.raises(PictureNotReadable):
        write_anew(content)
