"""What all parts of a course are made of: frozen models that know no fields but their own."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LowerCaseId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
OutcomeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]
ReferenceId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Words = Annotated[str, Field(min_length=1)]
OptionalWords = Annotated[str, BeforeValidator(lambda given: "" if given is None else given)]
"""Empty where the author wrote nothing, also after `example:`."""
Minutes = Annotated[int, Field(ge=1)]
Texts = dict[str, Words]
"""A text by language."""


class Part(BaseModel):
    """A frozen piece of a course; knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Part):
    """What other parts name by its identifier, which is the same in every language."""

    id: Name
