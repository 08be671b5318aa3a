"""The desk: which pieces wait, in which order, and what becomes of the scores of those that were released."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased, defer, joinedload

from lti_tool.grading.models import Grade, GradeState
from lti_tool.grading.releasing import source_of
from lti_tool.journal.models import Entry, EntryState, Submission
from lti_tool.people.models import TeamMember
from lti_tool.scores.models import Delivery
from lti_tool.scores.outbox import latest_deliveries


class PieceStatus(StrEnum):
    """Where a piece is on the desk."""

    WAITING = "waiting"
    DRAFT = "draft"
    RELEASED = "released"
    RETURNED = "returned"


TO_MARK = frozenset({PieceStatus.WAITING, PieceStatus.DRAFT})


@dataclass(frozen=True)
class Piece:
    """The newest submission of one piece, with its grade if one was begun."""

    submission: Submission
    grade: Grade | None

    @property
    def status(self) -> PieceStatus:
        """Where it is. A grade that was taken up again is a draft, though its writer still sees the former one."""
        if self.grade and self.grade.state is GradeState.RELEASED:
            return PieceStatus.RELEASED
        if self.submission.entry.state is EntryState.RETURNED:
            return PieceStatus.RETURNED
        begun = self.grade and (self.grade.levels or self.grade.comment)
        return PieceStatus.DRAFT if begun else PieceStatus.WAITING


@dataclass(frozen=True)
class Neighbours:
    """The pieces before and after one, by submission id, and its place among those that are to be marked."""

    previous: int | None
    following: int | None
    place: int
    count: int


def pieces_on_desk(
    session: Session, context_id: int, prompt: str | None = None, team_id: int | None = None
) -> list[Piece]:
    """Every piece that was handed in in this course, oldest first, without its text: all, of a prompt, of a team."""
    later = aliased(Submission)
    newest = select(func.max(later.number)).where(later.entry_id == Submission.entry_id).scalar_subquery()
    wanted = (
        select(Submission, Grade)
        .join(Entry, Entry.id == Submission.entry_id)
        .outerjoin(Grade, Grade.submission_id == Submission.id)
        .where(Entry.context_id == context_id, Submission.number == newest)
        .options(defer(Submission.text), joinedload(Submission.entry).defer(Entry.text))
        .order_by(Submission.submitted_at, Submission.id)
    )
    if prompt:
        wanted = wanted.where(and_(Entry.prompt == prompt))
    if team_id is not None:
        wanted = wanted.where(Entry.user_id.in_(select(TeamMember.user_id).where(TeamMember.team_id == team_id)))
    return [Piece(submission, grade) for submission, grade in session.execute(wanted)]


def count_statuses(pieces: Sequence[Piece]) -> Mapping[PieceStatus, int]:
    """How many pieces are where."""
    counted = Counter(piece.status for piece in pieces)
    return {status: counted[status] for status in PieceStatus}


def walked_through(status: PieceStatus) -> Collection[PieceStatus]:
    """What next and previous lead through: a piece that has just become a draft stays among those to mark."""
    return TO_MARK if status in TO_MARK else {status}


def neighbours_of(pieces: Sequence[Piece], submission: Submission, status: PieceStatus) -> Neighbours:
    """What lies before and after this submission, also when it has left the list meanwhile."""

    def order(one: Submission) -> tuple[object, int]:
        return one.submitted_at, one.id

    listed = [piece.submission for piece in pieces if piece.status in walked_through(status)]
    before = [one for one in listed if order(one) < order(submission)]
    after = [one for one in listed if order(one) > order(submission)]
    return Neighbours(
        previous=before[-1].id if before else None,
        following=after[0].id if after else None,
        place=len(before) + 1,
        count=len(listed),
    )


def deliveries_of(session: Session, context_id: int, pieces: Sequence[Piece]) -> Mapping[int, Delivery]:
    """The newest score on its way for each released piece, by submission id; none where there is no column."""
    sources = {source_of(piece.submission.id): piece.submission.id for piece in pieces if piece.grade}
    found = latest_deliveries(session, context_id, sources)
    return {sources[source]: delivery for source, delivery in found.items()}
