"""Writing: a piece is opened, and saved under the version that it was read at."""

from dataclasses import dataclass
from typing import NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.course.placed_activities import require_open
from lti_tool.course.prompts import prompt_activity
from lti_tool.database import now, upsert
from lti_tool.errors import Stale
from lti_tool.journal.errors import EntryNotOpen, NothingWritten, OverLimit
from lti_tool.journal.html_cleaning import clean, count_characters
from lti_tool.journal.models import Entry, EntryState
from lti_tool.journal.questions import Question, keep_question
from lti_tool.journal.revisions import find_revision, keep_replaced, replaces_much, set_aside
from scorm_builder.course_format.journal import Prompt

OPEN = frozenset({EntryState.DRAFT, EntryState.RETURNED})

Cleaned = NewType("Cleaned", str)
"""A text that `clean_text` has been through."""


@dataclass(frozen=True)
class Saved:
    """The piece after a save; `conflict` says that another window had saved meanwhile, and nothing was replaced."""

    entry: Entry
    conflict: bool = False


def find_entry(session: Session, context_id: int, user_id: int, prompt_id: str) -> Entry | None:
    """The person's piece on this prompt in this course, if it was begun."""
    return session.scalar(
        select(Entry).where(Entry.context_id == context_id, Entry.user_id == user_id, Entry.prompt == prompt_id)
    )


def lock_entry(session: Session, entry_id: int) -> Entry:
    """The piece as it is now, held until the end of the transaction, so that two changes wait for each other."""
    return session.execute(
        select(Entry).where(Entry.id == entry_id).with_for_update(of=Entry).execution_options(populate_existing=True)
    ).scalar_one()


def begin_entry(session: Session, context_id: int, user_id: int, prompt_id: str) -> Entry:
    """The piece, begun now if it was not, and held until the end of the transaction."""
    found = upsert(session, Entry, {"context_id": context_id, "user_id": user_id, "prompt": prompt_id}, {})
    return lock_entry(session, found.id)


def clean_text(prompt: Prompt, text: str) -> Cleaned:
    """The HTML that the writer sees as it is kept; to be done before any transaction, since it takes its time.

    Raises OverLimit, TooLong or BadInput for what does not fit.
    """
    cleaned = clean(text, plain=prompt.limit is not None)
    if prompt.limit is not None and count_characters(cleaned) > prompt.limit:
        raise OverLimit(prompt.id)
    return Cleaned(cleaned)


def save_text(
    session: Session,
    *,
    context_id: int,
    user_id: int,
    prompt: Prompt,
    question: Question,
    cleaned: Cleaned,
    version: int,
) -> Saved:
    """Save the text, read at `version`; the same text twice is one save. The first one answers the `question`.

    A save on top of another window's is not taken: both texts are kept, and the writer picks.
    Raises NotOpenYet, EntryNotOpen while the trainer has the piece.
    """
    require_open(session, context_id, prompt_activity(prompt.id))
    entry = begin_entry(session, context_id, user_id, prompt.id)
    if cleaned == entry.text:
        return Saved(entry)
    if entry.state not in OPEN:
        raise EntryNotOpen(entry.state)
    if version != entry.version:
        keep_replaced(session, entry)
        set_aside(session, entry, cleaned)
        return Saved(entry, conflict=True)
    keep_question(entry, question)
    if replaces_much(session, entry, cleaned):
        keep_replaced(session, entry)
    _put_text(session, entry, cleaned)
    return Saved(entry)


def take_back(
    session: Session, *, context_id: int, user_id: int, prompt: Prompt, revision_id: int, version: int
) -> Entry:
    """Let an earlier version be the text again; what stood there becomes an earlier version itself."""
    entry = hold_entry(session, context_id, user_id, prompt.id)
    revision = find_revision(session, entry, revision_id)
    expect_version(entry, version)
    keep_replaced(session, entry)
    _put_text(session, entry, revision.text)
    return entry


def hold_entry(session: Session, context_id: int, user_id: int, prompt_id: str) -> Entry:
    """The piece, held until the end of the transaction; raises NothingWritten where it was never begun."""
    found = find_entry(session, context_id, user_id, prompt_id)
    if found is None:
        raise NothingWritten(prompt_id)
    return lock_entry(session, found.id)


def hold_open_entry(session: Session, context_id: int, user_id: int, prompt_id: str) -> Entry:
    """The piece, held as by `hold_entry`; raises EntryNotOpen while the trainer has it, too."""
    entry = hold_entry(session, context_id, user_id, prompt_id)
    if entry.state not in OPEN:
        raise EntryNotOpen(entry.state)
    return entry


def expect_version(entry: Entry, version: int) -> None:
    """Raises EntryNotOpen while the trainer has the piece, Stale where it was saved after this version."""
    if entry.state not in OPEN:
        raise EntryNotOpen(entry.state)
    if version != entry.version:
        raise Stale(f"version {version}, not {entry.version}")


def _put_text(session: Session, entry: Entry, cleaned: str) -> None:
    entry.text = cleaned
    entry.version += 1
    entry.saved_at = now()
    session.flush()
