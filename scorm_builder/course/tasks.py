"""What the tool's rooms are filled with: journal prompts, rubrics and the planner's sections (course format)."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course.parts import LowerCaseId, Name, Part, Words


class WordRange(Part):
    """How long a piece should be, in words."""

    min: Annotated[int, Field(ge=0)]
    max: Annotated[int, Field(ge=1)]


class Step(Part):
    """One step of the scaffold that helps to write a piece."""

    name: Words
    text: Words


class Prompt(Part):
    """A journal prompt; `question` and `example` are Markdown, `limit` counts characters."""

    id: Name
    code: Words
    unit: Name
    title: Words
    question: Words
    guiding: tuple[Words, ...] = ()
    scaffold: tuple[Step, ...] = ()
    words: WordRange | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    rubric: Name | None = None
    points: Annotated[int, Field(ge=0)] | None = None
    example: Words | None = None
    tags: tuple[Name, ...] = ()
    sections: tuple[Name, ...] = ()


class Journal(Part):
    """journal.yaml."""

    prompts: tuple[Prompt, ...]


class Level(Part):
    """One level of a criterion."""

    points: Annotated[int, Field(ge=0)]
    title: Words
    description: Words


class Criterion(Part):
    """What a piece is read for."""

    id: Name
    title: Words
    question: Words
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]


class Rubric(Part):
    """Criteria and levels for grading."""

    id: Name
    title: Words
    source: Words
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Rubrics(Part):
    """rubrics.yaml."""

    rubrics: tuple[Rubric, ...]


class Choice(Part):
    """One value of a choice: the identifier is stored and is the same in every language."""

    id: Name
    label: Words


class SectionField(Part):
    """One field of a road map; `limit` in characters."""

    name: Name
    label: Words
    kind: Literal["text", "long", "date", "choice", "person", "priority"]
    limit: Annotated[int, Field(ge=1)] | None = None
    choices: tuple[Choice, ...] | None = None
    required: bool = False

    @model_validator(mode="after")
    def _a_choice_has_choices(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise PydanticCustomError("choices", "`choices` is given for `kind: choice`, and for no other kind.")
        return self


class Row(Part):
    """The fields of each row of a section that holds many."""

    kind: Annotated[LowerCaseId, Field(max_length=20)]
    singular: Words
    plural: Words
    fields: Annotated[tuple[SectionField, ...], Field(min_length=1)]


class Section(Part):
    """A section of the road map: its own fields, or rows."""

    id: Name
    code: Words
    title: Words
    question: Words
    help: Words | None = None
    guiding: tuple[Words, ...] = ()
    example: Words | None = None
    fields: tuple[SectionField, ...] | None = None
    row: Row | None = None

    @model_validator(mode="after")
    def _fields_or_row(self) -> Self:
        if bool(self.fields) == bool(self.row):
            raise PydanticCustomError("fields_or_row", "A section has either `fields` or a `row`, not both.")
        return self


class Planner(Part):
    """roadmap.yaml."""

    sections: tuple[Section, ...]


class ExampleSection(Part):
    """One section of the worked example: texts by field, or rows of them."""

    fields: dict[Name, Any] | None = None
    rows: tuple[dict[Name, Any], ...] | None = None


class ExampleMap(Part):
    """example_map.yaml: a whole road map of a school put together from several."""

    school: dict[str, Any]
    sections: dict[Name, ExampleSection]
