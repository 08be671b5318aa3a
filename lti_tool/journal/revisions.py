"""Earlier versions of a piece: when one is kept, and how it is taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Row, delete, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import NotFound
from lti_tool.journal.html_cleaning import plain_text
from lti_tool.journal.models import Entry, Revision, RevisionKind
from lti_tool.people.paging import Place, place_of

KEEP_EVERY = timedelta(minutes=5)
MOST_SET_ASIDE, MOST_REPLACED = 20, 200
"""Of one piece; a text may have 100 KB."""
A_PAGE = 10
"""Versions shown at once."""


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
        _thin_out(session, entry)


def set_aside(session: Session, entry: Entry, text: str) -> None:
    """Keep a text that could not be saved, because another window had saved meanwhile."""
    last = _last_kept(session, entry, RevisionKind.SET_ASIDE)
    if text and (last is None or last.text != text):
        _keep(session, entry, RevisionKind.SET_ASIDE, text)
        _forget(session, _kept(session, entry, RevisionKind.SET_ASIDE)[:-MOST_SET_ASIDE])


def has_revisions(session: Session, entry: Entry) -> bool:
    """Whether anything was kept of the piece."""
    return bool(session.scalar(select(exists().where(Revision.entry_id == entry.id))))


def revisions_of(session: Session, entry: Entry, page: int) -> tuple[Sequence[Revision], Place]:
    """One page of what was kept of the piece, newest first."""
    total = session.scalar(select(func.count()).where(Revision.entry_id == entry.id)) or 0
    place = place_of(total, page, A_PAGE)
    newest = select(Revision).where(Revision.entry_id == entry.id).order_by(Revision.id.desc())
    return session.scalars(newest.offset(place.offset).limit(A_PAGE)).all(), place


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


def _kept(session: Session, entry: Entry, kind: RevisionKind) -> Sequence[Row[int, datetime]]:
    """Ids and times of what is kept of this kind, oldest first."""
    wanted = select(Revision.id, Revision.saved_at).where(Revision.entry_id == entry.id, Revision.kind == kind)
    return session.execute(wanted.order_by(Revision.id)).all()


def _thin_out(session: Session, entry: Entry) -> None:
    """Of too many replaced texts forget the one that stood for the shortest time, never the newest."""
    kept = _kept(session, entry, RevisionKind.REPLACED)
    if len(kept) > MOST_REPLACED:
        _forget(session, [min(pairwise(kept), key=lambda pair: pair[1].saved_at - pair[0].saved_at)[0]])


def _forget(session: Session, kept: Sequence[Row[int, datetime]]) -> None:
    if kept:
        session.execute(delete(Revision).where(Revision.id.in_([one.id for one in kept])))


def _last_kept(session: Session, entry: Entry, kind: RevisionKind = RevisionKind.REPLACED) -> Revision | None:
    wanted = select(Revision).where(Revision.entry_id == entry.id, Revision.kind == kind)
    return session.scalars(wanted.order_by(Revision.id.desc()).limit(1)).first()
