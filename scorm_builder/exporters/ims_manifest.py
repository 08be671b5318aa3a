"""The manifest that IMS packages share (IMS Content Packaging 1.1.2, as profiled by SCORM 1.2 CAM, section 2.3)."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from lxml import etree

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def element(
    parent: etree._Element, namespace: str, name: str, text: str | None = None, /, **attributes: str
) -> etree._Element:
    """A child in a namespace, with text and attributes without a namespace."""
    child = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    child.text = text
    return child


def manifest(
    identifier: str, version: str | None, namespaces: Mapping[str | None, str], locations: Mapping[str, str]
) -> etree._Element:
    """An empty manifest; `locations` says for each namespace the name of its schema."""
    space = namespaces[None]
    prefixes: Any = {**namespaces, "xsi": _XSI}  # the stubs want no None beside text
    root = etree.Element(f"{{{space}}}manifest", nsmap=prefixes)
    root.set("identifier", identifier)
    if version is not None:
        root.set("version", version)
    if locations:
        pairs = " ".join(f"{namespace} {schema}" for namespace, schema in locations.items())
        root.set(f"{{{_XSI}}}schemaLocation", pairs)
    return root


def add_files(resource: etree._Element, namespace: str, paths: Iterable[str]) -> None:
    """List every file of a resource, sorted, as addresses."""
    for path in sorted(paths):
        element(resource, namespace, "file", href=quote(path))


def serialised(root: etree._Element) -> bytes:
    """The manifest as it goes into the package."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
