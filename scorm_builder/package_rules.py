"""Our own rules for packages, ours and others': what LMSs refuse or lose, whatever the schemas say."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from lxml import etree

_ADL = {
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scormtype",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "scormType",
}
_REFUSED = (".php", ".py", ".zip", ".exe")
_MOODLE_LOOKS = 1024  # bytes in which Moodle looks for a cartridge's namespace
Files = Mapping[str, bytes]
Rule = Callable[[Any, Files], Iterator[str]]  # the root of the description, and all files


def broken_rules(description: str, root: etree._Element, files: Files) -> list[str]:
    """A sentence for each rule that a package breaks; `description` is the name of its manifest or cmi5.xml."""
    rules = _FOR_MANIFESTS if description == "imsmanifest.xml" else _FOR_CMI5
    return [text for rule in (*rules, *_FOR_ALL) for text in rule(root, files)]


def _start_pages_listed(root: etree._Element, _files: Files) -> Iterator[str]:
    for resource in root.iter("{*}resource"):
        start = resource.get("href", "").partition("?")[0]
        if start and "://" not in start and unquote(start) not in _hrefs(resource):
            yield f"The resource {resource.get('identifier')} does not list its own file {start}."


def _files_match(root: etree._Element, files: Files) -> Iterator[str]:
    listed = _hrefs(root)
    for name in sorted(listed - set(files)):
        yield f"{name} is listed, but it is not in the package."
    for name in sorted(set(files) - listed - {"imsmanifest.xml"}):
        if not name.endswith((".xsd", ".dtd")):
            yield f"{name} is in the package, but not listed."


def _literal_prefix(root: etree._Element, _files: Files) -> Iterator[str]:
    for namespace in _ADL:
        if namespace in root.nsmap.values() and root.nsmap.get("adlcp") != namespace:
            yield "The ADL namespace needs the prefix `adlcp`: some LMSs look for it literally."


def _something_to_launch(root: etree._Element, _files: Files) -> Iterator[str]:
    """A SCORM package has a SCO that an item launches."""
    for namespace, attribute in _ADL.items():
        if namespace not in root.nsmap.values():
            continue
        scos = {one.get("identifier") for one in root.iter("{*}resource") if _kind(one, namespace, attribute) == "sco"}
        if not scos & {item.get("identifierref") for item in root.iter("{*}item")}:
            yield "No item launches a SCO: an LMS would track nothing."


def _kind(resource: etree._Element, namespace: str, attribute: str) -> str:
    return str(resource.get(f"{{{namespace}}}{attribute}", "")).lower()


def _found_by_moodle(root: etree._Element, files: Files) -> Iterator[str]:
    namespace = etree.QName(root).namespace or ""
    if "imsccv1p1" in namespace and b"imsccv1p1" not in files["imsmanifest.xml"][:_MOODLE_LOOKS]:
        yield f"The cartridge's namespace must stand in the first {_MOODLE_LOOKS} bytes, or Moodle takes it for none."


def _units_there(root: etree._Element, files: Files) -> Iterator[str]:
    """Every assignable unit's page is in the package, unless it is somewhere on the web."""
    for url in root.iter("{*}url"):
        page = unquote((url.text or "").strip().partition("?")[0].partition("#")[0])
        if "://" not in page and page not in files:
            yield f"{page} is launched, but it is not in the package."


def _no_refused_files(_root: etree._Element, files: Files) -> Iterator[str]:
    for name in sorted(files):
        if name.lower().endswith(_REFUSED):
            yield f"{name}: some LMSs refuse packages with such files."


def _nothing_from_outside(_root: etree._Element, files: Files) -> Iterator[str]:
    """Pages load nothing from another host: it would be missing offline, and refused in a secured frame."""
    loads = re.compile(
        rb"""<(?:script|img|iframe|link|audio|video|source)\b[^>]*?\b(?:src|href)=["'](https?:[^"']+)""", re.IGNORECASE
    )
    for name in sorted(files):
        if name.lower().endswith((".html", ".htm")):
            for address in loads.findall(files[name]):
                yield f"{name} loads {address.decode(errors='replace')} from outside the package."


def _hrefs(above: etree._Element) -> set[str]:
    return {unquote(file.get("href", "")) for file in above.iter("{*}file")}


_FOR_MANIFESTS: tuple[Rule, ...] = (
    _start_pages_listed,
    _files_match,
    _literal_prefix,
    _something_to_launch,
    _found_by_moodle,
)
_FOR_CMI5: tuple[Rule, ...] = (_units_there,)
_FOR_ALL: tuple[Rule, ...] = (_no_refused_files, _nothing_from_outside)
