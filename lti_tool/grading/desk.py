"""The desk: which pieces are in which list and in which order, found and counted by the database.

A course may have thousands of pieces. No page loads more of them than it shows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select, tuple_
from sqlalchemy.orm import Session, defer, joinedload, raiseload

from lti_tool.course.extensions import has_until
from lti_tool.course.models import PlacedActivity
from lti_tool.course.prompts import ACTIVITIES
from lti_tool.grading.models import Grade
from lti_tool.grading.releasing import source_of
from lti_tool.journal.models import Entry, PieceStatus, Submission
from lti_tool.people.models import SchoolTeam, TeamMember, User
from lti_tool.people.paging import A_PAGE, Place, place_of
from lti_tool.scores.models import Delivery
from lti_tool.scores.outbox import latest_deliveries
from lti_tool.search_text import searched_words

TO_MARK = (PieceStatus.WAITING, PieceStatus.DRAFT)
LISTS = (PieceStatus.WAITING, PieceStatus.DRAFT, PieceStatus.RELEASED, PieceStatus.RETURNED)
ORDER = (Submission.submitted_at, Submission.id)


class Sort(StrEnum):
    """What comes first: the piece that has waited longest, or the first by name, school or prompt."""

    WAITING = "waiting"
    NAME = "name"
    SCHOOL = "school"
    PROMPT = "prompt"


@dataclass(frozen=True)
class Desk:
    """What is looked at: all pieces of a course, those on one prompt, those of one school team, and in which order."""

    context_id: int
    prompt: str | None = None
    team_id: int | None = None
    search: str = ""
    """Words of the writer's name, in any order, without regard to capitals and accents."""
    late: bool = False
    """Only what came after its time."""
    sort: Sort = Sort.WAITING

    @property
    def order(self) -> tuple[Any, ...]:
        """What the lists are sorted by; the last of it is the submission's id."""
        match self.sort:
            case Sort.WAITING:
                return ORDER
            case Sort.PROMPT:
                return (Submission.prompt, *ORDER)
            case Sort.NAME:
                return (_writers_name(), *ORDER)
            case Sort.SCHOOL:
                school = _school()
                return (case((school.is_(None), 1), else_=0), func.coalesce(school, ""), _writers_name(), *ORDER)

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
        if words := searched_words(self.search):
            named = [User.search_name.contains(word, autoescape=True) for word in words]
            written = select(Entry.id).join(User).where(Entry.context_id == self.context_id, *named)
            wanted = wanted.where(Submission.entry_id.in_(written))
        return wanted.where(is_late(self.context_id)) if self.late else wanted


def is_late(context_id: int) -> ColumnElement[bool]:
    """Whether a submission of this course came after the time that its writer had."""
    return exists().where(
        PlacedActivity.context_id == context_id,
        PlacedActivity.activity == ACTIVITIES + Submission.prompt,
        PlacedActivity.due_at < Submission.submitted_at,
        ~has_until(_writer(), Submission.submitted_at),
    )


def _writer() -> Any:
    return select(Entry.user_id).where(Entry.id == Submission.entry_id).correlate(Submission).scalar_subquery()


def _writers_name() -> Any:
    name = select(User.search_name).join(Entry, Entry.user_id == User.id)
    return name.where(Entry.id == Submission.entry_id).correlate(Submission).scalar_subquery()


def _school() -> Any:
    name = select(SchoolTeam.search_name).join(TeamMember, TeamMember.team_id == SchoolTeam.id)
    mine = (TeamMember.context_id == Submission.context_id, TeamMember.user_id == _writer())
    return name.where(*mine).correlate(Submission).scalar_subquery()


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
    """One page of a list that holds `total` pieces, in the desk's order, without their texts."""
    place = place_of(total, number)
    # The ids first, which an index has in their order; whole rows would have to be read to be left out again.
    chosen = desk.list_of([status], Submission.id).order_by(*desk.order).limit(A_PAGE).offset(place.offset)
    wanted = (
        select(Submission, Grade)
        .outerjoin(Grade, Grade.submission_id == Submission.id)
        .where(Submission.id.in_(session.scalars(chosen).all()))
        .options(defer(Submission.text), joinedload(Submission.entry).defer(Entry.text))
        .options(raiseload(Grade.submission), raiseload(Grade.grader))
        .order_by(*desk.order)
    )
    return [Piece(submission, grade) for submission, grade in session.execute(wanted)], place


