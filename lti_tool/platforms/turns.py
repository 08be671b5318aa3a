"""Registrations take turns at the worker: of each kind of job one runs for each, and who waited longest is next.

So a platform that is slow, broken or has much to do holds one thread of a kind and nobody else up, whatever the number
of its courses and of workers. Who has a turn and dies leaves a hold that runs out.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Case, ColumnElement, CursorResult, UnaryExpression, and_, case, or_, update
from sqlalchemy.orm import Session

from lti_tool.database import insert_new, now
from lti_tool.platforms.models import PlatformTurn, Registration


@dataclass(frozen=True)
class Turn:
    """A turn that was taken: nobody else's job of this kind runs for this registration."""

    registration_id: int
    job: str
    claim: str


def turns_at(job: str) -> tuple[type[PlatformTurn], ColumnElement[bool]]:
    """What a query of registrations is joined with, outer, so that the conditions below can be asked of it."""
    return PlatformTurn, and_(PlatformTurn.registration_id == Registration.id, PlatformTurn.job == job)


def has_no_turn() -> ColumnElement[bool]:
    """Whether no job of the kind runs for a query's registration."""
    return or_(PlatformTurn.held_until.is_(None), PlatformTurn.held_until <= now())


def longest_without() -> UnaryExpression[datetime | None]:
    """The order in which registrations get their turn."""
    return PlatformTurn.taken_at.asc().nulls_first()


def not_before_turn(due: ColumnElement[datetime]) -> Case[datetime]:
    """When something that is due can be done: a turn that is taken has to end, or its hold."""
    return case((PlatformTurn.held_until > due, PlatformTurn.held_until), else_=due)


def take_turn(session: Session, registration_id: int, job: str, until: datetime) -> Turn | None:
    """Take the turn; nothing where another worker has just taken it. It is free again at `until`, should we die."""
    insert_new(session, PlatformTurn, {"registration_id": registration_id, "job": job, "claim": ""})
    turn = Turn(registration_id, job, secrets.token_hex(16))
    free = or_(PlatformTurn.held_until.is_(None), PlatformTurn.held_until <= now())
    values = {"claim": turn.claim, "held_until": until, "taken_at": now()}
    taken = PlatformTurn.registration_id == registration_id, PlatformTurn.job == job, free
    return turn if _changed(session, taken, values) else None


def keep_turn(session: Session, turn: Turn, until: datetime) -> bool:
    """Hold it on; says whether it was still ours."""
    return _changed(session, _held(turn), {"held_until": until})


def end_turn(session: Session, turn: Turn) -> None:
    """Let the next one begin, unless another worker has the turn by now."""
    _changed(session, _held(turn), {"held_until": None, "claim": ""})


def somebody_waits(held: Turn) -> ColumnElement[bool]:
    """Whether a query's registration is another than the one whose turn it is, and could have its own."""
    return and_(Registration.id != held.registration_id, has_no_turn())


def _held(turn: Turn) -> tuple[ColumnElement[bool], ...]:
    return (
        PlatformTurn.registration_id == turn.registration_id,
        PlatformTurn.job == turn.job,
        PlatformTurn.claim == turn.claim,
    )


def _changed(session: Session, which: tuple[ColumnElement[bool], ...], values: dict[str, Any]) -> bool:
    changing = update(PlatformTurn).where(*which).values(values)
    done = session.execute(changing.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount == 1
