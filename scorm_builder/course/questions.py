"""Activities with right and wrong, which may count: choices, matching, ordering, short answer (course format)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course.declared import Declared
from scorm_builder.course_format.parts import Part, Words


class Option(Part):
    """One answer to choose."""

    text: Words
    correct: bool = False
    feedback: Words


class _Choice(Declared):
    question: Words
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=26)]
    fixed: bool = False
    """Whether the options keep the order of the source, whoever looks (option_order.py knows more reasons)."""

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


class Matching(Declared):
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


class Ordering(Declared):
    """Items, given in the right order, to be put in order."""

    kind: Literal["ordering"]
    question: Words
    items: Annotated[tuple[Words, ...], Field(min_length=2, max_length=26)]
    feedback: Verdicts


class ShortAnswer(Declared):
    """A word or two to write; compared without case, accents, outer blanks and final punctuation."""

    kind: Literal["short-answer"]
    question: Words
    answers: Annotated[tuple[Words, ...], Field(min_length=1, max_length=20)]
    sample: Words
    feedback: Verdicts
