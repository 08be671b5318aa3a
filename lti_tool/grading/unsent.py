"""Scores of released grades that are not in the gradebook: how many, whose, and which were refused for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, String, and_, case, cast, exists, false, func, select
from sqlalchemy.orm import Session, aliased, defer, joinedload, raiseload

from lti_tool.grading.desk import ORDER, Desk
from lti_tool.grading.releasing import SOURCE
from lti_tool.journal.models import Entry, PieceStatus, Submission
from lti_tool.people.models import STAFF, Membership, User
from lti_tool.scores.models import Delivery, DeliveryState, LineItem


@dataclass(frozen=True)
class RefusedScore:
    """Somebody whose scores were refused for one reason: the oldest of their pieces, and how many there are."""

    submission: Submission
    delivery: Delivery
    membership: Membership | None
    pieces: int
    """Theirs, for this reason."""
    alike: int
    """Everybody's, for this reason."""

    @property
    def reason(self) -> tuple[str, bool, bool]:
        """What is one reason: what platforms say of a person means something else where that person has left, or is
        a trainer by now.
        """
        member = self.membership
        return self.delivery.problem, bool(member and member.left_at), bool(member and member.role in STAFF)


def count_unsent(session: Session, desk: Desk) -> int:
    """How many released scores can be sent again: those that were refused, and those that had no column.

    Not of those whom no gradebook has: test students, staff who try things out, people whom the platform does not name.
    """
    counted = (session.scalar(wanted) for wanted in (_never_sent(desk, func.count()), _refused(desk, func.count())))
    return sum(found or 0 for found in counted)


def unsent_submissions(session: Session, desk: Desk) -> Sequence[Submission]:
    """What these scores are for, without the texts."""
    wanted = (_never_sent(desk, Submission), _refused(desk, Submission))
    return [one for some in wanted for one in session.scalars(some.options(defer(Submission.text)))]


def refused_scores(session: Session, desk: Desk, most: int) -> list[RefusedScore]:
    """The first `most` people of each reason for which scores were refused, each once, oldest piece first."""
    is_staff = func.coalesce(Membership.role.in_(STAFF), false())
    reason = (Delivery.problem, Membership.left_at.is_not(None), is_staff)
    here = and_(Membership.context_id == desk.context_id, Membership.user_id == Delivery.user_id)
    pieces = (
        _refused(desk, *ORDER, Delivery.id.label("delivery_id"), Membership.id.label("membership_id"))
        .outerjoin(Membership, here)
        .add_columns(func.dense_rank().over(order_by=reason).label("reason"))
        .add_columns(func.row_number().over(partition_by=(*reason, Delivery.user_id), order_by=ORDER).label("nth"))
        .add_columns(func.count().over(partition_by=(*reason, Delivery.user_id)).label("pieces"))
        .add_columns(func.count().over(partition_by=reason).label("alike"))
        .subquery()
    )
    in_order = (pieces.c.submitted_at, pieces.c.id)
    person = func.row_number().over(partition_by=pieces.c.reason, order_by=in_order).label("person")
    people = select(pieces, person).where(pieces.c.nth == 1).subquery()
    wanted = (
        select(Submission, Delivery, Membership, people.c.pieces, people.c.alike)
        .join(people, people.c.id == Submission.id)
        .join(Delivery, Delivery.id == people.c.delivery_id)
        .outerjoin(Membership, Membership.id == people.c.membership_id)
        .where(people.c.person <= most)
        .options(defer(Submission.text), joinedload(Submission.entry).defer(Entry.text))
        .options(raiseload(Delivery.line_item), raiseload(Delivery.user))
        .order_by(*ORDER)
    )
    return [RefusedScore(*row) for row in session.execute(wanted)]


def _refused(desk: Desk, *columns: Any) -> Select[Any]:
    """Released pieces whose newest score was refused; found from the scores, of which few are refused as a rule."""
    later = aliased(Delivery)
    named = case((Delivery.source.startswith(SOURCE), cast(func.substr(Delivery.source, len(SOURCE) + 1), Integer)))
    return (
        desk.list_of([PieceStatus.RELEASED], *columns)
        .join(Delivery, named == Submission.id)
        .join(LineItem, LineItem.id == Delivery.line_item_id)
        .where(LineItem.context_id == desk.context_id, Delivery.state == DeliveryState.REFUSED)
        .where(~exists().where(later.source == Delivery.source, later.id > Delivery.id))
    )


def _never_sent(desk: Desk, *columns: Any) -> Select[Any]:
    """Released pieces without any score on its way, of people who have a line in the gradebook."""
    here = and_(Membership.context_id == desk.context_id, Membership.user_id == Entry.user_id)
    sent = exists().where(Delivery.source == SOURCE + cast(Submission.id, String))
    return (
        desk.list_of([PieceStatus.RELEASED], *columns)
        .join(Entry, Entry.id == Submission.entry_id)
        .join(User, User.id == Entry.user_id)
        .outerjoin(Membership, here)
        .where(~sent, ~Submission.is_trial, ~User.is_anonymous, ~func.coalesce(Membership.is_test, false()))
    )
