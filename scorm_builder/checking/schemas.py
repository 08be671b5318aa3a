"""Validation against the official XSDs and the Schematron rules inside them, from a folder that the user has.

Nothing is fetched: imports are resolved among the folder's own files (XML Schema 1.0; ISO Schematron).
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.isoschematron import Schematron

_CC11, _CC13 = "http://www.imsglobal.org/xsd/imsccv1p1", "http://www.imsglobal.org/xsd/imsccv1p3"
_MASTERS = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    "http://www.imsglobal.org/xsd/imscp_v1p1": ("imscp_v1p1.xsd", "adlcp_v1p3.xsd", "imsss_v1p0.xsd"),
    f"{_CC11}/imscp_v1p1": ("ccv1p1_imscp_v1p2_v1p0.xsd",),
    f"{_CC11}/imsdt_v1p1": ("ccv1p1_imsdt_v1p1.xsd",),
    f"{_CC11}/imswl_v1p1": ("ccv1p1_imswl_v1p1.xsd",),
    f"{_CC13}/imscp_v1p1": ("ccv1p3_imscp_v1p2_v1p0.xsd",),
    f"{_CC13}/imsdt_v1p3": ("ccv1p3_imsdt_v1p3.xsd",),
    f"{_CC13}/imswl_v1p3": ("ccv1p3_imswl_v1p3.xsd",),
    "http://www.imsglobal.org/xsd/ims_qtiasiv1p2": ("ccv1p1_qtiasiv1p2p1_v1p0.xsd",),
    "http://www.imsglobal.org/xsd/imslticc_v1p0": ("imslticc_v1p0p1.xsd",),
    "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd": ("CourseStructure.xsd",),
}
_BESIDE = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": ("imsmd_rootv1p2p1.xsd", "imsmd_v1p2p2.xsd"),
    "http://www.imsglobal.org/xsd/imscp_v1p1": ("lom.xsd", "adlseq_v1p3.xsd", "adlnav_v1p3.xsd"),
}
"""Schemas of what manifests may hold within, used where the folder has them."""
_EDITED = {"imsmd_rootv1p2p1.xsd": (b'namespace="##any"', b'namespace="##other"')}
"""What no parser takes as it is published; it is read in another way, and the file stays as it is."""
_TARGET = re.compile(rb"""\stargetNamespace\s*=\s*["']([^"']*)["']""")
_XSD = "http://www.w3.org/2001/XMLSchema"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass(frozen=True)
class Validation:
    """What schemas and their rules say, with lines where there are some, and namespaces that have no schema here."""

    complaints: list[str]
    unknown: list[str]


def validate(folder: Path, root: etree._Element) -> Validation | None:
    """Look through a document; None where neither the folder nor one just below it holds its schemas."""
    home = _home(folder, root)
    if home is None:
        return None
    beside = (name for name in _BESIDE.get(_namespace(root), ()) if (home / name).is_file())
    names = (*_MASTERS[_namespace(root)], *beside)
    schema, namespaces = _schema(home, names)
    known, unknown = _without_unknown(root, namespaces)
    schema.validate(known)
    found: Any = schema.error_log  # the stubs do not know that it is a list
    said = [f"line {error.line}: {error.message}" for error in found]
    return Validation(said + [text for rules in _rules(home, names) for text in _broken(rules, known)], unknown)


def _without_unknown(root: etree._Element, namespaces: frozenset[str]) -> tuple[etree._Element, list[str]]:
    """A document without the parts that no schema describes, and their namespaces; metadata, most of the time."""
    kept = deepcopy(root)
    unknown: dict[str, None] = {}
    for one in list(kept.iter(etree.Element)):
        above = one.getparent()
        if above is not None and _namespace(one) not in namespaces:
            unknown[_namespace(one) or "no namespace"] = None
            above.remove(one)
    return kept, list(unknown)


def _namespace(root: etree._Element) -> str:
    return str(etree.QName(root).namespace or "")


def _home(folder: Path, root: etree._Element) -> Path | None:
    """The folder of a document's schemas; of two SCORM 2004 editions the one that the manifest names."""
    names = _MASTERS.get(_namespace(root))
    if names is None:
        return None
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    having = [place for place in places if all((place / name).is_file() for name in names)]
    edition = (root.findtext("{*}metadata/{*}schemaversion") or "").replace("2004", "").strip()[:3]
    having.sort(key=lambda place: edition not in place.name)
    return having[0] if having else None


@cache
def _schema(home: Path, names: tuple[str, ...]) -> tuple[etree.XMLSchema, frozenset[str]]:
    """A schema that imports the others, so that elements of all are checked in one go; and their namespaces."""
    root = etree.Element(f"{{{_XSD}}}schema", nsmap={"xsd": _XSD})
    for name in names:
        space = etree.parse(home / name).getroot().get("targetNamespace")
        etree.SubElement(root, f"{{{_XSD}}}import", namespace=str(space), schemaLocation=(home / name).as_uri())
    parser = etree.XMLParser(no_network=True)
    nearby = _Nearby(home)
    parser.resolvers.add(nearby)
    schema = etree.XMLSchema(etree.ElementTree(etree.fromstring(etree.tostring(root), parser)))
    return schema, frozenset(nearby.namespaces)


class _Nearby(etree.Resolver):
    """Finds an imported schema by its name: beside the others, else in a folder beside theirs."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home = home
        self.namespaces: set[str] = set()

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:  # noqa: ARG002 - the base class calls it so
        name = system_url.rpartition("/")[2]
        meant = Path(unquote(urlsplit(system_url).path))
        inside = [meant] if meant.is_relative_to(self.home) else []
        places = [self.home, *sorted(path for path in self.home.parent.iterdir() if path.is_dir())]
        found = next((path for path in [*inside, *(place / name for place in places)] if path.is_file()), None)
        resolver: Any = self  # the stubs do not know what a resolver can do
        if found:
            self.namespaces |= {name.decode() for name in _TARGET.findall(found.read_bytes())}
        if found and name in _EDITED:
            return resolver.resolve_string(found.read_bytes().replace(*_EDITED[name]), context, base_url=found.as_uri())
        if found:
            return resolver.resolve_filename(str(found), context)
        return resolver.resolve_string(f'<xs:schema xmlns:xs="{_XSD}"/>', context)


@cache
def _rules(home: Path, names: tuple[str, ...]) -> list[Schematron]:
    """The Schematron rules that the schemas hold, each set compiled."""
    found = []
    for name in names:
        tree = etree.parse(home / name)
        patterns = [*tree.iter(f"{{{_SCHEMATRON}}}pattern")]
        if patterns:
            found.append(Schematron(_collected(tree, patterns), store_report=True))
    return found


def _collected(tree: etree._ElementTree, patterns: list[etree._Element]) -> etree._ElementTree:
    """The rules as a schema of their own; what ISO Schematron names otherwise is left out."""
    root = etree.Element(f"{{{_SCHEMATRON}}}schema", nsmap={"sch": _SCHEMATRON})
    for prefix in tree.iter(f"{{{_SCHEMATRON}}}ns"):
        root.append(etree.fromstring(etree.tostring(prefix)))
    for pattern in patterns:
        copy = etree.fromstring(etree.tostring(pattern))
        copy.attrib.pop("name", "")
        root.append(copy)
    return etree.ElementTree(root)


def _broken(rules: Schematron, root: etree._Element) -> list[str]:
    rules.validate(root)
    report = rules.validation_report
    failed = report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
    return [" ".join("".join(one.itertext()).split()) for one in failed]
