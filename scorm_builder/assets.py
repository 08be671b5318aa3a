"""A course's files under `assets/`: found however a text writes their names, refused where a package cannot hold them.

A name may be written as it is or percent-encoded (RFC 3986, 2.1), with accents in one piece or in two (Unicode NFC and
NFD); packages hold it in NFC.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from scorm_builder.course.model import Asset

FOLDER = "assets"
LONGEST_PATH = 200
"""Characters; with the folders that an LMS puts before it, Windows takes 260."""
_UNUSABLE = re.compile(r"""[\x00-\x1f\x7f<>:"\\|?*&'`]""")
"""What Windows cannot store, or Moodle takes out of names."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def find_asset(root: Path, written: str) -> Asset | None:
    """The file that a text names, with its path as packages have it; None where there is no such file."""
    for name in (unquote(written), written):
        parts = unicodedata.normalize("NFC", name).split("/")
        if parts[0] == FOLDER and not {"", ".", ".."} & set(parts) and (file := _file(root, parts)):
            return Asset("/".join(parts), file)
    return None


def _file(root: Path, parts: list[str]) -> Path | None:
    """Where a file lies, in whatever way its name and its folders put letters together."""
    try:
        file = root.joinpath(*parts)
        if not file.is_file():
            file = root
            for part in parts:
                file = next(one for one in file.iterdir() if unicodedata.normalize("NFC", one.name) == part)
        return file if file.is_file() else None
    except (StopIteration, OSError, ValueError):
        return None


def read_assets(root: Path) -> tuple[Asset, ...]:
    """All files of a course by path; of two that are named alike, the last."""
    found = {unicodedata.normalize("NFC", path): file for path, file in _files(root)}
    return tuple(Asset(path, file) for path, file in sorted(found.items()))


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Each file with its path below the course, in the paths' order."""
    found = ((path.relative_to(root).as_posix(), path) for path in (root / FOLDER).rglob("*") if path.is_file())
    yield from sorted(found)


def unusable(path: str) -> str:
    """Why packages cannot hold a file of this name, as a sentence; empty where they can."""
    for part in path.split("/"):
        if found := _UNUSABLE.search(part):
            shown = found[0] if found[0].isprintable() else f"the character {ord(found[0]):#04x}"
            return f"Its name holds {shown}, which some LMSs cannot store."
        if part != part.strip().rstrip("."):
            return "A name in it begins or ends with a space or a full stop, which some LMSs take away."
        if _RESERVED.match(part):
            return f"Windows keeps the name {part.partition('.')[0]} for itself."
    if len(path) > LONGEST_PATH:
        return f"Its path has {len(path)} characters; {LONGEST_PATH} can be used."
    return ""


def named_alike(root: Path) -> Iterator[tuple[str, str]]:
    """Pairs of files whose names differ in capitals or in how letters are put together alone."""
    seen: dict[str, str] = {}
    for path, _ in _files(root):
        other = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            yield other, path
