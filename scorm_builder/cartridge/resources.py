"""A resource of a cartridge, and the tree of items that shows it (Common Cartridge 1.1, section 3.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Literal

WEB_FOLDER = "web_resources"
"""The one folder of a cartridge whose files Open edX's importer takes over as they are."""
_SAFE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/?)+")
Kind = Literal["webcontent", "quiz", "topic", "link", "lti"]


@dataclass(frozen=True)
class Resource:
    """One resource: its first file is what is opened; `needs` are the places of pictures that it shows."""

    id: str
    kind: Kind
    files: Mapping[str, bytes]
    needs: tuple[str, ...] = ()
    for_instructors: bool = False

    @property
    def path(self) -> str:
        """Its first file."""
        return next(iter(self.files))


@dataclass(frozen=True)
class Item:
    """A line of the course's outline: a heading with others beneath it, or a resource."""

    id: str
    title: str
    resource: Resource | None = None
    items: tuple["Item", ...] = field(default=())

    def resources(self) -> tuple[Resource, ...]:
        """All resources beneath, in order."""
        own = (self.resource,) if self.resource else ()
        return sum((item.resources() for item in self.items), own)


def place_of(asset: str) -> str:
    """Where a cartridge holds a file of the course, `assets/…`; letters that addresses must encode are left out.

    Moodle looks for a file by the very letters of its address, without decoding them.
    """
    path = PurePosixPath(asset).relative_to("assets")
    if _SAFE.fullmatch(path.as_posix()):
        return f"{WEB_FOLDER}/{path}"
    plain = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-")
    suffix = path.suffix if _SAFE.fullmatch(path.suffix[1:]) else ""
    return f"{WEB_FOLDER}/{plain[:40]}{'-' if plain else ''}{sha256(asset.encode()).hexdigest()[:8]}{suffix}"