def late_pieces(session: Session, desk: Desk, pieces: Sequence[Piece]) -> set[int]:
    """Which of these pieces came after the time that their writers had, by submission id."""
    shown = [piece.submission.id for piece in pieces]
    return set(session.scalars(select(Submission.id).where(Submission.id.in_(shown), is_late(desk.context_id))))


def first_piece(session: Session, desk: Desk, status: PieceStatus) -> int | None:
    """The first submission of this list."""
    found: int | None = session.scalar(desk.list_of([status], Submission.id).order_by(*desk.order).limit(1))
    return found


def last_marked(session: Session, desk: Desk, trainer_id: int) -> int | None:
    """The draft that this trainer saved last: where they left off."""
    drafts = desk.list_of([PieceStatus.DRAFT], Submission.id).join(Grade, Grade.submission_id == Submission.id)
    own = drafts.where(Grade.grader_id == trainer_id).order_by(Grade.saved_at.desc(), Grade.id.desc())
    found: int | None = session.scalar(own.limit(1))
    return found


def schools_of(session: Session, context_id: int, pieces: Sequence[Piece]) -> Mapping[int, str]:
    """The names of the writers' school teams, by user id."""
    writers = [piece.submission.entry.user_id for piece in pieces]
    wanted = select(TeamMember.user_id, SchoolTeam.name).join(SchoolTeam, SchoolTeam.id == TeamMember.team_id)
    found = session.execute(wanted.where(TeamMember.context_id == context_id, TeamMember.user_id.in_(writers)))
    return {row.user_id: row.name for row in found}


def submissions_in(session: Session, desk: Desk, status: PieceStatus) -> Sequence[Submission]:
    """All submissions of a list, for what is done to all of them at once; without their texts."""
    wanted = desk.list_of([status], Submission).order_by(*ORDER).options(defer(Submission.text))
    return session.scalars(wanted).all()


def find_neighbours(session: Session, desk: Desk, submission: Submission, status: PieceStatus) -> Neighbours:
    """What lies before and after this submission, also when it has left the list meanwhile."""
    listed = TO_MARK if status in TO_MARK else (status,)  # a piece that has just become a draft stays among them
    order = desk.order
    here = tuple(session.execute(select(*order).where(Submission.id == submission.id)).one())
    before, after = tuple_(*order) < here, tuple_(*order) > here
    # By time each list is asked for itself, because an index has it in that order. Names are compared by the database
    # alone, which may have an order of its own for letters.
    asked = [[one] for one in listed] if desk.sort is Sort.WAITING else [listed]
    previous = [_nearest(session, desk.list_of(some, *order).where(before), order, latest=True) for some in asked]
    following = [_nearest(session, desk.list_of(some, *order).where(after), order, latest=False) for some in asked]
    count, preceding = session.execute(desk.list_of(listed, func.count(), func.count().filter(before))).one()
    return Neighbours(
        previous=max(filter(None, previous), default=(None,))[-1],
        following=min(filter(None, following), default=(None,))[-1],
        place=preceding + 1,
        count=count,
    )


def _nearest(session: Session, listed: Select[Any], order: Sequence[Any], *, latest: bool) -> Any:
    """What the last or the first of these is sorted by, its id at the end; or nothing."""
    wanted = [column.desc() for column in order] if latest else order
    return session.execute(listed.order_by(*wanted).limit(1)).first()


def deliveries_of(session: Session, context_id: int, pieces: Sequence[Piece]) -> Mapping[int, Delivery]:
    """The newest score on its way for each of these pieces, by submission id; none where there is no column."""
    sources = {source_of(piece.submission.id): piece.submission.id for piece in pieces if piece.grade}
    found = latest_deliveries(session, context_id, sources)
    return {sources[source]: delivery for source, delivery in found.items()}
