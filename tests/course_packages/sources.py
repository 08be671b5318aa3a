"""What the tests of the course read: its sources, and the prose that a reader sees."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
COURSE = REPOSITORY / "course_packages" / "parental_engagement"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
UNITS = sorted((COURSE / "en").glob("m?u?.md"))
DATA = sorted(COURSE.glob("*.yaml")) + sorted((COURSE / "en").glob("*.yaml"))

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FENCE = re.compile(r"^```([a-z-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NOT_PROSE = {
    "id",
    "code",
    "kind",
    "prompt",
    "moment",
    "url",
    "short",
    "references",
    "name",
    "unit",
    "rubric",
}


class Source(NamedTuple):
    """One unit as written: front matter, activities as (kind, data), and the prose around them."""

    head: dict[str, Any]
    activities: list[tuple[str, dict[str, Any]]]
    prose: str
    body: str


def read_unit(path: Path) -> Source:
    """The parts of one unit file."""
    match = _FRONT.match(path.read_text(encoding="utf-8"))
    assert match, f"{path.name} has no front matter"
    body = match[2]
    activities = [(kind, yaml.safe_load(text)) for kind, text in _FENCE.findall(body)]
    return Source(yaml.safe_load(match[1]), activities, plain(_FENCE.sub("", body)), body)


def plain(markdown: str) -> str:
    """Markdown without its marks, a full stop after each heading and list item."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\[@[^\]]*\]|\{#[^}]*\}|^:::.*$", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:#+|[-*]|\d+\.)\s+(.*?)[.;:]?$", r"\1.", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]", "", text)


def texts_in(data: object) -> Iterator[str]:
    """Every text that a reader sees in a piece of YAML, titles and references aside."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for part in data:
            yield from texts_in(part)
    elif isinstance(data, dict):
        for key, part in data.items():
            if key not in _NOT_PROSE | {"title", "source"}:
                yield from texts_in(part)
