"""The whole way of a piece: written, handed in, judged, released, read."""

from sqlalchemy import select

from lti_tool.scores.models import Delivery
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, give_column

LEVELS = {"situation": 2, "values-and-feelings": 3, "other-voices": 1, "evidence-and-theory": 2, "next-step": 3}


def test_a_piece_is_written_handed_in_judged_released_and_read(app: Application, visitor: Arrive) -> None:
    alice, tina = visitor("alice", activity="journal/j3"), visitor("tina", activity="desk")
    give_column(app.parts.database, alice, "journal/j3", "https://lms.school.example/items/7")
    assert "Think piece" in alice.get("journal/").text
    page = alice.get("journal/j3")
    assert page.status_code == 200
    saved = alice.put("journal/j3/text", {"text": "<p>A moment at the <strong>gate</strong>.</p>", "version": 0})
    assert (saved.status_code, saved.json["version"], saved.json["words"]) == (200, 1, 5)  # type: ignore[index]
    sent = alice.post("journal/j3", {"do": "submit", "version": "1"}, follow_redirects=True)
    assert "Handed in" in sent.text
    queue = tina.get("desk/?prompt=j3")
    assert "Alice Adams" in queue.text
    with app.parts.database.transaction() as session:
        from lti_tool.journal.models import Submission

        piece = session.scalars(select(Submission.id)).one()
    assert "<strong>gate</strong>" in tina.get(f"desk/{piece}").text
    draft = tina.put(f"desk/{piece}/judgement", {"levels": LEVELS, "comment": "Well seen.", "version": 0})
    assert draft.json["version"] == 1, draft.text  # type: ignore[index]
    assert "Well seen" not in alice.get("journal/j3").text
    form = {f"level-{name}": str(points) for name, points in LEVELS.items()}
    done = tina.post(
        f"desk/{piece}", {**form, "comment": "Well seen.", "version": "1", "do": "release"}, follow_redirects=True
    )
    assert "Released" in done.text
    read = alice.get("journal/j3").text
    assert "Well seen." in read
    assert "11 of 15 points" in read
    with app.parts.database.transaction() as session:
        delivery = session.scalars(select(Delivery)).one()
        assert (delivery.points, delivery.maximum, delivery.comment) == (11, 15, "Well seen.")
        assert delivery.source == f"submission/{piece}"
    assert "Waiting to be sent" in tina.get("desk/?state=released").text
