"""Who did what that administrators answer for: written with the deed, told by numbers, seen by administrators alone."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from lti_tool.people.models import User
from lti_tool.platforms.audit_trail import OPERATOR
from lti_tool.platforms.models import AuditRecord
from lti_tool.platforms.registrations.records import all_registrations, switch_registration
from lti_tool.privacy.erasure import erase_person
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow


def trail(app: Application) -> list[tuple[object, ...]]:
    with app.parts.database.transaction(write=False) as session:
        found = session.scalars(select(AuditRecord).order_by(AuditRecord.id)).all()
        return [(one.what, one.actor, one.registration, one.course, one.person, one.change) for one in found]


@pytest.mark.both_databases
def test_each_deed_stands_there_with_who_did_it(app: Application, visitor: Arrive, operator: Operator) -> None:
    alice, adam = visitor("alice"), visitor("adam")
    here = alice.context_id
    before = len(trail(app))
    alice.get("privacy/copy")
    adam.post(f"privacy/people/{alice.user_id}/close")
    adam.post(f"privacy/people/{alice.user_id}/erase", {"sure": "yes"})
    operator.types("platforms", "disable", "1")
    operator.types("platforms", "invite", "--label", "Secret School")
    assert trail(app)[before:] == [
        ("person_exported", f"person/{alice.user_id}", 1, here, alice.user_id, ""),
        ("pages_closed", f"person/{adam.user_id}", 1, here, alice.user_id, ""),
        ("person_erased", f"person/{adam.user_id}", 1, here, alice.user_id, "whole"),
        ("registration_changed", "operator", 1, None, None, "off"),
        ("invitation_given", "operator", None, None, None, ""),
    ]
    said = operator.types("audit").output
    assert f"person/{adam.user_id}  person_erased (whole)  LMS 1  course {here}  person {alice.user_id}" in said
    assert "invitation_given" not in operator.types("audit", "--platform", "1").output
    assert operator.types("audit", "--platform", "9").output == "Nothing was done yet.\n"
    for words in ("Alice", "Adam", "Secret School"):
        assert words not in said


@on_sqlite
def test_a_deed_that_failed_is_not_told(app: Application, visitor: Arrive) -> None:
    visitor("alice")
    before = trail(app)
    with suppress(RuntimeError), app.parts.database.transaction() as session:
        switch_registration(session, all_registrations(session)[0], on=False)
        raise RuntimeError
    assert trail(app) == before


@on_sqlite
def test_an_administrator_sees_their_own_course_and_lms_and_nothing_of_others(
    app: Application, visitor: Arrive
) -> None:
    adam, there = visitor("adam"), visitor("adam", course="c2")
    other = visitor("adam", issuer="https://other.school.example")
    bob = visitor("bob", course="c2")
    there.post(f"privacy/people/{bob.user_id}/close")
    assert "Pages closed" in there.get("privacy/audit").text
    assert "Connection registered" in adam.get("privacy/audit").text
    for elsewhere in (adam, other):
        assert "Pages closed" not in elsewhere.get("privacy/audit").text
    with app.parts.database.transaction() as session:
        erase_person(session, session.get_one(User, bob.user_id), by=OPERATOR)
    assert "Whoever runs Partnerwise" in adam.get("privacy/audit").text, "an erasure of the whole person"
    assert visitor("tina").get("privacy/audit").status_code == 403


@on_sqlite
def test_the_page_is_usable_at_every_width(visitor: Arrive, window: OpenWindow) -> None:
    adam, alice, bob = visitor("adam"), visitor("alice"), visitor("bob")
    adam.post(f"privacy/people/{bob.user_id}/close")
    adam.post(f"privacy/people/{bob.user_id}/erase", {"sure": "yes"})
    alice.get("privacy/copy")
    page = window(adam, "connection/")
    page.get_by_role("link", name="Who did what").click()
    page.get_by_role("heading", name="Who did what").wait_for()
    assert axe_problems(page) == []
    take_pictures(page, "privacy-audit")
    page = window(adam, "members/")
    assert axe_problems(page) == []
    take_pictures(page, "people-for-administrators")
