"""Reads a zip that somebody else made: each fault has its sentence, and bounds keep zip bombs out (APPNOTE 6.3.10)."""

import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scorm_builder.errors import UnreadablePackage

MOST_FILES = 50_000
MOST_UNPACKED = 2 * 1024**3
"""Bytes of all files together."""
LARGEST_TEXT = 64 * 1024**2
"""Bytes of one file that is looked through."""
BOMB_RATIO, BOMB_SIZE = 200, 64 * 1024**2
"""A zip that unpacks to more than that many bytes, and to that many times its own, is none that an LMS should open."""
LOOKED_THROUGH = (".css", ".htm", ".html", ".svg", ".xhtml", ".xml")
_CHUNK = 1024**2
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES encryption"}
_OTHERS = {b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7-Zip archive", b"\x1f\x8b": "a gzip archive", b"%PDF": "a PDF"}
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1


@dataclass
class Archive:
    """What could be read: all names, with `/` between folders; what is looked through; what is wrong with the zip."""

    names: set[str] = field(default_factory=set)
    texts: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_archive(path: Path) -> Archive:
    """The files of a zip; raises UnreadablePackage where it is none, or unpacks to more than is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.filename.endswith(("/", "\\"))]
            _refuse_bombs(path, members)
            read = Archive()
            for member in members:
                _take(archive, member, read)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
        raise UnreadablePackage(f"{path} is {_what_it_is(path)}.") from problem
    read.faults[:0] = [*_faults_of_members(members), *_faults_of_names(read.names, members)]
    return read


def _refuse_bombs(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise UnreadablePackage(f"{path} holds {len(members)} files; {MOST_FILES} are looked at.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or unpacked > max(BOMB_SIZE, BOMB_RATIO * path.stat().st_size):
        size = f"{unpacked / 1024**2:,.0f} MB"
        raise UnreadablePackage(f"{path} unpacks to {size}: no LMS should open it, and it was not looked at.")


def _what_it_is(path: Path) -> str:
    with path.open("rb") as file:
        beginning = file.read(4)
    for mark, name in _OTHERS.items():
        if beginning.startswith(mark):
            return f"{name} and no zip file"
    return "a zip file that is cut off or damaged" if beginning.startswith(b"PK") else "no zip file"


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, read: Archive) -> None:
    """Note a file's name; read all of it, so that damage shows; keep what is looked through."""
    name = _name(member)
    read.names.add(name)
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _PLAIN:
        return
    wanted = name.lower().endswith(LOOKED_THROUGH)
    if wanted and member.file_size > LARGEST_TEXT:
        read.faults.append(f"{name} is larger than {LARGEST_TEXT // 1024**2} MB, and was not looked through.")
        wanted = False
    try:
        with archive.open(member) as file:
            kept = [chunk for chunk in iter(lambda: file.read(_CHUNK), b"") if wanted]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        read.faults.append(f"{name} is damaged in the zip and cannot be unpacked: pack it anew.")
        return
    if wanted:
        read.texts[name] = b"".join(kept)


def _name(member: zipfile.ZipInfo) -> str:
    """A file's name; one that is UTF-8 without saying so is read as what it is, as LMSs do."""
    name = member.filename.replace("\\", "/")
    if not member.flag_bits & _UTF8_NAMES and not name.isascii():
        try:
            return name.encode("cp437").decode()
        except UnicodeError:
            return name
    return name


def _faults_of_members(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    locked = [_name(member) for member in members if member.flag_bits & _ENCRYPTED]
    if locked:
        yield f"{_several(locked)} {_have(locked)} a password: an LMS cannot open the package."
    for method in sorted({member.compress_type for member in members} - _PLAIN):
        packed = [_name(member) for member in members if member.compress_type == method]
        how = _METHODS.get(method, f"method {method}")
        yield f"{_several(packed)} {_are(packed)} packed with {how}, which LMSs do not unpack: use plain Deflate."
    slashes = [member.filename for member in members if "\\" in member.filename]
    if slashes:
        yield f"{_several(slashes)} {_have(slashes)} back slashes for folders, which many LMSs take for names: use `/`."
    links = [_name(member) for member in members if stat.S_ISLNK(member.external_attr >> 16)]
    if links:
        yield f"{_several(links)} {_are(links)} no file but a link to one, which LMSs do not follow."


def _faults_of_names(names: set[str], members: list[zipfile.ZipInfo]) -> Iterator[str]:
    for name in sorted(names):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
            yield f"{name} lies outside of the package: no LMS may unpack it."
        elif _strange(name, members):
            yield f"{name} is not named in UTF-8: LMSs read other letters."
    for name, count in Counter(_name(member) for member in members).items():
        if count > 1:
            yield f"{name} is in the package {count} times."
    for alike in _alike(names):
        yield f"{' and '.join(alike)} differ in capitals or in how letters are put together alone: servers mix them up."


def _strange(name: str, members: list[zipfile.ZipInfo]) -> bool:
    return not name.isascii() and any(
        not member.flag_bits & _UTF8_NAMES and member.filename.replace("\\", "/") == name for member in members
    )


def _alike(names: Iterable[str]) -> Iterator[list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(unicodedata.normalize("NFC", name).casefold(), []).append(name)
    yield from (alike for alike in found.values() if len(alike) > 1)


def _several(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} other files"


def _have(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
