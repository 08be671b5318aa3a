"""Markdown to HTML: tables, notes, figures, citations; nothing of the author's HTML gets through (CommonMark 0.31)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from scorm_builder.markup.dated_lines import without_dated_lists

CITATION = re.compile(r"\[@([A-Za-z][\w-]*)(?:,\s*([^\]]+))?\]")
_BOXES = ("case", "note", "tip")
_MARKED = re.compile(r"""[\\`*_\[\]!<>&~"\n]""")  # all that inline Markdown or HTML would take for more than a letter
_GLOSSARY = "glossary:"
_GAP = {"softbreak": " ", "hardbreak": " "}


@dataclass
class Found:
    """What a stretch of Markdown refers to, with lines, to be checked by the reader of the sources."""

    pictures: list[tuple[str, str, int]] = field(default_factory=list)  # path or address, alternative, line
    citations: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    terms: list[tuple[str, int]] = field(default_factory=list)


def tokens_of(text: str, language: str = "", find: Callable[[str], str | None] = lambda _: None) -> list[Token]:
    """The tokens of a text; `find` gives the path of the file that a picture's address names, if there is one."""
    tokens = _MARKDOWN.parse(without_dated_lists(text, language))
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "image" and (path := find(str(child.attrs["src"]))):
            child.meta["asset"] = path
            child.attrs["src"] = quote(path)
    return tokens


def render(
    tokens: Sequence[Token],
    labels: Mapping[str, str],
    sizes: Mapping[str, tuple[int, int]],
    *,
    pop_ups: bool = False,
) -> str:
    """HTML of tokens; `labels` name the references, `sizes` the pictures (width, height in pixels).

    Links to the glossary open its pop-ups where the page has `pop_ups`, and are plain words elsewhere.
    """
    environment = {"labels": labels, "sizes": sizes, "pop_ups": pop_ups}
    lowered = [_lowered(token) for token in _with_figures(tokens)]
    return str(_MARKDOWN.renderer.render(lowered, _MARKDOWN.options, environment))


def block(text: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """HTML of a short piece of Markdown that stands outside a page's text; the language's months begin no list."""
    return _block(text, language, tuple((labels or {}).items()) if "[@" in text else ())


@lru_cache(maxsize=20_000)
def _block(text: str, language: str, labels: tuple[tuple[str, str], ...]) -> str:
    return render(tokens_of(text, language), dict(labels), {})


def inline(text: str, labels: Mapping[str, str]) -> str:
    """HTML of one line of Markdown, without a paragraph around it."""
    text = text.strip()
    if not _MARKED.search(text):
        return text
    return _inline(text, tuple(labels.items()) if "[@" in text else ())


@lru_cache(maxsize=50_000)
def _inline(text: str, labels: tuple[tuple[str, str], ...]) -> str:
    return str(_MARKDOWN.renderInline(text, {"labels": dict(labels), "sizes": {}, "pop_ups": False}))


def look_through(tokens: Iterable[Token], first_line: int) -> Found:
    """All pictures, citations and links of tokens; `first_line` is the line of the text's first line."""
    found = Found()
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        for child in token.children or ():
            if child.type == "image":
                found.pictures.append((child.meta.get("asset", str(child.attrs["src"])), child.content, line))
            elif child.type == "citation":
                found.citations.append((child.meta["id"], line))
            elif child.type == "link_open":
                found.links.append((str(child.attrs["href"]), line))
            elif child.type == "term_open":
                found.terms.append((child.meta["id"], line))
    return found


def words_in(tokens: Iterable[Token]) -> int:
    """How many words a reader reads; activities, alternatives and citations aside."""
    children = [child for token in tokens for child in token.children or ()]
    text = "".join(
        child.content if child.type in {"text", "code_inline"} else _GAP.get(child.type, "") for child in children
    )
    titles = [token.info.partition(" ")[2] for token in tokens if token.type == "container_case_open"]
    return len(" ".join([text, *titles]).split())


def _terms_rule(state: StateCore) -> None:
    """Links to `glossary:…` become terms."""
    for token in state.tokens:
        open_term = False
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrs["href"]).startswith(_GLOSSARY):
                child.type, child.meta, open_term = "term_open", {"id": _term_of(child)}, True
            elif child.type == "link_close" and open_term:
                child.type, open_term = "term_close", False


def _term_of(link: Token) -> str:
    return str(link.attrs["href"]).removeprefix(_GLOSSARY)


def _render_term_open(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType
) -> str:
    if not env["pop_ups"]:
        return "<span>"
    return f'<button type="button" class="pw-term" popovertarget="term-{escape(tokens[place].meta["id"])}">'


def _render_term_close(
    _renderer: RendererHTML, _tokens: Sequence[Token], _place: int, _options: OptionsDict, env: EnvType
) -> str:
    return "</button>" if env["pop_ups"] else "</span>"


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("citation", "a", 0)
        token.meta = {"id": match[1], "place": match[2]}
    state.pos = match.end()
    return True


def _render_citation(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType
) -> str:
    meta = tokens[place].meta
    label = env["labels"].get(meta["id"], meta["id"])
    spot = f", {escape(meta['place'])}" if meta["place"] else ""
    return f'(<a class="pw-cite" href="#ref-{meta["id"]}">{escape(label)}</a>{spot})'


def _render_image(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType
) -> str:
    token = tokens[place]
    source, caption = str(token.attrs["src"]), str(token.attrs.get("title", ""))
    width, height = env["sizes"].get(token.meta.get("asset"), (0, 0))
    size = f' width="{width}" height="{height}"' if width else ""
    image = f'<img src="{escape(source)}" alt="{escape(token.content)}" loading="lazy"{size}>'
    if not token.meta.get("figure"):
        return image
    text = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure class="pw-figure">{image}{text}</figure>\n'


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[place]
    if re.match(r"https?://", str(token.attrs["href"])):
        token.attrs |= {"target": "_blank", "rel": "noopener noreferrer", "aria-describedby": "pw-new-tab"}
    return renderer.renderToken(tokens, place, options, env)


def _render_box(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[place]
    if token.nesting < 0:
        return "</div></aside>\n"
    kind, _, title = token.info.strip().partition(" ")
    heading = f'<p class="pw-box-title">{escape(title)}</p>' if title else ""
    return f'<aside class="pw-box pw-box-{kind}">{heading}<div class="pw-box-body">\n'


def _with_figures(tokens: Sequence[Token]) -> list[Token]:
    """A picture that has its paragraph to itself becomes a figure."""
    kept = list(tokens)
    for place in range(1, len(kept) - 1):
        children = kept[place].children or []
        if kept[place - 1].type == "paragraph_open" and len(children) == 1 and children[0].type == "image":
            children[0].meta["figure"] = True
            kept[place - 1].hidden = kept[place + 1].hidden = True
    return kept


def _lowered(token: Token) -> Token:
    """One heading level down (the unit's title is the h1); alignment as a class, since styles are refused."""
    if token.type in {"heading_open", "heading_close"}:
        return token.copy(tag=f"h{min(int(token.tag[1]) + 1, 6)}")
    style = token.attrs.get("style")
    if isinstance(style, str) and style.startswith("text-align:"):
        return token.copy(attrs={"class": f"pw-{style.removeprefix('text-align:')}"})
    return token


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
    for name in _BOXES:
        markdown.use(container_plugin, name=name, render=_render_box)
    markdown.inline.ruler.before("link", "citation", _citation_rule)
    markdown.core.ruler.push("terms", _terms_rule)
    markdown.add_render_rule("citation", _render_citation)
    markdown.add_render_rule("term_open", _render_term_open)
    markdown.add_render_rule("term_close", _render_term_close)
    markdown.add_render_rule("image", _render_image)
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("table_open", lambda *_: '<div class="pw-table" tabindex="0"><table>\n')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return markdown


_MARKDOWN = _markdown()
