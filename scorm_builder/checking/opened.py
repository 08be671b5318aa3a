"""A package as the rules see it: the names of all its files, what the readable ones hold, its XML documents."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

DESCRIPTIONS = ("imsmanifest.xml", "cmi5.xml")


@dataclass(frozen=True)
class Opened:
    """One package; `description` is the name of its manifest or cmi5.xml, which is among the `documents`."""

    description: str
    names: frozenset[str]
    texts: Mapping[str, bytes]
    documents: Mapping[str, Any]

    @property
    def root(self) -> Any:
        """The root element of the description."""
        return self.documents[self.description]

    @property
    def namespace(self) -> str:
        """The namespace of the description."""
        return str(etree.QName(self.root).namespace or "")


Rule = Callable[[Opened], Iterator[str]]
"""A rule gives a sentence for each fault that it finds."""
