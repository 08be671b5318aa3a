"""Earlier versions of a piece: when one is kept, and how it is taken back."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import NotFound
from lti_tool.journal.cleaning import plain_text
from lti_tool.journal.models import Entry, Revision, RevisionKind

KEEP_EVERY = timedelta(minutes=5)


def replaces_much(session: Session, entry: Entry, text: str) -> bool:
    """Whether the text that stands should be kept before this one replaces it.

    So it is when nothing was kept for five minutes, or when more than a third of it goes.
    """
    if not entry.text:
        return False
    last = _last_kept(session, entry)
    kept_at = last.kept_at if last else entry.begun_at
    return now() - kept_at > KEEP_EVERY or 3 * len(plain_text(text)) < 2 * len(plain_text(entry.text))


def keep_replaced(session: Session, entry: Entry) -> None:
    """Keep the text that stands, once a version."""
    last = _last_kept(session, entry)
    if entry.text and (last is None or last.version != entry.version):
        _keep(session, entry, RevisionKind.REPLACED, entry.text)


def set_aside(session: Session, entry: Entry, text: str) -> None:
    """Keep a text that could not be saved, because another window had saved meanwhile."""
    last = _last_kept(session, entry, RevisionKind.SET_ASIDE)
    if text and (last is None or last.text != text):
        _keep(session, entry, RevisionKind.SET_ASIDE, text)


def revisions_of(session: Session, entry: Entry) -> Sequence[Revision]:
    """What was kept of the piece, newest first."""
    return session.scalars(select(Revision).where(Revision.entry_id == entry.id).order_by(Revision.id.desc())).all()


def find_revision(session: Session, entry: Entry, revision_id: int) -> Revision:
    """An earlier version of this piece; raises NotFound for any other piece's."""
    found = session.get(Revision, revision_id)
    if found is None or found.entry_id != entry.id:
        raise NotFound("revision")
    return found


def _keep(session: Session, entry: Entry, kind: RevisionKind, text: str) -> None:
    saved_at = entry.saved_at if kind is RevisionKind.REPLACED else now()
    session.add(Revision(entry_id=entry.id, version=entry.version, kind=kind, text=text, saved_at=saved_at))
    session.flush()


def _last_kept(session: Session, entry: Entry, kind: RevisionKind = RevisionKind.REPLACED) -> Revision | None:
    wanted = select(Revision).where(Revision.entry_id == entry.id, Revision.kind == kind)
    return session.scalars(wanted.order_by(Revision.id.desc()).limit(1)).first()
