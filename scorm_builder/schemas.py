"""Validation against the official XSDs and the Schematron rules inside them, from a folder that the user has.

Nothing is fetched: imports are resolved among the folder's own files (XML Schema 1.0; ISO Schematron).
"""

from functools import cache
from pathlib import Path
from typing import Any

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
_XSD = "http://www.w3.org/2001/XMLSchema"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def knows(folder: Path, root: etree._Element) -> bool:
    """Whether the folder, or one just below it, holds the schemas of a document."""
    return _home(folder, root) is not None


def complaints(folder: Path, root: etree._Element) -> list[str]:
    """What the schemas and their rules say against a document, each with its line where it has one."""
    home = _home(folder, root)
    if home is None:
        return []
    names = _MASTERS[_namespace(root)]
    schema = _schema(home, names)
    schema.validate(root)
    found: Any = schema.error_log  # the stubs do not know that it is a list
    said = [f"line {error.line}: {error.message}" for error in found]
    return said + [text for rules in _rules(home, names) for text in _broken(rules, root)]


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
def _schema(home: Path, names: tuple[str, ...]) -> etree.XMLSchema:
    """A schema that imports the others, so that elements of all of them are checked in one go."""
    root = etree.Element(f"{{{_XSD}}}schema", nsmap={"xsd": _XSD})
    for name in names:
        space = etree.parse(home / name).getroot().get("targetNamespace")
        etree.SubElement(root, f"{{{_XSD}}}import", namespace=str(space), schemaLocation=(home / name).as_uri())
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Nearby(home))
    return etree.XMLSchema(etree.ElementTree(etree.fromstring(etree.tostring(root), parser)))


class _Nearby(etree.Resolver):
    """Finds an imported schema by its name: beside the others, else in a folder beside theirs."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home = home

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:  # noqa: ARG002 - the base class calls it so
        name = system_url.rpartition("/")[2]
        places = [self.home, *sorted(path for path in self.home.parent.iterdir() if path.is_dir())]
        found = next((place / name for place in places if (place / name).is_file()), None)
        resolver: Any = self  # the stubs do not know what a resolver can do
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
