"""The file of a backup: a ZIP of parts and, behind them, a list of what they must be (`manifest.json`)."""

import hashlib
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from lti_tool.database import now
from lti_tool.operations.errors import BackupUnreadable, NotDone

FORMAT = 1
"""Raised where an older program could not restore the file rightly."""
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 1024 * 1024
PIECE = 1024 * 1024
LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one row; the largest that the tool itself writes is far below."""
OURS_ALONE = 0o600


@dataclass(frozen=True)
class Part:
    """A piece of a backup that is read in one go, before the next one is asked for."""

    name: str
    """Its path in the file, such as `tables/launch.jsonl`."""
    chunks: Iterable[bytes]
    """For tables a row each."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What its source wants to know of it when it is restored."""
    packed: bool = True
    """Whether packing it makes it smaller."""


class Source(Protocol):
    """One kind of data that an installation holds: the tables of its database, the files that people added."""

    def parts(self) -> Iterator[Part]:
        """All of it."""

    def check(self, backup: "Backup") -> None:
        """Raise NotDone where this backup cannot be restored here; changes nothing."""

    def restore(self, backup: "Backup") -> None:
        """Take its parts back; all of them or none."""


class ListedPart(BaseModel):
    """What a part must be."""

    name: str
    count: int
    """Its chunks; for tables the rows."""
    sha256: str
    facts: dict[str, Any] = {}


class Manifest(BaseModel):
    """What a backup is and holds."""

    format: int
    program: str
    """The version of Partnerwise that wrote it."""
    made_at: datetime
    parts: list[ListedPart]


class Backup:
    """A backup that was opened; what is read of it is what its manifest says, or BackupUnreadable is raised."""

    def __init__(self, file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.file, self.manifest = file, manifest
        self._archive = archive

    def parts(self, folder: str) -> list[ListedPart]:
        """Those of one folder, in the order in which they were written."""
        return [part for part in self.manifest.parts if part.name.startswith(f"{folder}/")]

    def check(self) -> None:
        """Read everything once; raises BackupUnreadable where something is not as it was written."""
        for part in self.manifest.parts:
            summed = hashlib.sha256()
            with self._reading(part) as stream:
                while piece := stream.read(PIECE):
                    summed.update(piece)
            if summed.hexdigest() != part.sha256:
                raise self.damaged(part.name)

    def lines(self, part: ListedPart) -> Iterator[bytes]:
        """The lines of a part, each with its end."""
        with self._reading(part) as stream:
            while line := stream.readline(LONGEST_LINE):
                yield line

    def damaged(self, name: str) -> BackupUnreadable:
        """The refusal that names a part."""
        return BackupUnreadable(f"{self.file} is damaged: {name} is not as it was written. Nothing was restored.")

    @contextmanager
    def _reading(self, part: ListedPart) -> Iterator[Any]:
        try:
            with self._archive.open(part.name) as stream:
                yield stream
        except (KeyError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
            raise self.damaged(part.name) from None


def write_backup(file: Path, sources: Iterable[Source]) -> Manifest:
    """Write everything that the sources hold; the file is there whole, for its owner alone, or not at all.

    Raises NotDone where there is such a file already.
    """
    if file.exists():
        raise NotDone(f"{file} is there already and stays as it is. Give the backup another name.")
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, OURS_ALONE), "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _write(archive, sources)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


@contextmanager
def opened_backup(file: Path) -> Iterator[Backup]:
    """The backup in this file, its list read and nothing else; raises BackupUnreadable."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise BackupUnreadable(f"{file} is no backup of Partnerwise, or its end is missing.") from None
    with archive:
        yield Backup(file, archive, _manifest(file, archive))


def _write(archive: zipfile.ZipFile, sources: Iterable[Source]) -> Manifest:
    listed = [_write_part(archive, part) for source in sources for part in source.parts()]
    manifest = Manifest(format=FORMAT, program=version("partnerwise"), made_at=now(), parts=listed)
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def _write_part(archive: zipfile.ZipFile, part: Part) -> ListedPart:
    summed, count = hashlib.sha256(), 0
    listed = zipfile.ZipInfo(part.name, now().timetuple()[:6])
    listed.compress_type = zipfile.ZIP_DEFLATED if part.packed else zipfile.ZIP_STORED
    with archive.open(listed, "w", force_zip64=True) as stream:
        for chunk in part.chunks:
            stream.write(chunk)
            summed.update(chunk)
            count += 1
    return ListedPart(name=part.name, count=count, sha256=summed.hexdigest(), facts=part.facts)


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError("too large")
        told = json.loads(archive.read(MANIFEST))
        found = told["format"]
        if isinstance(found, int) and found > FORMAT:
            raise BackupUnreadable(
                f"{file} was made by a newer Partnerwise ({told.get('program')}). Install that one, then restore."
            )
        return Manifest.model_validate(told)
    except (KeyError, TypeError, ValueError, RecursionError, zipfile.BadZipFile, zlib.error, ValidationError):
        raise BackupUnreadable(f"{file} is no backup of Partnerwise, or its list of contents is damaged.") from None
