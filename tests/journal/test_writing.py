"""Writing, as the editor and the plain form do it."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from lti_tool.database import now
from lti_tool.journal import writing
from lti_tool.journal.html_cleaning import LONGEST, clean, shown
from lti_tool.journal.models import Entry, Revision
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import TEXT, entry_of, hand_in, write
from tests.fixtures.tool import Arrive, Visitor


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


def test_a_saved_text_is_there_when_the_page_is_opened_again(alice: Visitor) -> None:
    write(alice)
    assert shown(TEXT) in alice.get("journal/j3").text


@pytest.mark.both_databases
def test_each_save_is_a_version_of_its_own_and_the_same_text_twice_is_one(alice: Visitor) -> None:
    assert write(alice) == 1
    assert write(alice, TEXT, 1) == 1
    assert write(alice, "<p>Another.</p>", 1) == 2


def test_a_save_whose_answer_was_lost_can_be_sent_again(alice: Visitor) -> None:
    write(alice)
    assert write(alice, TEXT, version=0) == 1


@pytest.mark.both_databases
def test_a_stale_save_gets_the_other_text_and_overwrites_nothing(alice: Visitor) -> None:
    write(alice)
    write(alice, "<p>From the first window.</p>", 1)
    refused = alice.put("journal/j3/text", {"text": "<p>From the second.</p>", "version": 1})
    assert refused.status_code == 409
    current = refused.get_json()["current"]
    assert (current["version"], current["text"]) == (2, "<p>From the first window.</p>")
    assert current["who"]
    assert current["at"]
    assert entry_of(alice).text == "<p>From the first window.</p>"


def test_both_texts_of_a_conflict_can_be_found_among_the_earlier_versions(alice: Visitor) -> None:
    write(alice)
    write(alice, "<p>From the first window.</p>", 1)
    for _ in range(2):
        alice.put("journal/j3/text", {"text": "<p>From the second.</p>", "version": 1})
    write(alice, "<p>From the second, and put together.</p>", 2)
    page = alice.get("journal/j3/versions").text
    assert page.count("From the first window.") == 1
    assert page.count("From the second.") == 1
    assert "not chosen" in page


def test_a_text_that_is_mostly_deleted_is_kept_and_can_be_taken_back(alice: Visitor) -> None:
    write(alice, "<p>A long text that took an hour to write.</p>")
    write(alice, "<p>A</p>", 1)
    assert "A long text" in alice.get("journal/j3/versions").text
    (kept,) = revisions(alice)
    taken = alice.post(f"journal/j3/versions/{kept.id}", {"version": 2}, follow_redirects=True)
    assert "A long text that took an hour to write." in taken.text
    assert [one.text for one in revisions(alice)] == ["<p>A long text that took an hour to write.</p>", "<p>A</p>"]


@pytest.mark.both_databases
def test_while_somebody_types_a_version_is_kept_every_five_minutes(app: Application, alice: Visitor) -> None:
    write(alice, "<p>One.</p>")
    write(alice, "<p>One two.</p>", 1)
    assert revisions(alice) == []
    let_time_pass(app, Entry, begun_at=now() - timedelta(minutes=6))
    write(alice, "<p>One two three.</p>", 2)
    write(alice, "<p>One two three four.</p>", 3)
    assert [one.text for one in revisions(alice)] == ["<p>One two.</p>"]
    let_time_pass(app, Revision, kept_at=now() - timedelta(minutes=6))
    write(alice, "<p>One two three four five.</p>", 4)
    assert [one.text for one in revisions(alice)] == ["<p>One two.</p>", "<p>One two three four.</p>"]


def test_taking_back_on_top_of_another_windows_save_is_refused(alice: Visitor) -> None:
    write(alice, "<p>A long text that took an hour to write.</p>")
    write(alice, "<p>A</p>", 1)
    (kept,) = revisions(alice)
    assert alice.post(f"journal/j3/versions/{kept.id}", {"version": 1}).status_code == 409
    assert entry_of(alice).text == "<p>A</p>"


def test_nobody_takes_back_what_another_has_written(alice: Visitor, visitor: Arrive) -> None:
    write(alice, "<p>A long text that took an hour to write.</p>")
    write(alice, "<p>A</p>", 1)
    (kept,) = revisions(alice)
    bob = visitor("bob")
    write(bob, "<p>B</p>")
    assert bob.post(f"journal/j3/versions/{kept.id}", {"version": 1}).status_code == 404
    assert "A long text" not in bob.get("journal/j3/versions").text


def test_scripts_are_gone_from_what_is_shown(alice: Visitor) -> None:
    write(alice, "<p>Before<script>alert(1)</script><img src=x onerror=alert(2)> after</p>")
    page = alice.get("journal/j3").text
    assert shown("<p>Before after</p>") in page
    assert "alert(" not in page


@pytest.mark.both_databases
@pytest.mark.parametrize("text", ["Η συμμετοχή των γονέων", "مشاركة الوالدين في المدرسة", "👩‍👧‍👦 🏫", "a\x00b\ud83d"])
def test_every_script_is_kept_as_it_was_written(alice: Visitor, text: str) -> None:
    write(alice, f"<p>{text}</p>")
    kept = text.replace("\x00", "").replace("\ud83d", "")
    assert entry_of(alice).text == f"<p>{kept}</p>"
    assert kept in alice.get("journal/j3").text


@pytest.mark.both_databases
def test_a_text_that_is_too_large_is_refused_and_the_former_stays(alice: Visitor) -> None:
    write(alice)
    refused = alice.put("journal/j3/text", {"text": f"<p>{'a' * LONGEST}</p>", "version": 1})
    assert (refused.status_code, refused.get_json()["error"]) == (413, "TooLong")
    assert entry_of(alice).text == TEXT


def test_a_definition_of_exactly_140_characters_fits_and_one_more_does_not(alice: Visitor) -> None:
    assert write(alice, f"<p>{'é' * 140}</p>", prompt="j2") == 1
    refused = alice.put("journal/j2/text", {"text": f"<p>{'é' * 141}</p>", "version": 1})
    assert (refused.status_code, refused.get_json()["error"]) == (413, "OverLimit")
    assert "more characters" in refused.get_json()["meaning"]
    assert entry_of(alice, "j2").text == f"<p>{'é' * 140}</p>"


def test_a_definition_is_only_words(alice: Visitor) -> None:
    write(alice, "<h3>Parents <strong>and</strong> staff</h3>", prompt="j2")
    assert entry_of(alice, "j2").text == "<p>Parents and staff</p>"


def test_a_long_think_piece_is_never_barred(alice: Visitor) -> None:
    saved = alice.put("journal/j3/text", {"text": f"<p>{'word ' * 5000}</p>", "version": 0})
    assert saved.get_json()["words"] == 5000


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "sent",
    [None, [], "text", {}, {"text": 3, "version": 0}, {"text": "<p>a</p>"}, {"text": "<p>a</p>", "version": "x"}],
)
def test_what_is_no_save_is_refused_and_nothing_is_written(alice: Visitor, sent: object) -> None:
    write(alice)
    refused = alice.put("journal/j3/text", sent)
    assert (refused.status_code, refused.get_json()["error"]) == (400, "BadInput")
    assert entry_of(alice).version == 1


def test_a_prompt_that_the_course_does_not_have_is_not_found(alice: Visitor) -> None:
    assert alice.get("journal/j99").status_code == 404
    assert alice.put("journal/j99/text", {"text": "<p>a</p>", "version": 0}).status_code == 404


def test_the_same_person_writes_apart_in_each_course(alice: Visitor, visitor: Arrive) -> None:
    write(alice)
    elsewhere = visitor("alice", course="other")
    assert TEXT not in elsewhere.get("journal/j3").text
    assert write(elsewhere, "<p>There.</p>") == 1
    assert shown(TEXT) in alice.get("journal/j3").text


def test_somebody_of_the_same_id_on_another_platform_is_somebody_else(alice: Visitor, visitor: Arrive) -> None:
    write(alice)
    assert TEXT not in visitor("alice", issuer="https://other.example").get("journal/j3").text


def test_trainers_are_led_to_their_desk_and_cannot_write(visitor: Arrive) -> None:
    tina = visitor("tina")
    assert "/desk/?prompt=j3" in tina.get("journal/j3").headers["Location"]
    assert "/desk/" in tina.get("journal/").headers["Location"]
    refused = tina.put("journal/j3/text", {"text": TEXT, "version": 0})
    assert (refused.status_code, refused.get_json()["error"]) == (403, "NotAllowed")


class TestWithoutScripts:
    """The plain form."""

    def test_paragraphs_are_saved(self, alice: Visitor) -> None:
        alice.post("journal/j3", {"text": "One <b>\r\nline\r\n\r\nTwo", "version": 0, "do": "save"})
        assert entry_of(alice).text == "<p>One &lt;b&gt;<br>line</p><p>Two</p>"
        assert "One &lt;b&gt;\nline\n\nTwo" in alice.get("journal/j3").text

    def test_saving_without_a_change_keeps_bold_and_lists(self, alice: Visitor) -> None:
        write(alice)
        alice.post("journal/j3", {"text": "A moment at the gate.", "version": 1, "do": "save"})
        assert entry_of(alice).text == TEXT

    def test_save_and_hand_in_is_one_step(self, alice: Visitor) -> None:
        sent = alice.post("journal/j3", {"text": "Mine.", "version": 0, "do": "submit"}, follow_redirects=True)
        assert "With your trainer" in sent.text
        assert shown("<p>Mine.</p>") in sent.text

    def test_a_stale_form_comes_back_with_both_texts(self, alice: Visitor) -> None:
        write(alice, "<p>From elsewhere.</p>")
        page = alice.post("journal/j3", {"text": "Typed here.", "version": 0, "do": "submit"})
        assert page.status_code == 409
        assert "Typed here." in page.text
        assert shown("<p>From elsewhere.</p>") in page.text
        assert entry_of(alice).state == "draft"
        again = alice.post("journal/j3", {"text": "Put together.", "version": 1, "do": "save"})
        assert again.status_code == 302


def test_a_late_save_of_a_piece_that_was_handed_in_is_refused_but_the_same_text_is_fine(alice: Visitor) -> None:
    hand_in(alice)
    assert write(alice, TEXT, 1) == 1
    refused = alice.put("journal/j3/text", {"text": "<p>Later.</p>", "version": 1})
    assert (refused.status_code, refused.get_json()["error"]) == (409, "EntryNotOpen")
    assert "current" not in refused.get_json()


def revisions(who: Visitor) -> list[Revision]:
    app = who.client.application
    assert isinstance(app, Application)
    with app.parts.database.transaction(write=False) as session:
        return list(session.query(Revision).where(Revision.entry_id == entry_of(who).id).order_by(Revision.id))


def let_time_pass(app: Application, table: type[Entry | Revision], **values: object) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(table).values(**values))


@on_sqlite
@pytest.mark.parametrize("prompt", ["j3", "j2"], ids=["long", "with a limit"])
@pytest.mark.parametrize("by_form", [True, False], ids=["form", "editor"])
def test_others_can_write_while_a_text_is_cleaned(
    app: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch, prompt: str, by_form: bool
) -> None:
    writer, cleaned = visitor("alice", activity=f"journal/{prompt}"), []

    def watched(given: str, **options: bool) -> str:
        with app.parts.database.transaction() as session:
            session.execute(text("UPDATE context SET title = title"))
        cleaned.append(given)
        return clean(given, **options)

    monkeypatch.setattr(writing, "clean", watched)
    if by_form:
        answer = writer.post(f"journal/{prompt}", {"version": "0", "text": "A father stayed.", "do": "save"})
    else:
        answer = writer.put(f"journal/{prompt}/text", {"text": "<p>A father stayed.</p>", "version": 0})
    assert answer.status_code in {200, 302}, answer.text
    assert cleaned == ["<p>A father stayed.</p>"]
