"""Progress through a unit: kept as the player saved it, and read for what others want to know."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, defer

from lti_tool.course.models import UnitProgress
from lti_tool.database import now, upsert
from lti_tool.errors import BadInput, TooLong
from lti_tool.scores.units import send_unit_score
from scorm_builder.course_format.units import Unit

Status = Literal["incomplete", "completed", "passed", "failed"]
Identifier = Annotated[str, Field(max_length=100)]
LONGEST = 200_000
"""Characters of JSON; a unit with every answer given has some thousands."""


class Score(BaseModel):
    """Percent of the counting points."""

    raw: float = Field(ge=0, le=100)


class SavedProgress(BaseModel):
    """The part of the player's progress that the tool reads; all of it is kept as it was sent."""

    v: Literal[1]
    at: Identifier = ""
    """The moment of this save and its window, which name it."""
    includes: list[Identifier] = Field(default=[], max_length=100)
    """The earlier saves that are part of this one; "" where there was none."""
    page: Identifier = ""
    seen: list[Identifier] = Field(default=[], max_length=200)
    answers: dict[Identifier, Any] = Field(default={}, max_length=500)
    status: Status = "incomplete"
    score: Score | None = None


@dataclass(frozen=True)
class Kept:
    """The row after a save; `conflict` says that it holds another window's save, and nothing was replaced."""

    progress: UnitProgress
    conflict: bool = False


def save_progress(
    session: Session, *, context_id: int, user_id: int, unit: Unit, sent: object, launch_id: str = ""
) -> Kept:
    """Keep what the player sent, unless the row holds a save that is no part of it.

    Raises BadInput where it is not progress, TooLong where it is too much. `launch_id` says through which link it came.
    """
    progress = _read(sent)
    # First the row, which two tabs that save at once take in turn: each then sees what the other sent.
    kept = _hold(session, {"context_id": context_id, "user_id": user_id, "unit": unit.id})
    if kept.saved and kept.saved.get("at", "") not in progress.includes:
        return Kept(kept, conflict=True)
    percent = progress.score.raw if progress.score else None
    kept.saved = cast("dict[str, Any]", sent)
    kept.pages_seen = len({page.id for page in unit.pages}.intersection(progress.seen))
    kept.status, kept.score, kept.updated_at = progress.status, percent, now()
    session.flush()
    send_unit_score(
        session,
        context_id=context_id,
        user_id=user_id,
        unit=unit.id,
        launch_id=launch_id,
        title=next(iter(unit.title.values()), ""),
        status=progress.status,
        percent=percent,
    )
    return Kept(kept)


def _hold(session: Session, keys: Mapping[str, Any]) -> UnitProgress:
    """The row, made now if there was none, and held until the end of the transaction."""
    found = upsert(session, UnitProgress, keys, {})
    return session.execute(
        select(UnitProgress)
        .where(UnitProgress.id == found.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


# Every visit of the course page reads these, so it is built once; what the player saved may be long, and stays away.
_OF_PERSON = (
    select(UnitProgress)
    .where(UnitProgress.context_id == bindparam("context"), UnitProgress.user_id == bindparam("user"))
    .options(defer(UnitProgress.saved, raiseload=True))
)


def progress_of(session: Session, context_id: int, user_id: int) -> Mapping[str, UnitProgress]:
    """One person's progress in one course, by unit, without what the player saved."""
    mine = session.scalars(_OF_PERSON, {"context": context_id, "user": user_id})
    return {found.unit: found for found in mine}


def saved_progress(session: Session, context_id: int, user_id: int, unit: Unit) -> Any:
    """What the player saved last in this unit, or None."""
    wanted = select(UnitProgress.saved).filter_by(context_id=context_id, user_id=user_id, unit=unit.id)
    return session.scalar(wanted)


def _read(sent: object) -> SavedProgress:
    if len(json.dumps(sent)) > LONGEST:
        raise TooLong("progress")
    # A NUL or half a character could be kept, but not everywhere be read again.
    if any("\x00" in text or not _is_whole(text) for text in _texts(sent)):
        raise BadInput("progress: a character that cannot be kept")
    try:
        return SavedProgress.model_validate(sent)
    except ValidationError as error:
        raise BadInput(f"progress: {error.error_count()} mistakes") from None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
