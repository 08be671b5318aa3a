"""Elements as they were pasted: their tags, attributes and looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import lxml.html
from lxml import etree

from lti_tool.errors import BadInput

SCHEMES = ("http:", "https:", "mailto:", "tel:")
GAP = "(?:[\u00a0\t ]{2,}|\t|\u00a0)"
BULLET = re.compile(rf"\s*[·•●○■□▪◦‣∙➢✓§ØüqvoÞ\uf0a7\uf0b7\uf0d8-]{GAP}")
NUMBER = re.compile(rf"\s*\(?(\d{{1,4}}|[a-z]|[ivx]{{1,5}})[.)]{GAP}", re.IGNORECASE)
ORDERED = re.compile(r"\s*\(?(\d{1,4}|[a-z]{1,5})[.)]", re.IGNORECASE)
LIST_PARAGRAPH = re.compile(r"(^|\s)x?MsoList(Paragraph|Bullet|Number)", re.IGNORECASE)
TITLE = re.compile(r"(^|\s)x?MsoTitle", re.IGNORECASE)
HEADING = re.compile(r"h[1-6]$")
WIDE_GAP = re.compile("\u00a0{2}|\u00a0 \u00a0")
LEVEL = re.compile(r"\blevel(\d)")
DEEPEST = 100
"""Elements within elements; web pages have some dozens. libxml2 leaves out what lies deeper than 256."""


@dataclass
class Node:
    """An element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is written within."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def elements(self) -> Iterator["Node"]:
        """The elements directly within."""
        return (child for child in self.children if isinstance(child, Node))

    @property
    def is_heading(self) -> bool:
        """Whether it is one, by its tag, its role or its name in a word processor."""
        named = self.tag == "p" and TITLE.search(self.attributes.get("class", ""))
        return bool(HEADING.match(self.tag) or self.attributes.get("role") == "heading" or named)

    @property
    def rank(self) -> int:
        """How deep a heading stands: 1 to 6 as in HTML, 0 for the title of a document."""
        if TITLE.search(self.attributes.get("class", "")):
            return 0
        return whole_number(self.attributes.get("aria-level", self.tag[1:])) or 2

    @cached_property
    def style(self) -> dict[str, str]:
        """What its style attribute declares."""
        if "style" not in self.attributes:
            return {}
        pairs = (one.partition(":") for one in self.attributes["style"].lower().split(";"))
        return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}

    def marks(self) -> dict[str, str | bool]:
        """Which marks hold inside it, of bold, italic and href; only those that it changes."""
        style, marks = self.style, dict[str, str | bool]()
        if self.tag in {"b", "strong"}:
            marks["bold"] = True
        if self.tag in {"i", "em"}:
            marks["italic"] = True
        if weight := re.fullmatch(r"(bold|bolder|[6-9]\d\d)|normal|lighter|[1-5]\d\d", style.get("font-weight", "")):
            marks["bold"] = bool(weight[1])
        if slant := re.match(r"(italic|oblique)|normal$", style.get("font-style", "")):
            marks["italic"] = bool(slant[1])
        href = self.attributes.get("href", "").strip()
        if self.tag == "a" and href.lower().startswith(SCHEMES):
            marks["href"] = href
        return marks


def parse(text: str) -> list[Node | str]:
    """The elements of an HTML text; nothing where it holds none. Raises BadInput beyond DEEPEST levels."""
    # libxml2 begins nothing anew that was left open, and so takes a time that grows with the text alone.
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return []
    return [_node(root, 0)]


def marker_of(node: Node) -> str:
    """What stands before the words of a paragraph that is an item of a list; nothing of any other."""
    text = node.text
    found = BULLET.match(text) or NUMBER.match(text)
    is_list = LIST_PARAGRAPH.search(node.attributes.get("class", ""))
    # Elsewhere only a row of spaces that nobody types makes it an item.
    return found[0] if found and (is_list or WIDE_GAP.search(found[0])) else ""


def is_marker(node: Node) -> bool:
    """Whether it holds nothing but a word processor's bullet or number."""
    return node.style.get("mso-list", "").startswith("ignore")


def marker_within(node: Node) -> str:
    """The text of the marker that stands somewhere within."""
    if is_marker(node):
        return node.text
    return next(filter(None, map(marker_within, node.elements)), "")


def cut(node: Node, count: int) -> int:
    """Take so many letters from the beginning; gives how many are still to be taken."""
    for place, child in enumerate(node.children):
        if not count:
            break
        if isinstance(child, Node):
            count = cut(child, count)
        else:
            node.children[place], count = child[count:], max(0, count - len(child))
    return count


def whole_number(text: str) -> int | None:
    """The number that an attribute gives, if it gives one."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _node(element: etree._Element, depth: int) -> Node:
    if depth > DEEPEST:
        raise BadInput("nested too deeply")
    node = Node(str(element.tag).lower(), {str(name).lower(): str(value) for name, value in element.attrib.items()})
    node.children += [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            node.children.append(_node(child, depth + 1))
        node.children += [child.tail] if child.tail else []
    return node
