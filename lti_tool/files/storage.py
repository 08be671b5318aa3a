"""A file comes in: it is checked and cleaned, its contents go into the store, and a row says whose it is.

The three steps are apart, since neither the check nor the store may keep a transaction waiting: `check_upload`, then
`reserve_blob` in a transaction, `BlobStore.put`, and `keep_file` in a second one.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from lti_tool.database import insert_new, now
from lti_tool.files.blob_store import BlobStore
from lti_tool.files.cleanup import KEPT
from lti_tool.files.errors import CourseFull, FileTooLarge, KindNotTaken, NoFileChosen, OwnerFull, StoreAway
from lti_tool.files.kinds import Kind, clean_name, kind_of
from lti_tool.files.models import Blob, StoredFile
from lti_tool.files.pictures import write_anew
from lti_tool.files.scanning import Scan
from lti_tool.people.models import Context


@dataclass(frozen=True)
class FileStorage:
    """What app.py puts together: the store, the scanner, and how much room there is, in bytes."""

    store: BlobStore
    scan: Scan
    largest: int
    """Of one file as it comes."""
    owner_quota: int
    """Of all files of one person in one course."""
    course_quota: int
    """Of all files of one course."""


@dataclass(frozen=True)
class Upload:
    """A file that was found good, as it will be kept."""

    name: str
    kind: Kind
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the contents."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Reserved:
    """Where contents are to be put; `is_stored` where they are there already."""

    digest: str
    key: str
    is_stored: bool


def check_upload(storage: FileStorage, name: str, content: bytes, taken: Collection[Kind]) -> Upload:
    """The file as it can be kept, pictures written anew.

    Raises NoFileChosen, FileTooLarge, KindNotTaken, FileInfected, ScannerAway, PictureNotReadable.
    """
    if not content:
        raise NoFileChosen("empty")
    if len(content) > storage.largest:
        raise FileTooLarge(str(len(content)))
    kind = kind_of(content)
    if kind is None or kind not in taken:
        raise KindNotTaken(kind.media_type if kind else "unknown")
    storage.scan(content)
    if kind.is_picture:
        content, kind = write_anew(content)
    return Upload(clean_name(name, kind), kind, content)


def require_room(session: Session, storage: FileStorage, context_id: int, owner_id: int, size: int = 1) -> None:
    """Raises CourseFull or OwnerFull where this many bytes more are too many."""
    if bytes_used(session, context_id) + size > storage.course_quota:
        raise CourseFull("quota")
    if bytes_used(session, context_id, owner_id) + size > storage.owner_quota:
        raise OwnerFull("quota")


def bytes_used(session: Session, context_id: int, owner_id: int | None = None) -> int:
    """How much room the files of a course take, or those of one person there."""
    wanted = select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.context_id == context_id)
    if owner_id is not None:
        wanted = wanted.where(StoredFile.owner_id == owner_id)
    return int(session.scalar(wanted) or 0)


def reserve_blob(session: Session, upload: Upload) -> Reserved:
    """Let nobody sweep these contents away while they are on their way into the store."""
    digest = upload.digest
    key = f"{digest[:2]}/{digest}-{secrets.token_hex(4)}"
    row = {"digest": digest, "key": key, "size": len(upload.content), "is_stored": False, "wanted_at": now()}
    if insert_new(session, Blob, row):
        return Reserved(digest, key, is_stored=False)
    wanted = update(Blob).where(Blob.digest == digest).values(wanted_at=now()).returning(Blob.key, Blob.is_stored)
    found = session.execute(wanted).first()
    if found is None:  # it was swept away between the two statements
        raise StoreAway("swept away")
    return Reserved(digest, found.key, found.is_stored)


def keep_file(
    session: Session, storage: FileStorage, upload: Upload, reserved: Reserved, *, context_id: int, owner_id: int
) -> StoredFile:
    """The file's row, once its contents are in the store; raises CourseFull, OwnerFull, StoreAway."""
    # Held, so that two files that come at once are not both the last that fits.
    session.execute(select(Context.id).where(Context.id == context_id).with_for_update(key_share=True))
    require_room(session, storage, context_id, owner_id, len(upload.content))
    confirmed = update(Blob).where(Blob.digest == reserved.digest, Blob.key == reserved.key)
    if session.execute(confirmed.values(is_stored=True, wanted_at=now()).returning(Blob.digest)).first() is None:
        raise StoreAway("swept away")
    file = StoredFile(
        context_id=context_id,
        owner_id=owner_id,
        digest=reserved.digest,
        name=upload.name,
        media_type=upload.kind.media_type,
        size=len(upload.content),
    )
    session.add(file)
    session.flush()
    return file


def discard_file(session: Session, file: StoredFile) -> None:
    """Forget the file. Its contents go with the next sweep, unless another file has them too, or is about to.

    At once: whoever adds and takes out, again and again, would else fill the store beside every quota.
    """
    session.delete(file)
    session.flush()
    unused = ~exists().where(StoredFile.digest == Blob.digest)
    unwanted = update(Blob).where(Blob.digest == file.digest, unused, Blob.wanted_at <= file.created_at)
    session.execute(unwanted.values(wanted_at=now() - KEPT), execution_options={"synchronize_session": False})
