"""SCORM 2004 packages, 3rd and 4th Edition (SCORM 2004 Content Aggregation Model, sections 3.4 and 5.1)."""

from collections.abc import Iterator, Sequence
from functools import partial

from lxml import etree

from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Format, Options, Scope, scopes
from scorm_builder.exporters.ims_manifest import add_files, element, manifest, serialised
from scorm_builder.exporters.playable import Launchable, launchables
from scorm_builder.package import Package

_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
_SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
_SCHEMAS = {_CP: "imscp_v1p1.xsd", _ADL: "adlcp_v1p3.xsd", _SEQUENCING: "imsss_v1p0.xsd"}


def _export(edition: str, course: Course, options: Options) -> Iterator[Package]:
    for scope in scopes(course, options, own="unit"):
        scos = launchables(course, scope, "scorm2004", per_unit=options.sco_per_unit)
        files = {path: content for sco in scos for path, content in sco.files.items()}
        described = _manifest(course, scope, scos, f"2004 {edition} Edition")
        yield Package({"imsmanifest.xml": described, **files}, scope.zip_name(course, f"scorm2004-{edition}"))


def _manifest(course: Course, scope: Scope, scos: Sequence[Launchable], version: str) -> bytes:
    prefixes = {None: _CP, "adlcp": _ADL, "imsss": _SEQUENCING}
    root = manifest(scope.identifier(course), course.head.version, prefixes, _SCHEMAS)
    metadata = element(root, _CP, "metadata")
    element(metadata, _CP, "schema", "ADL SCORM")
    element(metadata, _CP, "schemaversion", version)
    organisations = element(root, _CP, "organizations", default="course")
    organisation = element(organisations, _CP, "organization", identifier="course")
    element(organisation, _CP, "title", scope.title)
    resources = element(root, _CP, "resources")
    for sco in scos:
        _add_sco(organisation, resources, sco)
    sequencing = element(organisation, _SEQUENCING, "sequencing")
    element(sequencing, _SEQUENCING, "controlMode", choice="true", flow="true")
    return serialised(root)


def _add_sco(organisation: etree._Element, resources: etree._Element, sco: Launchable) -> None:
    name = f"sco-{sco.id}"
    item = element(organisation, _CP, "item", identifier=sco.id, identifierref=name, isvisible="true")
    element(item, _CP, "title", sco.title)
    _add_rule(item, sco)
    resource = element(resources, _CP, "resource", identifier=name, type="webcontent", href=sco.href)
    resource.set(f"{{{_ADL}}}scormType", "sco")
    add_files(resource, _CP, sco.files)


def _add_rule(item: etree._Element, sco: Launchable) -> None:
    """The score that passes, and that status is the content's to say (Sequencing and Navigation, section 3)."""
    sequencing = element(item, _SEQUENCING, "sequencing")
    objectives = element(sequencing, _SEQUENCING, "objectives")
    by_measure = "true" if sco.mastery is not None else "false"
    objective = element(
        objectives, _SEQUENCING, "primaryObjective", objectiveID=f"whole-{sco.id}", satisfiedByMeasure=by_measure
    )
    if sco.mastery is not None:
        element(objective, _SEQUENCING, "minNormalizedMeasure", str(sco.mastery / 100))
    element(sequencing, _SEQUENCING, "deliveryControls", completionSetByContent="true", objectiveSetByContent="true")


FORMATS = tuple(
    Format(f"scorm2004-{edition}", f"SCORM 2004, {edition} Edition", partial(_export, edition))
    for edition in ("3rd", "4th")
)
