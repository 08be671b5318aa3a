"""What the tests of the course read: its sources, and the prose that a reader sees."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scorm_builder.course.model import Course
from scorm_builder.sources.course_source import read_course

REPOSITORY = Path(__file__).resolve().parents[2]
COURSE = REPOSITORY / "course_packages" / "parental_engagement"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
ENGLISH = COURSE / "en"
UNITS = sorted(ENGLISH.glob("m?u?.md"))
MODULES = sorted(ENGLISH.glob("modules/*.md"))
PLANS = sorted(ENGLISH.glob("plans/*.md"))
HANDOUTS = sorted(ENGLISH.glob("handouts/*.md"))
COVERAGE = COURSE / "coverage.yaml"
DATA = [COURSE / "course.yaml", *sorted(ENGLISH.glob("*.yaml"))]

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FENCE = re.compile(r"^```([a-z-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NOT_PROSE = {
    "artefact",
    "barrier",
    "catalogues",
    "choices_from",
    "code",
    "effort",
    "ending",
    "file",
    "group",
    "handout",
    "id",
    "kind",
    "measure",
    "meets",
    "moment",
    "name",
    "not_before",
    "place",
    "prompt",
    "reference",
    "references",
    "refers_to",
    "required_with",
    "role",
    "rubric",
    "section",
    "short",
    "starts_with",
    "tags",
    "to",
    "unit",
    "url",
    "view",
}


class Source(NamedTuple):
    """A file with front matter as written: front matter, activities as (kind, data), and the prose around them."""

    head: dict[str, Any]
    activities: list[tuple[str, dict[str, Any]]]
    prose: str
    body: str

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        """The activities of these kinds."""
        return [data for kind, data in self.activities if kind in kinds]


@cache
def read_unit(path: Path) -> Source:
    """The parts of one unit file, or of a module's page, a plan or a handout."""
    match = _FRONT.match(path.read_text(encoding="utf-8"))
    assert match, f"{path.name} has no front matter"
    body = match[2]
    activities = [(kind, yaml.safe_load(text)) for kind, text in _FENCE.findall(body)]
    return Source(yaml.safe_load(match[1]), activities, plain(_FENCE.sub("", body)), body)


@cache
def load(name: str) -> dict[str, Any]:
    """What one data file holds: `load("journal")`."""
    data: dict[str, Any] = yaml.safe_load((ENGLISH / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def by_id(name: str, key: str = "") -> dict[str, dict[str, Any]]:
    """The entries of a data file by identifier: `by_id("journal", "prompts")`; the key may be the file's name."""
    return {entry["id"]: entry for entry in load(name)[key or name]}


@cache
def whole_course() -> Course:
    """The course as the builder reads it: every link and every identifier in it is sound."""
    return read_course(COURSE)


def plain(markdown: str) -> str:
    """Markdown without its marks, a full stop after each heading and list item."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\[@[^\]]*\]|\{#[^}]*\}|^:::.*$", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*\|[\s:|-]+\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\s*\|\s*", ". ", text)
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
