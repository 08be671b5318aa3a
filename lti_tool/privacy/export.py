"""A copy of all that is kept about one person: a ZIP of JSON, with their pieces to read and their files.

It reaches what is the person's alone, through the person's own row, which hangs below their platform's registration.
Rows are written as they are read, and files one by one, so that it takes no more memory than the largest of them.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import Database, now
from lti_tool.errors import NotFound
from lti_tool.files.blob_store import BlobStore
from lti_tool.held_data import Held, KeptFile, Say, Scope
from lti_tool.privacy.rooms import ROOMS, held_in
from lti_tool.texts import N_

AT_ONCE = 200
"""Rows that are read together."""
README = "README.txt"
ABOUT = (
    N_("This is what Partnerwise keeps about you."),
    N_("data: every entry, in JSON. pieces: what you wrote in your journal, to be read. files: what you added to it."),
    N_("Your LMS keeps data of its own, such as your grades. Ask its administrator for them."),
    N_("A judgement that a trainer has not released yet is not in here."),
)
LOST = N_("These files are not in the store any more:")


def export_person(database: Database, store: BlobStore, person_id: int, target: IO[bytes], say: Say) -> None:
    """Write all of it. `say` translates what is said beside it. Raises StoreAway; NotFound for nobody."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with database.transaction(write=False) as session:
            _write_rows(session, archive, Scope(person_id))
            files = _write_documents(session, archive, person_id, say)
        lost = _write_files(archive, store, files)
        told = [say(line) for line in ABOUT] + ([say(LOST), *lost] if lost else [])
        archive.writestr(_entry(README), "\n".join(told) + "\n")


def _write_rows(session: Session, archive: zipfile.ZipFile, scope: Scope) -> None:
    for held in held_in(scope):
        if held.is_told and held.what:
            with archive.open(_entry(f"data/{held.name}.json"), "w", force_zip64=True) as stream:
                _write_list(stream, _rows(session, held, scope))


def _write_list(stream: IO[bytes], rows: Iterator[dict[str, Any]]) -> None:
    before = "[\n"
    for row in rows:
        stream.write((before + json.dumps(row, ensure_ascii=False, default=_as_text)).encode())
        before = ",\n"
    stream.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _rows(session: Session, held: Held, scope: Scope) -> Iterator[dict[str, Any]]:
    columns = [column for column in held.stored.columns if column.name not in held.hidden]
    wanted = select(*columns).where(held.where(scope)).order_by(*held.stored.primary_key.columns)
    found = session.connection().execute(wanted.execution_options(yield_per=AT_ONCE))
    for row in found.mappings():
        yield {column.name: row[column] for column in columns}


def _write_documents(session: Session, archive: zipfile.ZipFile, person_id: int, say: Say) -> list[KeptFile]:
    """Write what is to be read; gives the files that the person has."""
    files: list[KeptFile] = []
    for room in ROOMS:
        for document in room.documents(session, person_id, say) if room.documents else ():
            archive.writestr(_entry(document.name), document.content)
        files += room.files(session, person_id) if room.files else ()
    return files


def _write_files(archive: zipfile.ZipFile, store: BlobStore, files: list[KeptFile]) -> list[str]:
    """Write the files; gives the names of those that the store has no more."""
    lost = []
    for file in files:
        try:
            archive.writestr(_entry(file.name), store.get(file.key), compress_type=zipfile.ZIP_STORED)
        except NotFound:
            lost.append(file.name)
    return lost


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, now().timetuple()[:6])
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
