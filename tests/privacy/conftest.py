"""A class with something of every kind: what its rooms hold is then to be found, given out and erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest

from lti_tool.course.extensions import give_person_time
from lti_tool.course.placed_activities import Placing, place
from lti_tool.course.prompts import Draft, write_prompt
from lti_tool.database import now
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator
from tests.fixtures.pieces import compare_sample, hand_in, release, write
from tests.fixtures.tool import Arrive, Visitor, give_column
from tests.fixtures.uploads import A_PDF

SECRET = "A moment at the gate that nobody else shall read."
"""What stands in each text of Alice's."""


@dataclass
class Class:
    """Who is in it: Alice, of whom something of every kind is kept, and the others around her."""

    alice: Visitor
    bob: Visitor
    tina: Visitor
    adam: Visitor


MakeClass = Callable[..., Class]


@pytest.fixture
def operator(settings: Settings) -> Operator:
    """Types commands over the same database, with the same store of files."""
    return Operator(settings.data_dir, settings.database_url)


@pytest.fixture
def make_class(app: Application, visitor: Arrive) -> MakeClass:
    """`make_class()`, `make_class("c2")`: a class in a course, where Alice has done everything that one can do."""

    def make(course: str = "c1", issuer: str = "https://lms.school.example") -> Class:
        alice, bob, tina, adam = (
            visitor(who, course=course, issuer=issuer) for who in ("alice", "bob", "tina", "adam")
        )
        give_column(app.parts.database, alice, "journal/j3", f"https://lms.school.example/{course}/{issuer}")
        with app.parts.database.transaction() as session:
            placed = place(session, alice.context_id, Placing("journal/j3", due_at=now()))
            give_person_time(session, placed, alice.user_id, now() + timedelta(days=1), given_by_id=tina.user_id)
            write_prompt(session, app.parts.course, alice.context_id, Draft("Tina's", "What?"))
        for version, text in enumerate((f"<p>First: {SECRET} {SECRET}</p>", "<p>Short.</p>")):
            write(alice, text, version)
        file = {"file": (BytesIO(A_PDF), "Alice's note.pdf"), "description": "A note"}
        assert alice.post("journal/j3/files", file).status_code == 302
        piece = hand_in(alice, f"<p>{SECRET}</p>", 2)
        release(tina, piece, "Well seen, Alice.")
        write(alice, f"<p>A draft: {SECRET}</p>", prompt="j1")
        progress = {"v": 1, "includes": [""], "seen": ["welcome"]}
        assert alice.put("course/units/m1u1/progress", progress).status_code == 200
        assert alice.post("roadmap/teams", {"name": "Primary School 12"}).status_code == 303
        assert alice.put("roadmap/fields/p1.definition", {"value": "We listen.", "version": 0}).status_code == 200
        bobs = hand_in(bob, "<p>Bob's own words.</p>")
        release(tina, bobs, "Go on, Bob.")
        compare_sample(tina, "s1", round_=1)
        assert tina.post("desk/names", {"names": "hide"}).status_code < 400
        tina.get("desk/")  # reads what she was told of her releases
        return Class(alice, bob, tina, adam)

    return make
