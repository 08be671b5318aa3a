"""What an LMS would refuse in a package: our own rules, and the official schemas where they are at hand."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

from scorm_builder.errors import UnreadablePackage
from scorm_builder.package_rules import broken_rules
from scorm_builder.schemas import complaints, knows

_DESCRIPTIONS = ("imsmanifest.xml", "cmi5.xml")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    verdict: Literal["ok", "error", "not validated"]
    text: str


def check_package(path: Path, schemas: Path | None) -> list[Finding]:
    """All findings on a zip; `schemas` is a folder of XSDs. Raises UnreadablePackage."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except zipfile.BadZipFile as problem:
        raise UnreadablePackage(f"{path} is no zip file.") from problem
    described = next((name for name in _DESCRIPTIONS if name in files), None)
    if described is None:
        return [Finding("error", f"There is neither {' nor '.join(_DESCRIPTIONS)} at the root of the package.")]
    roots, broken = _documents(files)
    if described not in roots:
        return broken
    errors = [*broken, *(Finding("error", text) for text in broken_rules(described, roots[described], files))]
    kept = Finding("ok", f"{described} and {len(files)} files keep our rules.")
    return [
        *(errors or [kept]),
        *(finding for name, root in roots.items() for finding in _validated(name, root, schemas)),
    ]


def _documents(files: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], list[Finding]]:
    """Every XML file of a package by name, and what is not readable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    roots, broken = {}, []
    for name in sorted(files, key=lambda name: (name not in _DESCRIPTIONS, name)):
        if name.endswith(".xml"):
            try:
                roots[name] = etree.fromstring(files[name], parser)
            except etree.XMLSyntaxError as problem:
                broken.append(Finding("error", f"{name} is not readable XML: {problem}."))
    return roots, broken


def _validated(name: str, root: etree._Element, schemas: Path | None) -> Iterator[Finding]:
    if schemas is None:
        yield Finding("not validated", f"{name}: no schemas (give their folder with --schemas).")
        return
    if not knows(schemas, root):
        namespace = etree.QName(root).namespace or "a document without a namespace"
        yield Finding("not validated", f"{name}: no schema for {namespace} in {schemas}.")
        return
    found = complaints(schemas, root)
    yield from (Finding("error", f"{name}: {text}") for text in found)
    if not found:
        yield Finding("ok", f"{name} is valid by the official schema.")
