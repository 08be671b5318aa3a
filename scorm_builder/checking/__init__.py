"""What an LMS would refuse or lose in a package: our own rules, and the official schemas where they are at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from scorm_builder.checking.archive import LARGEST_TEXT, Archive, read_archive
from scorm_builder.checking.cartridge_rules import CARTRIDGE_RULES, is_cartridge
from scorm_builder.checking.cmi5_rules import CMI5_RULES
from scorm_builder.checking.manifest_rules import MANIFEST_RULES
from scorm_builder.checking.opened import DESCRIPTIONS, Opened, Rule
from scorm_builder.checking.outside import OUTSIDE_RULES
from scorm_builder.checking.schemas import validate
from scorm_builder.errors import UnreadablePackage

_REFUSED = (".php", ".py", ".zip", ".exe")
_RULES = {"imsmanifest.xml": MANIFEST_RULES, "cmi5.xml": CMI5_RULES}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    verdict: Literal["ok", "error", "not validated"]
    text: str


def check_package(path: Path, schemas: Path | None) -> list[Finding]:
    """All findings on a zip, or on a course structure by itself; `schemas` is a folder of XSDs.

    Raises UnreadablePackage.
    """
    archive = _read_alone(path) if _is_xml(path) else read_archive(path)
    documents, broken = _documents(archive.texts)
    faults = [*archive.faults, *broken]
    described = next((name for name in DESCRIPTIONS if name in archive.names), None)
    if described is None:
        faults.append(_where_it_is(archive.names))
    elif described in documents:
        package = Opened(described, frozenset(archive.names), archive.texts, documents)
        faults += [text for rule in _rules(package) for text in rule(package)]
    elif not faults:
        faults.append(f"{described} could not be read.")
    errors = [Finding("error", text) for text in faults]
    kept = Finding("ok", f"{described} and {len(archive.names)} files keep our rules.")
    return [
        *(errors or [kept]),
        *(finding for name, root in documents.items() for finding in _validated(name, root, schemas)),
    ]


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _read_alone(path: Path) -> Archive:
    """A course structure is complete by itself where its units are on the web (cmi5 Quartz, 14.2)."""
    if path.stat().st_size > LARGEST_TEXT:
        raise UnreadablePackage(f"{path} is too large to be looked at.")
    content = path.read_bytes()
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as problem:
        raise UnreadablePackage(f"{path} is no zip file and no readable XML: {problem}.") from problem
    name = etree.QName(root).localname
    if name == "manifest":
        raise UnreadablePackage(f"{path} is a manifest alone: the package is the zip with the files that it lists.")
    if name != "courseStructure":
        raise UnreadablePackage(f"{path} is no zip file and no course structure of cmi5.")
    return Archive({"cmi5.xml"}, {"cmi5.xml": content})


def _documents(texts: Mapping[str, bytes]) -> tuple[dict[str, Any], list[str]]:
    """Every XML file of a package by name, the description first, and what is not readable."""
    roots, broken = {}, []
    for name in sorted(texts, key=lambda name: (name not in DESCRIPTIONS, name)):
        if name.lower().endswith(".xml"):
            try:
                roots[name] = etree.fromstring(texts[name], _parser())
            except (etree.XMLSyntaxError, ValueError) as problem:
                broken.append(f"{name} is not readable XML: {problem}.")
    return roots, broken


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _where_it_is(names: set[str]) -> str:
    """There is no description at the root; it may lie deeper, or be named otherwise."""
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        folder, _, last = name.rpartition("/")
        if last in DESCRIPTIONS and folder:
            return (
                f"{last} lies in the folder `{folder}`, not at the root: pack what is in that folder, not the folder."
            )
        if last.lower() in DESCRIPTIONS and not folder:
            return f"{last} must be named {last.lower()}, in small letters."
    inner = next((name for name in sorted(names) if name.lower().endswith(".zip")), None)
    hint = f" There is a zip inside, {inner}: perhaps that one is the package." if inner else ""
    return f"There is neither {' nor '.join(DESCRIPTIONS)} at the root of the package.{hint}"


def _rules(package: Opened) -> tuple[Rule, ...]:
    own = _RULES[package.description]
    return (*own, *(CARTRIDGE_RULES if is_cartridge(package) else ()), _no_refused_files, *OUTSIDE_RULES)


def _no_refused_files(package: Opened) -> Iterator[str]:
    for name in sorted(package.names):
        if name.lower().endswith(_REFUSED):
            yield f"{name}: some LMSs refuse packages with such files."


def _validated(name: str, root: Any, schemas: Path | None) -> Iterator[Finding]:
    if schemas is None:
        yield Finding("not validated", f"{name}: no schemas (give their folder with --schemas).")
        return
    result = validate(schemas, root)
    if result is None:
        namespace = etree.QName(root).namespace or "a document without a namespace"
        yield Finding("not validated", f"{name}: no schema for {namespace} in {schemas}.")
        return
    yield from (Finding("error", f"{name}: {text}") for text in result.complaints)
    for namespace in result.unknown:
        yield Finding("not validated", f"{name}: its parts of {namespace}, for which {schemas} has no schema.")
    if not result.complaints:
        yield Finding("ok", f"{name} is valid by the official schema.")
