"""A mini-lecture: every `##` part of its page is one slide, a figure with the script beneath it (course format)."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from scorm_builder.sources.documents import Document

FEWEST, MOST = 3, 6


def slides(tokens: Sequence[Token]) -> Iterator[tuple[bool, list[Token]]]:
    """Stretches of a page's tokens, each with whether it is a slide; an introduction may come first."""
    stretch: list[Token] = []
    is_slide = False
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2" and not token.level:
            if stretch:
                yield is_slide, stretch
            stretch, is_slide = [], True
        stretch.append(token)
    if stretch:
        yield is_slide, stretch


def check_slides(tokens: Sequence[Token], line: int, document: Document) -> None:
    """Three to six slides, each with one figure and a script; `line` is the page's."""
    shown = [stretch for is_slide, stretch in slides(tokens) if is_slide]
    if not FEWEST <= len(shown) <= MOST:
        what = f"This lecture has {len(shown)} slides; it needs {FEWEST} to {MOST}."
        document.refuse(line, what, "Each slide starts with `## Its title`.")
    for stretch in shown:
        figures = sum(_is_figure(token) for token in stretch)
        if figures != 1:
            what = f"The slide `{stretch[1].content}` has {figures} figures; it needs exactly one."
            document.refuse(document.line_of(stretch[0]), what, "Write `![What it shows](assets/x.svg)` alone.")
        if not any(token.type == "inline" and not _is_figure(token) for token in stretch[2:]):
            document.refuse(document.line_of(stretch[0]), f"The slide `{stretch[1].content}` has no script.")


def _is_figure(token: Token) -> bool:
    children = token.children or []
    return len(children) == 1 and children[0].type == "image"
