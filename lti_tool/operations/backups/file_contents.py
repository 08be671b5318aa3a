"""The contents of people's files as a source of backups."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import inspect, select

from lti_tool.database import Database
from lti_tool.errors import NotFound
from lti_tool.files.blob_store import BlobStore
from lti_tool.files.errors import StoreAway
from lti_tool.files.models import Blob
from lti_tool.operations.backups.backup_file import Backup, ListedPart, Part
from lti_tool.operations.errors import NotDone

FOLDER = "files"
KEY = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})-[0-9a-f]{8}")
"""How `files/storage.py` names contents: by their SHA-256."""


class FileContents:
    """All that the store holds of files that are there; read after the tables that name them."""

    def __init__(self, database: Database, store: BlobStore) -> None:
        self._database, self._store = database, store
        self.missing = 0
        """Contents that the tables name and the store does not have."""

    def parts(self) -> Iterator[Part]:
        """A part for each of the contents; what is deleted meanwhile is left out."""
        for key in self._keys():
            content = self._content(key)
            if content is not None:
                yield Part(f"{FOLDER}/{key}", [content], packed=False)  # pictures and PDF are packed already

    def check(self, backup: Backup) -> None:
        """Raise BackupUnreadable where the backup has contents under a name that is not theirs."""
        for part in backup.parts(FOLDER):
            _key(backup, part)

    def restore(self, backup: Backup) -> None:
        """Put everything into the store. That some are there already does no harm: equal names are equal contents."""
        for part in backup.parts(FOLDER):
            try:
                self._store.put(_key(backup, part), b"".join(backup.lines(part)))
            except StoreAway as away:
                raise _out_of_reach(away) from None

    def _keys(self) -> Sequence[str]:
        with self._database.transaction(write=False) as session:
            if not inspect(session.connection()).has_table(Blob.__tablename__):
                return ()  # tables of an older form, in which there were no files
            return session.scalars(select(Blob.key).where(Blob.is_stored).order_by(Blob.key)).all()

    def _content(self, key: str) -> bytes | None:
        try:
            return self._store.get(key)
        except NotFound:
            with self._database.transaction(write=False) as session:
                self.missing += session.scalar(select(Blob.key).where(Blob.key == key)) is not None
            return None
        except StoreAway as away:
            raise _out_of_reach(away) from None


def _key(backup: Backup, part: ListedPart) -> str:
    key = part.name.removeprefix(f"{FOLDER}/")
    named = KEY.fullmatch(key)
    if named is None or named[1] != part.sha256:
        raise backup.damaged(part.name)
    return key


def _out_of_reach(away: StoreAway) -> NotDone:
    return NotDone(f"The store of files does not answer ({away.detail}). Look at PARTNERWISE_FILES_URL.")
