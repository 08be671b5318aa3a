"""SCORM 1.2 packages (SCORM 1.2 Content Aggregation Model, section 2.3)."""

from collections.abc import Iterator, Sequence

from lxml import etree

from scorm_builder.course.model import Course
from scorm_builder.errors import TooFull, TooLong
from scorm_builder.exporters.base import Format, Options, Scope, scopes
from scorm_builder.exporters.ims_manifest import add_files, element, manifest, serialised
from scorm_builder.exporters.playable import Launchable, launchables
from scorm_builder.package import Package
from scorm_builder.stored_size import LIMIT, stored_size

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
LONGEST_TITLE, LONGEST_VERSION = 200, 20
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def _export(course: Course, options: Options) -> Iterator[Package]:
    for scope in scopes(course, options, own="unit"):
        scos = launchables(course, scope, "scorm12", per_unit=options.sco_per_unit)
        _must_fit(scos)
        _must_be_short(course, [scope.title, *(sco.title for sco in scos)])
        files = {path: content for sco in scos for path, content in sco.files.items()}
        yield Package({"imsmanifest.xml": _manifest(course, scope, scos), **files}, scope.zip_name(course, "scorm12"))


def _must_fit(scos: Sequence[Launchable]) -> None:
    for sco in scos:
        if stored_size(sco.units) > LIMIT:
            raise TooFull(
                f"`{sco.id}` is too full for one SCO of SCORM 1.2; build it with --sco-per-unit, or by module."
            )


def _must_be_short(course: Course, titles: Sequence[str]) -> None:
    """What the manifest's schema takes (titleType, attr.version)."""
    for title in titles:
        if len(title) > LONGEST_TITLE:
            start = f"{title[:40]}…"
            said = f"The title `{start}` has {len(title)} characters; a manifest of SCORM 1.2 takes {LONGEST_TITLE}."
            raise TooLong(said)
    if len(course.head.version) > LONGEST_VERSION:
        said = f"The course's `version` has {len(course.head.version)} characters; "
        raise TooLong(f"{said}a manifest of SCORM 1.2 takes {LONGEST_VERSION}.")


def _manifest(course: Course, scope: Scope, scos: Sequence[Launchable]) -> bytes:
    root = manifest(
        scope.identifier(course),
        course.head.version,
        {None: _CP, "adlcp": _ADL},
        {_CP: "imscp_rootv1p1p2.xsd", _ADL: "adlcp_rootv1p2.xsd"},
    )
    metadata = element(root, _CP, "metadata")
    element(metadata, _CP, "schema", "ADL SCORM")
    element(metadata, _CP, "schemaversion", "1.2")
    organisations = element(root, _CP, "organizations", default="course")
    organisation = element(organisations, _CP, "organization", identifier="course")
    element(organisation, _CP, "title", scope.title)
    resources = element(root, _CP, "resources")
    for sco in scos:
        _add_sco(organisation, resources, sco)
    return serialised(root)


def _add_sco(organisation: etree._Element, resources: etree._Element, sco: Launchable) -> None:
    name = f"sco-{sco.id}"
    item = element(organisation, _CP, "item", identifier=sco.id, identifierref=name, isvisible="true")
    # No masteryscore: with one, an LMS calls a visit failed that is not passed yet, and may let nobody try again.
    element(item, _CP, "title", sco.title)
    resource = element(resources, _CP, "resource", identifier=name, type="webcontent", href=sco.href)
    resource.set(f"{{{_ADL}}}scormtype", "sco")
    add_files(resource, _CP, sco.files)


FORMATS = (Format("scorm12", "SCORM 1.2", _export),)
