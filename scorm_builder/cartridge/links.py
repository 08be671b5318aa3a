"""Discussion topics, web links, and LTI links to the tool (Common Cartridge 1.1, sections 4.5 and 4.6)."""

from collections.abc import Mapping

from lxml import etree

from scorm_builder.cartridge.resources import Resource
from scorm_builder.course.exercises import Poll
from scorm_builder.exporters.ims_manifest import element, serialised
from scorm_builder.markup import markdown
from scorm_builder.markup.templating import plain_text

_LINK = "http://www.imsglobal.org/xsd/imslticc_v1p0"
_BASIC = "http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
_MESSAGE = "http://www.imsglobal.org/xsd/imslticm_v1p0"
_PLATFORM = "http://www.imsglobal.org/xsd/imslticp_v1p0"
ICON = "partnerwise-icon"
ICON_PATH = f"web_resources/{ICON}.svg"
LONGEST_DESCRIPTION = 300
"""Characters of a link's description."""
_CANVAS = "canvas.instructure.com"


def topic_resource(unit_id: str, poll: Poll, question: str, space: str) -> Resource:
    """A discussion topic of a poll's statements; `space` is the namespace of the cartridge's version."""
    root = _root(space, "topic")
    identifier = f"topic-{unit_id}-{poll.id}"
    statements = "".join(f"<li>{markdown.inline(one.text, {})}</li>" for one in poll.statements)
    element(root, space, "title", question)
    element(root, space, "text", f"<ul>{statements}</ul>", texttype="text/html")
    return Resource(identifier, "topic", {f"topics/{identifier}.xml": serialised(root)})


def web_link_resource(identifier: str, title: str, url: str, space: str) -> Resource:
    """A link to a page on the web, opened in a window of its own."""
    root = _root(space, "webLink")
    element(root, space, "title", title)
    element(root, space, "url", href=url, target="_blank")
    return Resource(identifier, "link", {f"links/{identifier}.xml": serialised(root)})


def lti_resource(
    tool: str, activity: str, title: str, about: str, points: int | None = None, *, with_icon: bool = True
) -> Resource:
    """A link to an activity of the tool, named by its address's path; `points` make it an assignment in Canvas.

    `about` describes it in Markdown: Open edX's importer loses a link without a description. The icon lies in the
    cartridge; thin ones hold links alone, and go without.
    """
    identifier = f"lti-{activity.replace('/', '-')}"
    address = f"{tool.rstrip('/')}/activities/{activity}"
    prefixes = {None: _LINK, "blti": _BASIC, "lticm": _MESSAGE, "lticp": _PLATFORM}
    root = _root(_LINK, "cartridge_basiclti_link", prefixes)
    element(root, _BASIC, "title", title)
    element(root, _BASIC, "description", plain_text(about, LONGEST_DESCRIPTION))
    extensions = element(root, _BASIC, "extensions", platform=_CANVAS)
    for name, value in {"privacy_level": "public", **({"outcome": str(points)} if points else {})}.items():
        element(extensions, _MESSAGE, "property", value, name=name)
    element(root, _BASIC, "launch_url", address)  # Moodle reads no other
    if address.startswith("https:"):
        element(root, _BASIC, "secure_launch_url", address)
    vendor = element(root, _BASIC, "vendor")
    element(vendor, _PLATFORM, "code", "partnerwise")
    element(vendor, _PLATFORM, "name", "Partnerwise")
    if with_icon:
        element(root, _LINK, "cartridge_icon", identifierref=ICON)
    needs = (ICON_PATH,) if with_icon else ()
    return Resource(identifier, "lti", {f"lti/{identifier}.xml": serialised(root)}, needs)


def _root(space: str, name: str, prefixes: Mapping[str | None, str] | None = None) -> etree._Element:
    named: dict[str | None, str] = dict(prefixes or {None: space})
    return etree.Element(f"{{{space}}}{name}", nsmap=named)  # type: ignore[arg-type]
