"""The desk: which pieces are in which list and in which order, found and counted by the database.

A course may have thousands of pieces. No page loads more of them than it shows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, defer, joinedload, raiseload

from lti_tool.grading.models import Grade
from lti_tool.grading.releasing import source_of
from lti_tool.journal.models import Entry, PieceStatus, Submission
from lti_tool.people.models import TeamMember
from lti_tool.people.paging import A_PAGE, Place, place_of
from lti_tool.scores.models import Delivery
from lti_tool.scores.outbox import latest_deliveries

TO_MARK = (PieceStatus.WAITING, PieceStatus.DRAFT)
LISTS = (PieceStatus.WAITING, PieceStatus.DRAFT, PieceStatus.RELEASED, PieceStatus.RETURNED)
ORDER = (Submission.submitted_at, Submission.id)


@dataclass(frozen=True)
class Desk:
    """What is looked at: all pieces of a course, those on one prompt, those of one school team."""

    context_id: int
    prompt: str | None = None
    team_id: int | None = None

    def list_of(self, statuses: Collection[PieceStatus], *columns: Any) -> Select[Any]:
        """These columns of the submissions that are in these lists."""
        here = (Submission.context_id == self.context_id, Submission.status.in_(statuses))
        wanted = select(*columns).select_from(Submission).where(*here)
        if self.prompt:
            wanted = wanted.where(Submission.prompt == self.prompt)
        if self.team_id is not None:
            members = select(TeamMember.user_id).where(TeamMember.team_id == self.team_id)
            theirs = select(Entry.id).where(Entry.context_id == self.context_id, Entry.user_id.in_(members))
            wanted = wanted.where(Submission.entry_id.in_(theirs))
        return wanted


@dataclass(frozen=True)
class Piece:
    """The newest submission of one piece, with its grade if one was begun."""

    submission: Submission
    grade: Grade | None


@dataclass(frozen=True)
class Neighbours:
    """The pieces before and after one, by submission id, and its place among those that are to be marked."""

    previous: int | None
    following: int | None
    place: int
    count: int


def count_statuses(session: Session, desk: Desk, *, trials: bool = True) -> dict[PieceStatus, int]:
    """How many pieces are in each list; without `trials`, not those that somebody handed in to try things out."""
    wanted = desk.list_of(LISTS, Submission.status, func.count()).group_by(Submission.status)
    if not trials:
        wanted = wanted.where(~Submission.is_trial)
    found = dict.fromkeys(LISTS, 0)
    found.update((status, count) for status, count in session.execute(wanted))
    return found


def page_of_pieces(
    session: Session, desk: Desk, status: PieceStatus, total: int, number: int
) -> tuple[list[Piece], Place]:
    """One page of a list that holds `total` pieces, oldest first, without their texts."""
    place = place_of(total, number)
    # The ids first, which an index has in their order; whole rows would have to be read to be left out again.
    chosen = desk.list_of([status], Submission.id).order_by(*ORDER).limit(A_PAGE).offset(place.offset)
    wanted = (
        select(Submission, Grade)
        .outerjoin(Grade, Grade.submission_id == Submission.id)
        .where(Submission.id.in_(session.scalars(chosen).all()))
        .options(defer(Submission.text), joinedload(Submission.entry).defer(Entry.text))
        .options(raiseload(Grade.submission), raiseload(Grade.grader))
        .order_by(*ORDER)
    )
    return [Piece(submission, grade) for submission, grade in session.execute(wanted)], place


def first_piece(session: Session, desk: Desk, status: PieceStatus) -> int | None:
    """The submission that has been in this list longest."""
    found: int | None = session.scalar(desk.list_of([status], Submission.id).order_by(*ORDER).limit(1))
    return found


def submissions_in(session: Session, desk: Desk, status: PieceStatus) -> Sequence[Submission]:
    """All submissions of a list, for what is done to all of them at once; without their texts."""
    wanted = desk.list_of([status], Submission).order_by(*ORDER).options(defer(Submission.text))
    return session.scalars(wanted).all()


def find_neighbours(session: Session, desk: Desk, submission: Submission, status: PieceStatus) -> Neighbours:
    """What lies before and after this submission, also when it has left the list meanwhile."""
    listed = TO_MARK if status in TO_MARK else (status,)  # a piece that has just become a draft stays among them
    here = (submission.submitted_at, submission.id)
    before, after = tuple_(*ORDER) < here, tuple_(*ORDER) > here
    previous = [_nearest(session, desk.list_of([one], *ORDER).where(before), latest=True) for one in listed]
    following = [_nearest(session, desk.list_of([one], *ORDER).where(after), latest=False) for one in listed]
    count, preceding = session.execute(desk.list_of(listed, func.count(), func.count().filter(before))).one()
    return Neighbours(
        previous=max(filter(None, previous), default=(None, None))[1],
        following=min(filter(None, following), default=(None, None))[1],
        place=preceding + 1,
        count=count,
    )


def _nearest(session: Session, listed: Select[Any], *, latest: bool) -> Any:
    """The time and the id of the last or the first of these, or nothing; of one list, so that an index has them."""
    order = [column.desc() for column in ORDER] if latest else ORDER
    return session.execute(listed.order_by(*order).limit(1)).first()


def deliveries_of(session: Session, context_id: int, pieces: Sequence[Piece]) -> Mapping[int, Delivery]:
    """The newest score on its way for each of these pieces, by submission id; none where there is no column."""
    sources = {source_of(piece.submission.id): piece.submission.id for piece in pieces if piece.grade}
    found = latest_deliveries(session, context_id, sources)
    return {sources[source]: delivery for source, delivery in found.items()}
