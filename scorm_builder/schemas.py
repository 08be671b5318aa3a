"""Validation against the official XSDs, from a folder that the user has; nothing is fetched (XML Schema 1.0)."""

from pathlib import Path
from typing import Any

from lxml import etree

_MASTERS = {"http://www.imsproject.org/xsd/imscp_rootv1p1p2": ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd")}
_XSD = "http://www.w3.org/2001/XMLSchema"


def knows(folder: Path, namespace: str) -> bool:
    """Whether the folder, or one just below it, holds the schemas of a namespace."""
    return _home(folder, namespace) is not None


def complaints(folder: Path, namespace: str, root: etree._Element) -> list[str]:
    """What the schemas say against a manifest, each with its line."""
    home = _home(folder, namespace)
    if home is None:
        return []
    schema = etree.XMLSchema(_driver(home, _MASTERS[namespace]))
    schema.validate(root)
    found: Any = schema.error_log  # the stubs do not know that it is a list
    return [f"line {error.line}: {error.message}" for error in found]


def _home(folder: Path, namespace: str) -> Path | None:
    names = _MASTERS.get(namespace)
    if names is None:
        return None
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    return next((place for place in places if all((place / name).is_file() for name in names)), None)


def _driver(home: Path, names: tuple[str, ...]) -> etree._ElementTree:
    """A schema that imports the others, so that elements of all of them are checked in one go."""
    root = etree.Element(f"{{{_XSD}}}schema", nsmap={"xsd": _XSD})
    for name in names:
        space = etree.parse(home / name).getroot().get("targetNamespace")
        etree.SubElement(root, f"{{{_XSD}}}import", namespace=str(space), schemaLocation=(home / name).as_uri())
    return etree.ElementTree(root)
