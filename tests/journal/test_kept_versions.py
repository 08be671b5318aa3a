"""Earlier versions of a piece: as many are kept as help somebody, and they are shown page by page."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from lti_tool.database import now
from lti_tool.journal import revisions, writing
from lti_tool.journal.models import Revision, RevisionKind
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor

pytestmark = pytest.mark.both_databases


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    """Alice, who has begun her think piece."""
    alice = visitor("alice", activity="journal/j3")
    assert save(alice, "The first sentence.", 0) == 200
    return alice


def save(who: Visitor, text: str, version: int) -> int:
    """Save; gives the status."""
    return who.put("journal/j3/text", {"text": f"<p>{text}</p>", "version": version}).status_code


def kept(app: Application, kind: RevisionKind) -> list[str]:
    """What is kept of this kind, oldest first."""
    with app.parts.database.transaction(write=False) as session:
        found = session.scalars(select(Revision).where(Revision.kind == kind).order_by(Revision.id))
        return [revision.text for revision in found]


def test_of_texts_that_were_set_aside_the_last_twenty_are_kept(app: Application, alice: Visitor) -> None:
    assert [save(alice, f"From another window, {number}.", 0) for number in range(25)] == [409] * 25
    assert kept(app, RevisionKind.SET_ASIDE) == [f"<p>From another window, {number}.</p>" for number in range(5, 25)]
    assert kept(app, RevisionKind.REPLACED) == ["<p>The first sentence.</p>"]
    page = alice.get("journal/j3/versions").text
    assert "the latest twenty are kept" in page


def test_of_texts_that_were_replaced_those_go_that_stood_for_moments(
    app: Application, alice: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "MOST_REPLACED", 6)
    began = now()
    for number, hours in enumerate((0, 24, 48, 72, 72.01, 72.02, 72.03, 96, 120, 144)):
        for module in (revisions, writing):
            monkeypatch.setattr(module, "now", lambda moment=began + timedelta(hours=hours): moment)
        much = " and much that goes again" * (number % 2)
        assert save(alice, f"{number}{much}", number + 1) == 200
    found = [text.removeprefix("<p>")[0] for text in kept(app, RevisionKind.REPLACED)]
    assert found == ["0", "1", "2", "6", "7", "8"]


def test_versions_are_shown_page_by_page(alice: Visitor) -> None:
    for number in range(13):
        save(alice, f"From another window, {number}.", 0)
    first, second = (alice.get(f"journal/j3/versions?page={page}").text for page in (1, 2))
    assert "Page 1 of 2" in first
    assert shown(first) == [f"From another window, {number}." for number in range(12, 2, -1)]
    assert shown(second) == [f"From another window, {number}." for number in range(2, -1, -1)] + ["The first sentence."]
    assert alice.get("journal/j3/versions?page=99").text.count("The first sentence.") == 1


def shown(page: str) -> list[str]:
    """The texts on a page of versions."""
    return re.findall(r'pw-journal-old"><p[^>]*>([^<]+)</p>', page)


def test_a_version_on_a_later_page_can_be_taken_back(alice: Visitor) -> None:
    for number in range(13):
        save(alice, f"From another window, {number}.", 0)
    page = alice.get("journal/j3/versions?page=2").text
    address = re.findall(r'action="/l/[^/]+/(journal/j3/versions/\d+)"', page)[-1]
    alice.post(address, {"version": 1})
    assert save(alice, "The first sentence.", 1) == 200, "it is the text already"


def test_whether_there_are_versions_is_asked_without_reading_them(app: Application, alice: Visitor) -> None:
    assert "journal/j3/versions" not in alice.get("journal/j3").text
    save(alice, "From another window.", 0)
    statements: list[str] = []
    event.listen(app.parts.database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert "journal/j3/versions" in alice.get("journal/j3").text
    asked = [statement for statement in statements if "journal_revision" in statement]
    assert len(asked) == 1
    assert "EXISTS" in asked[0].upper()
    assert "journal_revision.text" not in asked[0]
