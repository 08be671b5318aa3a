"""The size of a picture, so that a page does not jump while it loads (SVG 2, section 8; PNG, section 11.2.2)."""

import struct
from pathlib import Path

from lxml import etree


def size_of(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels, or None where the file does not say."""
    kind = file.suffix.lower()
    if kind == ".svg":
        return _size_of_svg(file)
    if kind == ".png":
        with file.open("rb") as opened:
            header = opened.read(24)
        return struct.unpack(">II", header[16:]) if len(header) == 24 else None
    return None


def _size_of_svg(file: Path) -> tuple[int, int] | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
        box = [float(number) for number in root.get("viewBox", "").replace(",", " ").split()]
    except (etree.XMLSyntaxError, ValueError):
        return None
    return (round(box[2]), round(box[3])) if len(box) == 4 else None
