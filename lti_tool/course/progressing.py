"""Progress through a unit: kept as the player saved it, and read for what others want to know."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.course.bundle import Unit
from lti_tool.course.models import UnitProgress
from lti_tool.database import now, upsert
from lti_tool.errors import BadInput

Status = Literal["incomplete", "completed", "passed", "failed"]
Identifier = Annotated[str, Field(max_length=100)]


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    if "\x00" in repr(value) or "\\x00" in repr(value):
        raise ValueError("a NUL character cannot be stored")
    return value


class Score(BaseModel):
    """Percent of the counting points."""

    raw: float = Field(ge=0, le=100)


class SavedProgress(BaseModel):
    """The part of the player's progress that the tool reads; the rest is kept as it is."""

    model_config = ConfigDict(extra="allow")

    v: Literal[1]
    page: Identifier = ""
    seen: list[Identifier] = Field(default=[], max_length=200)
    answers: Annotated[dict[Identifier, Any], AfterValidator(_storable)] = Field(default={}, max_length=500)
    status: Status = "incomplete"
    score: Score | None = None


def save_progress(session: Session, *, context_id: int, user_id: int, unit: Unit, sent: object) -> UnitProgress:
    """Keep what the player sent; raises BadInput where it is not progress."""
    try:
        progress = SavedProgress.model_validate(sent)
    except ValidationError as error:
        raise BadInput(f"progress: {error.error_count()} mistakes") from None
    pages = {page.id for page in unit.pages}
    return upsert(
        session,
        UnitProgress,
        {"context_id": context_id, "user_id": user_id, "unit": unit.id},
        {
            "saved": progress.model_dump(mode="json", exclude_unset=True),
            "pages_seen": len(pages.intersection(progress.seen)),
            "status": progress.status,
            "score": progress.score.raw if progress.score else None,
            "updated_at": now(),
        },
    )


def progress_of(session: Session, context_id: int, user_id: int) -> Mapping[str, UnitProgress]:
    """One person's progress in one course, by unit."""
    mine = select(UnitProgress).where(UnitProgress.context_id == context_id, UnitProgress.user_id == user_id)
    return {found.unit: found for found in session.scalars(mine)}


def progress_of_all(session: Session, context_id: int) -> Mapping[int, Mapping[str, UnitProgress]]:
    """Everybody's progress in this course, by user id and unit."""
    found: dict[int, dict[str, UnitProgress]] = {}
    for one in session.scalars(select(UnitProgress).where(UnitProgress.context_id == context_id)):
        found.setdefault(one.user_id, {})[one.unit] = one
    return found
