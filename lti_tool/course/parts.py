"""What every part of the built course is: read once, never changed, what it leaves open takes the default."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

Texts = dict[str, str]
"""A text by language."""


class Part(BaseModel):
    """A part of the course as the builder wrote it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _leave_out_nothings(cls, found: Any) -> Any:
        """What the course leaves open comes as null and takes the default here."""
        if isinstance(found, dict):
            return {name: value for name, value in found.items() if value is not None}
        return found
