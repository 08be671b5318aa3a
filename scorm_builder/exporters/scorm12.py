"""One SCORM 1.2 package per unit and language, with one SCO (SCORM 1.2 Content Aggregation Model, section 2.3)."""

from collections.abc import Iterable, Iterator

from lxml import etree

from scorm_builder.course import Course, Unit
from scorm_builder.exporters.base import Format, editions, unit_files
from scorm_builder.exporters.ims_manifest import add_files, element, manifest, serialised
from scorm_builder.package import Package
from scorm_builder.pages import package_page
from scorm_builder.player_files import player_files

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_TRACKER = "scorm12"


def _export(course: Course) -> Iterator[Package]:
    for unit in editions(course):
        files = {
            "index.html": package_page(course, unit, _TRACKER).encode(),
            **player_files(_TRACKER),
            **unit_files(course, unit),
        }
        described = _manifest(course, unit, files)
        yield Package(
            {"imsmanifest.xml": described, **files}, f"{course.head.id}-{unit.id}-scorm12-{unit.language}.zip"
        )


def _manifest(course: Course, unit: Unit, paths: Iterable[str]) -> bytes:
    identifier = f"{course.head.id}-{unit.id}-{unit.language}"
    root = manifest(
        identifier,
        course.head.version,
        {None: _CP, "adlcp": _ADL},
        {_CP: "imscp_rootv1p1p2.xsd", _ADL: "adlcp_rootv1p2.xsd"},
    )
    metadata = element(root, _CP, "metadata")
    element(metadata, _CP, "schema", "ADL SCORM")
    element(metadata, _CP, "schemaversion", "1.2")
    _add_organisation(root, unit)
    resources = element(root, _CP, "resources")
    resource = element(resources, _CP, "resource", identifier="unit", type="webcontent", href="index.html")
    resource.set(f"{{{_ADL}}}scormtype", "sco")
    add_files(resource, _CP, paths)
    return serialised(root)


def _add_organisation(root: etree._Element, unit: Unit) -> None:
    organisations = element(root, _CP, "organizations", default="organisation")
    organisation = element(organisations, _CP, "organization", identifier="organisation")
    element(organisation, _CP, "title", unit.head.title)
    item = element(organisation, _CP, "item", identifier=unit.id, identifierref="unit", isvisible="true")
    element(item, _CP, "title", unit.head.title)
    if unit.counts:
        element(item, _ADL, "masteryscore", str(unit.mastery.check))


FORMAT = Format("scorm12", "SCORM 1.2: one zip per unit and language", _export)
