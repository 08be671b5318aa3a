"""What LMSs refuse or lose in a package with a manifest, whatever its schema says (SCORM 1.2 CAM 2.3; 2004 CAM 3)."""

from collections.abc import Iterator
from typing import Any

from scorm_builder.checking.addresses import file_meant, near_miss
from scorm_builder.checking.opened import Opened, Rule

_ADL = {
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scormtype",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "scormType",
}
_MOODLE_LOOKS = 1024  # bytes in which Moodle looks for a cartridge's namespace
_SCHEMAS = (".xsd", ".dtd")


def _start_pages_listed(package: Opened) -> Iterator[str]:
    for resource in package.root.iter("{*}resource"):
        start = file_meant(resource, resource.get("href", ""))
        if start and start not in _listed(resource):
            yield f"The resource {resource.get('identifier')} does not list its own file {start}."


def _files_match(package: Opened) -> Iterator[str]:
    listed = _listed(package.root)
    for name in sorted(listed - package.names):
        yield f"{name} is listed, but it is not in the package.{near_miss(name, package.names - listed)}"
    for name in sorted(package.names - listed - {package.description}):
        if not name.lower().endswith(_SCHEMAS):
            yield f"{name} is in the package, but not listed."


def _listed(above: Any) -> set[str]:
    """The files that a resource, or a whole manifest, lists."""
    meant = (file_meant(file, file.get("href", "")) for file in above.iter("{*}file"))
    return {name for name in meant if name}


def _names_lead_somewhere(package: Opened) -> Iterator[str]:
    """An item and a dependency name resources; what an item opens has a start page."""
    resources = {one.get("identifier"): one for one in package.root.iter("{*}resource")}
    manifests = {one.get("identifier") for one in package.root.iter("{*}manifest")}
    for one in package.root.iter("{*}item", "{*}dependency"):
        name = one.get("identifierref")
        if not name or name in manifests:
            continue
        if name not in resources:
            yield f"`{name}` is named by an item or a dependency, but there is no such resource."
        elif one.tag.endswith("}item") and _is_page(resources[name]) and not resources[name].get("href"):
            yield f"The resource {name} is opened by an item, but has no start page (`href`)."


def _is_page(resource: Any) -> bool:
    # A cartridge's quizzes, topics and links are opened by their one file.
    return str(resource.get("type", "")) == "webcontent" and len(_listed(resource)) != 1


def _literal_prefix(package: Opened) -> Iterator[str]:
    for namespace in _ADL:
        if namespace in package.root.nsmap.values() and package.root.nsmap.get("adlcp") != namespace:
            yield "The ADL namespace needs the prefix `adlcp`: some LMSs look for it literally."


def _something_to_launch(package: Opened) -> Iterator[str]:
    """A SCORM package has a SCO that an item launches."""
    for namespace, attribute in _ADL.items():
        if namespace not in package.root.nsmap.values():
            continue
        resources = package.root.iter("{*}resource")
        scos = {one.get("identifier") for one in resources if _kind(one, namespace, attribute) == "sco"}
        if not scos & {item.get("identifierref") for item in package.root.iter("{*}item")}:
            yield "No item launches a SCO: an LMS would track nothing."


def _kind(resource: Any, namespace: str, attribute: str) -> str:
    return str(resource.get(f"{{{namespace}}}{attribute}", "")).lower()


def _found_by_moodle(package: Opened) -> Iterator[str]:
    if "imsccv1p1" in package.namespace and b"imsccv1p1" not in package.texts[package.description][:_MOODLE_LOOKS]:
        yield f"The cartridge's namespace must stand in the first {_MOODLE_LOOKS} bytes, or Moodle takes it for none."


MANIFEST_RULES: tuple[Rule, ...] = (
    _start_pages_listed,
    _files_match,
    _names_lead_somewhere,
    _literal_prefix,
    _something_to_launch,
    _found_by_moodle,
)
