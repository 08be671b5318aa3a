"""What people write and how it is judged: journal prompts, rubrics, and samples to practise judging on."""

from typing import Annotated

from pydantic import Field

from scorm_builder.course_format.parts import Entry, Name, OptionalWords, Part, Words


class WordRange(Part):
    """How long a piece should be, in words; a guide, never a bar. 0 leaves it open."""

    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=0)] = 0


class Scaffold(Part):
    """A way to begin a piece."""

    name: Words
    text: Words


class Prompt(Entry):
    """A journal prompt. `question` and `example` are Markdown in the sources and HTML in a built course."""

    code: Words
    unit: Name
    title: Words
    question: Words
    guiding: tuple[Words, ...] = ()
    scaffold: tuple[Scaffold, ...] = ()
    words: WordRange | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    """Characters, for definitions."""
    rubric: Name | None = None
    points: Annotated[int, Field(ge=0)] = 0
    example: OptionalWords = ""
    tags: tuple[Name, ...] = ()
    """Skills that writing it trains."""
    sections: tuple[Name, ...] = ()
    """Sections of the planner that it prepares."""
    checklist: tuple[Words, ...] = ()
    """What a writer looks at before handing in; empty where it is the journal's own list."""

    @property
    def name(self) -> str:
        """The title with the course's code before it, where it has one."""
        return f"{self.code} · {self.title}" if self.code else self.title


class Journal(Part):
    """journal.yaml."""

    prompts: tuple[Prompt, ...] = ()
    checklist: tuple[Words, ...] = ()
    """What a writer looks at before handing in a piece on a prompt that has no list of its own."""


class Level(Part):
    """One level of a criterion."""

    points: Annotated[int, Field(ge=0)]
    title: Words
    description: Words


class Criterion(Entry):
    """What a piece is read for; levels from the lowest."""

    title: Words
    question: Words
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]


class Rubric(Entry):
    """Criteria and levels for grading."""

    title: Words
    source: Words
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def maximum(self) -> int:
        """The highest sum of points."""
        return sum(max(level.points for level in criterion.levels) for criterion in self.criteria)


class Rubrics(Part):
    """rubrics.yaml."""

    rubrics: tuple[Rubric, ...] = ()


class Sample(Entry):
    """A piece with its agreed levels by criterion, for calibration.

    `text` is Markdown in the sources and HTML in a built course.
    """

    prompt: Name
    title: Words
    text: Words
    levels: dict[Name, Annotated[int, Field(ge=0)]]
    why: dict[Name, Words]
    total: Annotated[int, Field(ge=0)]


class Samples(Part):
    """samples.yaml."""

    samples: tuple[Sample, ...] = ()
