"""What this room holds about people and courses."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.files.models import Blob, StoredFile
from lti_tool.held_data import Held, HeldData, KeptFile
from lti_tool.texts import N_


def _files(session: Session, person_id: int) -> Iterator[KeptFile]:
    wanted = select(StoredFile.id, StoredFile.name, Blob.key).join(Blob, Blob.digest == StoredFile.digest)
    for number, name, key in session.execute(wanted.where(StoredFile.owner_id == person_id).order_by(StoredFile.id)):
        yield KeptFile(f"files/{number}-{name}", key)


HELD = HeldData(
    "files",
    (
        Held(
            StoredFile,
            (StoredFile.owner_id,),
            (StoredFile.context_id,),
            what=N_("Files added"),
            hidden=frozenset({"digest"}),
        ),
    ),
    files=_files,
)
