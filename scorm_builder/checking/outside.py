"""What pages, styles and pictures of a package load from another host (HTML 4.6.7, CSS Cascade 4 section 2, SVG 2)."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from scorm_builder.checking.opened import Opened, Rule

_ADDRESSES = {
    "audio": ("src",),
    "body": ("background",),
    "base": ("href",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href", "{http://www.w3.org/1999/xlink}href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src", "href", "xlink:href"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href", "{http://www.w3.org/1999/xlink}href"),
    "video": ("src", "poster"),
}
_LOADING = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon", "mask-icon"}
"""What a `link` is for that a browser loads; `canonical`, `author` and others only say where something is."""
_OUTSIDE = re.compile(r"\s*(?:https?:)?//[^/\s]", re.IGNORECASE)
_IN_CSS = re.compile(
    r"""@namespace[^;]*;|@import\s+(["'])(?P<imported>[^"']*)\1|url\(\s*(["']?)(?P<url>[^"')]*)\3\s*\)""", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def _nothing_from_outside(package: Opened) -> Iterator[str]:
    """It would be missing offline, and refused in a secured frame."""
    for name, content in sorted(package.texts.items()):
        for address in dict.fromkeys(_loaded(name.lower(), content)):
            yield f"{name} loads {address.strip()} from outside the package."


def _loaded(name: str, content: bytes) -> Iterator[str]:
    if name.endswith(".css"):
        yield from _loaded_by_css(content.decode(errors="replace"))
    elif name.endswith((".html", ".htm", ".xhtml")):
        yield from _loaded_by_page(_page(content))
    elif name.endswith(".svg"):
        yield from _loaded_by_page(_picture(content))


def _page(content: bytes) -> Any:
    try:
        return html.document_fromstring(content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _picture(content: bytes) -> Any:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _loaded_by_page(root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element) if root is not None else ():
        tag = etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
        if tag != "link" or _LOADING & set(element.get("rel", "").lower().split()):
            for attribute in _ADDRESSES.get(tag, ()):
                yield from _outside(element.get(attribute, ""), several=attribute == "srcset")
        yield from _loaded_by_css(element.get("style", ""))
        if tag == "style":
            yield from _loaded_by_css(element.text or "")


def _loaded_by_css(text: str) -> Iterator[str]:
    for found in _IN_CSS.finditer(_COMMENT.sub("", text)):
        yield from _outside(found["imported"] or found["url"] or "")


def _outside(address: str, *, several: bool = False) -> Iterator[str]:
    parts = [part.split() for part in address.split(",")] if several else [[address]]
    yield from (words[0] for words in parts if words and _OUTSIDE.match(words[0]))


OUTSIDE_RULES: tuple[Rule, ...] = (_nothing_from_outside,)
