"""What a piece may hold: HTML is cut down to what the editor's own schema makes, and read back as plain text."""

import html
import re
from html.parser import HTMLParser

import nh3
from markupsafe import Markup

from lti_tool import counting
from lti_tool.errors import TooLong
from lti_tool.journal.editor_schema import is_own_form
from lti_tool.journal.pasting import in_our_form
from lti_tool.plain_text import storable

TAGS = {"p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote", "a"}
PLAIN_TAGS = {"p", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 100_000
"""Characters of HTML; about fifteen thousand words."""
MOST_PASSES = 5
BLOCKS = TAGS - {"br", "strong", "em", "a"}

TAG = re.compile(r"<(/?)([a-zA-Z][^\s>/]*)")


def clean(text: str, *, plain: bool = False) -> str:
    """The piece as safe HTML, the same again when cleaned again; an empty page gives an empty text.

    `plain` leaves paragraphs only. Raises TooLong beyond LONGEST characters, BadInput for elements nested too deeply.
    Takes time that grows with the length of the text, and no faster, whatever stands in it.
    """
    text = storable(text)
    if len(text) > LONGEST:
        raise TooLong("piece")
    tags = PLAIN_TAGS if plain else TAGS
    for _ in range(MOST_PASSES):
        before, text = text, _pass(text if is_own_form(text) else in_our_form(text, LONGEST), tags)
        if text == before:
            break
    else:
        text = as_html(plain_text(text))
    if len(text) > LONGEST:
        raise TooLong("piece")
    return "" if is_empty(plain_text(text)) else text


def shown(text: str) -> Markup:
    """A stored piece, ready for a page: cleaned once more, and links open beside the course, not instead of it."""
    safe = nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href", "target"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return Markup(_each_its_direction(safe))  # noqa: S704 (this is the one place that makes a piece safe)


def plain_text(text: str) -> str:
    """The words of cleaned HTML, with an empty line between paragraphs and a dash before each item."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.pieces)).strip()


def as_html(text: str) -> str:
    """Plain text as paragraphs."""
    paragraphs = re.split(r"\n{2,}", storable(text).strip())
    written = (html.escape(paragraph, quote=False).replace("\n", "<br>") for paragraph in paragraphs if paragraph)
    return "".join(f"<p>{paragraph}</p>" for paragraph in written)


def count_words(text: str) -> int:
    """The words of cleaned HTML, in any script."""
    return counting.count_words(plain_text(text))


def count_characters(text: str) -> int:
    """The characters of cleaned HTML, with one for each gap."""
    return counting.count_characters_flowing(plain_text(text))


def is_empty(plain: str) -> bool:
    """Whether there is nothing to be seen in this plain text."""
    return not any(letter.isprintable() and not letter.isspace() for letter in plain)


def _pass(text: str, tags: set[str]) -> str:
    return nh3.clean(
        text,
        tags=tags,
        attributes={"a": {"href"}, "ol": {"start"}} if "a" in tags else {},
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    # A link without a scheme would lead into the tool's own pages.
    if name == "href":
        return value if value.split(":", 1)[0].lower() in SCHEMES else None
    return value if value.isdigit() and len(value) < 10 else None


def _each_its_direction(text: str) -> str:
    """Cleaned HTML in which each outermost block lies as its own letters run; within it journal.css sees to each line.

    Not the blocks inside: an element looks for its direction past all that have one of their own (HTML, 3.2.6.4).
    """
    depth = 0

    def give(tag: re.Match[str]) -> str:
        nonlocal depth
        closing, name = tag.group(1), tag.group(2)
        if name not in BLOCKS:
            return tag.group()
        depth += -1 if closing else 1
        return tag.group() + ' dir="auto"' if depth == 1 and not closing else tag.group()

    return TAG.sub(give, text)


class _Reader(HTMLParser):
    """Collects the text of cleaned HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in BLOCKS and not self._begins_item():
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol", "blockquote"}:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def _begins_item(self) -> bool:
        return bool(self.pieces) and self.pieces[-1] == "\n- "
