"""The worker finds or makes a column for scores that have none: once, whoever else tries or dies (AGS 2.0, 3.2).

One worker at a time has the claim, and whoever makes a column looks for it first: one that was made just before a crash
is found by its resource id.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.line_items import WantedLineItem, change_line_item, create_line_item, find_line_item
from lti_tool.people.models import Context
from lti_tool.scores.line_items import may_make_line_items, name_of
from lti_tool.scores.models import Delivery, DeliveryState, LineItem

LEASE = timedelta(minutes=5)
"""Taken anew before each call; longer than all time-outs of one."""
SETTLING = timedelta(seconds=30)
"""How long nobody tries again where the answer to making one was lost: it may just be coming into being."""
BEING_MADE, COLUMN_GONE, COLUMN_DELETED = "column_being_made", "column_gone", "column_deleted"


@dataclass(frozen=True)
class _Wish:
    claim: str
    lineitems_url: str
    line_item: WantedLineItem


def find_or_make(
    database: Database, services: PlatformServices, line_item_id: int, base_url: str, maximum: float
) -> str:
    """The address of the column; raises ServiceFailed, temporary where another worker is about it.

    `maximum` is the highest score of what is to be sent: that of a column which takes the place of the platform's own.
    """
    with database.transaction() as session:
        column = session.get_one(LineItem, line_item_id)
        if column.url:
            return column.url
        wish = _claim(session, column, base_url, maximum)
    services = services.before_each(lambda: _keep(database, line_item_id, wish))
    try:
        found = find_line_item(services, wish.lineitems_url, wish.line_item.resource_id)
    except ServiceFailed:
        _let_go(database, line_item_id, wish)
        raise
    try:
        made = found or create_line_item(services, wish.lineitems_url, wish.line_item)
    except ServiceFailed as failed:
        _let_go(database, line_item_id, wish, after=timedelta() if failed.permanent else SETTLING)
        raise
    with database.transaction() as session:
        wanted = wish.line_item
        # One that was there already may be the trainer's: its maximum and its name are left to the platform.
        our_maximum = None if found else made.maximum or wanted.maximum
        ours = {"url": made.url, "label": wanted.label, "maximum": our_maximum}
        if _update(session, line_item_id, wish.claim, **ours, claim="", claimed_until=None):
            return made.url
    # A launch brought the platform's own column meanwhile: the score belongs there.
    raise ServiceFailed(BEING_MADE, permanent=False)


def keep_maximum(database: Database, services: PlatformServices, line_item_id: int, url: str, maximum: float) -> None:
    """Let the column at `url`, where we made it, have this highest score; raises ServiceFailed.

    The row is read anew: since the score was claimed, another's column may have been found or brought.
    """
    with database.transaction(write=False) as session:
        column = session.get_one(LineItem, line_item_id)
    if column.url != url or column.maximum in (None, maximum):
        return
    change_line_item(services, url, label=column.label, maximum=maximum)
    # Unless a launch brought the platform's own column meanwhile, whose maximum is not ours to change.
    same = (LineItem.id == line_item_id, LineItem.url == url, LineItem.maximum == column.maximum)
    with database.transaction() as session:
        session.execute(update(LineItem).where(*same).values(maximum=maximum))


def forget_column(session: Session, line_item_id: int, url: str) -> bool:
    """Forget a column that the platform no longer has, so that the next try finds or makes another.

    What was sent to it is in no gradebook any more, and trainers are told so. False where we may not make one: the
    trainer has to be told that, too.
    """
    column = session.get_one(LineItem, line_item_id)
    if column.url == url:
        lost = update(Delivery).where(Delivery.line_item_id == column.id, Delivery.state == DeliveryState.SENT)
        values = {"state": DeliveryState.REFUSED, "problem": COLUMN_DELETED}
        session.execute(lost.values(values).execution_options(synchronize_session=False))
    if not may_make_line_items(session.get_one(Context, column.context_id)):
        return False
    session.execute(
        update(LineItem)
        .where(LineItem.id == line_item_id, LineItem.url == url)
        .values(url="", claim="", claimed_until=None)
    )
    return True


def _claim(session: Session, column: LineItem, base_url: str, maximum: float) -> _Wish:
    claim = secrets.token_hex(16)
    free = or_(LineItem.claimed_until.is_(None), LineItem.claimed_until <= now())
    claimed = session.execute(
        update(LineItem)
        .where(LineItem.id == column.id, LineItem.url == "", free)
        .values(claim=claim, claimed_until=now() + LEASE)
        .returning(LineItem.id)
    )
    if claimed.first() is None:
        raise ServiceFailed(BEING_MADE, permanent=False)
    wanted = WantedLineItem(
        label=column.label or name_of(session, column),
        maximum=column.maximum or maximum,
        resource_id=column.activity,
        review_url=f"{base_url}/activities/{column.activity}" if base_url else "",
    )
    return _Wish(claim, session.get_one(Context, column.context_id).lineitems_url, wanted)


def _keep(database: Database, line_item_id: int, wish: _Wish) -> None:
    """Hold the claim on; raises ServiceFailed where somebody else has it, or has brought a column."""
    with database.transaction() as session:
        if not _update(session, line_item_id, wish.claim, claimed_until=now() + LEASE):
            raise ServiceFailed(BEING_MADE, permanent=False)


def _let_go(database: Database, line_item_id: int, wish: _Wish, *, after: timedelta = timedelta()) -> None:
    """Let anybody have a try, at once or after this time."""
    with database.transaction() as session:
        _update(session, line_item_id, wish.claim, claimed_until=now() + after)


def _update(session: Session, line_item_id: int, held_claim: str, /, **values: object) -> bool:
    """Whether the claim was still held."""
    held = (LineItem.id == line_item_id, LineItem.claim == held_claim)
    return session.execute(update(LineItem).where(*held).values(**values).returning(LineItem.id)).first() is not None
