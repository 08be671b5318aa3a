"""The worker sweeps away contents that no file has: what was discarded, and uploads that came to no end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.files.blob_store import BlobStore
from lti_tool.files.models import Blob, DiscardedBlob, StoredFile

JOB = "sweep_files"
KEPT = timedelta(hours=1)
"""How long contents stay that no file has: longer than any upload takes."""
AT_ONCE = 100
"""Contents of one round; where there are more, the next one follows at once."""


def sweep_files(database: Database, store: BlobStore) -> datetime | None:
    """Delete what no file has; gives the present where there is more. Raises StoreAway, and goes on another time.

    The row goes first, under a key that is never used again, and is noted until the store has deleted the contents: a
    crash loses nothing, and who brings the same contents meanwhile puts them under another key.
    """
    with database.transaction() as session:
        _discard_orphans(session)
    swept = _discarded(database)
    for key in swept:
        store.delete(key)
        with database.transaction() as session:
            session.execute(delete(DiscardedBlob).where(DiscardedBlob.key == key))
    return now() if len(swept) == AT_ONCE else None


def _discard_orphans(session: Session) -> None:
    unused = ~exists().where(StoredFile.digest == Blob.digest)
    wanted = select(Blob).where(unused, Blob.wanted_at < now() - KEPT).limit(AT_ONCE)
    # A row that somebody holds is just being used; whoever has brought it meanwhile has made it young again.
    for blob in session.scalars(wanted.with_for_update(skip_locked=True, of=Blob)).all():
        gone = delete(Blob).where(Blob.digest == blob.digest, unused, Blob.wanted_at < now() - KEPT)
        if session.execute(gone.returning(Blob.key), execution_options={"synchronize_session": False}).first():
            session.add(DiscardedBlob(key=blob.key))


def _discarded(database: Database) -> Sequence[str]:
    with database.transaction(write=False) as session:
        return session.scalars(select(DiscardedBlob.key).limit(AT_ONCE)).all()
