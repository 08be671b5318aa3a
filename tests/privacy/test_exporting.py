"""A copy of what is kept about one person: all of it, nothing of anybody else's, and no secret of ours."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import update

from lti_tool.files.models import Blob
from lti_tool.platforms.models import Launch
from lti_tool.privacy.views import own
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator, sentence
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import hand_in, judge, release
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.uploads import A_PDF
from tests.privacy.conftest import SECRET, MakeClass

TOLD = {
    "user_account",
    "membership",
    "team_member",
    "school_team-by-founded_by_id",
    "launch-by-user_id",
    "unit_progress",
    "extension",
    "journal_entry",
    "journal_revision",
    "submission",
    "journal_attachment",
    "feedback",
    "grade_release",
    "delivery",
    "map_field-by-changed_by_id",
    "map_change-by-actor_id",
    "stored_file",
}
"""Lists that have something of Alice's in them."""


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        yield archive


def copy_of(who: Visitor) -> bytes:
    answer = who.get("privacy/copy")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=partnerwise.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    content: bytes = answer.data
    return content


@pytest.mark.both_databases
def test_the_copy_holds_all_of_it(make_class: MakeClass, operator: Operator, tmp_path: Path) -> None:
    alice = make_class().alice
    file = tmp_path / "copy.zip"
    said = operator.types("people", "export", str(alice.user_id), str(file))
    assert said.exit_code == 0, said.output
    assert file.stat().st_mode & 0o777 == 0o600
    for content in (copy_of(alice), file.read_bytes()):
        with opened(content) as archive:
            lists = {
                name.removeprefix("data/").removesuffix(".json"): json.loads(archive.read(name))
                for name in archive.namelist()
                if name.startswith("data/")
            }
            assert {name for name, rows in lists.items() if rows} == TOLD
            assert lists["user_account"][0]["name"] == "Alice Adams"
            assert SECRET in lists["submission"][0]["text"]
            assert [row["after"] for row in lists["map_change-by-actor_id"]] == ["", "We listen."]
            page = archive.read(f"pieces/{alice.context_id}-j3.html").decode()
            assert SECRET in page
            assert "Well seen, Alice." in page
            assert SECRET in archive.read(f"pieces/{alice.context_id}-j1.html").decode()
            (name,) = [name for name in archive.namelist() if name.startswith("files/")]
            assert archive.read(name) == A_PDF
            assert "Your LMS keeps data of its own" in archive.read("README.txt").decode()


@on_sqlite
def test_it_holds_nothing_of_anybody_else_and_no_secret(
    app: Application, make_class: MakeClass, visitor: Arrive
) -> None:
    there = make_class()
    stranger = visitor("alice", issuer="https://other.school.example", activity="journal/j3")
    stranger.put("journal/j3/text", {"text": "<p>Of another school.</p>", "version": 0})
    with app.parts.database.transaction(write=False) as session:
        launch = session.get_one(Launch, there.alice.launch_id)
    with opened(copy_of(there.alice)) as archive:
        content = b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for words in ("Bob", "Tina", "Admin", "Of another school", launch.id, launch.browser_hash, "hidden draft"):
        assert words not in content, words
    with opened(copy_of(there.tina)) as archive:
        content = b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert "Go on, Bob." in content, "her own words"
    assert SECRET not in content
    assert "Alice Adams" not in content


@on_sqlite
def test_what_a_trainer_has_not_released_is_not_in_it(make_class: MakeClass, visitor: Arrive) -> None:
    there = make_class()
    carla, tina = visitor("carla"), there.tina
    judge(tina, hand_in(carla), "A hidden draft.")
    with opened(copy_of(carla)) as archive:
        assert not any(b"A hidden draft." in archive.read(name) for name in archive.namelist())
    assert "Judgements" not in carla.get("privacy/").text, "nor that there is one"
    with opened(copy_of(tina)) as archive:
        assert any(b"A hidden draft." in archive.read(name) for name in archive.namelist()), "it is hers"


@on_sqlite
def test_text_in_a_piece_stays_text_in_its_page(make_class: MakeClass, visitor: Arrive) -> None:
    there = make_class()
    carla, tina = visitor("carla"), there.tina
    release(tina, hand_in(carla, "<p>Tom &amp; &lt;b&gt;</p>"), "<script>alert(1)</script>")
    with opened(copy_of(carla)) as archive:
        page = archive.read(f"pieces/{carla.context_id}-j3.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "Tom &amp; &lt;b&gt;" in page


@on_sqlite
def test_a_file_that_the_store_has_lost_is_named(app: Application, make_class: MakeClass) -> None:
    alice = make_class().alice
    with app.parts.database.transaction() as session:
        session.execute(update(Blob).values(key="aa/gone"))
    with opened(copy_of(alice)) as archive:
        assert "note.pdf" in archive.read("README.txt").decode()


@on_sqlite
def test_somebody_of_whom_nothing_is_kept_but_the_name_has_a_copy_too(visitor: Arrive) -> None:
    with opened(copy_of(visitor("observer"))) as archive:
        assert json.loads(archive.read("data/journal_entry.json")) == []
        assert len(json.loads(archive.read("data/membership.json"))) == 1


@on_sqlite
def test_a_large_copy_comes_from_the_disk_whole(make_class: MakeClass, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = make_class().alice
    monkeypatch.setattr(own, "IN_MEMORY", 100)
    answer = alice.get("privacy/copy")
    content = answer.data
    assert len(content) == answer.content_length > 1000
    answer.close()
    with opened(content) as archive:
        assert SECRET in archive.read(f"pieces/{alice.context_id}-j3.html").decode()


@on_sqlite
def test_copies_are_bounded(visitor: Arrive, monkeypatch: pytest.MonkeyPatch, app: Application) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    for _ in range(own.AT_ONCE):
        assert own.PLACES.acquire(blocking=False)
    try:
        answer = bob.get("privacy/copy")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    finally:
        own.PLACES.release(own.AT_ONCE)
    answers = [alice.get("privacy/copy").status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]
    assert bob.get("privacy/copy").status_code == 200, "each launch is counted by itself"


@on_sqlite
def test_a_copy_takes_no_other_files_place_and_is_there_whole_or_not_at_all(
    app: Application, make_class: MakeClass, operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, file = str(make_class().alice.user_id), tmp_path / "copy.zip"
    file.write_text("mine")
    assert "is there already" in sentence(operator.types("people", "export", number, str(file)))
    assert file.read_text() == "mine"
    file.unlink()
    assert "Nobody has the number 999." in sentence(operator.types("people", "export", "999", str(file)))
    monkeypatch.setattr("lti_tool.privacy.export._write_files", lambda *_: 1 / 0)
    assert operator.types("people", "export", number, str(file)).exit_code != 0
    assert not file.exists()
