"""The road map: its sections with their fields, and a whole example of one."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course_format.parts import Entry, LowerCaseId, Name, OptionalWords, Part, Words


class Choice(Entry):
    """One value of a choice: the identifier is stored and is the same in every language."""

    label: Words


_GOES_WITH = {
    "role": ("choice", "references", "periods"),
    "refers_to": ("reference", "references"),
    "not_before": ("date",),
    "choices_from": ("choice",),
}
"""What a field may say only where it is of one of these kinds."""
_OF_ROLES = {"status": "choice", "across": "choice", "down": "choice", "after": "references", "closed": "periods"}
"""The kind of field that may have each role."""


def _listed(given: object) -> object:
    return [given] if isinstance(given, str) else given


class SectionField(Part):
    """One field of a road map; `limit` in characters."""

    name: Name
    label: Words
    kind: Literal["text", "long", "date", "choice", "person", "reference", "references", "periods"]
    heading: OptionalWords = ""
    """Stands above this field and those that follow it, up to the next one that has a heading."""
    limit: Annotated[int, Field(ge=1)] = 2000
    choices: tuple[Choice, ...] = ()
    choices_from: Name | None = None
    """The catalogue whose entries are the choices, such as `measures`; `Data.sections` has them in `choices`."""
    starts_with: Literal["title", "place", "response"] | None = None
    """What the field says at first where its row was taken from a catalogue: the entry's `title`, say."""
    required: bool = False
    """A section is not ready without it."""
    required_with: Name | None = None
    """A field of the same row: once something stands there, a section is not ready without this one."""
    role: Literal["status", "across", "down", "after", "closed"] | None = None
    """`status`: the choices run from not begun to done. `across` and `down`: the choices, from least to most, are the
    columns and lines of the section's matrix. `after`: the rows that have to be done before this one; they never form
    a circle. `closed`: the periods in which nothing happens at school, which the timeline shades."""
    refers_to: Annotated[tuple[LowerCaseId, ...], BeforeValidator(_listed)] = ()
    """The kinds of row that a reference may name; one alone may be written without a list."""
    not_before: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_-]*\.)?[a-z][a-z0-9_-]*$")] | None = None
    """The date that this one must not come before: `begins` of the same section or row, `p5.begins` of a section."""

    @model_validator(mode="after")
    def _what_goes_with_its_kind(self) -> Self:
        for name, kinds in _GOES_WITH.items():
            if getattr(self, name) and self.kind not in kinds:
                named = " or ".join(f"`kind: {kind}`" for kind in kinds)
                raise PydanticCustomError("goes_with", f"`{name}` is given for {named}, and for no other kind.")
        if self.kind in _GOES_WITH["refers_to"] and not self.refers_to:
            raise PydanticCustomError("refers_to", f"`kind: {self.kind}` needs `refers_to`, a kind of row.")
        if self.role and _OF_ROLES[self.role] != self.kind:
            raise PydanticCustomError("role", f"`role: {self.role}` goes with `kind: {_OF_ROLES[self.role]}`.")
        if self.required and self.required_with:
            raise PydanticCustomError("required", "A field has either `required` or `required_with`.")
        return self

    @model_validator(mode="after")
    def _a_choice_has_choices(self) -> Self:
        if (self.kind == "choice") != bool(self.choices or self.choices_from):
            raise PydanticCustomError("choices", "`choices` is given for `kind: choice`, and for no other kind.")
        return self


class RowKind(Part):
    """What the rows of a section are, and the fields that each has."""

    kind: Annotated[LowerCaseId, Field(max_length=20)]
    singular: Words
    plural: Words
    fields: Annotated[tuple[SectionField, ...], Field(min_length=1)]

    @property
    def catalogue(self) -> str:
        """The catalogue from which a row can be taken; "" where rows are only a team's own."""
        return next((field.choices_from for field in self.fields if field.choices_from), "")


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
    def _what_is_required_goes_by_a_field_of_its_row(self) -> Self:
        for field in self.row.fields if self.row else self.fields:
            if field.required_with and not (self.row and field.required_with in {one.name for one in self.row.fields}):
                raise PydanticCustomError(
                    "required_with", "`required_with: {it}` names no field of the row.", {"it": field.required_with}
                )
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


Told = Annotated[str, BeforeValidator(lambda given: "\n".join(given) if isinstance(given, list) else given)]
"""A value of the example; the rows that a field refers to by their titles, a line or an entry of a list for each."""


class ExampleSection(Part):
    """One section of the worked example: texts by field, or rows of them."""

    fields: dict[Name, Told] | None = None
    rows: tuple[dict[Name, Told], ...] | None = None


class ExampleMap(Part):
    """example_map.yaml: a whole road map of a school put together from several."""

    school: ExampleSchool
    sections: dict[Name, ExampleSection]
