"""Files to a zip or a folder: the same files give the same bytes, on any day and machine (APPNOTE 6.3, 4.4.6)."""

import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_FIRST = {"imsmanifest.xml", "cmi5.xml"}
_TEXT = {".css", ".html", ".js", ".json", ".svg", ".xml"}


@dataclass(frozen=True)
class Package:
    """What an exporter made: a zip where `zip_name` is given, else files that lie in the output folder itself."""

    files: Mapping[str, bytes]
    zip_name: str | None = None


@dataclass(frozen=True)
class Written:
    """One thing that was written: where, and how large in bytes."""

    path: Path
    size: int
    files: int


def write(package: Package, folder: Path) -> Written:
    """Write a package into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    if package.zip_name is None:
        return _write_folder(package.files, folder)
    path = folder / package.zip_name
    content = zip_bytes(package.files)
    _replace(path, content)
    return Written(path, len(content), len(package.files))


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip with the manifest first and the rest sorted; no clock, owner or system goes into it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files, key=lambda name: (name not in _FIRST, name)):
            entry = zipfile.ZipInfo(path, _BEGINNING)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            compressed = Path(path).suffix in _TEXT
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(entry, files[path], compresslevel=9)
    return buffer.getvalue()


def _write_folder(files: Mapping[str, bytes], folder: Path) -> Written:
    """Write files that differ; take away what an earlier build of ours left, and nothing else."""
    built_before = (folder / "bundle.json").is_file()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != content:
            _replace(target, content)
    for owned in {Path(path).parts[0] for path in files if "/" in path} if built_before else ():
        for old in (folder / owned).rglob("*"):
            # A Mac's disk gives names back with letters put together in another way.
            if old.is_file() and unicodedata.normalize("NFC", old.relative_to(folder).as_posix()) not in files:
                old.unlink()
    return Written(folder, sum(map(len, files.values())), len(files))


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
