"""Activities without right and wrong: scales, polls, reflections, cards, checklists, downloads (course format)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course.declared import Uncounted
from scorm_builder.course_format.parts import LowerCaseId, Name, Part, Words


class Statement(Part):
    """A sentence that a learner places himself to."""

    id: LowerCaseId
    text: Words


class _Statements(Uncounted):
    question: Words | None = None
    levels: Annotated[tuple[Words, ...], Field(min_length=2, max_length=9)]
    statements: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=30)]
    feedback: Words


class Scale(_Statements):
    """A self-assessment, before or after the work."""

    kind: Literal["scale"]
    moment: Literal["before", "after"]


class Poll(_Statements):
    """A poll of values: no answer is wrong."""

    kind: Literal["poll"]


class Reflection(Uncounted):
    """A few sentences of one's own; `limit` in characters."""

    kind: Literal["reflection"]
    question: Words
    limit: Annotated[int, Field(ge=20, le=5000)] = 140
    example: Words | None = None
    feedback: Words | None = None
    prompt: str | None = None


class Card(Part):
    """A card that is turned over."""

    front: Words
    back: Words


class Cards(Uncounted):
    """Cards to turn over one by one."""

    kind: Literal["cards"]
    question: Words | None = None
    cards: Annotated[tuple[Card, ...], Field(min_length=1, max_length=26)]


class Checklist(Uncounted):
    """Things to tick off, one by one."""

    kind: Literal["checklist"]
    question: Words
    items: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=30)]
    feedback: Words


class Download(Uncounted):
    """Something to take along: a handout of the course, or a file of it."""

    kind: Literal["download"]
    text: Words
    handout: Name | None = None
    file: Annotated[str, Field(pattern=r"^assets/")] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if bool(self.handout) == bool(self.file):
            raise PydanticCustomError("one_thing", "A download has either a `handout` or a `file`.")
        return self
