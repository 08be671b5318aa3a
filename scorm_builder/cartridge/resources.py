"""A resource of a cartridge, and the tree of items that shows it (Common Cartridge 1.1, section 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["webcontent", "quiz", "topic", "link", "lti"]


@dataclass(frozen=True)
class Resource:
    """One resource: its first file is what is opened; `needs` are paths of other resources' files."""

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
