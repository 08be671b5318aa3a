"""Judging, releasing and returning, as the marking page does it."""

import pytest
from sqlalchemy import select

from lti_tool.grading.models import Grade
from lti_tool.journal.html_cleaning import shown
from lti_tool.scores.models import Delivery
from lti_tool.web.application import Application
from tests.fixtures.pieces import LEVELS, TEXT, as_form, entry_of, hand_in, judge, release, submissions, write
from tests.fixtures.tool import Arrive, Visitor, give_column


@pytest.fixture
def alice(visitor: Arrive) -> Visitor:
    return visitor("alice", activity="journal/j3")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.mark.both_databases
def test_marks_are_there_when_the_page_is_opened_again(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    judge(tina, piece, "Well <seen>.")
    page = tina.get(f"desk/{piece}").text
    assert page.count(" checked") == 5
    assert "Well &lt;seen&gt;." in page
    assert "11 of 15" in page


def test_a_criterion_without_a_level_is_no_level_and_never_a_zero(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    saved = tina.put(f"desk/{piece}/judgement", {"levels": {"situation": 0}, "comment": "", "version": 0}).get_json()
    assert saved["levels"] == {"situation": 0}
    cleared = tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "", "version": 1}).get_json()
    assert (cleared["levels"], cleared["version"]) == ({}, 2)


@pytest.mark.both_databases
def test_two_trainers_do_not_overwrite_each_other(alice: Visitor, tina: Visitor, visitor: Arrive) -> None:
    piece, adam = hand_in(alice), visitor("adam")
    judge(tina, piece, "Tina's.")
    refused = adam.put(f"desk/{piece}/judgement", {"levels": {"situation": 1}, "comment": "Adam's.", "version": 0})
    assert refused.status_code == 409
    current = refused.get_json()["current"]
    assert (current["version"], current["comment"], current["who"]) == (1, "Tina's.", "Tina Trainer")
    assert current["levels"] == LEVELS
    page = adam.post(f"desk/{piece}", {"level-situation": "1", "comment": "Adam's.", "version": 0, "do": "release"})
    assert page.status_code == 409
    assert "Adam&#39;s." in page.text
    assert "Tina&#39;s." in page.text
    assert grade_of(alice).comment == "Tina's."


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"levels": [], "comment": "", "version": 0},
        {"levels": {"situation": 4}, "comment": "", "version": 0},
        {"levels": {"situation": -1}, "comment": "", "version": 0},
        {"levels": {"nonsense": 1}, "comment": "", "version": 0},
        {"levels": {"situation": "a"}, "comment": "", "version": 0},
        {"levels": {}, "comment": "", "version": None},
        {"levels": {}, "comment": None, "version": 0},
        {"levels": {}, "comment": {"x": 1}, "version": 0},
    ],
)
def test_what_the_rubric_does_not_have_is_refused(alice: Visitor, tina: Visitor, sent: object) -> None:
    piece = hand_in(alice)
    assert tina.put(f"desk/{piece}/judgement", sent).status_code == 400


def test_a_comment_has_a_largest_size(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    refused = tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "a" * 20_001, "version": 0})
    assert refused.status_code == 413


@pytest.mark.both_databases
@pytest.mark.parametrize("comment", ["Μπράβο!", "أحسنت", "👏\x00", "<script>alert(1)</script>"])
def test_a_comment_in_any_script_reaches_the_writer_as_plain_words(alice: Visitor, tina: Visitor, comment: str) -> None:
    release(tina, hand_in(alice), comment)
    page = alice.get("journal/j3").text
    assert comment.replace("\x00", "").replace("<", "&lt;").replace(">", "&gt;") in page
    assert "<script>alert" not in page


