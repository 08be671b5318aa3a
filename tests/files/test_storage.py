"""Files share contents by digest; the contents stay as long as anybody has them, whoever comes and goes at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from lti_tool.database import Database, now
from lti_tool.errors import NotFound
from lti_tool.files import cleanup
from lti_tool.files.blob_store import BlobStore, S3Access, open_store
from lti_tool.files.cleanup import sweep_files
from lti_tool.files.errors import (
    CourseFull,
    FileInfected,
    FileTooLarge,
    KindNotTaken,
    NoFileChosen,
    OwnerFull,
    StoreAway,
)
from lti_tool.files.kinds import DOCUMENTS, PDF, PICTURES
from lti_tool.files.models import Blob, DiscardedBlob, StoredFile
from lti_tool.files.storage import (
    FileStorage,
    Upload,
    bytes_used,
    check_upload,
    discard_file,
    keep_file,
    require_room,
    reserve_blob,
)
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.uploads import A_PDF, picture

pytestmark = pytest.mark.both_databases
UPLOAD = Upload("note.pdf", PDF, A_PDF)


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    return FileStorage(open_store(str(tmp_path / "store"), S3Access()), lambda _: None, 10_000, 1_000, 2_000)


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice")


def bring(database: Database, storage: FileStorage, who: Visitor, upload: Upload = UPLOAD) -> int:
    """All three steps; gives the file's id."""
    with database.transaction() as session:
        reserved = reserve_blob(session, upload)
    if not reserved.is_stored:
        storage.store.put(reserved.key, upload.content)
    with database.transaction() as session:
        file = keep_file(session, storage, upload, reserved, context_id=who.context_id, owner_id=who.user_id)
        return file.id


def discard(database: Database, file_id: int) -> None:
    with database.transaction() as session:
        discard_file(session, session.get_one(StoredFile, file_id))


def grow_old(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(Blob).values(wanted_at=now() - cleanup.KEPT - timedelta(minutes=1)))


def counted(database: Database) -> tuple[int, int, int]:
    """How many files, contents, and contents to be deleted."""
    with database.transaction(write=False) as session:
        files, blobs, discarded = (
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (StoredFile, Blob, DiscardedBlob)
        )
        return files, blobs, discarded


def key_of(database: Database) -> str:
    with database.transaction(write=False) as session:
        return session.scalars(select(Blob.key)).one()


def test_equal_files_share_their_contents_until_the_last_is_discarded(
    database: Database, storage: FileStorage, alice: Visitor
) -> None:
    first, second = bring(database, storage, alice), bring(database, storage, alice)
    key = key_of(database)
    assert counted(database) == (2, 1, 0)
    discard(database, first)
    grow_old(database)
    sweep_files(database, storage.store)
    assert storage.store.get(key) == A_PDF
    discard(database, second)
    sweep_files(database, storage.store)
    assert counted(database) == (0, 0, 0)
    with pytest.raises(NotFound):
        storage.store.get(key)


def test_what_its_owner_takes_out_leaves_room_at_the_next_sweep(
    database: Database, storage: FileStorage, alice: Visitor
) -> None:
    discard(database, bring(database, storage, alice))
    sweep_files(database, storage.store)
    assert counted(database) == (0, 0, 0)


def test_what_somebody_else_is_just_bringing_stays(database: Database, storage: FileStorage, alice: Visitor) -> None:
    first = bring(database, storage, alice)
    with database.transaction() as session:
        reserved = reserve_blob(session, UPLOAD)
    discard(database, first)
    sweep_files(database, storage.store)
    with database.transaction() as session:
        keep_file(session, storage, UPLOAD, reserved, context_id=alice.context_id, owner_id=alice.user_id)
    assert counted(database) == (1, 1, 0)
    assert storage.store.get(key_of(database)) == A_PDF


def test_where_there_is_more_than_a_round_takes_the_next_one_follows(
    database: Database, storage: FileStorage, alice: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "AT_ONCE", 2)
    for number in range(3):
        discard(database, bring(database, storage, alice, Upload("note.pdf", PDF, A_PDF + str(number).encode())))
    assert sweep_files(database, storage.store)
    assert sweep_files(database, storage.store) is None
    assert counted(database) == (0, 0, 0)


def test_an_upload_that_came_to_no_end_is_swept_away_after_its_time(
    database: Database, storage: FileStorage, alice: Visitor
) -> None:
    with database.transaction() as session:
        reserved = reserve_blob(session, UPLOAD)
    storage.store.put(reserved.key, A_PDF)
    sweep_files(database, storage.store)
    assert counted(database) == (0, 1, 0), "it may still be on its way"
    grow_old(database)
    sweep_files(database, storage.store)
    assert counted(database) == (0, 0, 0)


class DeadStore(BlobStore):
    """Where nothing answers."""

    def delete(self, key: str) -> None:
        raise StoreAway(key)


