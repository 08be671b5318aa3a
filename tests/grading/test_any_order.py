"""Whatever the writer and two trainers do, in whatever order: nothing handed in changes, nothing is judged twice."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import Refusal
from lti_tool.grading.draft_grades import Judgement, find_grade, reopen, save_judgement
from lti_tool.grading.models import Grade, GradeRelease, GradeState
from lti_tool.grading.releasing import Task, release
from lti_tool.grading.returning import return_piece
from lti_tool.grading.undoing import undo_release
from lti_tool.journal.models import Entry, EntryState, PieceStatus, Revision, Submission, Verdict
from lti_tool.journal.questions import Question
from lti_tool.journal.submitting import submit
from lti_tool.journal.withdrawing import withdraw
from lti_tool.journal.writing import clean_text, find_entry, save_text
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.web.application import Application
from tests.fixtures.choosing import tries
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import LEVELS
from tests.fixtures.tool import Arrive, Visitor, give_column

STEPS = st.lists(
    st.sampled_from(
        ["write", "write late", "submit", "withdraw", "judge", "judge half", "release", "return", "reopen", "undo"]
    ),
    min_size=3,
    max_size=25,
)
COURSES = count()


class Desks:
    """Both desks of one course, with what was handed in so far."""

    def __init__(self, app: Application, alice: Visitor, tina: Visitor) -> None:
        self.course, self.alice, self.tina = app.parts.course, alice, tina
        self.prompt = self.course.prompt("j3", "en")
        self.task = Task(self.course.rubric("reflective-writing", "en"), self.prompt.title)
        self.handed_in: dict[int, str] = {}
        self.taken_back: dict[int, str] = {}
        self.scores = 0
        self.seen: list[tuple[int, dict[str, int], str]] = []
        """Every release, as its writer saw it: the submission, levels and comment."""
        self.standing: dict[int, list[int]] = {}
        """Those of each submission that were not undone, by their place in `seen`."""

    def do(self, session: Session, step: str, number: int) -> None:
        """One step; what the rules refuse changes nothing."""
        mine: dict[str, Any] = {"context_id": self.alice.context_id, "user_id": self.alice.user_id}
        entry = find_entry(session, **mine, prompt_id="j3")
        version = entry.version if entry else 0
        match step.split():
            case ["write", *late]:
                cleaned = clean_text(self.prompt, f"<p>{number}</p>")
                save_text(
                    session,
                    **mine,
                    prompt=self.prompt,
                    question=Question(self.prompt.question, "en"),
                    cleaned=cleaned,
                    version=version - len(late),
                )
            case ["submit"]:
                submit(session, **mine, prompt=self.prompt, version=version)
            case ["withdraw"] if entry and entry.submissions:
                newest = entry.submissions[-1]
                waits = entry.state is EntryState.SUBMITTED and newest.status is PieceStatus.WAITING
                self.taken_back[newest.id] = newest.text
                try:
                    withdraw(session, **mine, prompt=self.prompt, submission_id=newest.id)
                except Refusal:
                    assert not waits
                    del self.taken_back[newest.id]
                    raise
                assert waits
            case [verb, *half] if entry and entry.submissions:
                self._judge(session, entry.submissions[-1], verb, {} if half else LEVELS, number)

    def _judge(self, session: Session, piece: Submission, verb: str, levels: dict[str, int], number: int) -> None:
        trainer, grade = self.tina.user_id, find_grade(session, piece)
        version = grade.version if grade else 0
        if verb == "judge":
            judgement = Judgement(levels, f"comment {number}")
            save_judgement(session, piece, grader_id=trainer, judgement=judgement, version=version)
        elif verb == "release":
            grace = timedelta(minutes=2)
            sent = release(session, piece, grader_id=trainer, task=self.task, version=version, grace=grace)
            if sent is not None and grade is not None:
                self.scores += 1
                self.standing.setdefault(piece.id, []).append(len(self.seen))
                self.seen.append((piece.id, dict(grade.levels), grade.comment))
        elif verb == "undo":
            was_released = grade is not None and grade.state is GradeState.RELEASED
            undo_release(session, piece)
            if was_released:
                self.scores -= 1
                self.standing[piece.id].pop()
        elif verb == "return":
            return_piece(session, piece, trainer_id=trainer)
        else:
            reopen(session, piece)

    def _list_of(self, piece: Submission, grade: Grade | None) -> PieceStatus:
        """In which of the desk's lists it must be, by what the two desks have done with it."""
        if piece.id != piece.entry.submissions[-1].id:
            return PieceStatus.REPLACED
        if grade and grade.state is GradeState.RELEASED:
            return PieceStatus.RELEASED
        if piece.entry.state is EntryState.RETURNED:
            return PieceStatus.RETURNED
        return PieceStatus.DRAFT if grade and (grade.levels or grade.comment) else PieceStatus.WAITING

    def check(self, session: Session) -> None:
        """What must hold after every step."""
        entry = session.scalar(select(Entry).where(Entry.context_id == self.alice.context_id))
        for piece in entry.submissions if entry else []:
            assert self.handed_in.setdefault(piece.id, piece.text) == piece.text
            grade = find_grade(session, piece)
            if grade and grade.state is GradeState.RELEASED:
                assert piece.feedback
                assert (piece.feedback.levels, piece.feedback.comment) == (grade.levels, grade.comment)
                assert set(grade.levels) == set(LEVELS)
            if piece.feedback and piece.feedback.verdict is Verdict.RETURNED:
                assert piece.feedback.comment
            assert piece.status is self._list_of(piece, grade)
        if entry and entry.state is EntryState.SUBMITTED:
            assert entry.submissions[-1].text == entry.text
        for number, words in self.taken_back.items():
            piece = session.get_one(Submission, number)
            assert (piece.status, piece.number, piece.text) == (PieceStatus.WITHDRAWN, None, "")
            kept = [one.text for one in session.scalars(select(Revision).where(Revision.entry_id == piece.entry_id))]
            assert words in kept, "the version is kept"
        sent = select(Delivery).join(LineItem).where(LineItem.context_id == self.alice.context_id)
        assert len(session.scalars(sent).all()) == self.scores
        self._check_releases(session, entry)

    def _check_releases(self, session: Session, entry: Entry | None) -> None:
        """Every release is kept, and the writer sees the newest that was not undone and no other."""
        kept = session.execute(
            select(Grade.submission_id, GradeRelease)
            .join(Grade, Grade.id == GradeRelease.grade_id)
            .join(Submission, Submission.id == Grade.submission_id)
            .where(Submission.context_id == self.alice.context_id)
            .order_by(GradeRelease.id)
        ).all()
        assert [(piece_id, one.levels, one.comment) for piece_id, one in kept] == self.seen
        standing = {place for places in self.standing.values() for place in places}
        assert {place for place, (_, one) in enumerate(kept) if one.undone_at is None} == standing
        for piece in entry.submissions if entry else []:
            shown = piece.feedback if piece.feedback and piece.feedback.verdict is Verdict.GRADED else None
            places = self.standing.get(piece.id)
            expected = self.seen[places[-1]] if places else None
            assert (shown and (piece.id, shown.levels, shown.comment)) == expected


@on_sqlite
@settings(
    max_examples=tries(15, thorough=40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
@example(steps=["write", "submit", "withdraw", "write", "submit", "judge", "return", "write", "submit", "withdraw"])
@example(steps=["judge", "release", "undo", "undo", "judge", "release", "reopen", "judge", "release", "undo", "return"])
@example(steps=["judge", "return", "write", "submit", "judge half", "reopen", "judge", "release", "reopen"])
def test_in_any_order_of_steps_both_desks_agree(app: Application, visitor: Arrive, steps: list[str]) -> None:
    course = f"course {next(COURSES)}"
    alice, tina = visitor("alice", course=course, activity="journal/j3"), visitor("tina", course=course)
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    desks = Desks(app, alice, tina)
    for number, step in enumerate(["write", "submit", *steps]):
        with suppress(Refusal), app.parts.database.transaction() as session:
            desks.do(session, step, number)
        with app.parts.database.transaction(write=False) as session:
            desks.check(session)
    assert desks.handed_in, "not even the first step was taken"
