"""What all pieces of a course are made of: frozen models that know no fields but their own (course format)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LowerCaseId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
OutcomeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]
ReferenceId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Words = Annotated[str, Field(min_length=1)]
Minutes = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A frozen piece of a course; knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
