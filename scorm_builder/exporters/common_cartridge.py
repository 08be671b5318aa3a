"""Common Cartridges 1.1 and 1.3, and thin ones of links alone (Common Cartridge 1.1, section 3; 1.3, section 3)."""

from collections.abc import Iterator
from functools import partial

from scorm_builder.cartridge.cartridge_manifest import Version, cartridge_assets, cartridge_manifest
from scorm_builder.cartridge.outline import Wanted, outline
from scorm_builder.course.model import Course
from scorm_builder.errors import NoToolUrl
from scorm_builder.exporters.base import Format, Options, scopes
from scorm_builder.package import Package

_VERSIONS = (
    (Version("cc11", "v1p1", "1.1.0", "imsbasiclti_xmlv1p0"), "Common Cartridge 1.1, for Moodle"),
    (
        Version("cc13", "v1p3", "1.3.0", "imsbasiclti_xmlv1p3"),
        "Common Cartridge 1.3, for Canvas, Brightspace, Blackboard",
    ),
    (
        Version("thin-cc13", "v1p3", "1.3.0", "imsbasiclti_xmlv1p3", thin=True),
        "Thin Common Cartridge 1.3: links to the tool",
    ),
)


def _export(version: Version, course: Course, options: Options) -> Iterator[Package]:
    if version.thin and not options.tool_url:
        raise NoToolUrl(f"`{version.name}` holds links to the LTI tool: say where it is with --tool-url.")
    spaces = {"topic": version.space(f"imsdt_{version.digits}"), "link": version.space(f"imswl_{version.digits}")}
    for scope in scopes(course, options, own="course"):
        wanted = Wanted(spaces, options.tool_url, version.thin, for_moodle=version.digits == "v1p1")
        items = outline(course, scope, wanted)
        resources = [resource for item in items for resource in item.resources()]
        shown = dict.fromkeys(path for resource in resources for path in resource.needs)
        assets = {path: content for path, content in cartridge_assets(course).items() if path in shown}
        files = {path: content for resource in resources for path, content in resource.files.items()}
        described = cartridge_manifest(course, scope, version, items, assets)
        yield Package({"imsmanifest.xml": described, **files, **assets}, scope.zip_name(course, version.name))


FORMATS = tuple(
    Format(version.name, title, partial(_export, version), needs_tool=version.thin) for version, title in _VERSIONS
)
