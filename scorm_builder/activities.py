"""The kinds of activity that a unit can hold; declared in the sources, never coded (course format, activities)."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

LowerCaseId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
Words = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A frozen piece of a course; knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Activity(Part):
    id: LowerCaseId
    objective: Words
    counts: bool = False


class _Uncounted(_Activity):
    """An activity without right and wrong."""

    counts: Literal[False] = False


class Option(Part):
    """One answer to choose."""

    text: Words
    correct: bool = False
    feedback: Words


class _Choice(_Activity):
    question: Words
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=26)]

    @property
    def right(self) -> tuple[int, ...]:
        """The positions of the correct options, from 0."""
        return tuple(place for place, option in enumerate(self.options) if option.correct)


class SingleChoice(_Choice):
    """A question with exactly one correct option."""

    kind: Literal["single-choice"]

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if len(self.right) != 1:
            raise PydanticCustomError(
                "one_correct",
                "A single-choice question has {count} correct options; exactly one has `correct: true`.",
                {"count": len(self.right)},
            )
        return self


class MultipleChoice(_Choice):
    """A question with one or more correct options."""

    kind: Literal["multiple-choice"]

    @model_validator(mode="after")
    def _some_are_right(self) -> Self:
        if not self.right:
            raise PydanticCustomError("some_correct", "No option is correct; at least one needs `correct: true`.")
        return self


class Pair(Part):
    """A left and the right that belongs to it."""

    left: Words
    right: Words
    feedback: Words | None = None


class Matching(_Activity):
    """Rights to be chosen for lefts."""

    kind: Literal["matching"]
    question: Words
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=26)]

    @property
    def rights(self) -> tuple[str, ...]:
        """Each different right once, in the order of the source."""
        return tuple(dict.fromkeys(pair.right for pair in self.pairs))


class Verdicts(Part):
    """What is said of a right and of a wrong order."""

    right: Words
    wrong: Words


class Ordering(_Activity):
    """Items, given in the right order, to be put in order."""

    kind: Literal["ordering"]
    question: Words
    items: Annotated[tuple[Words, ...], Field(min_length=2, max_length=26)]
    feedback: Verdicts


class Statement(Part):
    """A sentence that a learner places himself to."""

    id: LowerCaseId
    text: Words


class _Statements(_Uncounted):
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


class Reflection(_Uncounted):
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


class Cards(_Uncounted):
    """Cards to turn over one by one."""

    kind: Literal["cards"]
    question: Words | None = None
    cards: Annotated[tuple[Card, ...], Field(min_length=1, max_length=26)]


Activity = SingleChoice | MultipleChoice | Matching | Ordering | Scale | Poll | Reflection | Cards

KINDS: dict[str, type[Activity]] = {
    "single-choice": SingleChoice,
    "multiple-choice": MultipleChoice,
    "matching": Matching,
    "ordering": Ordering,
    "scale": Scale,
    "poll": Poll,
    "reflection": Reflection,
    "cards": Cards,
}


def texts_of(activity: Activity) -> tuple[str, ...]:
    """Every text of an activity that may hold inline Markdown."""
    return tuple(_strings(activity.model_dump(exclude={"id", "kind"})))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for child in children for text in _strings(child)]
