"""Pictures are written anew: without the place, time and device that cameras note, and no larger than screens need.

Whatever else was hidden in the file does not survive that either.
"""

from io import BytesIO
from threading import Semaphore

from PIL import Image, ImageOps

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


def write_anew(content: bytes) -> tuple[bytes, Kind]:
    """The first frame of this picture as JPEG, or as PNG where it is see-through; raises PictureNotReadable."""
    with AT_ONCE:
        try:
            return _write(_read(content))
        except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError, Image.DecompressionBombError):
            raise PictureNotReadable("broken") from None


def _read(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise PictureNotReadable(f"{width} x {height}")
        opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # JPEG can be read in a smaller size at once
        see_through = opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info
        upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return upright.convert("RGBA" if see_through else "RGB")


def _write(picture: Image.Image) -> tuple[bytes, Kind]:
    picture.info.clear()  # comments and profiles would be written along
    written, kind = BytesIO(), PNG if picture.mode == "RGBA" else JPEG
    if kind is PNG:
        picture.save(written, "PNG")
    else:
        picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue(), kind
