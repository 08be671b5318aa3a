"""What an LMS would refuse in a package: our own rules, and the official schemas where they are at hand."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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
    errors = [Finding("error", text) for text in _broken_rules(root, names)]
    return [*(errors or [Finding("ok", f"imsmanifest.xml and {len(names)} files keep our rules.")]), *_validated(root, schemas)]


def _broken_rules(root: etree._Element, names: list[str]) -> Iterator[str]:
    listed = {str(href) for href in root.xpath("//*[local-name()='file']/@href")}
    for resource in root.xpath("//*[local-name()='resource'][@href]"):
        start = resource.get("href").partition("?")[0]
        if start not in {file.get("href") for file in resource}:
            yield f"The resource {resource.get('identifier')} does not list its own file {start}."
    for name in sorted(listed - set(names)):
        yield f"{name} is listed, but it is not in the package."
    for name in sorted(set(names) - listed - {"imsmanifest.xml"}):
        if not name.endswith(".xsd"):
            yield f"{name} is in the package, but not listed."
    for name in names:
        if name.lower().endswith(_REFUSED):
            yield f"{name}: some LMSs refuse packages with such files."
    if _ADL in root.nsmap.values() and root.nsmap.get("adlcp") != _ADL:
        yield "The ADL namespace needs the prefix `adlcp`: some LMSs look for it literally."


def _validated(root: etree._Element, schemas: Path | None) -> list[Finding]:
    if schemas is None:
        return [Finding("not validated", "no schemas (give their folder with --schemas).")]
    namespace = etree.QName(root).namespace or ""
    if not knows(schemas, namespace):
        return [Finding("not validated", f"no schema for {namespace or 'a manifest without a namespace'} in {schemas}.")]
    found = complaints(schemas, namespace, root)
    return [Finding("error", text) for text in found] or [Finding("ok", "The manifest is valid by the official schema.")]
