"""Pictures are written anew: without the place, time and device that cameras note, and no larger than screens need.

Whatever else was hidden in the file does not survive that either.
"""

from io import BytesIO
from threading import Semaphore

from PIL import ExifTags, Image

from lti_tool.files.errors import PictureNotReadable
from lti_tool.files.kinds import JPEG, PNG, Kind

MOST_PIXELS = 50_000_000
"""Of a picture as it comes. PIL holds four bytes for each."""
LONGEST_EDGE = 3_000
"""Pixels of a picture as it is kept."""
QUALITY = 85
AT_ONCE = Semaphore(2)
"""How many are held in memory by one process."""

Image.MAX_IMAGE_PIXELS = None  # it would only warn; the bound is checked here, before a pixel is read
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture stand upright, by what the camera noted (Exif 3.0, 4.6.5.1, Orientation)."""


def write_anew(content: bytes) -> tuple[bytes, Kind]:
    """The first frame of this picture as JPEG, or as PNG where it is see-through; raises PictureNotReadable."""
    with AT_ONCE:
        try:
            return _write(_read(content))
        except PictureNotReadable:
            raise
        except Exception as failure:  # the library has no errors of its own for what is broken
            raise PictureNotReadable(type(failure).__name__) from None


def _read(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise PictureNotReadable(f"{width} x {height}")
        opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # JPEG can be read in a smaller size at once
        see_through = opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info
        upright = _turn(opened)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return upright.convert("RGBA" if see_through else "RGB")


def _turn(picture: Image.Image) -> Image.Image:
    # Not by PIL's exif_transpose: it writes all notes anew, and fails where a camera or a program has them wrong.
    picture.load()
    try:
        turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # notes that cannot be read are none
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _write(picture: Image.Image) -> tuple[bytes, Kind]:
    picture.info.clear()  # comments and profiles would be written along
    written, kind = BytesIO(), PNG if picture.mode == "RGBA" else JPEG
    if kind is PNG:
        picture.save(written, "PNG")
    else:
        picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue(), kind
