"""What an LMS would refuse in a package: our own rules, and the official schemas where they are at hand."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from lxml import etree

from scorm_builder.errors import UnreadablePackage
from scorm_builder.schemas import complaints, knows

_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_REFUSED = (".php", ".py", ".zip", ".exe")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    verdict: Literal["ok", "error", "not validated"]
    text: str


def check_package(path: Path, schemas: Path | None) -> list[Finding]:
    """All findings on a zip; `schemas` is a folder of XSDs. Raises UnreadablePackage."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            text = archive.read("imsmanifest.xml") if "imsmanifest.xml" in names else None
    except zipfile.BadZipFile as problem:
        raise UnreadablePackage(f"{path} is no zip file.") from problem
    if text is None:
        return [Finding("error", "There is no imsmanifest.xml at the root of the package.")]
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as problem:
        return [Finding("error", f"imsmanifest.xml is not readable XML: {problem}.")]
    kept = Finding("ok", f"imsmanifest.xml and {len(names)} files keep our rules.")
    errors = [Finding("error", text) for rule in _RULES for text in rule(root, set(names))]
    return [*(errors or [kept]), *_validated(root, schemas)]


def _start_pages_listed(root: etree._Element, _names: set[str]) -> Iterator[str]:
    for resource in root.iter("{*}resource"):
        start = resource.get("href", "").partition("?")[0]
        if start and start not in _hrefs(resource):
            yield f"The resource {resource.get('identifier')} does not list its own file {start}."


def _files_match(root: etree._Element, names: set[str]) -> Iterator[str]:
    listed = _hrefs(root)
    for name in sorted(listed - names):
        yield f"{name} is listed, but it is not in the package."
    for name in sorted(names - listed - {"imsmanifest.xml"}):
        if not name.endswith(".xsd"):
            yield f"{name} is in the package, but not listed."


def _no_refused_files(_root: etree._Element, names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        if name.lower().endswith(_REFUSED):
            yield f"{name}: some LMSs refuse packages with such files."


def _literal_prefix(root: etree._Element, _names: set[str]) -> Iterator[str]:
    if _ADL in root.nsmap.values() and root.nsmap.get("adlcp") != _ADL:
        yield "The ADL namespace needs the prefix `adlcp`: some LMSs look for it literally."


def _hrefs(above: etree._Element) -> set[str]:
    return {unquote(file.get("href", "")) for file in above.iter("{*}file")}


_RULES = (_start_pages_listed, _files_match, _no_refused_files, _literal_prefix)


def _validated(root: etree._Element, schemas: Path | None) -> list[Finding]:
    if schemas is None:
        return [Finding("not validated", "no schemas (give their folder with --schemas).")]
    namespace = etree.QName(root).namespace or ""
    if not knows(schemas, namespace):
        return [
            Finding("not validated", f"no schema for {namespace or 'a manifest without a namespace'} in {schemas}.")
        ]
    found = complaints(schemas, namespace, root)
    return [Finding("error", text) for text in found] or [
        Finding("ok", "The manifest is valid by the official schema.")
    ]