def test_what_the_store_has_not_deleted_is_deleted_the_next_time(
    database: Database, storage: FileStorage, alice: Visitor, tmp_path: Path
) -> None:
    discard(database, bring(database, storage, alice))
    grow_old(database)
    key = key_of(database)
    with pytest.raises(StoreAway):
        sweep_files(database, DeadStore(storage.store._store))
    assert counted(database) == (0, 0, 1)
    again = bring(database, storage, alice)
    sweep_files(database, storage.store)
    assert counted(database) == (1, 1, 0)
    with pytest.raises(NotFound):
        storage.store.get(key)
    with database.transaction(write=False) as session:
        assert storage.store.get(session.get_one(StoredFile, again).blob.key) == A_PDF


def test_whoever_was_overtaken_by_the_sweep_is_told_to_try_again(
    database: Database, storage: FileStorage, alice: Visitor
) -> None:
    with database.transaction() as session:
        reserved = reserve_blob(session, UPLOAD)
    grow_old(database)
    sweep_files(database, storage.store)
    with pytest.raises(StoreAway), database.transaction() as session:
        keep_file(session, storage, UPLOAD, reserved, context_id=alice.context_id, owner_id=alice.user_id)
    assert counted(database) == (0, 0, 0)


def at_once(*tasks: Callable[[], object]) -> list[object]:
    together = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        together.wait(30)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result(60) for one in [pool.submit(run, task) for task in tasks]]


def test_people_who_bring_and_discard_the_same_while_it_is_swept_lose_nothing(
    database: Database, storage: FileStorage, alice: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "KEPT", timedelta(0))
    roomy = FileStorage(storage.store, storage.scan, 10_000, 10**9, 10**9)
    kept: list[int] = []

    def come_and_go(stays: bool) -> None:
        for _ in range(8):
            try:
                file = bring(database, roomy, alice)
            except StoreAway:
                continue  # overtaken by the sweep, and told so
            if stays:
                kept.append(file)
            else:
                discard(database, file)

    def sweep() -> None:
        for _ in range(12):
            sweep_files(database, storage.store)

    at_once(lambda: come_and_go(True), lambda: come_and_go(False), lambda: come_and_go(False), sweep, sweep)
    with database.transaction(write=False) as session:
        for file in kept:
            assert storage.store.get(session.get_one(StoredFile, file).blob.key) == A_PDF
    assert counted(database)[0] == len(kept)


def test_of_two_files_that_come_at_once_only_one_is_the_last_that_fits(
    database: Database, storage: FileStorage, alice: Visitor
) -> None:
    tight = FileStorage(storage.store, storage.scan, 10_000, 10_000, len(A_PDF) + 10)

    def try_to_bring() -> bool:
        try:
            bring(database, tight, alice)
        except CourseFull:
            return False
        return True

    assert sorted(map(bool, at_once(try_to_bring, try_to_bring, try_to_bring))) == [False, False, True]


def test_course_and_person_have_their_room(database: Database, storage: FileStorage, visitor: Arrive) -> None:
    alice, bob, other = visitor("alice"), visitor("bob"), visitor("alice", course="c2")
    large = Upload("large.pdf", PDF, A_PDF + b" " * 800)
    bring(database, storage, alice, large)
    with database.transaction(write=False) as session:
        assert bytes_used(session, alice.context_id) == len(large.content)
        assert bytes_used(session, alice.context_id, bob.user_id) == 0
        with pytest.raises(OwnerFull):
            require_room(session, storage, alice.context_id, alice.user_id, 300)
        require_room(session, storage, other.context_id, other.user_id, 300)
        require_room(session, storage, alice.context_id, bob.user_id, 300)
    bring(database, storage, bob, large)
    with database.transaction(write=False) as session, pytest.raises(CourseFull):
        require_room(session, storage, alice.context_id, visitor("carla").user_id, 300)


def test_a_file_is_taken_by_what_is_in_it(storage: FileStorage) -> None:
    found = check_upload(storage, "holiday.pdf", picture("PNG"), PICTURES | DOCUMENTS)
    assert (found.name, found.kind.media_type) == ("holiday.jpg", "image/jpeg")
    for refusal, content in [
        (NoFileChosen, b""),
        (FileTooLarge, A_PDF + b" " * 10_000),
        (KindNotTaken, b"<svg onload=alert(1)>"),
        (KindNotTaken, b"OggS and so on"),
    ]:
        with pytest.raises(refusal):
            check_upload(storage, "x.pdf", content, PICTURES | DOCUMENTS)


def test_what_the_scanner_finds_is_not_kept(storage: FileStorage) -> None:
    def scan(content: bytes) -> None:
        raise FileInfected("test")

    with pytest.raises(FileInfected):
        check_upload(FileStorage(storage.store, scan, 10_000, 1, 1), "x.pdf", A_PDF, DOCUMENTS)
