"""Looks whether the columns that scores were sent to are still in the gradebook: nobody tells when one is deleted.

Asked for when a trainer comes, and for one column once in five minutes at most. A worker that dies meanwhile costs
one look.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.database import Database, ask_for, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.deadlines import within
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.calls import ServicesFor
from lti_tool.lti.services.line_items import read_line_item
from lti_tool.people.models import Context
from lti_tool.platforms.models import Registration
from lti_tool.platforms.pauses import may_be_called, pause_after
from lti_tool.platforms.registrations.records import platform_of
from lti_tool.platforms.turns import Turn, end_turn, has_no_turn, longest_without, take_turn, turns_at
from lti_tool.scores.columns import forget_column
from lti_tool.scores.line_items import may_make_line_items
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

log = logging.getLogger("lti_tool.scores")

JOB = "look_for_columns"
NOT_BEFORE = timedelta(minutes=5)
"""How long nobody looks again."""
LONGEST = 30.0
"""Seconds that the calls for one column may take together."""
LEASE = timedelta(minutes=5)
"""When a worker that looks counts as dead; its look is lost."""


@dataclass(frozen=True)
class _Doubted:
    line_item_id: int
    registration_id: int
    platform: Platform
    url: str
    turn: Turn
    """The registration's: no other column of it is looked for meanwhile."""


def doubt_columns(session: Session, context: Context) -> None:
    """Have a worker look for this course's columns that hold scores, where the platform lets us read them."""
    if not may_make_line_items(context):
        return
    holds_scores = exists().where(Delivery.line_item_id == LineItem.id, Delivery.state == DeliveryState.SENT)
    is_old = or_(LineItem.looked_at.is_(None), LineItem.looked_at < now() - NOT_BEFORE)
    doubted = update(LineItem).where(LineItem.context_id == context.id, LineItem.url != "", is_old, holds_scores)
    values = doubted.values(is_doubted=True).returning(LineItem.id)
    if session.execute(values.execution_options(synchronize_session=False)).first() is not None:
        ask_for(session, JOB)


def look_for_columns(database: Database, services_for: ServicesFor, longest: float = LONGEST) -> None:
    """Look for each that is doubted; one that cannot be read is left as it is, and stops no other.

    Registrations take turns, a column each, of `longest` seconds at most.
    """
    while True:
        with database.transaction() as session:
            doubted = _take(session)
        if doubted is None:
            return
        with within(longest):
            is_gone, failed = _look(services_for, doubted)
        with database.transaction() as session:
            if failed is not None:
                pause_after(session, doubted.registration_id, failed)
            if is_gone:
                forget_column(session, doubted.line_item_id, doubted.url)
            end_turn(session, doubted.turn)


def _look(services_for: ServicesFor, doubted: _Doubted) -> tuple[bool, ServiceFailed | None]:
    """Whether the column is gone, and why that could not be seen."""
    try:
        return read_line_item(services_for(doubted.platform), doubted.url) is None, None
    except ServiceFailed as failed:
        log.info("column %s could not be looked at: %s", doubted.line_item_id, failed)
        return False, failed


def _take(session: Session) -> _Doubted | None:
    wanted = (
        select(LineItem, Registration)
        .join(Registration, Registration.id == LineItem.registration_id)
        .outerjoin(*turns_at(JOB))
        .where(LineItem.is_doubted, LineItem.url != "", may_be_called(), has_no_turn())
        .order_by(longest_without(), LineItem.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=LineItem)
    )
    turn = None
    while turn is None:
        found = session.execute(wanted).first()
        if found is None:
            return None
        column, registration = found
        turn = take_turn(session, registration.id, JOB, now() + LEASE)
    column.is_doubted, column.looked_at = False, now()
    return _Doubted(column.id, registration.id, platform_of(registration), column.url, turn)