def test_a_grade_is_not_released_while_a_level_is_missing_and_the_page_names_it(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    form = as_form("Kept.", version=0, do="release")
    del form["level-next-step"]
    page = tina.post(f"desk/{piece}", form)
    assert page.status_code == 400
    assert "Without a level so far: Next step on the road map" in page.text
    assert "Kept." in tina.get(f"desk/{piece}").text
    assert entry_of(alice).state == "submitted"
    assert "Kept." not in alice.get("journal/j3").text


def test_a_piece_of_zeros_is_released_with_zero_points(app: Application, alice: Visitor, tina: Visitor) -> None:
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    piece = hand_in(alice)
    form = {**{f"level-{name}": 0 for name in LEVELS}, "comment": "", "version": 0, "do": "release"}
    assert tina.post(f"desk/{piece}", form).status_code == 302
    assert "0 of 15 points" in alice.get("journal/j3").text
    assert [(one.points, one.maximum) for one in deliveries(alice)] == [(0, 15)]


@pytest.mark.both_databases
def test_two_clicks_release_once(app: Application, alice: Visitor, tina: Visitor) -> None:
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    piece = hand_in(alice)
    release(tina, piece)
    again = tina.post(f"desk/{piece}", as_form(version=1, do="release"))
    assert again.status_code == 302
    assert len(deliveries(alice)) == 1


def test_without_a_column_the_grade_is_released_and_the_trainer_is_told(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    release(tina, piece)
    assert "11 of 15 points" in alice.get("journal/j3").text
    assert deliveries(alice) == []
    for path in (f"desk/{piece}", "desk/?state=released"):
        assert "No gradebook column" in tina.get(path).text


def test_a_released_grade_does_not_change_by_itself(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    release(tina, piece)
    refused = tina.put(f"desk/{piece}/judgement", {"levels": LEVELS, "comment": "Other.", "version": 1})
    assert (refused.status_code, refused.get_json()["error"]) == (409, "GradeNotOpen")


def test_a_grade_taken_up_again_changes_for_its_writer_only_with_the_next_release(
    app: Application, alice: Visitor, tina: Visitor
) -> None:
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    piece = hand_in(alice)
    release(tina, piece, "First.")
    tina.post(f"desk/{piece}", {"do": "reopen"})
    assert "sees the former one" in tina.get(f"desk/{piece}").text
    assert "Taken up again" in tina.get("desk/?state=draft").text
    form = {**as_form("Second.", version=1, do="release"), "level-situation": 3}
    assert tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "Half", "version": 1}).status_code == 200
    assert "First." in alice.get("journal/j3").text
    assert tina.post(f"desk/{piece}", {**form, "version": 2}).status_code == 302
    page = alice.get("journal/j3").text
    assert "Second." in page
    assert "12 of 15 points" in page
    first, second = deliveries(alice)
    assert (first.points, second.points) == (11, 12)
    assert second.score_at > first.score_at


def test_a_piece_is_returned_only_with_a_comment(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    page = tina.post(f"desk/{piece}", {"level-situation": 2, "comment": "  ", "version": 0, "do": "return"})
    assert page.status_code == 400
    assert "Write a sentence or two" in page.text
    assert grade_of(alice).levels == {"situation": 2}
    assert entry_of(alice).state == "submitted"


def test_a_returned_piece_leaves_the_desk_until_it_is_handed_in_again(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    tina.post(f"desk/{piece}", {"level-situation": 2, "comment": "Ask her.", "version": 0, "do": "return"})
    refused = tina.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "x", "version": 1})
    assert (refused.status_code, refused.get_json()["error"]) == (409, "EntryNotSubmitted")
    assert tina.post(f"desk/{piece}", as_form("Ask her.", version=1, do="release")).status_code == 409
    second = hand_in(alice, "<p>I asked.</p>", 1)
    page = tina.get(f"desk/{second}").text
    assert shown(TEXT) in page
    assert "Ask her." in page
    assert " checked" not in page
    assert "This text was replaced" in tina.get(f"desk/{piece}").text
    late = tina.put(f"desk/{piece}/judgement", {"levels": LEVELS, "comment": "For the old text.", "version": 1})
    assert (late.status_code, late.get_json()["error"]) == (409, "EntryNotSubmitted")


@pytest.mark.both_databases
def test_a_grade_belongs_to_the_text_that_was_judged(alice: Visitor, tina: Visitor) -> None:
    piece = hand_in(alice)
    tina.post(f"desk/{piece}", {"comment": "Ask her.", "version": 0, "do": "return"})
    write(alice, "<p>Being rewritten.</p>", 1)
    assert submissions(alice)[0].text == TEXT
    assert shown(TEXT) in tina.get(f"desk/{piece}").text
    assert "Being rewritten." not in tina.get(f"desk/{piece}").text


class TestWhoMayComeIn:
    """Every piece is reached through the visit's own course, by those who judge there."""

    def test_trainees_may_not(self, alice: Visitor) -> None:
        piece = hand_in(alice)
        for path in ("desk/", f"desk/{piece}"):
            assert alice.get(path).status_code == 403
        for path in (f"desk/{piece}", f"desk/{piece}/send", "desk/send-all", "desk/release-all"):
            assert alice.post(path, as_form(version=0, do="release")).status_code == 403
        assert alice.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "", "version": 0}).status_code == 403

    @pytest.mark.parametrize("elsewhere", [{"course": "other"}, {"issuer": "https://other.example"}])
    def test_trainers_of_other_courses_and_platforms_find_nothing(
        self, alice: Visitor, visitor: Arrive, elsewhere: dict[str, str]
    ) -> None:
        piece = hand_in(alice)
        stranger = visitor("tina", **elsewhere)
        assert "Alice Adams" not in stranger.get("desk/").text
        assert stranger.get(f"desk/{piece}").status_code == 404
        assert stranger.post(f"desk/{piece}", as_form(version=0, do="release")).status_code == 404
        assert stranger.put(f"desk/{piece}/judgement", {"levels": {}, "comment": "", "version": 0}).status_code == 404
        assert stranger.post(f"desk/{piece}/send").status_code == 404

    def test_administrators_may(self, alice: Visitor, visitor: Arrive) -> None:
        assert shown(TEXT) in visitor("adam").get(f"desk/{hand_in(alice)}").text

    def test_a_number_that_no_database_holds_is_not_found(self, tina: Visitor) -> None:
        assert tina.get("desk/99999999999999999999").status_code == 404
        assert tina.get("desk/2147483647").status_code == 404


def grade_of(who: Visitor) -> Grade:
    app = who.client.application
    assert isinstance(app, Application)
    with app.parts.database.transaction(write=False) as session:
        return session.scalars(select(Grade)).one()


def deliveries(who: Visitor) -> list[Delivery]:
    app = who.client.application
    assert isinstance(app, Application)
    with app.parts.database.transaction(write=False) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))
