"""The words that files have beside those of the course and of the team, in the languages of courses.

A file speaks the course's language, in which the tool's own pages may have no words.
"""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "words"
FALLBACK = "en"


class Words(BaseModel):
    """The words of one language; `%(…)s` stands where something is put in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    road_map: str
    of_school: str
    made_on: str
    contents: str
    question: str
    nothing_yet: str
    no_rows_yet: str
    without_name: str
    what: str
    who: str
    when: str
    state: str
    no_day_yet: str
    done: str
    late: str
    open: str
    from_until: str
    page_of: str
    summary: str
    poster: str
    what_we_do: str
    other_days: str
    and_more: str
    how_far: str
    done_count: str
    open_count: str
    late_count: str
    timeline: str
    timeline_as_picture: str
    cannot_be_printed: str


@cache
def words_of(language: str) -> Words:
    """The words of this language; English ones where there are none."""
    known = {file.stem: file for file in FOLDER.glob("*.yaml")}
    found = known.get(language, known[FALLBACK])
    return Words.model_validate(yaml.safe_load(found.read_text(encoding="utf-8")))
