"""The road map: its sections with their fields, and a whole example of one."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.parts import Entry, LowerCaseId, Name, OptionalWords, Part, Words


class Choice(Entry):
    """One value of a choice: the identifier is stored and is the same in every language."""

    label: Words


class SectionField(Part):
    """One field of a road map; `limit` in characters."""

    name: Name
    label: Words
    kind: Literal["text", "long", "date", "choice", "person", "priority"]
    limit: Annotated[int, Field(ge=1)] = 2000
    choices: tuple[Choice, ...] = ()
    required: bool = False

    @model_validator(mode="after")
    def _a_choice_has_choices(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise PydanticCustomError("choices", "`choices` is given for `kind: choice`, and for no other kind.")
        return self


class RowKind(Part):
    """What the rows of a section are, and the fields that each has."""

    kind: Annotated[LowerCaseId, Field(max_length=20)]
    singular: Words
    plural: Words
    fields: Annotated[tuple[SectionField, ...], Field(min_length=1)]


class Section(Entry):
    """A section of the road map: its own fields, or rows."""

    code: Words
    title: Words
    question: Words
    help: OptionalWords = ""
    guiding: tuple[Words, ...] = ()
    example: OptionalWords = ""
    fields: tuple[SectionField, ...] = ()
    row: RowKind | None = None

    @model_validator(mode="after")
    def _fields_or_row(self) -> Self:
        if bool(self.fields) == bool(self.row):
            raise PydanticCustomError("fields_or_row", "A section has either `fields` or a `row`, not both.")
        return self


class Planner(Part):
    """roadmap.yaml."""

    sections: tuple[Section, ...] = ()


class ExampleSchool(Part):
    """The school whose road map the example is."""

    name: Words
    kind: OptionalWords = ""
    place: OptionalWords = ""
    note: OptionalWords = ""
    team: tuple[Words, ...] = ()
    begins: OptionalWords = ""
    """A day, as in 2025-09-08."""
    ends: OptionalWords = ""


class ExampleSection(Part):
    """One section of the worked example: texts by field, or rows of them."""

    fields: dict[Name, str] | None = None
    rows: tuple[dict[Name, str], ...] | None = None


class ExampleMap(Part):
    """example_map.yaml: a whole road map of a school put together from several."""

    school: ExampleSchool
    sections: dict[Name, ExampleSection]
