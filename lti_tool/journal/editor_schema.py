"""The editor's own form: which tags it writes, and which stand within which.

An HTML parser mends what is nested otherwise, at a cost that grows with the square of the text: elements left open are
begun anew in each block that follows (HTML, 13.2.4.3), with all their attributes. In this form nothing is to be mended.
"""

import re

DEEPEST = 100
"""Elements within elements. The editor makes a dozen."""

_TOKEN = re.compile(
    r"""
    (?P<text>[^<]+)
    | <(?P<void>br)>
    | </(?P<end>[a-z]+[34]?)>
    | <(?P<start>p|h3|h4|ul|ol|ol[ ]start="[0-9]{1,9}"|li(?=><p>)|blockquote|strong|em|a[ ]href="[^"]*")>
    """,
    re.VERBOSE,
)
_MARKS = frozenset({"strong", "em", "a"})
_LINE = _MARKS | {"text", "void"}
_BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "blockquote"})
_WITHIN = {
    **dict.fromkeys(("", "li", "blockquote"), _BLOCKS),
    **dict.fromkeys(("ul", "ol"), frozenset({"li"})),
    **dict.fromkeys(("p", "h3", "h4", *_MARKS), _LINE),
}
"""What may stand directly within an element; the empty name is the whole text."""


def is_own_form(text: str) -> bool:
    """Whether the editor could have written this, in time that grows with its length and no faster."""
    place, opened = 0, [""]
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None or not _fits(token, opened) or len(opened) > DEEPEST:
            return False
        place = token.end()
    return len(opened) == 1


def _fits(token: re.Match[str], opened: list[str]) -> bool:
    """Whether this may stand here; keeps account of what is open."""
    kind = str(token.lastgroup)
    if kind == "end":
        return opened.pop() == token["end"]
    name = token["start"].partition(" ")[0] if kind == "start" else kind
    if name not in _WITHIN[opened[-1]] or (name in _MARKS and name in opened):
        return False
    if kind == "start":
        opened.append(name)
    return True
