"""The templates, read once, and what they can do to texts: inline Markdown, stable shuffles, paths (Jinja 3)."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from scorm_builder.course.model import short_key
from scorm_builder.course_format.units import Reference
from scorm_builder.markup import markdown
from scorm_builder.markup.citations import label_of
from scorm_builder.markup.option_order import is_mixed

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def render(template: str, references: Sequence[Reference] = (), **values: Any) -> str:
    """A template's HTML; `references` are those that its texts may cite."""
    labels = {reference.id: reference.short or label_of(reference.text) for reference in references}
    return _templates().get_template(template).render(labels=labels, **values)


def handout_path(identifier: str, language: str) -> str:
    """Where a handout lies in a package and beside the tool's unit page."""
    return f"assets/handouts/{identifier}.{language}.html"


def shuffled(count: int, seed: str) -> list[int]:
    """The numbers below `count` in an order that looks random, is always the same, and is never sorted."""
    order = sorted(range(count), key=lambda place: hashlib.sha256(f"{seed}:{place}".encode()).digest())
    return order if order != sorted(order) else [*order[1:], order[0]]


def plain_text(text: str, longest: int) -> str:
    """Inline Markdown without its marks, on one line of at most `longest` characters."""
    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", markdown.inline(text, {}))).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("scorm_builder"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    made.filters |= {
        "address": quote,
        "inline": _inline,
        "is_mixed": is_mixed,
        "block": _block,
        "cited": lambda identifier, labels: Markup(markdown.inline(f"[@{identifier}]", labels)),  # noqa: S704 - as below
        "direction": lambda language: "rtl" if language in _RIGHT_TO_LEFT else "ltr",
        "fill": lambda text, **values: text.format(**values),
        "handout_path": handout_path,
        "plain": _plain,
        "short_key": short_key,
        "shuffled": shuffled,
        "without_scheme": lambda url: url.removeprefix("https://").removeprefix("http://"),
    }
    return made


@pass_context
def _inline(context: Context, text: str) -> Markup:
    return Markup(markdown.inline(text, context.get("labels", {})))  # noqa: S704 - markdown-it escapes the author's HTML


@pass_context
def _block(context: Context, text: str) -> Markup:
    return Markup(markdown.block(text, context["unit"].language, context.get("labels", {})))  # noqa: S704 - as above


@pass_context
def _plain(context: Context, text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", _inline(context, text)))
