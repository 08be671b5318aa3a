"""The manifest of a cartridge: metadata, the outline, resources with files, needs and roles (CC 1.1, section 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from lxml import etree

from scorm_builder.cartridge.links import ICON, ICON_PATH
from scorm_builder.cartridge.resources import Item, Resource, place_of
from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Scope
from scorm_builder.exporters.ims_manifest import element, manifest, serialised

_ROLES = "IMSGLC_CC_Rolesv1p1"


@dataclass(frozen=True)
class Version:
    """How one version names things; `digits` as in 1p1."""

    name: str
    digits: str
    number: str
    lti: str
    thin: bool = False

    def space(self, name: str) -> str:
        """The namespace of a kind of document."""
        return f"http://www.imsglobal.org/xsd/imscc{self.digits}/{name}"

    def metadata(self, name: str) -> str:
        """The namespace of the metadata of the manifest, or of a resource."""
        return f"http://ltsc.ieee.org/xsd/imscc{self.digits}/LOM/{name}"

    def kind(self, resource: Resource) -> str:
        """The type of a resource."""
        short = self.digits.removeprefix("v")
        kinds = {"quiz": f"imsqti_xmlv1p2/imscc_xmlv{short}/assessment", "lti": self.lti, "webcontent": "webcontent"}
        return kinds.get(resource.kind) or {"topic": f"imsdt_xmlv{short}", "link": f"imswl_xmlv{short}"}[resource.kind]


def cartridge_manifest(
    course: Course, scope: Scope, version: Version, items: Iterable[Item], assets: Iterable[str]
) -> bytes:
    """imsmanifest.xml; `assets` are the pictures that resources need."""
    space, general = version.space("imscp_v1p1"), version.metadata("manifest")
    prefixes = {None: space, "lomm": general, "lomr": version.metadata("resource")}
    root = manifest(scope.identifier(course), None, prefixes, {})
    metadata = element(root, space, "metadata")
    element(metadata, space, "schema", "IMS Thin Common Cartridge" if version.thin else "IMS Common Cartridge")
    element(metadata, space, "schemaversion", version.number)
    about = element(element(metadata, general, "lom"), general, "general")
    element(element(about, general, "title"), general, "string", scope.title, language=scope.language)
    organisations = element(root, space, "organizations")
    organisation = element(organisations, space, "organization", identifier="course", structure="rooted-hierarchy")
    top = element(organisation, space, "item", identifier="root")
    resources = element(root, space, "resources")
    for item in items:
        _add_item(top, space, item)
        for resource in item.resources():
            _add_resource(resources, version, resource)
    for path in assets:
        asset = element(resources, space, "resource", identifier=_name(path), type="webcontent", href=path)
        element(asset, space, "file", href=path)
    return serialised(root)


def cartridge_assets(course: Course) -> dict[str, bytes]:
    """The pictures that a cartridge may hold, by place: the course's, and the icon of its links."""
    icon = (files("scorm_builder") / "cartridge" / "icon.svg").read_bytes()
    return {**{place_of(asset.path): asset.content for asset in course.assets}, ICON_PATH: icon}


def _add_item(above: etree._Element, space: str, item: Item) -> None:
    place = element(above, space, "item", identifier=item.id)
    if item.resource:
        place.set("identifierref", item.resource.id)
    element(place, space, "title", item.title)
    for inside in item.items:
        _add_item(place, space, inside)


def _add_resource(resources: etree._Element, version: Version, resource: Resource) -> None:
    space, about = version.space("imscp_v1p1"), version.metadata("resource")
    place = element(resources, space, "resource", identifier=resource.id, type=version.kind(resource))
    if resource.kind == "webcontent":
        place.set("href", resource.path)
    if resource.for_instructors:
        described = element(element(element(place, space, "metadata"), about, "lom"), about, "educational")
        role = element(described, about, "intendedEndUserRole")
        element(role, about, "source", _ROLES)
        element(role, about, "value", "Instructor")
    for path in resource.files:
        element(place, space, "file", href=path)
    # A link names its icon itself: no resource may depend on one.
    for path in resource.needs if resource.kind == "webcontent" else ():
        element(place, space, "dependency", identifierref=_name(path))


def _name(path: str) -> str:
    """A picture's identifier, another one for each place; the icon's is named by LTI links."""
    if path == ICON_PATH:
        return ICON
    *folders, name = path.split("/")
    inside = f"{sha256('/'.join(folders).encode()).hexdigest()[:8]}-" if len(folders) > 1 else ""
    return f"{folders[0]}-{inside}{name}"
