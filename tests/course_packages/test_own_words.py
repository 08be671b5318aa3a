"""The course is written in its own words: no run of eight is shared with the documents that it grew from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.course_packages.sources import (
    COURSE,
    COVERAGE,
    DATA,
    HANDOUTS,
    MODULES,
    PLANS,
    SEEDS,
    UNITS,
    read_unit,
    texts_in,
)
from tests.fixtures.skipped import NO_SOURCES

RUN = 8
WRITTEN = [*UNITS, *MODULES, *PLANS, *HANDOUTS, *DATA, COVERAGE]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def _own_texts(path: Path) -> Iterator[str]:
    if path.suffix == ".md":
        unit = read_unit(path)
        yield unit.prose
        yield from texts_in(unit.head)
        for _, data in unit.activities:
            yield from texts_in(data)
    else:
        yield from texts_in(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(COURSE)))
def test_no_eight_words_in_a_row_are_taken_from_the_source_documents(path: Path) -> None:
    if not SEEDS.is_dir():
        pytest.skip(NO_SOURCES)
    theirs = set().union(*(_runs(seed.read_text(encoding="utf-8")) for seed in SEEDS.glob("*.txt")))
    ours = set().union(*map(_runs, _own_texts(path)))
    assert not {" ".join(run) for run in ours & theirs}
