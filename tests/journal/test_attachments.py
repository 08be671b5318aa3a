"""Files with a piece: added, looked at, taken out, handed in, and seen by nobody else."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from lti_tool.files.errors import FileInfected, ScannerAway
from lti_tool.files.models import Blob, StoredFile
from lti_tool.journal.models import Attachment
from lti_tool.web.application import Application
from tests.fixtures.pieces import as_form, hand_in, write
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.fixtures.uploads import A_PDF, PLACE, attach, photograph, picture


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


def files_on(page: str) -> list[str]:
    """The addresses of the files on this page, below the launch."""
    return re.findall(r'<a href="/l/[^/]+/([^"]+/files/\d+)"', page)


def files_there(app: Application) -> int:
    with app.parts.database.transaction(write=False) as session:
        return len(session.scalars(select(StoredFile)).all())


def give_back(tina: Visitor, piece: int) -> None:
    assert tina.post(f"desk/{piece}", {"comment": "Go on.", "version": 0, "do": "return"}).status_code == 302


@pytest.mark.both_databases
def test_a_picture_is_shown_with_its_words_and_without_its_place(alice: Visitor) -> None:
    added = attach(alice, photograph(), "IMG_2047.JPG", "A board with the parents' ideas")
    assert added.status_code == 302
    page = alice.get("journal/j3").text
    assert "IMG_2047.jpg” is added" in page
    assert 'alt="A board with the parents&#39; ideas"' in page
    [address] = files_on(page)
    answer = alice.get(address)
    assert answer.mimetype == "image/jpeg"
    assert PLACE not in answer.data
    assert Image.open(BytesIO(answer.data)).size == (80, 120)


def test_a_document_is_there_to_be_saved_and_cannot_run(alice: Visitor) -> None:
    assert attach(alice, A_PDF, "Σχέδιο 3.pdf").status_code == 302
    answer = alice.get(files_on(alice.get("journal/j3").text)[0])
    assert answer.data == A_PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%CE%A3" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy


REFUSED = [
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.png", "x", 415, "kind of file is not taken"),
    (b"<!doctype html><script>alert(1)</script>", "x.pdf", "x", 415, "kind of file is not taken"),
    (b"MZ\x90\0", "x.pdf", "x", 415, "kind of file is not taken"),
    (b"", "x.pdf", "x", 400, "no file to add"),
    (picture("JPEG")[:100], "x.jpg", "x", 400, "cannot be read"),
    (picture("JPEG"), "x.jpg", "  ", 400, "Say what the picture shows"),
    (A_PDF, "x.pdf", "x" * 400, 413, "more than fits"),
]


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_is_refused_on_the_page_which_keeps_what_was_written(
    app: Application, alice: Visitor, case: tuple[bytes, str, str, int, str]
) -> None:
    content, name, description, status, said = case
    write(alice, "<p>My text.</p>")
    answer = attach(alice, content, name, description)
    assert answer.status_code == status
    assert said in answer.text
    assert "My text." in answer.text
    assert f'name="description" value="{description}"' in answer.text
    assert files_there(app) == 0


def test_a_form_without_a_file_is_told_so(alice: Visitor) -> None:
    assert "no file to add" in alice.post("journal/j3/files", {"description": "x"}).text


def test_a_file_may_be_larger_than_any_other_request_but_not_than_it_may(app: Application, alice: Visitor) -> None:
    app.parts = replace(app.parts, files=replace(app.parts.files, largest=3 * 1024 * 1024))
    assert attach(alice, A_PDF + b" " * (5 * 512 * 1024)).status_code == 302
    for more in (3 * 1024 * 1024, 4 * 1024 * 1024):
        refused = attach(alice, A_PDF + b" " * more)
        assert refused.status_code == 413
        assert "This file is too large" in refused.text
    saved = alice.put("journal/j3/text", {"text": "x" * (5 * 512 * 1024), "version": 0})
    assert saved.status_code == 413, "everything else stays as small as it was"


def test_nobody_sends_a_large_body_without_a_launch(app: Application, alice: Visitor) -> None:
    answer = app.test_client().post(
        alice.at("journal/j3/files"), data={"file": (BytesIO(A_PDF), "x.pdf")}, base_url=ADDRESS
    )
    assert answer.status_code == 401


def test_a_piece_has_ten_files_at_most(alice: Visitor) -> None:
    for number in range(10):
        assert attach(alice, A_PDF + str(number).encode()).status_code == 302
    assert attach(alice, A_PDF).status_code == 409
    page = alice.get("journal/j3").text
    assert "as many as it can" in page
    assert len(files_on(page)) == 10
    assert 'type="file"' not in page


@pytest.mark.parametrize(
    ("quota", "said"), [("owner_quota", "Your room for files"), ("course_quota", "The room for files")]
)
def test_room_that_is_used_up_is_said_before_and_after(app: Application, alice: Visitor, quota: str, said: str) -> None:
    room: Any = {quota: len(A_PDF)}
    app.parts = replace(app.parts, files=replace(app.parts.files, **room))
    assert attach(alice, A_PDF).status_code == 302
    refused = attach(alice, A_PDF)
    assert refused.status_code == 409
    assert said in refused.text
    assert 'type="file"' not in alice.get("journal/j3").text


@pytest.mark.both_databases
@pytest.mark.parametrize("quota", ["owner_quota", "course_quota"])
def test_what_finds_no_room_does_not_go_into_the_store(app: Application, alice: Visitor, quota: str) -> None:
    room: Any = {quota: len(A_PDF) + 10}
    app.parts = replace(app.parts, files=replace(app.parts.files, **room))
    for number in range(3):
        attach(alice, A_PDF + str(number).encode())
    folder = Path(app.parts.files.store._folder or "")
    assert len([file for file in folder.rglob("*") if file.is_file()]) == files_there(app) == 1
    with app.parts.database.transaction(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == 1


@pytest.mark.parametrize(("refusal", "status", "said"), [
    (FileInfected, 400, "may be harmful"), (ScannerAway, 503, "cannot be checked just now"),
])  # fmt: skip
def test_the_scanner_is_asked_before_anything_is_kept(
    app: Application, alice: Visitor, refusal: type[Exception], status: int, said: str
) -> None:
    def scan(content: bytes) -> None:
        assert content == A_PDF
        raise refusal("test")

    app.parts = replace(app.parts, files=replace(app.parts.files, scan=scan))
    answer = attach(alice, A_PDF, description="Minutes of the evening")
    assert answer.status_code == status
    assert said in answer.text
    assert "Minutes of the evening" in answer.text
    assert files_there(app) == 0


@pytest.mark.both_databases
def test_a_file_is_taken_out_of_a_draft_for_good(app: Application, alice: Visitor) -> None:
    attach(alice, A_PDF)
    [address] = files_on(alice.get("journal/j3").text)
    assert alice.post(f"{address}/remove").status_code == 302
    assert alice.post(f"{address}/remove").status_code == 302, "the button was pressed twice"
    assert files_on(alice.get("journal/j3").text) == []
    assert alice.get(address).status_code == 404
    assert files_there(app) == 0


@pytest.mark.both_databases
def test_what_was_handed_in_keeps_its_files_whatever_happens_afterwards(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    attach(alice, picture(), "board.jpg", "The board")
    attach(alice, A_PDF, "plan.pdf")
    first = hand_in(alice)
    page = alice.get("journal/j3").text
    mine = files_on(page)
    assert len(mine) == 2
    assert "Take out" not in page
    for refused in (attach(alice, A_PDF), alice.post(f"{mine[0]}/remove")):
        assert refused.status_code == 409
        assert "is with your trainer" in refused.text
    assert len(files_on(tina.get(f"desk/{first}").text)) == 2
    give_back(tina, first)
    assert alice.post(f"{mine[0]}/remove").status_code == 302
    assert alice.post(f"{mine[0]}/remove").status_code == 302
    attach(alice, A_PDF + b"2", "new plan.pdf")
    assert [len(files_on(alice.get("journal/j3").text)), files_there(app)] == [2, 3]
    second = hand_in(alice, "<p>Anew.</p>", version=1)
    told = tina.get(f"desk/{second}").text
    assert [
        name for name in ("board.jpg", "plan.pdf", "new plan.pdf") if name in told.partition("before (number 1)")[0]
    ] == ["plan.pdf", "new plan.pdf"]
    before = tina.get(f"desk/{first}").text
    for address in files_on(before):
        assert tina.get(address).status_code == 200
    assert "board.jpg" in before


def test_a_draft_and_its_files_are_seen_by_their_writer_alone(
    app: Application, alice: Visitor, tina: Visitor, visitor: Arrive
) -> None:
    attach(alice, A_PDF)
    [address] = files_on(alice.get("journal/j3").text)
    bob, observer = visitor("bob", activity="journal/j3"), visitor("observer")
    piece = hand_in(bob)
    write(bob, "<p>x</p>", prompt="j4")
    attachment = int(address.rpartition("/")[2])
    for who, path, status in [
        (bob, address, 404),
        (bob, f"journal/j4/files/{attachment}", 404),
        (alice, f"journal/j4/files/{attachment}", 404),
        (tina, address, 403),
        (tina, f"desk/{piece}/files/{attachment}", 404),
        (alice, f"desk/{piece}/files/{attachment}", 403),
        (observer, address, 403),
    ]:
        answer = who.get(path)
        assert answer.status_code == status, path
        assert A_PDF not in answer.data
    assert bob.post(f"{address}/remove").status_code == 404
    assert files_there(app) == 1


def test_a_file_whose_contents_cannot_be_reached_is_a_page_that_says_so(
    app: Application, alice: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(alice, A_PDF)
    [address] = files_on(alice.get("journal/j3").text)
    with app.parts.database.transaction(write=False) as session:
        key = session.scalars(select(Attachment)).one().file.blob.key
    app.parts.files.store.delete(key)
    assert alice.get(address).status_code == 404


def test_judging_and_releasing_leave_the_files_alone(app: Application, alice: Visitor, tina: Visitor) -> None:
    attach(alice, A_PDF)
    piece = hand_in(alice)
    assert tina.post(f"desk/{piece}", as_form(version=0, do="release")).status_code == 302
    assert len(files_on(tina.get(f"desk/{piece}").text)) == len(files_on(alice.get("journal/j3").text)) == 1
