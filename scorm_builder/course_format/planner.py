"""The road map: its sections with their fields, and a whole example of one."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.parts import Entry, LowerCaseId, Name, OptionalWords, Part, Words


class Choice(Entry):
    """One value of a choice: the identifier is stored and is the same in every language."""

    label: Words


_GOES_WITH = {"role": "choice", "refers_to": "reference", "not_before": "date"}
"""What a field may say only where it is of this kind."""


class SectionField(Part):
    """One field of a road map; `limit` in characters."""

    name: Name
    label: Words
    kind: Literal["text", "long", "date", "choice", "person", "reference"]
    limit: Annotated[int, Field(ge=1)] = 2000
    choices: tuple[Choice, ...] = ()
    required: bool = False
    """A section is not ready without it."""
    role: Literal["status", "across", "down"] | None = None
    """`status`: the choices run from not begun to done. `across` and `down`: the choices, from least to most, are the
    columns and lines of the section's matrix."""
    refers_to: LowerCaseId | None = None
    """The kind of row that a reference names."""
    not_before: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_-]*\.)?[a-z][a-z0-9_-]*$")] | None = None
    """The date that this one must not come before: `begins` of the same section or row, `p5.begins` of a section."""

    @model_validator(mode="after")
    def _what_goes_with_its_kind(self) -> Self:
        for name, kind in _GOES_WITH.items():
            if getattr(self, name) and self.kind != kind:
                raise PydanticCustomError("goes_with", f"`{name}` is given for `kind: {kind}`, and for no other kind.")
        if self.kind == "reference" and not self.refers_to:
            raise PydanticCustomError("refers_to", "`kind: reference` needs `refers_to`, a kind of row.")
        return self

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
    catalogues: tuple[Name, ...] = ()
    """The files whose lists help to write it, such as `measures`."""
    view: Literal["form", "list", "matrix"] | None = None
    """How it is shown; without it, as a form where it has fields and as a list where it has rows. A `matrix` needs rows
    with one field of the role `across` and one of the role `down`."""
    fields: tuple[SectionField, ...] = ()
    row: RowKind | None = None

    @model_validator(mode="after")
    def _fields_or_row(self) -> Self:
        if bool(self.fields) == bool(self.row):
            raise PydanticCustomError("fields_or_row", "A section has either `fields` or a `row`, not both.")
        return self

    @model_validator(mode="after")
    def _a_matrix_has_two_sides(self) -> Self:
        roles = [field.role for field in self.row.fields] if self.row else []
        if self.view == "matrix" and (roles.count("across"), roles.count("down")) != (1, 1):
            raise PydanticCustomError(
                "matrix", "`view: matrix` needs a `row` with one field of `role: across` and one of `role: down`."
            )
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
